import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    4: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Y: () => (healthGate)
        });
        var job_state = __nccwpck_require__(146);
        var failure = __nccwpck_require__(95);
        ;
        const accessVariables = {
            server: 'kube-server',
            ca: 'kube-ca',
            token: 'kube-token',
            audience: 'kube-audience',
        };
        function readAccessInputs(read) {
            const kubeconfig = read.text('kubeconfig', { multiline: true, unchecked: true });
            const server = read.text('server');
            const ca = read.text('ca', { multiline: true, unchecked: true });
            const token = read.secret('token').trim();
            const audience = read.text('audience');
            if (kubeconfig !== '' && server !== '')
                read.issue('server', 'is given together with kubeconfig', 'Give only one of the two.');
            if (server !== '' && !/^https:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(server))
                read.issue('server', `is "${server}"`, "Give the https:// address of the cluster's API server.");
            for (const [name, value] of [['ca', ca], ['token', token]])
                if (value !== '' && server === '')
                    read.issue(name, 'is given without server', 'Give server too, or leave it out.');
            if (audience !== '' && (server === '' || token !== ''))
                read.issue('audience', "is given without server, or with token, so GitHub's token is not used", 'Leave it out.');
            return { kubeconfig, server, ca, token, audience };
        }
        function readNamespace(read) {
            const namespace = read.text('namespace', { required: 'the namespace to release to' });
            if (namespace !== '' && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace))
                read.issue('namespace', `is "${namespace}"`, 'Give small letters, digits and "-", 63 at most.');
            return namespace;
        }
        ;
        function printable(text, length) {
            const oneLine = text
                .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, hex)
                .replaceAll('`', "'")
                .replace(/:(?=:)/g, ':\\')
                .replaceAll('##[', '#\\#[');
            return oneLine.length > length ? `${oneLine.slice(0, length)}…` : oneLine;
        }
        function hex(character) {
            const code = character.charCodeAt(0);
            return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
        }
        ;
        const service_address_form = /^service:\/\/([a-z0-9][a-z0-9-]{0,62})\/([a-z0-9][a-z0-9-]{0,62}:[a-z0-9][a-z0-9-]{0,14})(\/[^\s#]*)?$/;
        function isServiceAddress(text) {
            return text.startsWith('service:');
        }
        function parseServiceAddress(text) {
            const [, namespace, name, path = '/'] = service_address_form.exec(text) ?? [];
            if (namespace === undefined || name === undefined)
                return undefined;
            const root = proxiedUrl({ namespace, name, path: '/' });
            return new URL(proxiedUrl({ namespace, name, path })).href.startsWith(root) ? { namespace, name, path } : undefined;
        }
        function proxiedUrl({ namespace, name, path }) {
            return `http://localhost/api/v1/namespaces/${namespace}/services/${name}/proxy${path}`;
        }
        ;
        const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
        ;
        function proxyFor(url, env) {
            const scheme = url.protocol.slice(0, -1);
            const proxy = env[`${scheme}_proxy`] || env[`${scheme.toUpperCase()}_PROXY`];
            if (!proxy || isLoopback(url.hostname) || isExcepted(url, env.no_proxy || env.NO_PROXY || ''))
                return undefined;
            const text = /^[a-z]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
            if (!URL.canParse(text))
                throw new Error(`${scheme}_proxy is not the address of a proxy, such as http://HOST:PORT`);
            return new URL(text);
        }
        function agentOptions(proxy) {
            return proxy ? { proxyEnv: { HTTP_PROXY: proxy.href, HTTPS_PROXY: proxy.href } } : {};
        }
        function isLoopback(hostname) {
            return (/(^|\.)localhost$/.test(hostname) || hostname === '[::1]' || ((0, external_node_net_namespaceObject.isIP)(hostname) === 4 && hostname.startsWith('127.')));
        }
        function isExcepted(url, list) {
            const port = url.port || (url.protocol === 'https:' ? '443' : '80');
            return list.split(/[\s,]+/).some((entry) => {
                if (entry === '*')
                    return true;
                const [, name = '', only] = /^(.+?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
                const suffix = name.replace(/^\*?\.?/, '');
                if (suffix === '' || (only !== undefined && only !== port))
                    return false;
                return url.hostname === suffix || url.hostname.endsWith(`.${suffix}`);
            });
        }
        ;
        class NoResponseError extends Error {
            sent;
            constructor(message, sent) {
                super(message);
                this.name = 'NoResponseError';
                this.sent = sent;
            }
        }
        async function sendRequest(request, maxBytes) {
            return streamRequest(request, async (response) => {
                const chunks = [];
                let length = 0;
                for await (const chunk of response) {
                    length += chunk.length;
                    if (length > maxBytes)
                        throw new Error('the answer is too long');
                    chunks.push(chunk);
                }
                return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
            });
        }
        async function streamRequest(request, read) {
            const timeout = AbortSignal.timeout(Math.ceil(request.timeoutMs));
            const progress = { sent: false };
            try {
                return await read(await startRequest(request, AbortSignal.any([timeout, request.signal]), progress));
            }
            catch (error) {
                const { message, name } = error;
                throw new NoResponseError(timeout.aborted ? `no answer within ${Math.round(request.timeoutMs)} ms` : message || name, progress.sent);
            }
        }
        function startRequest({ method, url, socketPath, headers, body }, signal, progress) {
            const secure = url.protocol === 'https:';
            const { Agent, request } = process.getBuiltinModule(secure ? 'node:https' : 'node:http');
            const proxy = socketPath === undefined ? agentOptions(proxyFor(url, process.env)) : {};
            const agent = new Agent({ keepAlive: false, ...proxy });
            return new Promise((resolve, reject) => {
                const sending = request(url, { method, headers, agent, signal, ...(socketPath !== undefined && { socketPath }) }, resolve);
                sending.on('socket', (socket) => {
                    const connected = () => {
                        progress.sent = true;
                    };
                    if (socket.connecting)
                        socket.once(secure ? 'secureConnect' : 'connect', connected);
                    else
                        connected();
                });
                sending.on('error', reject);
                sending.end(body);
            });
        }
        ;
        const part = /\.?([^.[\]'"\s]+)|\[(\d{1,9})\]|\[(?:'([^']*)'|"([^"]*)")\]/y;
        function parseJsonPath(text) {
            const path = [];
            part.lastIndex = /^\$(?=[.[])/.test(text) ? 1 : 0;
            const start = part.lastIndex;
            while (part.lastIndex < text.length) {
                const at = part.lastIndex;
                const found = part.exec(text);
                if (!found)
                    return undefined;
                const [whole, name, index, ...quoted] = found;
                if (name !== undefined && whole.startsWith('.') === (at === 0))
                    return undefined;
                if (name === '*')
                    return undefined;
                path.push(index === undefined ? (name ?? quoted.find((key) => key !== undefined) ?? '') : Number(index));
            }
            return text.length > start ? path : undefined;
        }
        function valueAt(document, path) {
            let value = document;
            for (const key of path) {
                if (typeof value !== 'object' || value === null)
                    return undefined;
                if (Array.isArray(value) !== (typeof key === 'number') || !Object.hasOwn(value, key))
                    return undefined;
                value = value[key];
            }
            return value;
        }
        function pathTo(text, document) {
            const open = [{ value: document, path: [] }];
            for (const { value, path } of open) {
                if (value === text)
                    return path.length > 0 ? path : undefined;
                if (typeof value !== 'object' || value === null || path.length > deepest)
                    continue;
                const isList = Array.isArray(value);
                for (const [key, inner] of Object.entries(value))
                    open.push({ value: inner, path: [...path, isList ? Number(key) : key] });
            }
            return undefined;
        }
        const deepest = 20;
        function textOf(path) {
            const parts = path.map((key, index) => {
                if (typeof key === 'number')
                    return `[${key}]`;
                if (/^[^.[\]'"\s*]+$/.test(key))
                    return index === 0 ? key : `.${key}`;
                return key.includes("'") ? `["${key}"]` : `['${key}']`;
            });
            const text = parts.join('');
            return text.startsWith('[') ? `$${text}` : text;
        }
        ;
        const operators = {
            '<': (value, limit) => value < limit,
            '<=': (value, limit) => value <= limit,
            '>': (value, limit) => value > limit,
            '>=': (value, limit) => value >= limit,
        };
        const line = /^([^:]{1,60}?):\s+(\S.*?)\s*(<=|>=|<|>)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i;
        function parseMetric(text) {
            const [, name = '', query = '', operator = '<', number = ''] = line.exec(text) ?? [];
            const shown = `"${printable(text, 80)}"`;
            if (name === '')
                return {
                    problem: `${shown} has not the form NAME: QUERY < NUMBER`,
                    remedy: 'Write it as in "errors: sum(rate(http_requests_total{code=~\'5..\'}[{window}])) < 0.1", with <, <=, > or >=.',
                };
            const path = query.startsWith('$') ? parseJsonPath(query) : undefined;
            if (query.startsWith('$') && !path)
                return { problem: `${shown} does not lead to one value`, remedy: 'Give a path such as $.errors.rate or $.a[0].b.' };
            const limit = Number(number);
            const compare = operators[operator];
            return {
                metric: {
                    name,
                    query: path ? { path, text: query } : { promql: query },
                    condition: `${operator} ${number}`,
                    holds: (value) => compare(value, limit),
                },
            };
        }
        const versionMark = '{version}';
        const windowMark = '{window}';
        function withValues(promql, { version = '', windowSeconds }) {
            const escaped = version.replace(/[\\"'`]/g, '\\$&');
            return promql.replaceAll(windowMark, `${windowSeconds}s`).replaceAll(versionMark, escaped);
        }
        function urlWithValues(url, { version = '', windowSeconds }) {
            return url.replaceAll(windowMark, `${windowSeconds}s`).replaceAll(versionMark, encodeURIComponent(version));
        }
        ;
        function missing(cause, message, more = {}) {
            return { missing: { kind: 'error', cause, message, ...more } };
        }
        const fatal = { fatal: true };
        function prometheusReading({ status, body }) {
            const answer = parseJson(body);
            if (answer?.status === 'error') {
                const message = `cannot be queried: ${printable(answer.error ?? '', 300)}`;
                return missing('query', message, answer.errorType === 'bad_data' ? fatal : {});
            }
            if (status !== 200)
                return refused('queried', status, body);
            if (answer?.status !== 'success')
                return missing('metrics-refused', 'cannot be queried: the answer is not that of Prometheus');
            const { resultType, result } = answer.data ?? {};
            if (resultType === 'scalar')
                return numberIn(result[1]);
            if (resultType !== 'vector' || !Array.isArray(result))
                return missing('query', `is a ${printable(String(resultType), 40)}, and not one number`, fatal);
            const [first, ...others] = result;
            if (others.length > 0)
                return missing('query', `is ${result.length} series, and not one: put sum(…) or max(…) around the query`, fatal);
            return first === undefined ? missing('no-data', 'has no data') : numberIn(first.value?.[1]);
        }
        function jsonReading({ status, body }, { path, text }) {
            if (status < 200 || status > 299)
                return refused('read', status, body);
            const document = parseJson(body);
            if (document === undefined)
                return missing('metrics-refused', 'cannot be read: the answer is not JSON');
            const value = valueAt(document, path);
            if (value === undefined || value === null)
                return missing('no-data', `has no data at \`${printable(text, 80)}\``);
            return numberIn(value);
        }
        function refused(what, status, body) {
            const { kind, message } = (parseJson(body) ?? {});
            const why = kind === 'Status' && typeof message === 'string' ? `: ${printable(message, 200)}` : '';
            return missing('metrics-refused', `cannot be ${what}: the server answered ${status}${why}`);
        }
        function numberIn(value) {
            const isText = typeof value === 'string' && value.trim() !== '';
            const number = typeof value === 'number' || isText ? Number(value) : Number.NaN;
            if (Number.isFinite(number))
                return { value: number };
            return missing('no-data', `has no data: its value is ${printable(String(value), 40)}`);
        }
        function parseJson(body) {
            try {
                return JSON.parse(body.toString('utf8'));
            }
            catch {
                return undefined;
            }
        }
        ;
        const largestAnswer = 1024 * 1024;
        function metricTarget(metric, server) {
            const { name, condition } = metric;
            const probe = (signal) => measure(metric, server, signal);
            return {
                name,
                find: async () => ({ instances: [{ name, address: '', condition, probe }], skipped: [] }),
            };
        }
        async function measure(metric, server, signal) {
            const { samples } = server;
            const [reading, counted] = await Promise.all([read(metric, server, signal), samples && read(samples, server, signal)]);
            const count = counted && 'value' in counted ? { count: counted.value } : {};
            if (samples && counted && 'missing' in counted)
                return { ...counted.missing, message: `counts nothing: the number of samples ${counted.missing.message}` };
            if (samples && counted && 'value' in counted && !samples.holds(counted.value)) {
                const message = `has too few samples: ${shown(counted.value)}, and not ${samples.condition}`;
                return { kind: 'error', cause: 'too-few-samples', message, ...count };
            }
            if ('missing' in reading)
                return { ...reading.missing, ...count };
            return { ...compared(metric, reading.value), value: reading.value, ...count };
        }
        function compared({ condition, holds }, value) {
            if (holds(value))
                return { kind: 'pass', cause: 'as-expected', message: `is ${shown(value)} (${condition})` };
            return { kind: 'fail', cause: 'limit', message: `is ${shown(value)}, and not ${condition}` };
        }
        function shown(value) {
            return String(Number(value.toPrecision(3)));
        }
        async function read(metric, server, signal) {
            const { query } = metric;
            const promql = 'promql' in query ? withValues(query.promql, server) : undefined;
            const url = new URL(urlWithValues(server.url, server));
            if (promql !== undefined) {
                url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v1/query`;
                url.searchParams.set('query', promql);
            }
            const authorization = server.token === '' ? {} : { authorization: `Bearer ${server.token}` };
            const headers = { accept: 'application/json', 'user-agent': 'belay-probe', ...authorization };
            try {
                const answer = await sendRequest({ method: 'GET', url, socketPath: server.socketPath, headers, timeoutMs: 600_000, signal }, largestAnswer);
                return 'promql' in query ? prometheusReading(answer) : jsonReading(answer, query);
            }
            catch (error) {
                if (!(error instanceof NoResponseError))
                    throw error;
                const why = signal.aborted ? 'no answer within the timeout' : printable(error.message, 120);
                return {
                    missing: { kind: 'error', cause: signal.aborted ? 'timeout' : 'unreachable', message: `cannot be read: ${why}` },
                };
            }
        }
        ;
        const external_node_dgram_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dgram");
        ;
        const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns/promises");
        ;
        async function resolveAll(hostname) {
            const found = await (0, promises_namespaceObject.lookup)(hostname, { all: true, order: 'ipv4first' });
            return [...new Set(found.map(({ address }) => address))];
        }
        function hasRoute(address, port) {
            return new Promise((resolve) => {
                const socket = (0, external_node_dgram_namespaceObject.createSocket)((0, external_node_net_namespaceObject.isIPv6)(address) ? 'udp6' : 'udp4');
                const end = (has) => {
                    socket.close();
                    resolve(has);
                };
                socket.once('error', () => end(false));
                socket.once('connect', () => end(true));
                socket.connect(port, address);
            });
        }
        ;
        function parseStatusSet(text) {
            const set = [];
            const invalid = [];
            for (const part of text.replace(/\s*-\s*/g, '-').split(/[\s,]+/)) {
                if (part === '')
                    continue;
                const [, first = '', last = first] = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(part) ?? [];
                if (first === '' || last < first)
                    invalid.push(part);
                else
                    set.push({ from: Number(first), to: Number(last) });
            }
            return { set, invalid };
        }
        function hasStatus(set, status) {
            return set.some(({ from, to }) => from <= status && status <= to);
        }
        ;
        const bodyLimitBytes = 64 * 1024;
        function assess(response, expected) {
            const found = findVersion(response, expected.versionFrom);
            const reported = 'version' in found ? { version: printableVersion(found.version) } : {};
            if (!hasStatus(expected.statuses, response.status))
                return { ...unexpected(response), ...reported };
            const { version } = expected;
            if (version === undefined)
                return { kind: 'pass', cause: 'as-expected', message: `answered ${response.status}`, ...reported };
            if ('none' in found)
                return { kind: 'error', ...withoutVersion(response, version, found.none) };
            const answer = `answered ${response.status} with version \`${printableVersion(found.version)}\``;
            if (found.version === version)
                return { kind: 'pass', cause: 'as-expected', message: answer, ...reported };
            return {
                kind: 'wrong-version',
                cause: 'wrong-version',
                message: `${answer}, not \`${printableVersion(version)}\``,
                ...reported,
            };
        }
        function withoutVersion(response, version, none) {
            const place = findPlace(version, response);
            const message = `answered ${response.status}, but ${none}`;
            if (place === undefined)
                return { cause: 'no-version', message };
            return { cause: 'version-elsewhere', message: `${message}: it is at \`${printable(place, 120)}\`` };
        }
        function unexpected({ status, headers }) {
            const { location } = headers;
            if (status < 300 || status > 399 || location === undefined)
                return { kind: 'fail', cause: 'status', message: `answered ${status}` };
            const destination = printable(location.replace(/[?#].*$/s, ''), 120);
            return { kind: 'fail', cause: 'redirect', message: `answered ${status}, a redirect to ${destination}` };
        }
        function findVersion(response, from) {
            if ('header' in from) {
                const value = response.headers[from.header];
                const text = Array.isArray(value) ? value.join(', ') : value;
                return text ? { version: text } : { none: `has no header ${from.header} with its version` };
            }
            if (response.truncated)
                return { none: `its body is larger than ${bodyLimitBytes / 1024} KiB, so no version was read from it` };
            const document = response_parseJson(response.body);
            if (document === undefined)
                return { none: `its body is not JSON, so no version was read from it` };
            const value = valueAt(document, from.path);
            if (typeof value === 'number' || (typeof value === 'string' && value !== ''))
                return { version: String(value) };
            return { none: `has no version at \`${printable(from.text, 80)}\` of its body` };
        }
        function findPlace(version, { headers, body, truncated }) {
            const header = Object.keys(headers).find((name) => headers[name] === version);
            const path = truncated ? undefined : pathTo(version, response_parseJson(body));
            return path ? textOf(path) : header && `header:${header}`;
        }
        function response_parseJson(body) {
            try {
                return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
            }
            catch {
                return undefined;
            }
        }
        function printableVersion(version) {
            return printable(version, 100);
        }
        ;
        class ProbeFailure extends Error {
            phase;
            code;
            constructor(phase, code) {
                super(`${code} (${phase})`);
                this.phase = phase;
                this.code = code;
            }
        }
        function sendProbe(url, route, signal) {
            return new Promise((resolve, reject) => {
                let phase = 'connect';
                const fail = (error) => {
                    reject(new ProbeFailure(phase, signal.aborted ? 'ABORTED' : (error.code ?? 'UNKNOWN')));
                };
                const secure = url.protocol === 'https:';
                const { request } = clientOf(secure);
                const sent = request(url, {
                    headers: { accept: 'application/json, */*;q=0.5', 'cache-control': 'no-cache', 'user-agent': 'belay-probe' },
                    signal,
                    ...requestOptions(secure, route),
                });
                sent.on('error', fail);
                sent.on('socket', (socket) => {
                    socket.once(secure ? 'secureConnect' : 'connect', () => {
                        phase = 'answer';
                    });
                });
                sent.on('close', () => {
                    if (phase !== 'body')
                        fail(Object.assign(new Error(), { code: 'ECONNRESET' }));
                });
                sent.on('response', (response) => {
                    phase = 'body';
                    readBody(response).then(({ body, cut }) => {
                        sent.destroy();
                        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, truncated: cut });
                    }, fail);
                });
                sent.end();
            });
        }
        function clientOf(secure) {
            return process.getBuiltinModule(secure ? 'node:https' : 'node:http');
        }
        function requestOptions(secure, route) {
            const { Agent } = clientOf(secure);
            if ('proxy' in route)
                return { agent: new Agent(agentOptions(route.proxy)) };
            return { agent: new Agent(), lookup: fixedLookup(route.address) };
        }
        function fixedLookup(address) {
            const family = (0, external_node_net_namespaceObject.isIP)(address);
            return (_hostname, options, callback) => {
                if (options.all)
                    callback(null, [{ address, family }]);
                else
                    callback(null, address, family);
            };
        }
        async function readBody(response) {
            const chunks = [];
            let length = 0;
            for await (const chunk of response) {
                chunks.push(chunk);
                length += chunk.length;
                if (length > bodyLimitBytes)
                    break;
            }
            return { body: Buffer.concat(chunks).subarray(0, bodyLimitBytes), cut: length > bodyLimitBytes };
        }
        ;
        function explainFailure({ phase, code }) {
            const certificate = certificateFaults[code];
            if (certificate !== undefined || isCertificateCode(code))
                return {
                    kind: 'fail',
                    cause: 'certificate',
                    message: certificate ?? `showed a bad certificate (${code})`,
                    fatal: true,
                };
            if (code === 'ABORTED')
                return { kind: 'error', cause: 'timeout', message: timeoutMessages[phase] };
            const [cause, message] = networkFaults[code] ??
                protocolFault(code) ?? ['unreachable', `could not be reached (${code})`];
            return { kind: 'error', cause, message };
        }
        const timeoutMessages = {
            connect: 'did not accept a connection within the timeout',
            answer: 'gave no answer within the timeout',
            body: 'did not finish its answer within the timeout',
        };
        const certificateFaults = {
            ERR_TLS_CERT_ALTNAME_INVALID: 'showed a certificate for another name',
            HOSTNAME_MISMATCH: 'showed a certificate for another name',
            CERT_HAS_EXPIRED: 'showed a certificate that has expired',
            CERT_NOT_YET_VALID: 'showed a certificate that is not valid yet',
            DEPTH_ZERO_SELF_SIGNED_CERT: 'showed a self-signed certificate',
            SELF_SIGNED_CERT_IN_CHAIN: 'showed a certificate from an authority that this runner does not trust',
            UNABLE_TO_GET_ISSUER_CERT: 'showed a certificate from an authority that this runner does not trust',
            UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'showed a certificate from an authority that this runner does not trust',
            UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'showed a certificate without the rest of its chain',
        };
        function isCertificateCode(code) {
            return code.startsWith('CERT_') || ['INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED'].includes(code);
        }
        const networkFaults = {
            ECONNREFUSED: ['refused', 'refused the connection'],
            ECONNRESET: ['broken-off', 'closed the connection before its answer was complete'],
            EPIPE: ['broken-off', 'closed the connection before its answer was complete'],
            ETIMEDOUT: ['timeout', timeoutMessages.connect],
            EHOSTUNREACH: ['unreachable', 'is not reachable (EHOSTUNREACH)'],
            ERR_PROXY_TUNNEL: ['unreachable', 'is not reachable: the proxy refused to connect'],
        };
        function protocolFault(code) {
            if (code.startsWith('HPE_'))
                return ['protocol', `did not answer in HTTP (${code})`];
            if (code.startsWith('ERR_SSL_') || code === 'EPROTO')
                return ['protocol', `did not answer in TLS (${code})`];
            return undefined;
        }
        ;
        const systemNetwork = {
            resolve: resolveAll,
            hasRoute: hasRoute,
            proxyFor: (url) => proxyFor(url, process.env),
        };
        function httpTarget(url, expected, network = systemNetwork) {
            const name = nameOf(url);
            const hostname = url.hostname.replace(/^\[|\]$/g, '');
            const instance = (address, route) => ({
                name: address === hostname ? name : `${name} (${address})`,
                address,
                probe: (signal) => probe(url, route, expected, signal),
            });
            return {
                name,
                async find(signal) {
                    const proxy = proxyOf(network, url);
                    if (proxy instanceof Error)
                        return { missing: error('protocol', `was not asked: ${proxy.message}`) };
                    if (proxy)
                        return { instances: [instance(`proxy ${proxy.host}`, { proxy })], skipped: [] };
                    const addresses = await resolve(network, hostname, signal);
                    if ('kind' in addresses)
                        return { missing: addresses };
                    return split(addresses);
                },
            };
            async function split(addresses) {
                const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
                const routed = await Promise.all(addresses.map((address) => network.hasRoute(address, port)));
                const reachable = addresses.filter((_, index) => routed[index]);
                const unreachable = addresses.filter((_, index) => !routed[index]);
                if (reachable.length === 0)
                    return {
                        missing: error('no-route', `has no address that this machine has a route to (${unreachable.join(', ')})`),
                    };
                return {
                    instances: reachable.map((address) => instance(address, { address })),
                    skipped: unreachable.map((address) => `${name} (${address}): not probed, this machine has no route to it`),
                };
            }
        }
        function proxyOf(network, url) {
            try {
                return network.proxyFor(url);
            }
            catch (error) {
                return error;
            }
        }
        async function resolve(network, hostname, signal) {
            const late = new Promise((done) => {
                signal.addEventListener('abort', () => done(error('unresolved', 'has a name that did not resolve in time')));
            });
            const found = network.resolve(hostname).catch((fault) => {
                const none = fault.code === 'ENOTFOUND' ? 'that does not exist' : `that could not be resolved (${fault.code})`;
                return error('unresolved', `has a name ${none}`);
            });
            return Promise.race([found, late]);
        }
        async function probe(url, route, expected, signal) {
            try {
                return assess(await sendProbe(url, route, signal), expected);
            }
            catch (fault) {
                if (fault instanceof ProbeFailure)
                    return explainFailure(fault);
                throw fault;
            }
        }
        function error(cause, message) {
            return { kind: 'error', cause, message };
        }
        function nameOf(url) {
            return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
        }
        ;
        const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
        ;
        const systemClock = {
            now: () => performance.now(),
            sleep: (ms, signal) => (0, external_node_timers_promises_namespaceObject.setTimeout)(ms, undefined, { signal }).catch(() => { }),
        };
        ;
        function evaluateEarly(histories, successes) {
            const hopeless = histories.filter((history) => history.samples.at(-1)?.fatal || isMisread(history, successes));
            if (hopeless.length > 0)
                return evaluation(hopeless, successes);
            if (histories.length > 0 && histories.every((history) => passesInARow(history) >= successes))
                return passed(histories, successes);
            return undefined;
        }
        function evaluateWatch(histories, successes) {
            const failed = histories.filter(({ samples }) => samples.at(-1)?.fatal || failsInARow(samples) >= successes);
            return failed.length > 0 ? evaluation(failed, successes) : undefined;
        }
        function evaluateAtDeadline(histories, successes) {
            const open = histories.filter((history) => passesInARow(history) < successes);
            if (histories.length > 0 && open.length === 0)
                return passed(histories, successes);
            const violating = open.filter((history) => isViolating(history, successes));
            return evaluation(violating.length > 0 ? violating : open, successes);
        }
        function passed(histories, successes) {
            const metrics = histories.filter(({ condition }) => condition !== undefined).length;
            const only = metrics === histories.length ? 'metrics' : 'instances and metrics';
            const many = metrics === 0 ? 'instances' : only;
            const instances = histories.length === 1 ? verdict_nameOf(histories) : `each of ${histories.length} ${many}`;
            const versions = versionsOf(histories);
            const version = versions.length === 1 ? ` with version \`${versions[0]}\`` : '';
            return { verdict: 'pass', cause: 'as-expected', reason: `${instances} passed ${inARow(successes)}${version}` };
        }
        function evaluation(histories, successes) {
            const described = histories.slice(0, namedInstances).map((history) => describeHistory(history, successes));
            const more = histories.length > namedInstances ? [`and ${histories.length - namedInstances} more instances`] : [];
            return {
                verdict: histories.some((history) => isViolating(history, successes)) ? 'fail' : 'inconclusive',
                cause: histories.map(lastProblem).find((sample) => sample !== undefined)?.cause ?? 'timeout',
                reason: [...described, ...more].join('; ') || 'there was nothing to probe',
            };
        }
        const namedInstances = 3;
        function describeHistory(history, successes) {
            const { name, samples } = history;
            const problem = lastProblem(history);
            const passes = passesInARow(history);
            if (samples.length === 0)
                return `${name}: no probe ended before the deadline`;
            if (!problem)
                return `${name}: passed only ${inARow(passes)} before the deadline, ${successes} are required`;
            if (passes > 0)
                return `${name}: passed only ${inARow(passes)}, ${successes} are required; before that it ${problem.message}`;
            const same = samples.length - 1 - samples.findLastIndex(({ message }) => message !== problem.message);
            return `${name}: ${problem.message} (${share(same, samples.length)})`;
        }
        function share(last, all) {
            if (all === 1)
                return 'its only probe';
            if (last === all)
                return `all ${all} probes`;
            return last === 1 ? `the last of ${all} probes` : `the last ${last} of ${all} probes`;
        }
        function isMisread({ samples }, successes) {
            const last = samples.slice(-successes);
            return last.length === successes && last.every(({ cause }) => cause === 'version-elsewhere');
        }
        function isViolating(history, successes) {
            return history.samples.slice(-successes).some(({ kind }) => kind === 'fail' || kind === 'wrong-version');
        }
        function passesInARow({ samples }) {
            return samples.length - 1 - samples.findLastIndex(({ kind }) => kind !== 'pass');
        }
        function failsInARow(samples) {
            return samples.length - 1 - samples.findLastIndex(({ kind }) => kind !== 'fail' && kind !== 'wrong-version');
        }
        function lastProblem({ samples }) {
            return samples.findLast(({ kind }) => kind !== 'pass');
        }
        function versionsOf(histories) {
            const last = histories.map(({ samples }) => samples.findLast(({ version }) => version !== undefined)?.version);
            return [...new Set(last.filter((version) => version !== undefined))];
        }
        function verdict_nameOf(histories) {
            return histories.map(({ name }) => name).join(', ');
        }
        function inARow(count) {
            return count === 1 ? 'once' : `${count} times in a row`;
        }
        ;
        async function runGate(targets, rules, signal, observer = {}, clock = systemClock) {
            const began = clock.now();
            const end = new AbortController();
            const ended = AbortSignal.any([signal, end.signal]);
            const histories = new Map(targets.map((target) => [target, [openHistory(target)]]));
            const all = () => [...histories.values()].flat();
            const skipped = [];
            let attempts = 0;
            let evaluated;
            try {
                await Promise.all([waitForDeadline(), ...targets.map(watch)]);
            }
            finally {
                end.abort();
            }
            signal.throwIfAborted();
            return { ...(evaluated ?? evaluateAtDeadline(all(), rules.successes)), attempts, histories: all(), skipped };
            async function waitForDeadline() {
                await clock.sleep(rules.deadlineMs, ended);
                end.abort();
            }
            async function watch(target) {
                const found = await find(target);
                const open = found.map((instance) => ({ history: openHistory(target, instance), probe: instance.probe }));
                if (open.length === 0)
                    return;
                histories.set(target, open.map(({ history }) => history));
                await Promise.all(open.map(({ history, probe }) => repeat(history, probe)));
            }
            async function find(target) {
                let instances = [];
                const [history = openHistory(target)] = histories.get(target) ?? [];
                await repeat(history, async (attempt) => {
                    const found = await target.find(attempt);
                    if ('missing' in found)
                        return found.missing;
                    instances = found.instances;
                    for (const text of found.skipped) {
                        skipped.push(text);
                        observer.skipped?.(text);
                    }
                    return undefined;
                });
                return instances;
            }
            async function repeat(history, measure) {
                while (!ended.aborted) {
                    const started = clock.now();
                    const result = await within(rules.timeoutMs, measure);
                    if (ended.aborted || result === undefined)
                        return;
                    const sample = { ...result, startedMs: started - began, ms: clock.now() - started };
                    const before = history.samples.at(-1);
                    history.samples.push(sample);
                    attempts += 1;
                    observer.sample?.(history.name, sample, before);
                    evaluated = (rules.isWatch ? evaluateWatch : evaluateEarly)(all(), rules.successes);
                    if (evaluated)
                        return end.abort();
                    await clock.sleep(Math.max(0, started + rules.intervalMs - clock.now()), ended);
                }
            }
            async function within(ms, measure) {
                const late = new AbortController();
                const done = new AbortController();
                void clock.sleep(ms, AbortSignal.any([ended, done.signal])).then(() => late.abort());
                try {
                    return await measure(AbortSignal.any([ended, late.signal]));
                }
                finally {
                    done.abort();
                }
            }
        }
        function openHistory({ name: target }, instance) {
            const { name = target, address = '', condition } = instance ?? {};
            return { name, target, address, ...(condition !== undefined && { condition }), samples: [] };
        }
        ;
        function shownUrl(text) {
            return text.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
        }
        ;
        function parseProbeUrl(text) {
            const example = 'Write it as in https://api.example.com/health.';
            if (/\s/.test(text))
                return { problem: 'has a space in it', remedy: 'Give one URL a line.' };
            if (!/^https?:\/\//i.test(text))
                return { problem: 'does not start with http:// or https://', remedy: example };
            if (!URL.canParse(text))
                return { problem: 'is not a URL', remedy: example };
            const url = new URL(text);
            if (url.username !== '' || url.password !== '')
                return {
                    problem: 'holds a login',
                    remedy: 'Leave the login out, because the URL is printed. Give a path that needs no login.',
                };
            if (url.port === '0')
                return { problem: 'has the port 0', remedy: 'Give the port that the service listens on.' };
            url.hash = '';
            return { url };
        }
        ;
        function readProbeUrls(read) {
            const urls = new Map();
            for (const line of read.lines('urls')) {
                const parsed = parseProbeUrl(line);
                if ('url' in parsed)
                    urls.set(parsed.url.href, parsed.url);
                else
                    read.issue('urls', `"${withoutSecrets(line)}" ${parsed.problem}`, parsed.remedy);
            }
            return [...urls.values()];
        }
        function withoutSecrets(line) {
            return printable(shownUrl(line), 120);
        }
        ;
        const samplesName = 'samples';
        function readMetrics(read) {
            const lines = read.lines('metrics');
            const url = read.text('metrics-url');
            const windowSeconds = read.seconds('metrics-window', { default: '2m', min: 1, max: 24 * 3600 });
            const token = read.secret('metrics-token');
            if (lines.length === 0) {
                if (url !== '')
                    read.issue('metrics', 'is missing', 'Say what the metrics must be, as NAME: QUERY < NUMBER.');
                return undefined;
            }
            const all = parseLines(read, lines);
            const samples = all.find(({ name }) => name === samplesName);
            const metrics = all.filter((metric) => metric !== samples);
            if (samples && metrics.length === 0)
                read.issue('metrics', 'only counts samples', 'Say what the metrics must be, as NAME: QUERY < NUMBER.');
            const service = isServiceAddress(url) ? readService(read, url, token) : undefined;
            if (!isServiceAddress(url))
                checkUrl(read, url);
            const namesVersion = [url, ...lines].some((text) => text.includes(versionMark));
            return { metrics, server: { url, token, windowSeconds, samples }, service, namesVersion };
        }
        function parseLines(read, lines) {
            const metrics = [];
            for (const line of lines) {
                const parsed = parseMetric(line);
                if ('problem' in parsed)
                    read.issue('metrics', parsed.problem, parsed.remedy);
                else if (metrics.some(({ name }) => name === parsed.metric.name))
                    read.issue('metrics', `has "${printable(parsed.metric.name, 60)}" twice`, 'Give each metric a name of its own.');
                else
                    metrics.push(parsed.metric);
            }
            return metrics;
        }
        function readService(read, url, token) {
            const service = parseServiceAddress(url);
            if (!service)
                read.issue('metrics-url', `"${printable(url, 120)}" has not the form service://NAMESPACE/NAME:PORT/path`, 'Give the port of the Service, by number or name, as in service://monitoring/prometheus:9090.');
            if (token !== '')
                read.issue('metrics-token', 'is given, and the API server of the cluster passes no login on to a Service', 'Leave it out, or give an address that the runner reaches itself.');
            return service;
        }
        function checkUrl(read, url) {
            if (url === '') {
                read.issue('metrics-url', 'is missing', 'Give the address of Prometheus, or of a JSON answer.');
                return;
            }
            const parsed = parseProbeUrl(url.replace(/[{}]/g, ''));
            if ('problem' in parsed)
                read.issue('metrics-url', `"${printable(shownUrl(url), 120)}" ${parsed.problem}`, parsed.remedy);
        }
        ;
        function parseVersionSource(text) {
            const [, header] = /^header:\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)$/i.exec(text) ?? [];
            if (header !== undefined)
                return { text, header: header.toLowerCase() };
            if (/^header:/i.test(text))
                return undefined;
            const path = parseJsonPath(text);
            return path && { text, path };
        }
        ;
        function readInputs(read) {
            const urls = readProbeUrls(read);
            const statuses = readStatuses(read);
            const version = readVersion(read);
            const metrics = readMetrics(read);
            const access = readAccessInputs(metrics?.service ? read : { ...read, issue: read.unneeded });
            if (metrics?.namesVersion && version === undefined)
                read.issue('metrics', `names ${versionMark}, and expect-version is empty`, 'Give expect-version.');
            if (read.lines('urls').length === 0 && !metrics)
                read.issue('urls', 'is empty, and so is metrics', 'Give a URL a line, such as https://api.example.com/health, or metrics.');
            return {
                urls,
                expected: { statuses, version, versionFrom: readVersionSource(read) },
                metrics,
                access: metrics?.service && access,
                rules: readRules(read),
            };
        }
        function readStatuses(read) {
            const { set, invalid } = parseStatusSet(read.text('expect-status', { default: '200-299' }));
            const remedy = 'Give statuses from 100 to 599 and ranges of them, such as 200-299, 304.';
            if (invalid.length > 0)
                read.issue('expect-status', `has "${printable(invalid.join(' '), 80)}" in it`, remedy);
            else if (set.length === 0)
                read.issue('expect-status', 'holds no status', remedy);
            return set;
        }
        function readVersion(read) {
            return read.text('expect-version') || undefined;
        }
        function readVersionSource(read) {
            const text = read.text('version-from', { default: 'sha' });
            const source = parseVersionSource(text);
            if (!source)
                read.issue('version-from', `"${printable(text, 80)}" does not lead to one value`, 'Give a path in the JSON of the answer, such as sha, build.commit or $.a.b[0], or header:X-Version.');
            return source ?? { text, path: [] };
        }
        function readRules(read) {
            const successes = read.integer('successes', { default: 3, min: 1, max: 1000 });
            const interval = read.seconds('interval', { default: '2s', min: 1, max: 3600 });
            const timeout = read.seconds('timeout', { default: '5s', min: 1, max: 600 });
            const deadline = read.seconds('deadline', { default: '2m', min: 1, max: 6 * 3600 });
            const least = (successes - 1) * interval;
            if (least >= deadline)
                read.issue('deadline', `is ${deadline} s, but ${successes} successes ${interval} s apart take ${least} s`, `Give more than ${least} s, or ask for fewer successes.`);
            if (timeout > deadline)
                read.issue('timeout', `is ${timeout} s, longer than the deadline of ${deadline} s`, 'Give less than the deadline.');
            return { successes, intervalMs: interval * 1000, timeoutMs: timeout * 1000, deadlineMs: deadline * 1000 };
        }
        ;
        function metricRemedies(longer) {
            return {
                limit: 'look at that metric of the new release; correct the service, or the limit if it is too strict.',
                'no-data': `check that the service reports this metric with the labels of the query, and that it is scraped; ${longer} if it needs more time.`,
                'too-few-samples': `${longer} or metrics-window, so that there is enough traffic, or ask for fewer samples.`,
                'metrics-refused': 'check metrics-url and metrics-token.',
                query: 'correct the query; try it in the web page of Prometheus.',
            };
        }
        ;
        function remedyFor(cause, seen, expected) {
            const shortened = seen.some((version) => isShortened(version, expected));
            return cause === 'wrong-version' && shortened ? shortenedRemedy : remedies[cause];
        }
        const shortenedRemedy = 'report the whole commit, with its 40 digits: the version that answered is only its beginning.';
        function isShortened(version, commit = '') {
            return /^[0-9a-f]{40}$/.test(commit) && version.length >= 7 && version.length < 40 && commit.startsWith(version);
        }
        const checkReach = 'check that it listens at that address and port, and that this runner can reach it';
        const raiseDeadline = 'raise deadline if it needs more time';
        const remedies = {
            'as-expected': raiseDeadline,
            status: 'read the log of that instance; its health URL must answer with one of expect-status.',
            redirect: 'give the URL that it redirects to. Redirects are not followed, because a login page answers 200 too.',
            certificate: 'install a certificate for this name with its complete chain; for your own authority set NODE_EXTRA_CA_CERTS.',
            'wrong-version': 'check that the instance was restarted with the new release, that no cache or other server answers for it, ' +
                'that its build was given the commit or version that it reports (with Docker often a build argument), ' +
                'and that it reports it in exactly the form of expect-version.',
            'no-version': 'make the service report its version there, or name the right place with version-from.',
            'version-elsewhere': 'set version-from (variable BELAY_VERSION_FROM) to the place where the version is, or report it where it is read.',
            unresolved: 'check the name and its DNS record.',
            'no-route': 'give an address of a family (IPv4 or IPv6) that this runner has a route to, or use another runner.',
            refused: `${checkReach}: what listens on 127.0.0.1 alone (in a Compose file: 127.0.0.1:8080:8080) is reached from its own ` +
                `machine only; localhost means 127.0.0.1 and ::1, so write the one that it listens on; ${raiseDeadline}.`,
            timeout: `${checkReach}, and that it does not hang; ${raiseDeadline}.`,
            'broken-off': `check whether it crashes or restarts; ${raiseDeadline}.`,
            protocol: 'check the port, and whether the URL needs http:// or https://.',
            unreachable: `${checkReach}.`,
            ...metricRemedies('raise deadline'),
        };
        ;
        const shownSamples = 5;
        function instancesJson({ histories }) {
            return JSON.stringify(histories.filter(isInstance).map(({ target, address, samples }) => ({
                url: target,
                address,
                attempts: samples.length,
                version: samples.findLast(({ version }) => version !== undefined)?.version ?? '',
                last: samples.slice(-shownSamples).map(({ kind, cause, message, startedMs, ms }) => ({
                    kind,
                    cause,
                    message,
                    startedMs: Math.round(startedMs),
                    ms: Math.round(ms),
                })),
            })));
        }
        function metricsJson({ histories }) {
            const metrics = histories.filter((history) => !isInstance(history));
            return JSON.stringify(metrics.map(({ name, condition, samples }) => ({
                name,
                condition,
                attempts: samples.length,
                value: samples.findLast(({ value }) => value !== undefined)?.value ?? null,
                samples: samples.findLast(({ count }) => count !== undefined)?.count ?? null,
                last: samples.at(-1)?.kind ?? null,
            })));
        }
        function isInstance({ condition }) {
            return condition === undefined;
        }
        function summaryOf(report) {
            const { verdict, reason, attempts, histories, skipped } = report;
            const instances = histories.filter(isInstance);
            const metrics = histories.filter((history) => !isInstance(history));
            return [
                `**health-gate: ${verdict}** after ${attempts} probe${attempts === 1 ? '' : 's'}. ${escaped(reason)}`,
                ...table(`| instance | probes | last ${shownSamples}, newest last | median | version |`, instances.map(row)),
                ...table(`| metric | must be | probes | last ${shownSamples}, newest last | samples |`, metrics.map(metricRow)),
                ...skipped.flatMap((text) => ['', escaped(text)]),
            ].join('\n');
        }
        function table(head, rows) {
            return rows.length === 0 ? [] : ['', head, '|---|---|---|---|---|', ...rows];
        }
        function metricRow({ name, condition = '', samples }) {
            const last = samples.slice(-shownSamples).map(({ kind, cause, value }) => {
                if (value === undefined)
                    return cause;
                return kind === 'pass' ? shown(value) : `**${shown(value)}**`;
            });
            const count = samples.findLast((sample) => sample.count !== undefined)?.count;
            const cells = [
                escaped(printable(name, 60)),
                code(condition),
                samples.length,
                last.join(', ') || 'none',
                count === undefined ? '' : shown(count),
            ];
            return `| ${cells.join(' | ')} |`;
        }
        function row({ name, samples }) {
            const last = samples.slice(-shownSamples).map(({ kind, ms }) => `${kind} ${Math.round(ms)} ms`);
            const version = samples.findLast((sample) => sample.version !== undefined)?.version;
            const cells = [
                escaped(name),
                samples.length,
                last.join(', ') || 'none',
                median(samples),
                version ? code(version) : '',
            ];
            return `| ${cells.join(' | ')} |`;
        }
        function median(samples) {
            const answered = samples.filter(({ kind }) => kind !== 'error').map(({ ms }) => ms);
            const middle = answered.sort((a, b) => a - b)[Math.floor(answered.length / 2)];
            return middle === undefined ? '' : `${Math.round(middle)} ms`;
        }
        function escaped(text) {
            return text.replaceAll('<', '&lt;').replaceAll('|', '\\|');
        }
        function code(text) {
            return `\`${text.replaceAll('|', '\\|')}\``;
        }
        ;
        const healthGate = {
            name: 'health-gate',
            inputs: readInputs,
            variables: {
                interval: 'gate-interval',
                timeout: 'gate-timeout',
                deadline: 'gate-deadline',
                ...{ urls: undefined, metrics: undefined, 'metrics-url': undefined },
                ...accessVariables,
            },
            async main(inputs, step) {
                if ((0, job_state.pe)(step.journal.read())) {
                    step.info('The release was superseded by a newer one. The gate checks nothing.');
                    return { result: 'superseded' };
                }
                announce(inputs, step);
                const report = await reachMetrics(inputs, step);
                publish(report, step);
                if (report.verdict !== 'pass')
                    throw gateFailure(report, inputs.expected.version);
                return { result: 'unchanged' };
            },
        };
        function announce({ urls, expected, metrics, rules }, step) {
            const version = expected.version === undefined ? 'any version' : `version ${printable(expected.version, 100)}`;
            const counts = [counted(urls.length, 'URL'), counted(metrics?.metrics.length ?? 0, 'metric')];
            step.info(`Waiting for ${counts.filter(Boolean).join(' and ')}: ${version}, ${rules.successes} successes in a row, ` +
                `every ${rules.intervalMs / 1000} s, for ${rules.deadlineMs / 1000} s at most.`);
        }
        function counted(count, what) {
            return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;
        }
        const cluster = () => Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 400));
        async function reachMetrics(inputs, step) {
            const { metrics, access, rules } = inputs;
            if (!metrics?.service || !access)
                return runProbes(inputs, step);
            const { service, server } = metrics;
            const way = { service, access, deadlineMs: rules.deadlineMs, signal: step.signal };
            return (await cluster()).throughApiServer(way, (socketPath) => {
                const reached = { ...server, url: proxiedUrl(service), socketPath };
                return runProbes({ ...inputs, metrics: { ...metrics, server: reached } }, step);
            });
        }
        async function runProbes({ urls, expected, metrics, rules }, step) {
            const ofMetrics = metrics?.metrics.map((metric) => metricTarget(metric, { ...metrics.server, version: expected.version })) ?? [];
            const targets = [...urls.map((url) => httpTarget(url, expected)), ...ofMetrics];
            const observer = {
                sample(name, sample, before) {
                    if (sample.message !== before?.message)
                        step.info(`${seconds(sample)} s  ${sample.kind}  ${name}: ${sample.message}`);
                },
                skipped: (text) => step.info(text),
            };
            return runGate(targets, rules, step.signal, observer).catch((error) => {
                throw step.signal.aborted ? new failure.j$() : error;
            });
        }
        function publish(report, step) {
            const { verdict, reason, attempts } = report;
            const version = versionsOf(report.histories).join(', ');
            step.output('verdict', verdict);
            step.output('reason', reason);
            step.output('attempts', String(attempts));
            step.output('observed-version', version);
            step.output('instances', instancesJson(report));
            step.output('metrics', metricsJson(report));
            step.record({ event: 'gate', verdict, reason, attempts, ...(version !== '' && { version }) });
            step.info(`${verdict}: ${reason}`);
            step.summary(summaryOf(report));
        }
        function gateFailure({ verdict, reason, cause, histories }, expected) {
            const remedy = remedyFor(cause, versionsOf(histories), expected);
            return verdict === 'fail'
                ? new failure.HR('gate-failed', `The gate failed. ${reason}`, remedy)
                : new failure.HR('gate-inconclusive', `The gate is inconclusive, so it does not pass. ${reason}`, remedy);
        }
        function seconds({ startedMs, ms }) {
            return ((startedMs + ms) / 1000).toFixed(1);
        }
    }),
    400: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.r(__webpack_exports__);
        __nccwpck_require__.d(__webpack_exports__, {
            throughApiServer: () => (throughApiServer)
        });
        var external_node_fs_ = __nccwpck_require__(24);
        var external_node_path_ = __nccwpck_require__(760);
        var secret_folder = __nccwpck_require__(650);
        var log = __nccwpck_require__(671);
        var failure = __nccwpck_require__(95);
        var mask = __nccwpck_require__(477);
        ;
        const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
        ;
        const graceMs = 3000;
        async function bounded_runBounded(program, args, options) {
            const { env, cwd, input, keptCharacters, signal, timeoutMs, killSignal = 'SIGTERM' } = options;
            if (signal?.aborted)
                throw new failure.j$();
            const stream = keptCharacters > 0 ? 'pipe' : 'ignore';
            const child = (0, external_node_child_process_namespaceObject.spawn)(program, args, {
                env,
                detached: true,
                stdio: [input === undefined ? 'ignore' : 'pipe', stream, stream],
                ...(cwd !== undefined && { cwd }),
            });
            let exceeded;
            const exceed = (limit) => {
                exceeded ??= limit;
                endFamily(child, killSignal);
            };
            const printed = collect(child, options, () => exceed('output'));
            child.stdin?.on('error', () => { }).end(input);
            const abort = () => endFamily(child, killSignal);
            signal?.addEventListener('abort', abort);
            const timer = timeoutMs === undefined ? undefined : setTimeout(() => exceed('time'), timeoutMs);
            const stopSweeping = sweepAtExit(child);
            try {
                const status = await new Promise((resolve, reject) => {
                    child.once('error', reject);
                    child.once('close', resolve);
                });
                if (signal?.aborted)
                    throw new failure.j$();
                return { status, ...printed(), ...(exceeded && { exceeded }) };
            }
            finally {
                clearTimeout(timer);
                signal?.removeEventListener('abort', abort);
                stopSweeping();
            }
        }
        function collect({ stdout, stderr }, { keptCharacters, whole, merged, onText }, onTooMuch) {
            const kept = { output: '', errors: '' };
            const read = (stream, name) => {
                const into = merged ? 'output' : name;
                stream?.setEncoding('utf8').on('data', (text) => {
                    const all = `${kept[into]}${text}`;
                    kept[into] = all.length > 2 * keptCharacters ? all.slice(-keptCharacters) : all;
                    if (whole && all.length > keptCharacters)
                        onTooMuch();
                    onText?.(text, name);
                });
            };
            read(stdout, 'output');
            read(stderr, 'errors');
            const tail = (text) => (keptCharacters > 0 ? text.slice(-keptCharacters) : '');
            return () => ({ output: tail(kept.output), errors: tail(kept.errors) });
        }
        function endFamily(child, killSignal) {
            killFamily(child, killSignal);
            const timer = setTimeout(() => killFamily(child, 'SIGKILL'), graceMs);
            const finish = () => {
                clearTimeout(timer);
                killFamily(child, 'SIGKILL');
                child.stdout?.destroy();
                child.stderr?.destroy();
            };
            if (child.exitCode !== null || child.signalCode !== null)
                finish();
            else
                child.once('exit', finish);
        }
        function killFamily({ pid }, signal) {
            if (pid === undefined)
                return;
            try {
                process.kill(-pid, signal);
            }
            catch {
            }
        }
        const running = new Set();
        function sweepAtExit(child) {
            if (running.size === 0)
                process.on('exit', killAll);
            running.add(child);
            return () => {
                running.delete(child);
                if (running.size === 0)
                    process.off('exit', killAll);
            };
        }
        function killAll() {
            for (const child of running)
                killFamily(child, 'SIGKILL');
        }
        var clock = __nccwpck_require__(563);
        ;
        async function retry(once, rules) {
            const { signal, leftMs = () => Number.POSITIVE_INFINITY, leastMs = 0 } = rules;
            const { pause = (ms) => (0, clock.y)(ms, signal) } = rules;
            let last;
            for (let attempts = 1; !signal?.aborted && leftMs() >= leastMs; attempts++) {
                last = await once();
                if ('value' in last || !mayRepeat(last.trouble, rules.repeatable) || attempts === rules.attempts)
                    return last;
                const wait = Math.min(last.trouble.waitMs ?? rules.backoffMs(attempts, last.trouble), rules.longestPauseMs ?? Number.POSITIVE_INFINITY);
                if (signal?.aborted || wait + leastMs > leftMs())
                    return last;
                rules.onPause?.(last.trouble, wait);
                await pause(wait);
            }
            return last;
        }
        async function retryErrors(once, rules) {
            const { isRetryable, ...others } = rules;
            const tried = await retry(async () => {
                try {
                    return { value: await once() };
                }
                catch (error) {
                    return { trouble: { error, retryable: isRetryable(error), maybeDelivered: false, waitMs: undefined } };
                }
            }, { ...others, repeatable: true });
            if (tried && 'value' in tried)
                return tried.value;
            if (!tried || rules.signal?.aborted)
                throw new Interrupted();
            throw tried.trouble.error;
        }
        function doubling(firstMs, { longestMs = Number.POSITIVE_INFINITY, factor = () => 1 } = {}) {
            return (failed) => Math.min(longestMs, firstMs * 2 ** (failed - 1)) * factor();
        }
        function mayRepeat({ retryable: passing, maybeDelivered }, repeatable) {
            return passing && (repeatable || !maybeDelivered);
        }
        ;
        class api_ApiError extends Error {
            status;
            reason;
            causes;
            retryAfter;
            constructor(status, reason, message, { causes = [], retryAfter } = {}) {
                super(message);
                this.name = 'ApiError';
                this.status = status;
                this.reason = reason;
                this.causes = causes;
                this.retryAfter = retryAfter;
            }
        }
        ;
        const manager = 'belay';
        const undoManager = 'belay-undo';
        const requestTimeoutMs = 30_000;
        const largestAnswer = 64 * 1024 * 1024;
        function openClient({ socket, patienceMs, signal: always }) {
            let clock = { server: Date.now(), at: performance.now() };
            async function start(sent, signal) {
                const body = sent.body === undefined ? undefined : JSON.stringify(sent.body);
                const response = await startRequest(socket, sent, body, signal);
                const date = Date.parse(response.headers.date ?? '');
                if (!Number.isNaN(date))
                    clock = { server: date, at: performance.now() };
                return response;
            }
            async function ask(asked, limit = largestAnswer) {
                const sent = { ...asked, signal: asked.signal ?? always };
                const ended = performance.now() + patienceMs;
                let internal = 0;
                const tried = await retry(async () => {
                    try {
                        return { value: await askOnce(sent, limit) };
                    }
                    catch (error) {
                        if (!(error instanceof api_ApiError) || sent.signal?.aborted)
                            throw error;
                        if (error.reason === 'InternalError')
                            internal++;
                        return { trouble: troubleOf(error, internal) };
                    }
                }, {
                    repeatable: true,
                    backoffMs: doubling(200, { longestMs: 2000 }),
                    leftMs: () => ended - performance.now(),
                    ...(sent.signal && { signal: sent.signal }),
                });
                if (tried && 'value' in tried)
                    return tried.value;
                throw tried?.trouble.error ?? noAnswer('no time was left for the request');
            }
            async function askOnce(sent, limit) {
                const timeout = AbortSignal.timeout(requestTimeoutMs);
                const signal = sent.signal ? AbortSignal.any([timeout, sent.signal]) : timeout;
                try {
                    const response = await start(sent, signal);
                    const text = await readText(response, limit);
                    if (isSuccess(response))
                        return text;
                    throw errorOf(response.statusCode ?? 0, text);
                }
                catch (error) {
                    if (error instanceof api_ApiError)
                        throw error;
                    throw noAnswer(timeout.aborted ? `no answer within ${requestTimeoutMs / 1000} s` : error.message);
                }
            }
            async function json(sent) {
                return JSON.parse(await ask(sent));
            }
            const written = (dryRun, fieldManager) => ({
                fieldManager,
                fieldValidation: 'Strict',
                ...(dryRun && { dryRun: 'All' }),
            });
            return {
                now: () => clock.server + (performance.now() - clock.at),
                get: (path, query, signal) => json({ method: 'GET', path, query, signal }),
                text: (path, query, limit = 64 * 1024, signal = undefined) => ask({ method: 'GET', path, query, signal }, limit),
                async *watch(path, query, signal) {
                    const asked = { ...query, watch: true, allowWatchBookmarks: true };
                    const response = await start({ method: 'GET', path, query: asked }, signal).catch((error) => {
                        if (signal.aborted)
                            return undefined;
                        throw noAnswer(error.message);
                    });
                    if (!response)
                        return;
                    if (response.statusCode === 410)
                        yield gone(await readText(response, largestAnswer));
                    else if (isSuccess(response))
                        yield* eventsOf(response);
                    else
                        throw errorOf(response.statusCode ?? 0, await readText(response, largestAnswer));
                },
                create: (path, body, { dryRun, manager: name = manager, signal } = {}) => json({ method: 'POST', path, query: written(dryRun, name), body, signal }),
                apply: (path, body, { dryRun, force, manager: name = manager, signal } = {}) => json({
                    method: 'PATCH',
                    path,
                    query: { ...written(dryRun, name), ...(force && { force: true }) },
                    type: 'application/apply-patch+yaml',
                    body,
                    signal,
                }),
                patch: (path, body, { dryRun, manager: name = manager, signal } = {}) => json({
                    method: 'PATCH',
                    path,
                    query: written(dryRun, name),
                    type: 'application/json-patch+json',
                    body,
                    signal,
                }),
                async remove(path, { uid, propagation = 'Background', signal } = {}) {
                    const body = { propagationPolicy: propagation, ...(uid !== undefined && { preconditions: { uid } }) };
                    await ask({ method: 'DELETE', path, body, signal });
                },
            };
        }
        function troubleOf(error, internal) {
            const { status, reason, retryAfter } = error;
            return {
                retryable: [0, 429, 502, 503, 504].includes(status) || (reason === 'InternalError' && internal < 3),
                maybeDelivered: true,
                waitMs: retryAfter === undefined ? undefined : retryAfter * 1000,
                error,
            };
        }
        function startRequest(socketPath, { method, path, query = {}, type = 'application/json' }, body, signal) {
            const { request } = process.getBuiltinModule('node:http');
            const headers = {
                host: 'localhost',
                accept: 'application/json',
                ...(body !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
            };
            return new Promise((resolve, reject) => {
                const sending = request({ socketPath, method, path: pathWith(path, query), headers, agent: false, signal }, resolve);
                sending.on('error', reject);
                sending.end(body);
            });
        }
        function pathWith(path, query) {
            const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
            return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
        }
        function isSuccess({ statusCode = 0 }) {
            return statusCode >= 200 && statusCode < 300;
        }
        async function readText(response, limit) {
            const chunks = [];
            let length = 0;
            for await (const chunk of response) {
                chunks.push(chunk);
                length += chunk.length;
                if (length > limit)
                    break;
            }
            return Buffer.concat(chunks).subarray(0, limit).toString('utf8');
        }
        async function* eventsOf(response) {
            let rest = '';
            response.setEncoding('utf8');
            try {
                for await (const chunk of response) {
                    const lines = `${rest}${chunk}`.split('\n');
                    rest = lines.pop() ?? '';
                    for (const line of lines)
                        if (line !== '')
                            yield JSON.parse(line);
                }
            }
            catch (error) {
                if (error instanceof SyntaxError)
                    throw error;
            }
        }
        function gone(text) {
            return { type: 'ERROR', object: { kind: 'Status', metadata: { name: '' }, code: 410, message: text } };
        }
        function noAnswer(why) {
            return new api_ApiError(0, '', `the API server does not answer: ${why}`);
        }
        function errorOf(status, text) {
            const { kind, message, reason, details } = statusIn(text);
            if (kind !== 'Status') {
                const line = text.trim().split('\n')[0]?.slice(0, 300) ?? '';
                return status >= 500 ? noAnswer(line) : new api_ApiError(status, '', line || `HTTP ${status}`);
            }
            return new api_ApiError(status, reason ?? '', message ?? `HTTP ${status}`, {
                causes: details?.causes ?? [],
                retryAfter: details?.retryAfterSeconds,
            });
        }
        function statusIn(text) {
            try {
                return JSON.parse(text);
            }
            catch {
                return {};
            }
        }
        async function orUndefined(asked) {
            try {
                return await asked;
            }
            catch (error) {
                if (error instanceof ApiError && error.status === 404)
                    return undefined;
                throw error;
            }
        }
        var job = __nccwpck_require__(878);
        ;
        function kubectlEnvironment() {
            return { ...(0, job.Qc)(), KUBERC: 'off' };
        }
        function onPath(name) {
            const folder = (process.env.PATH ?? '').split(':').find((one) => one !== '' && (0, external_node_fs_.existsSync)((0, external_node_path_.join)(one, name)));
            return folder && (0, external_node_path_.join)(folder, name);
        }
        function findKubectl() {
            const program = onPath('kubectl');
            if (program === undefined)
                throw new failure.HR('tools', 'The runner has no kubectl.', installRemedy);
            return { program };
        }
        async function kubectlVersion({ program }, signal) {
            const { status, output, errors } = await bounded_runBounded(program, ['version', '--client', '--output=json'], {
                env: kubectlEnvironment(),
                keptCharacters: 10_000,
                timeoutMs: 30_000,
                signal,
            });
            const version = /"gitVersion": *"v(\d+\.\d+\.\d+)/.exec(output)?.[1];
            if (status === 0 && version !== undefined)
                return version;
            throw new failure.HR('tools', `${program} does not say its version: ${errors.trim().slice(0, 300)}`, installRemedy);
        }
        const installRemedy = 'install kubectl in an earlier step, in the version of the cluster.';
        function assertSkew(kubectl, server) {
            const [major, minor] = kubectl.split('.').map(Number);
            const [serverMajor, serverMinor] = [Number.parseInt(server.major, 10), Number.parseInt(server.minor, 10)];
            if (major === serverMajor && Math.abs((minor ?? 0) - serverMinor) <= 1)
                return;
            throw new failure.HR('tools', `kubectl ${kubectl} does not fit the server's version ${serverMajor}.${serverMinor}: they may differ by one minor version. Belay downloads no kubectl, because it has no checksum for one.`, `install kubectl ${serverMajor}.${serverMinor} in an earlier step.`);
        }
        async function kustomize({ program }, folder, signal) {
            const { status, output, errors, exceeded } = await runBounded(program, ['kustomize', folder], {
                env: kubectlEnvironment(),
                keptCharacters: 20_000_000,
                whole: true,
                timeoutMs: 120_000,
                signal,
            });
            if (status === 0 && !exceeded)
                return output;
            const why = exceeded ? `it exceeded the limit of ${exceeded}` : errors.trim().slice(-1500);
            throw new Failure('source', `kustomize cannot build ${folder}: ${why}`, 'run `kubectl kustomize` on that folder.');
        }
        var external_node_crypto_ = __nccwpck_require__(598);
        ;
        async function openRelay(socket) {
            const { createServer, request } = process.getBuiltinModule('node:http');
            const word = (0, external_node_crypto_.randomBytes)(24).toString('hex');
            (0, mask.d)(word);
            const beginning = `/${word}/`;
            const relay = createServer((incoming, outgoing) => {
                const { url = '', method, headers } = incoming;
                if (!url.startsWith(beginning))
                    return void outgoing.writeHead(404).end();
                const path = url.slice(beginning.length - 1);
                const asked = request({ socketPath: socket, method, path, headers: { ...headers, host: 'localhost' } }, (answer) => {
                    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
                    answer.on('error', () => outgoing.destroy());
                    answer.pipe(outgoing);
                });
                asked.on('error', () => outgoing.destroy());
                outgoing.on('close', () => asked.destroy());
                incoming.pipe(asked);
            });
            await new Promise((resolve, reject) => {
                relay.once('error', reject);
                relay.listen(0, '127.0.0.1', resolve);
            });
            relay.unref();
            const { port } = relay.address();
            return {
                server: `http://127.0.0.1:${port}/${word}`,
                close() {
                    relay.close();
                    relay.closeAllConnections();
                },
            };
        }
        ;
        const oldestMajor = 4;
        const longestMs = 120_000;
        const longestOutput = 60_000_000;
        async function openHelm(socket, signal) {
            const program = onPath('helm');
            if (program === undefined)
                throw new failure.HR('tools', 'The runner has no helm.', helm_installRemedy);
            const env = helmEnvironment();
            const { output } = await bounded_runBounded(program, ['version', '--template={{.Version}}'], {
                env,
                keptCharacters: 10_000,
                timeoutMs: 30_000,
                signal,
            });
            const version = /^v(\d+\.\d+\.\d+)/.exec(output.trim())?.[1];
            if (version === undefined)
                throw new failure.HR('tools', `${program} does not say its version.`, helm_installRemedy);
            if (Number(version.split('.')[0]) < oldestMajor)
                throw new failure.HR('tools', `${program} is Helm ${version}, and Belay needs Helm ${oldestMajor}.`, helm_installRemedy);
            const folder = (0, secret_folder.x)();
            const relay = await openRelay(socket);
            const kubeconfig = (0, external_node_path_.join)(folder, 'config');
            (0, external_node_fs_.writeFileSync)(kubeconfig, JSON.stringify(configOf(relay.server)), { mode: 0o600 });
            return {
                run: (args, { signal: ends, timeoutMs = longestMs }) => bounded_runBounded(program, args, {
                    env: {
                        ...env,
                        KUBECONFIG: kubeconfig,
                        KUBECACHEDIR: (0, external_node_path_.join)(folder, 'api'),
                        HELM_CACHE_HOME: (0, external_node_path_.join)(folder, 'cache'),
                    },
                    keptCharacters: longestOutput,
                    whole: true,
                    timeoutMs,
                    signal: ends,
                }),
                close() {
                    relay.close();
                    (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
                },
            };
        }
        const helm_installRemedy = `install Helm ${oldestMajor} in an earlier step, such as azure/setup-helm.`;
        function helmEnvironment(env = (0, job.Qc)()) {
            return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(KUBECONFIG|HELM_(KUBE.*|NAMESPACE|DEBUG))$/.test(name)));
        }
        function configOf(server) {
            return {
                apiVersion: 'v1',
                kind: 'Config',
                clusters: [{ name: 'c', cluster: { server } }],
                contexts: [{ name: 'c', context: { cluster: 'c', user: '' } }],
                'current-context': 'c',
            };
        }
        ;
        const longestPath = 107;
        const startSeconds = 20;
        async function startProxy({ program }, folder, kubeconfig, signal) {
            const socket = (0, external_node_path_.join)(folder, 's');
            if (Buffer.byteLength(socket) > longestPath)
                throw new failure.HR('tools', `The path ${socket} is too long for a socket.`, 'use a shorter RUNNER_TEMP.');
            const given = kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`];
            const child = (0, external_node_child_process_namespaceObject.spawn)(program, [...given, 'proxy', `--unix-socket=${socket}`], {
                env: kubectlEnvironment(),
                stdio: ['ignore', 'ignore', 'pipe'],
                detached: true,
            });
            let printed = '';
            let ended = false;
            child.stderr.setEncoding('utf8').on('data', (text) => {
                printed = `${printed}${text}`.slice(-2000);
            });
            child.once('exit', () => {
                ended = true;
            });
            child.once('error', (error) => {
                ended = true;
                printed = error.message;
            });
            const note = noteChild(child.pid);
            const stop = () => {
                process.off('exit', stop);
                endChild(child.pid);
                (0, external_node_fs_.rmSync)(note, { force: true });
                (0, external_node_fs_.rmSync)(socket, { force: true });
            };
            process.once('exit', stop);
            const late = performance.now() + startSeconds * 1000;
            while (!ended && !(0, external_node_fs_.existsSync)(socket) && !signal.aborted && performance.now() < late)
                await (0, clock.y)(20, signal);
            if (ended || !(0, external_node_fs_.existsSync)(socket)) {
                stop();
                throw new failure.HR('tools', `kubectl proxy did not start: ${printed.trim()}`, 'check the kubeconfig that is given.');
            }
            child.unref();
            return { socket, isRunning: () => !ended, stop };
        }
        function noteChild(pid) {
            const note = (0, external_node_path_.join)((0, job.OW)(), `kubectl-${process.pid}`);
            (0, external_node_fs_.mkdirSync)((0, job.OW)(), { recursive: true, mode: 0o700 });
            (0, external_node_fs_.writeFileSync)(note, `${pid ?? 0} ${startOf(pid ?? 0)}`, { mode: 0o600 });
            return note;
        }
        function sweepProxies() {
            if (!(0, external_node_fs_.existsSync)((0, job.OW)()))
                return;
            for (const name of (0, external_node_fs_.readdirSync)((0, job.OW)())) {
                const [, owner] = /^kubectl-(\d+)$/.exec(name) ?? [];
                if (owner === undefined || (0, external_node_fs_.existsSync)(`/proc/${owner}`))
                    continue;
                const note = (0, external_node_path_.join)((0, job.OW)(), name);
                const [pid = '0', started = ''] = (0, external_node_fs_.readFileSync)(note, 'utf8').split(' ');
                if (started !== '' && startOf(Number(pid)) === started)
                    endChild(Number(pid));
                (0, external_node_fs_.rmSync)(note, { force: true });
            }
        }
        function startOf(pid) {
            try {
                const stat = (0, external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'utf8');
                return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
            }
            catch {
                return '';
            }
        }
        function endChild(pid) {
            if (!pid)
                return;
            try {
                process.kill(-pid, 'SIGKILL');
            }
            catch {
            }
        }
        ;
        async function parseYaml(text) {
            const { parseAllDocuments } = await library();
            const documents = parseAllDocuments(text, {
                version: '1.1',
                merge: true,
                customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !isTime(tag)),
            });
            return documents.flatMap((document) => {
                const [error] = document.errors;
                if (error)
                    throw new Error(error.message);
                const value = document.toJS();
                return value === null || value === undefined ? [] : [value];
            });
        }
        function isTime({ tag, format }) {
            return tag === 'tag:yaml.org,2002:timestamp' || format === 'TIME';
        }
        const library = () => import('../../toolkit/dist/index.js');
        function loadYaml() {
            library().catch(() => { });
        }
        ;
        const renewMs = 180_000;
        async function openCluster(inputs, signal) {
            sweepProxies();
            const kubectl = findKubectl();
            const folder = (0, secret_folder.x)();
            let timer;
            let proxy;
            let starting;
            let helm;
            const close = () => {
                clearInterval(timer);
                helm?.close();
                proxy?.stop();
                process.off('exit', close);
                (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
            };
            process.once('exit', close);
            try {
                const { file, own, renew, server: given } = await kubeconfigFor(inputs, folder);
                starting = startProxy(kubectl, folder, file, signal);
                starting.catch(() => { });
                const server = given ?? (await assertUsable(kubectl, file, signal));
                proxy = await starting;
                if (renew) {
                    timer = setInterval(() => void renew().catch((error) => log.Rm.warning((0, failure.bD)(error))), renewMs);
                    timer.unref();
                }
                else if (own && file !== undefined)
                    (0, external_node_fs_.rmSync)(file);
                const { socket, isRunning } = proxy;
                return {
                    clientFor: (options) => openClient({ ...options, socket }),
                    kubectl,
                    socket,
                    server,
                    isOpen: isRunning,
                    helm: async (ends) => (helm ??= await openHelm(socket, ends)),
                    close,
                };
            }
            catch (error) {
                proxy = await starting?.catch(() => undefined);
                close();
                throw error;
            }
        }
        async function kubeconfigFor(inputs, folder) {
            const { kubeconfig } = inputs;
            if (inputs.server !== '')
                return kubeconfigOfServer(inputs, folder);
            if (kubeconfig === '')
                return { file: undefined, own: false };
            const isPath = !kubeconfig.includes('\n') && kubeconfig.length < 4096 && (0, external_node_fs_.existsSync)(kubeconfig);
            if (isPath)
                return { file: kubeconfig, own: false };
            const text = kubeconfigText(kubeconfig);
            await maskCredentials(text);
            const file = (0, external_node_path_.join)(folder, 'config');
            (0, external_node_fs_.writeFileSync)(file, text, { mode: 0o600 });
            return { file, own: true };
        }
        async function kubeconfigOfServer({ server, ca, token, audience }, folder) {
            const file = (0, external_node_path_.join)(folder, 'config');
            const tokenFile = (0, external_node_path_.join)(folder, 'token');
            const renew = async () => writeAtomically(tokenFile, await identityToken(audience || server));
            if (token === '')
                await renew();
            const authority = ca === '' ? {} : { 'certificate-authority-data': inBase64(ca) };
            const config = {
                apiVersion: 'v1',
                kind: 'Config',
                clusters: [{ name: 'c', cluster: { server, ...authority } }],
                users: [{ name: 'u', user: token === '' ? { tokenFile } : { token } }],
                contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
                'current-context': 'c',
            };
            (0, external_node_fs_.writeFileSync)(file, JSON.stringify(config), { mode: 0o600 });
            return { file, own: true, server, ...(token === '' && { renew }) };
        }
        async function identityToken(audience) {
            try {
                const { getIDToken } = await import('../../toolkit/dist/index.js');
                return await getIDToken(audience);
            }
            catch (error) {
                throw new failure.HR('access', `GitHub gives this job no identity token: ${(0, failure.bD)(error)}`, 'give the job `permissions: { id-token: write }`, or give the input token or kubeconfig.', { cause: error });
            }
        }
        function writeAtomically(file, text) {
            (0, external_node_fs_.writeFileSync)(`${file}.new`, text, { mode: 0o600 });
            (0, external_node_fs_.renameSync)(`${file}.new`, file);
        }
        function inBase64(ca) {
            return ca.includes('-----BEGIN') ? Buffer.from(ca).toString('base64') : ca.replace(/\s+/g, '');
        }
        function kubeconfigText(given) {
            if (/^\s*(apiVersion|kind|clusters|users|contexts|current-context|preferences|\{|---|#)/m.test(given))
                return given;
            const text = Buffer.from(given, 'base64').toString('utf8');
            if (text.includes('clusters'))
                return text;
            (0, mask.d)(given);
            throw new failure.HR('access', 'kubeconfig is neither a file of this runner, nor the text of a kubeconfig, nor that text in base64.', 'give a path, or a secret with the whole file.');
        }
        async function maskCredentials(text) {
            const secret = /^(token|password|client-key-data|id-token|refresh-token|access-token|client-secret|value)$/;
            const visit = (value, name) => {
                if (typeof value === 'string' && secret.test(name)) {
                    (0, mask.d)(value);
                    if (name === 'client-key-data')
                        (0, mask.d)(Buffer.from(value, 'base64').toString('utf8'));
                }
                else if (typeof value === 'object' && value !== null)
                    for (const [key, inner] of Object.entries(value))
                        visit(inner, key);
            };
            try {
                for (const document of await parseYaml(text))
                    visit(document.users, 'users');
            }
            catch (error) {
                (0, mask.d)(text);
                throw new failure.HR('access', `kubeconfig is not YAML: ${(0, failure.bD)(error)}`, 'give the whole file.');
            }
        }
        async function assertUsable(kubectl, file, signal) {
            const given = file === undefined ? [] : [`--kubeconfig=${file}`];
            const { status, output, errors } = await bounded_runBounded(kubectl.program, [...given, 'config', 'view', '--minify', '--output=json'], { env: kubectlEnvironment(), keptCharacters: 200_000, timeoutMs: 30_000, signal });
            const remedy = 'give kubeconfig, or server with ca and token.';
            if (status !== 0)
                throw new failure.HR('access', `kubectl cannot read the kubeconfig: ${errors.trim().slice(-500)}`, remedy);
            const view = JSON.parse(output);
            const cluster = view.clusters?.[0]?.cluster;
            if (!cluster?.server)
                throw new failure.HR('access', 'The kubeconfig names no cluster.', remedy);
            if (cluster['insecure-skip-tls-verify'])
                throw new failure.HR('access', 'The kubeconfig has insecure-skip-tls-verify, so anyone on the way could be the server.', "give the cluster's CA instead.");
            const exec = view.users?.[0]?.user?.exec;
            if (exec)
                assertProgram(exec);
            return cluster.server;
        }
        function assertProgram({ command = '', interactiveMode }) {
            log.Rm.info(`The kubeconfig logs in by the program ${command}.`);
            if (command.includes('/') || interactiveMode === 'Always')
                throw new failure.HR('access', `The kubeconfig logs in by ${command}${interactiveMode === 'Always' ? ', which wants a terminal' : ''}.`, 'name a program of PATH that asks nothing.');
        }
        ;
        let job_connection_open;
        async function connect(access, signal) {
            if (job_connection_open?.isOpen())
                return job_connection_open;
            closeConnection();
            job_connection_open = await openCluster(access, signal);
            return job_connection_open;
        }
        const mainPatienceMs = 60_000;
        async function connectMain(access, signal, patienceMs = mainPatienceMs) {
            const version = kubectlVersion(findKubectl(), signal);
            version.catch(() => { });
            const connection = await connect(access, signal);
            try {
                const client = connection.clientFor({ signal, patienceMs });
                assertSkew(await version, await client.get('/version'));
                return { connection, client };
            }
            catch (error) {
                closeConnection();
                throw error;
            }
        }
        const undoPatienceMs = 45_000;
        async function reconnectTo(server, signal) {
            const access = readInputs(readAccessInputs, fromEnvironment, { variables: accessVariables });
            const connection = await connect(access, signal);
            if (connection.server === server)
                return connection.clientFor({ signal, patienceMs: undoPatienceMs });
            closeConnection();
            throw new Failure('access', `The kubeconfig leads to ${connection.server} by now, and the release changed ${server}. Nothing was changed there.`, 'leave the kubeconfig as it is until the end of the job.');
        }
        function currentConnection() {
            if (!job_connection_open)
                throw new Error('no connection is open');
            return job_connection_open;
        }
        function closeConnection() {
            job_connection_open?.close();
            job_connection_open = undefined;
        }
        ;
        function rights(group, resource, verbs, name) {
            return verbs.split(' ').map((verb) => ({ group, resource, verb, ...(name !== undefined && { name }) }));
        }
        async function missingRights(api, needed, namespace) {
            const base = '/apis/authorization.k8s.io/v1';
            const review = await api.create(`${base}/selfsubjectrulesreviews`, {
                apiVersion: 'authorization.k8s.io/v1',
                kind: 'SelfSubjectRulesReview',
                spec: { namespace },
            });
            const rules = review.status?.resourceRules ?? [];
            const open = unique(needed).filter((right) => !rules.some((rule) => covers(rule, right)));
            const answers = await Promise.all(open.map(async ({ group, resource, verb, name }) => {
                const [plural, subresource] = resource.split('/');
                const answer = await api.create(`${base}/selfsubjectaccessreviews`, {
                    apiVersion: 'authorization.k8s.io/v1',
                    kind: 'SelfSubjectAccessReview',
                    spec: { resourceAttributes: { namespace, group, resource: plural, verb, subresource, name } },
                });
                return answer.status?.allowed === true;
            }));
            return open.filter((_, index) => !answers[index]);
        }
        async function assertRights(api, namespace, needed, { what, role }) {
            const missing = await missingRights(api, needed, namespace);
            if (missing.length === 0)
                return;
            const names = missing.map(({ verb, group, resource }) => `${verb} ${resource}${group && `.${group}`}`);
            throw new failure.HR('forbidden', `The login may not do all that ${what} needs in ${namespace}: ${names.join(', ')}. Nothing was changed.`, `let somebody who may grant it apply this role, and bind it:\n${roleYaml(role, namespace, missing)}`);
        }
        function unique(needed) {
            return [...new Map(needed.map((right) => [JSON.stringify(right), right])).values()];
        }
        function covers({ verbs, apiGroups = [], resources = [], resourceNames = [] }, right) {
            const has = (list, value) => list.includes('*') || list.includes(value);
            const subresource = right.resource.split('/')[1];
            return (has(verbs, right.verb) &&
                has(apiGroups, right.group) &&
                (has(resources, right.resource) || (subresource !== undefined && resources.includes(`*/${subresource}`))) &&
                (resourceNames.length === 0 || (right.name !== undefined && resourceNames.includes(right.name))));
        }
        function roleYaml(name, namespace, needed) {
            const ofObject = grouped(needed, ({ group, resource, name: only = '' }) => [group, resource, only], ({ verb }) => verb);
            const rules = grouped(ofObject, ({ key: [group = '', resource = '', only = ''], values }) => [
                group,
                resource,
                values.join(', '),
                only === '' ? 'all' : 'named',
            ], ({ key: [, , only = ''] }) => only);
            const lines = rules.map(({ key: [group, resource, verbs, which], values }) => {
                const names = which === 'all' ? '' : `, resourceNames: [${values.join(', ')}]`;
                return `  - {apiGroups: ["${group}"], resources: [${resource}]${names}, verbs: [${verbs}]}`;
            });
            return [
                'apiVersion: rbac.authorization.k8s.io/v1',
                'kind: Role',
                `metadata: {name: ${name}, namespace: ${namespace}}`,
                'rules:',
                ...lines,
            ].join('\n');
        }
        function grouped(all, keyOf, nameOf) {
            const groups = new Map();
            for (const one of all) {
                const key = keyOf(one);
                const group = groups.get(JSON.stringify(key)) ?? { key, values: [] };
                if (!group.values.includes(nameOf(one)))
                    group.values.push(nameOf(one));
                groups.set(JSON.stringify(key), group);
            }
            return [...groups.values()];
        }
        ;
        function failureOf(error, signal, role) {
            if (signal.aborted)
                return new failure.j$();
            if (!(error instanceof api_ApiError))
                return error;
            const { status, message } = error;
            if (status === 403)
                return new failure.HR('forbidden', `The API server refuses: ${message}`, role);
            return new failure.HR('access', status === 401 ? `The API server does not accept the login: ${message}` : `The API server: ${message}`, 'check kubeconfig, or server, ca and token, and whether the runner reaches the API server.');
        }
        ;
        async function throughApiServer({ service, access, deadlineMs, signal }, gate) {
            try {
                const { connection, client } = await connectMain(access, signal, Math.min(deadlineMs, mainPatienceMs));
                const needed = rights('', 'services/proxy', 'get', service.name);
                await assertRights(client, service.namespace, needed, { what: 'the gate', role: 'belay-metrics' });
                return await gate(connection.socket);
            }
            catch (error) {
                throw failureOf(error, signal, 'let the login read metrics through the API server: get services/proxy.');
            }
            finally {
                closeConnection();
            }
        }
    }),
    237: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(947);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4);
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.e)(_action_js__WEBPACK_IMPORTED_MODULE_0__.Y);
                __webpack_async_result__();
            }
            catch (e) {
                __webpack_async_result__(e);
            }
        }, 1);
    }),
    563: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            m: () => (monotonicSeconds),
            y: () => (sleep)
        });
        var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
        var node_fs__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
        var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(161);
        var node_os__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
        function monotonicSeconds() {
            try {
                return Number((0, node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)('/proc/uptime', 'utf8').split(' ')[0]);
            }
            catch {
                return (0, node_os__WEBPACK_IMPORTED_MODULE_1__.uptime)();
            }
        }
        function sleep(ms, signal) {
            return new Promise((resolve) => {
                if (signal?.aborted)
                    return resolve();
                const done = () => {
                    clearTimeout(timer);
                    signal?.removeEventListener('abort', done);
                    resolve();
                };
                const timer = setTimeout(done, ms);
                signal?.addEventListener('abort', done);
            });
        }
    }),
    95: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            $N: () => (codeOf),
            HR: () => (Failure),
            bD: () => (messageOf),
            h_: () => (asFailure),
            j$: () => (Interrupted)
        });
        class Failure extends Error {
            code;
            remedy;
            constructor(code, message, remedy, options) {
                super(remedy ? `${message}\n  How to fix: ${remedy}` : message, options);
                this.name = 'Failure';
                this.code = code;
                this.remedy = remedy;
            }
        }
        class Interrupted extends Failure {
            constructor() {
                super('interrupted', 'The job was cancelled while this step was running.');
                this.name = 'Interrupted';
            }
        }
        function firstLine(text) {
            return text.split(/\r?\n/, 1)[0] ?? '';
        }
        function messageOf(error) {
            return error instanceof Error ? error.message : String(error);
        }
        function codeOf(error) {
            const failure = asFailure(error);
            return failure instanceof Failure ? failure.code : 'internal';
        }
        function asFailure(error) {
            const code = error instanceof Error && !(error instanceof Failure) && 'code' in error ? error.code : undefined;
            if (code !== 'ENOSPC' && code !== 'EDQUOT')
                return error;
            return new Failure('runner-disk-full', `No space is left on the runner: ${messageOf(error)}.`, `free disk space below RUNNER_TEMP (${process.env.RUNNER_TEMP ?? 'not set'}): remove files that earlier steps of the job left.`, { cause: error });
        }
    }),
    146: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Bg: () => (resultOf),
            _N: () => (releaseInProgress),
            co: () => (pendingTargets),
            jz: () => (jobResult),
            pe: () => (isSuperseded)
        });
        var _belay_release_model__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(432);
        function releaseInProgress({ releases, unfinishedReleases }) {
            return releases.findLast(({ id }) => unfinishedReleases.includes(id));
        }
        function isSuperseded(job) {
            const service = releaseInProgress(job)?.service;
            return job.steps.some((step) => step.mutates && step.service === service && service !== undefined && step.ended?.result === 'superseded');
        }
        function pendingTargets(step) {
            const final = new Set(step.outcomes.filter(({ result }) => isFinal(result)).map(({ target }) => target));
            return step.armed.filter((target) => !final.has(target.name));
        }
        function isFinal(result) {
            return result === 'committed' || result === 'rolled-back' || result === 'unchanged';
        }
        function resultOf(step) {
            if (step.armed.length > 0) {
                const silent = step.armed.length > step.outcomes.length;
                return (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_0__.N)([...step.outcomes.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
            }
            if (!step.ended || step.ended.result === 'pending')
                return 'unknown';
            return step.ended.result;
        }
        function jobResult({ steps, damaged }) {
            if (damaged !== undefined)
                return (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_0__.N)([...steps.filter((step) => step.mutates).map(resultOf), 'unknown']);
            const changing = steps.filter((step) => step.mutates);
            if (changing.length > 0)
                return (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_0__.N)(changing.map(resultOf));
            return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged';
        }
    }),
    878: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            OW: () => (jobFolder),
            Qc: () => (childEnvironment),
            xh: () => (currentRun)
        });
        var node_os__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(161);
        var node_os__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);
        var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
        var node_path__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
        function currentRun(env = process.env) {
            const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
            const repository = env.GITHUB_REPOSITORY ?? 'local/local';
            const id = env.GITHUB_RUN_ID ?? '0';
            return {
                repository,
                id,
                attempt: Number(env.GITHUB_RUN_ATTEMPT ?? '1'),
                job: env.GITHUB_JOB ?? 'job',
                actor: env.GITHUB_TRIGGERING_ACTOR ?? env.GITHUB_ACTOR ?? 'unknown',
                url: `${server}/${repository}/actions/runs/${id}`,
            };
        }
        function jobFolder(env = process.env) {
            return (0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env.RUNNER_TEMP ?? (0, node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)(), 'belay');
        }
        function childEnvironment(env = process.env) {
            return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(INPUT|STATE)_/.test(name)));
        }
    }),
    671: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Rm: () => (log)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(210);
        const log = {
            info: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.pq(escapeCommands(text)),
            debug: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.Yz(escapeCommands(text)),
            notice: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.lm(escapeCommands(text), properties),
            warning: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.$e(escapeCommands(text), properties),
            error: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.z3(escapeCommands(text), properties),
            setFailed: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.C1(escapeCommands(text)),
        };
        function lineLog() {
            let rest = '';
            return {
                write(piece) {
                    const lines = (rest + piece).split(/\r?\n/);
                    rest = lines.pop() ?? '';
                    if (lines.length > 0)
                        log.info(lines.join('\n'));
                },
                end() {
                    if (rest !== '')
                        log.info(rest);
                    rest = '';
                },
            };
        }
        function escapeCommands(text) {
            return text
                .replace(/\r\n?|[\u2028\u2029]/g, '\n')
                .replace(control, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
                .replace(/[\u202a-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
                .replace(/^(\s*):(?=:)/gm, '$1:\\')
                .replaceAll('##[', '#\\#[');
        }
        const control = /[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]|\x1b(?!\[[\d;]*m)/g;
    }),
    477: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            d: () => (mask)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(210);
        function mask(secret) {
            for (const form of maskedForms(secret))
                _actions_core__WEBPACK_IMPORTED_MODULE_0__.Pq(form);
        }
        function maskedForms(secret) {
            const lines = secret.split(/\r?\n/).map((line) => line.trim());
            const forms = [secret, encodeURIComponent(secret), ...lines, ...lines.map(encodeURIComponent)];
            return [...new Set(forms)].filter((form) => form.trim().length >= 4);
        }
    }),
    947: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            e: () => (run)
        });
        var external_node_path_ = __nccwpck_require__(760);
        var src_failure = __nccwpck_require__(95);
        var core = __nccwpck_require__(210);
        var clock = __nccwpck_require__(563);
        ;
        const jobOnly = undefined;
        const recordFields = {
            'release-began': ['release', 'run'],
            'release-joined': jobOnly,
            'release-ended': ['release'],
            'release-lost': jobOnly,
            identified: jobOnly,
            'step-began': ['action', 'mutates', 'service'],
            phase: ['phase', 'host'],
            note: ['level', 'text', 'host'],
            gate: ['verdict', 'reason', 'attempts', 'version'],
            'step-ended': ['ok', 'result', 'seconds', 'reason', 'code', 'remedy'],
            'step-concluded': jobOnly,
            saved: jobOnly,
            armed: ({ targets, seconds }) => ({
                hosts: targets.map(({ name }) => name),
                seconds,
                previous: servedBefore(targets),
            }),
            moved: jobOnly,
            connected: jobOnly,
            exclusive: jobOnly,
            admitted: jobOnly,
            reason: jobOnly,
            chosen: jobOnly,
            schema: ['service', 'migrations'],
            decided: ['decision', 'why'],
            outcome: ['target', 'service', 'result', 'detail', 'stays'],
            result: ['result'],
            damaged: jobOnly,
        };
        function servedBefore(targets) {
            return Object.fromEntries(targets.flatMap(({ name, move }) => (move ? [[name, move.from]] : [])));
        }
        function outcomeEntries(step, outcomes) {
            return outcomes.map((outcome) => ({ step, event: 'outcome', ...outcome }));
        }
        var job_state = __nccwpck_require__(146);
        ;
        const postBudgetSeconds = 240;
        async function decide(job, jobStatus, confirmer) {
            const why = reasonToUndo(job, jobStatus);
            if (why !== undefined)
                return { decision: 'undo', why };
            const missing = await confirmer.missing(job.steps.flatMap(job_state.co));
            if (missing.length === 0)
                return { decision: 'commit', why: 'every step succeeded and every armed target can be confirmed' };
            return { decision: 'undo', why: missing.map(({ target, why }) => `${target}: ${why}`).join('; ') };
        }
        function reasonToUndo(job, jobStatus) {
            if (job.damaged !== undefined)
                return `the journal of the job is damaged: ${job.damaged}`;
            if (jobStatus !== 'success')
                return `the job ended as ${jobStatus}`;
            for (const step of job.steps) {
                if (!step.mutates)
                    continue;
                if (!step.ended)
                    return `${step.id} began and never ended`;
                const harmless = ['unchanged', 'rolled-back', 'noop'].includes(step.ended.result);
                if (!step.ended.ok && !harmless)
                    return `${step.id} failed and is ${step.ended.result}`;
            }
            const [unfinished] = job.unfinishedReleases;
            if (unfinished !== undefined)
                return `release ${unfinished} began and did not reach its end`;
            return undefined;
        }
        async function decideOnce(journal, step, jobStatus, confirmer, now) {
            const job = journal.read();
            if (job.decided)
                return job.decided;
            const decided = { ...(await decide(job, jobStatus, confirmer)), until: now + postBudgetSeconds };
            journal.append({ step, event: 'decided', ...decided });
            return decided;
        }
        async function confirmAll(journal, step, confirmer) {
            const open = journal.read().steps.flatMap(job_state.co);
            if (open.length === 0)
                return [];
            const outcomes = await confirmer.confirm(open);
            journal.append(...outcomeEntries(step, outcomes));
            return outcomes;
        }
        ;
        function findControlCharacter(text) {
            const [found] = /[\x00-\x08\n-\x1f\x7f]/.exec(text) ?? [];
            if (found === undefined)
                return undefined;
            if (found === '\n' || found === '\r')
                return 'a line break';
            return `a control character (U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')})`;
        }
        var mask = __nccwpck_require__(477);
        ;
        const releaseInputs = {
            variable: {
                all: [
                    ...['target', 'window', 'image', 'urls', 'version-from', 'expect-status', 'successes', 'gate-interval'],
                    ...['gate-timeout', 'gate-deadline', 'deadline', 'slack-channel', 'slack-api-url'],
                ],
                ssh: [
                    ...[
                        'hosts',
                        'proxy-hosts',
                        'user',
                        'known-hosts',
                        'path',
                        'shared',
                        'restart',
                        'check',
                        'check-timeout',
                        'slots',
                    ],
                    ...[
                        'stop',
                        'activate',
                        'deactivate',
                        'driver',
                        'proxy',
                        'upstream',
                        'socket',
                        'backend',
                        'state-file',
                        'weights',
                    ],
                    ...['hold', 'drain-timeout', 'retain', 'confirm-timeout', 'lock-timeout', 'keep-releases', 'registry-user'],
                    ...['tool', 'tool-version', 'migrations', 'migrate-command', 'status-command', 'backup', 'backup-path'],
                ],
                render: ['services', 'owner-id', 'render-env', 'render-checks', 'undo-disks', 'render-api-url'],
                kubernetes: [
                    ...[
                        'namespace',
                        'manifests',
                        'chart',
                        'values',
                        'set',
                        'slots',
                        'canary',
                        'metrics',
                        'metrics-url',
                        'kube-server',
                        'kube-ca',
                        'kube-audience',
                        'prune',
                        'progress-timeout',
                        'confirm-image',
                        'confirm-timeout',
                        'lock-timeout',
                        'keep-releases',
                    ],
                    ...['registry-user', 'via', 'tool', 'migrations', 'status-command'],
                ],
            },
            secret: {
                all: ['github-token', 'slack-token'],
                ssh: ['ssh-key', 'ssh-key-passphrase', 'registry-token', 'database-url'],
                render: ['render-api-key'],
                kubernetes: ['kubeconfig', 'kube-token', 'registry-token'],
            },
            run: {
                all: ['version', 'override-reason', 'rebuild'],
                ssh: ['until', 'phase', 'oldest-compatible-version', 'accept-risk', 'first-release'],
                render: ['allow-older'],
                kubernetes: ['accept-risk'],
            },
            commit: {
                all: ['service', 'environment', 'proven-by'],
                ssh: ['artifact', 'source'],
                render: [],
                kubernetes: [],
            },
        };
        const ofSingleActions = ['command', 'dry-run', 'undo'];
        const kinds = new Map([
            ...ofSingleActions.map((name) => [name, 'run']),
            ...Object.keys(releaseInputs).flatMap((kind) => Object.values(releaseInputs[kind])
                .flat()
                .map((name) => [name, kind])),
        ]);
        const prefix = 'BELAY_';
        function variableOf(input) {
            return `${prefix}${input.toUpperCase().replaceAll('-', '_')}`;
        }
        function kindOf(input) {
            return kinds.get(input);
        }
        function parseSettings(text) {
            if (text.trim() === '')
                return new Map();
            try {
                const all = JSON.parse(text);
                if (typeof all !== 'object' || all === null || Array.isArray(all))
                    return undefined;
                return new Map(Object.entries(all)
                    .filter(([name]) => name.startsWith(prefix))
                    .map(([name, value]) => [name, String(value)]));
            }
            catch {
                return undefined;
            }
        }
        function variableIssue(name) {
            const input = name.slice(prefix.length).toLowerCase().replaceAll('_', '-');
            switch (kinds.get(input)) {
                case 'variable':
                    return undefined;
                case 'secret':
                    return {
                        problem: `is a variable, which everyone with access can read, and ${input} is secret`,
                        remedy: `Delete the variable, store the value as a secret, and pass it to the input ${input}.`,
                    };
                case 'run':
                    return {
                        problem: `is a variable, and ${input} applies to one run only`,
                        remedy: `Delete the variable, and set ${input} in the workflow.`,
                    };
                case 'commit':
                    return {
                        problem: `is a variable, and ${input} belongs to the commit`,
                        remedy: `Delete the variable, and set ${input} in the workflow.`,
                    };
                default:
                    return name === 'BELAY_RESULT'
                        ? { problem: 'is a variable, and Belay itself sets env.BELAY_RESULT', remedy: 'Delete the variable.' }
                        : { problem: 'is not a variable of Belay', remedy: nearestRemedy(name) };
            }
        }
        function nearestRemedy(name) {
            const all = Object.values(releaseInputs.variable).flat().map(variableOf);
            const nearest = all.map((one) => ({ one, steps: editDistance(one, name) })).sort((a, b) => a.steps - b.steps)[0];
            return nearest && nearest.steps <= Math.max(2, (name.length - prefix.length) / 3)
                ? `Did you mean ${nearest.one}? Rename it, or delete it.`
                : 'Rename it, or delete it: docs/variables.md lists all that start with BELAY_.';
        }
        function editDistance(a, b) {
            let row = Array.from({ length: b.length + 1 }, (_, index) => index);
            for (const [i, letter] of [...a].entries()) {
                const next = [i + 1];
                for (const [j, other] of [...b].entries())
                    next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
                row = next;
            }
            return row.at(-1) ?? 0;
        }
        ;
        const fromEnvironment = (name) => process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
        function readInputs(read, raw = fromEnvironment, context = {}) {
            const issues = [];
            const ignored = new Set();
            const value = read(inputReader(sourcesOf(raw, context), issues, ignored));
            for (const text of ignored)
                context.note?.(text);
            if (issues.length > 0)
                throw new src_failure.HR('inputs', inputError(issues));
            return value;
        }
        function inputError(issues) {
            const inputs = new Set(issues.map((issue) => issue.split(':')[0])).size;
            const count = inputs === 1 ? 'One input is' : `${inputs} inputs are`;
            return `${count} invalid; nothing was changed.\n${issues.map((issue) => `  - ${issue}`).join('\n')}`;
        }
        function sourcesOf(raw, { variables = {}, releaseTo }) {
            const text = raw('settings');
            const settings = parseSettings(text);
            const releaseName = (name) => (name in variables ? variables[name] : name);
            const known = (name) => (releaseTo === undefined ? name : (releaseName(name) ?? name));
            const kind = (name) => kindOf(releaseName(name) ?? '');
            const variable = (name) => (kind(name) === 'variable' ? variableOf(releaseName(name) ?? '') : undefined);
            const set = (name) => settings?.get(variable(name) ?? '') ?? '';
            const isVariable = (name) => raw(name).trim() === '' && set(name).trim() !== '';
            const environment = releaseTo ?? raw('environment').trim();
            const inEnvironment = environment === '' ? '' : ` of environment ${environment}`;
            return {
                raw,
                value: (name) => (raw(name).trim() === '' ? set(name) : raw(name)),
                isVariable,
                label: (name) => (isVariable(name) ? `${variable(name)}` : known(name)),
                hint(name) {
                    if (text.trim() === '')
                        return '';
                    if (kind(name) === 'secret')
                        return ` Set a secret${inEnvironment}, and pass it to the input ${known(name)}.`;
                    return variable(name) ? ` Set the variable ${variable(name)}${inEnvironment}, or the input ${known(name)}.` : '';
                },
                invalidSettings: settings === undefined,
            };
        }
        const units = { s: 1, m: 60, h: 3600 };
        function secondsOf(text) {
            const [, amount, unit] = /^(\d+)\s*([smh])$/.exec(text) ?? [];
            return amount === undefined ? undefined : Number(amount) * units[unit];
        }
        function inputReader(sources, issues, ignored) {
            const issue = (name, problem, remedy) => {
                const hint = problem === 'is missing' ? sources.hint(name) : '';
                issues.push(`${sources.label(name)}: ${problem}.${hint} ${remedy}`);
            };
            if (sources.invalidSettings)
                issue('settings', 'is not a JSON object of variables', 'Give ${{ toJSON(vars) }}.');
            const required = (name, value, example) => {
                if (example !== undefined && value === '')
                    issue(name, 'is missing', `Give ${example}.`);
                return value;
            };
            const oneLine = (name, value) => {
                const control = findControlCharacter(value);
                if (control)
                    issue(name, `has ${control}`, 'Give plain text without it.');
            };
            const within = (name, value, min, max, unit) => {
                if (value < min || value > max)
                    issue(name, `is ${value}${unit}`, `Give ${min} to ${max}${unit}.`);
                return value;
            };
            const given = (name, fallback) => sources.value(name).trim() || fallback;
            return {
                issue,
                unneeded(name, problem, remedy) {
                    if (sources.isVariable(name))
                        ignored.add(`The variable ${sources.label(name)} is ignored: it ${problem}.`);
                    else
                        issue(name, problem, remedy);
                },
                text(name, options = {}) {
                    const value = given(name, options.default ?? '');
                    if (!options.unchecked)
                        oneLine(name, options.multiline ? value.replace(/\r?\n/g, ' ') : value);
                    return required(name, value, options.required);
                },
                lines(name, options = {}) {
                    const lines = sources
                        .value(name)
                        .split(/\r?\n/)
                        .map((line) => line.trim())
                        .filter((line) => line !== '' && !line.startsWith('#'));
                    for (const line of lines)
                        oneLine(name, line);
                    required(name, lines.join(), options.required);
                    return lines;
                },
                integer(name, { default: fallback, min, max }) {
                    const text = given(name, String(fallback));
                    if (/^-?\d+$/.test(text))
                        return within(name, Number(text), min, max, '');
                    issue(name, `is "${text}", not a whole number`, `Give ${min} to ${max}; the default is ${fallback}.`);
                    return fallback;
                },
                seconds(name, { default: fallback, min, max }) {
                    const text = given(name, fallback);
                    const value = secondsOf(text);
                    if (value !== undefined)
                        return within(name, value, min, max, ' s');
                    if (/^\d+$/.test(text))
                        issue(name, `is "${text}", without a unit`, `Give ${text}s or ${text}m.`);
                    else
                        issue(name, `is "${text}", not a duration`, 'Give a number with s, m or h: 90s, 10m, 1h.');
                    return secondsOf(fallback) ?? min;
                },
                choice(name, { default: fallback, of }) {
                    const text = given(name, fallback);
                    const found = of.find((option) => option === text);
                    if (found === undefined)
                        issue(name, `is "${text}"`, `Give one of: ${of.join(', ')}.`);
                    return found ?? fallback;
                },
                boolean(name, { default: fallback }) {
                    const text = given(name, String(fallback)).toLowerCase();
                    if (text !== 'true' && text !== 'false')
                        issue(name, `is "${text}"`, 'Give true or false.');
                    return text === 'true';
                },
                secret(name, options = {}) {
                    const raw = sources.raw(name);
                    const value = options.multiline ? raw : raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
                    for (const form of new Set([raw, value]))
                        if (form !== '')
                            (0, mask.d)(form);
                    if (!options.multiline)
                        oneLine(name, value);
                    return required(name, value, options.required);
                },
            };
        }
        ;
        function interruptSignal() {
            const controller = new AbortController();
            const abort = () => controller.abort();
            process.on('SIGINT', abort);
            process.on('SIGTERM', abort);
            return controller.signal;
        }
        const interruptBudgetMs = 6500;
        var job = __nccwpck_require__(878);
        var external_node_crypto_ = __nccwpck_require__(598);
        var external_node_fs_ = __nccwpck_require__(24);
        ;
        function foldJournal(entries) {
            const steps = new Map();
            const releases = [];
            const open = new Set();
            const connections = [];
            let nonce;
            let decided;
            const returns = new Map();
            let exclusive;
            let damaged;
            let reason;
            const chosen = [];
            const schemas = [];
            const admissions = [];
            const update = (id, change) => {
                const step = steps.get(id);
                if (step)
                    steps.set(id, { ...step, ...change(step) });
            };
            const begin = (step) => {
                if (!steps.has(step.id))
                    steps.set(step.id, step);
            };
            for (const entry of entries) {
                switch (entry.event) {
                    case 'step-began': {
                        const { action, mutates, closes = false, service } = entry;
                        begin({ ...newStep, id: entry.step, action, mutates, closes, service });
                        break;
                    }
                    case 'release-lost': {
                        const { service, result } = entry;
                        const ended = { ok: result === 'committed', result };
                        begin({ ...newStep, id: entry.step, action: 'release', mutates: true, service, ended });
                        break;
                    }
                    case 'identified':
                        nonce ??= entry.nonce;
                        break;
                    case 'saved':
                        update(entry.step, () => ({ undo: entry.undo }));
                        break;
                    case 'armed':
                        update(entry.step, (step) => ({ armed: [...step.armed, ...entry.targets] }));
                        for (const { name, transaction = name } of entry.targets)
                            returns.set(transaction, entry.returnsAt);
                        break;
                    case 'moved':
                        update(entry.step, (step) => ({ moved: [...step.moved, ...entry.targets] }));
                        break;
                    case 'step-ended':
                    case 'step-concluded':
                        update(entry.step, () => ({ ended: { ok: entry.ok, result: entry.result } }));
                        break;
                    case 'outcome':
                        addOutcome(contentOf(entry), entry.step);
                        break;
                    case 'decided':
                        decided = { decision: entry.decision, why: entry.why, until: entry.until };
                        break;
                    case 'reason':
                        reason = entry.reason;
                        break;
                    case 'connected':
                        connections.push({ step: entry.step, key: entry.key, socket: entry.socket });
                        break;
                    case 'schema':
                        schemas.push({ service: entry.service, migrations: entry.migrations, applied: entry.applied });
                        break;
                    case 'admitted':
                        admissions.push(contentOf(entry));
                        break;
                    case 'damaged':
                        damaged ??= entry.why;
                        break;
                    case 'chosen':
                        chosen.push({ service: entry.service, release: entry.release });
                        break;
                    case 'exclusive':
                        exclusive = { step: entry.step, why: entry.why };
                        break;
                    case 'release-began':
                        releases.push(entry.release);
                        break;
                    case 'release-joined':
                        open.add(entry.release);
                        break;
                    case 'release-ended':
                        open.delete(entry.release);
                        break;
                }
            }
            function addOutcome(outcome, by) {
                const all = [...steps.values()];
                const step = all.findLast(({ armed }) => armed.some(({ name }) => name === outcome.target)) ?? steps.get(by);
                if (!step)
                    return;
                const others = step.outcomes.filter((earlier) => earlier.target !== outcome.target);
                steps.set(step.id, { ...step, outcomes: [...others, outcome] });
            }
            const isPending = [...steps.values()].some((step) => (0, job_state.co)(step).length > 0);
            const returnsAt = isPending ? Math.min(...returns.values()) : undefined;
            return {
                steps: [...steps.values()],
                nonce,
                releases,
                unfinishedReleases: [...open],
                decided,
                returnsAt,
                schemas,
                admissions,
                chosen,
                exclusive,
                reason,
                connections,
                damaged,
            };
        }
        const newStep = {
            closes: false,
            service: undefined,
            undo: undefined,
            ended: undefined,
            armed: [],
            moved: [],
            outcomes: [],
        };
        function contentOf(entry) {
            const { at: _, step: __, event: ___, ...content } = entry;
            return content;
        }
        ;
        function jsonLine(value) {
            return `\n${JSON.stringify(value)}\n`;
        }
        function readJsonLines(path) {
            if (!(0, external_node_fs_.existsSync)(path))
                return [];
            const lines = [];
            for (const line of (0, external_node_fs_.readFileSync)(path, 'utf8').split('\n')) {
                try {
                    if (line)
                        lines.push(JSON.parse(line));
                }
                catch {
                }
            }
            return lines;
        }
        ;
        function recordOf(lines) {
            return lines.flatMap((line) => recordLineOf(line) ?? []);
        }
        function recordLineOf(line) {
            const fields = Object.hasOwn(recordFields, line.event) ? recordFields[line.event] : undefined;
            if (fields === undefined)
                return undefined;
            const { at, step, event } = line;
            return { at, step, event, ...partOf(line, fields) };
        }
        function partOf(line, fields) {
            if (typeof fields === 'function')
                return fields(line);
            return Object.fromEntries(Object.entries(line).filter(([name]) => fields.includes(name)));
        }
        ;
        function openJournal(folder) {
            (0, external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
            const path = (0, external_node_path_.join)(folder, 'journal.jsonl');
            return {
                folder,
                append(...entries) {
                    const at = new Date().toISOString();
                    const lines = entries.map((entry) => jsonLine({ at, ...entry }));
                    if (lines.length > 0)
                        (0, external_node_fs_.appendFileSync)(path, lines.join(''), { mode: 0o600 });
                },
                read() {
                    const { lines, foreign } = readJournal(path);
                    const job = foldJournal(lines);
                    return { ...job, damaged: job.damaged ?? foreign };
                },
                record: () => recordOf(readJournal(path).lines),
                mark: () => markOf(textOf(path) ?? Buffer.alloc(0)),
                whyDamaged(mark) {
                    const text = textOf(path);
                    if (mark.bytes === 0)
                        return undefined;
                    if (text === undefined)
                        return 'it is missing';
                    if (text.length === 0)
                        return 'it is empty';
                    if (text.length < mark.bytes)
                        return 'it was cut off';
                    return markOf(text.subarray(0, mark.bytes)).sum === mark.sum ? undefined : 'it was changed';
                },
            };
        }
        function textOf(path) {
            return (0, external_node_fs_.existsSync)(path) ? (0, external_node_fs_.readFileSync)(path) : undefined;
        }
        function markOf(text) {
            return { bytes: text.length, sum: (0, external_node_crypto_.hash)('sha256', text) };
        }
        function readJournal(path) {
            const lines = [];
            let foreign;
            for (const [index, text] of (textOf(path)?.toString('utf8') ?? '').split('\n').entries()) {
                if (text === '')
                    continue;
                const line = lineOf(text);
                if (line)
                    lines.push(line);
                else if (!text.startsWith('{'))
                    foreign ??= `line ${index + 1} cannot be read`;
            }
            return { lines, foreign };
        }
        function lineOf(text) {
            try {
                const value = JSON.parse(text);
                return typeof value === 'object' && typeof value?.step === 'string' ? value : undefined;
            }
            catch {
                return undefined;
            }
        }
        ;
        function recordLoss(journal, state) {
            const why = journal.whyDamaged(state.mark);
            if (why === undefined || !state.mutates)
                return;
            journal.append({ step: state.step, event: 'damaged', why });
        }
        function journalForPost(journal, { step, connections }) {
            return {
                ...journal,
                read() {
                    const job = journal.read();
                    const known = new Set(job.connections.map(({ socket }) => socket));
                    const lost = connections.filter((socket) => !known.has(socket)).map((socket) => ({ step, key: '', socket }));
                    return { ...job, connections: [...job.connections, ...lost] };
                },
            };
        }
        function recordEarlierLoss(journal, step, env = process.env) {
            if (!env.BELAY_RESULT || journal.read().steps.length > 0)
                return;
            journal.append({ step, event: 'damaged', why: 'it is missing, and an earlier step of this job had begun one' });
        }
        function assertJournal(journal) {
            const { damaged } = journal.read();
            if (damaged === undefined)
                return;
            throw new src_failure.HR('journal-lost', `${describeLoss(journal, damaged)} This step changed nothing.`, lossRemedy);
        }
        function lossReport(action, journal, why, state) {
            const inspectHint = `To see which version serves, run ${action} with a command that only reads (\`status\`, \`look\`), or follow docs/by-hand.md.`;
            const outcomes = journal.read().steps.find(({ id }) => id === state.step)?.outcomes ?? [];
            return [
                describeLoss(journal, why),
                ...outcomeLines(outcomes),
                ...leftoverLines(state, outcomes),
                inspectHint,
                `How to fix: ${lossRemedy}`,
            ].join('\n');
        }
        function describeLoss({ folder }, why) {
            return `The journal of this job (${(0, external_node_path_.join)(folder, 'journal.jsonl')}) is not as Belay left it: ${why}. A step of this job emptied or changed RUNNER_TEMP.`;
        }
        const lossRemedy = 'change the step that removes or changes files in RUNNER_TEMP/belay. Check which version serves, then release again.';
        function outcomeLines(outcomes) {
            return outcomes.map(({ target, result, detail }) => `${target} is ${result}: ${detail}.`);
        }
        function leftoverLines({ step, result, armed, returnsAt }, outcomes) {
            const open = armed.filter((name) => !outcomes.some(({ target }) => target === name));
            if (outcomes.length > 0 && open.length === 0)
                return [];
            if (result !== undefined && result !== 'pending')
                return [`${step} had ended as ${result}; post did not change that.`];
            if (open.length === 0 || returnsAt === undefined)
                return [`${step} had armed nothing: nothing that it changed rolls back on its own.`];
            const time = new Date(Date.now() + (returnsAt - (0, clock.m)()) * 1000).toISOString().slice(11, 19);
            return [
                `${step} could not be confirmed. Unless it is, each host rolls back on its own, at ${time} UTC at the latest: ${open.join(', ')}.`,
            ];
        }
        ;
        const stateName = 'belay';
        function savedForPost(journal, step) {
            let state = {
                folder: journal.folder,
                step,
                mutates: false,
                armed: [],
                connections: [],
                mark: journal.mark(),
            };
            const saveState = () => core.LZ(stateName, JSON.stringify(state));
            saveState();
            return {
                ...journal,
                append(...entries) {
                    journal.append(...entries);
                    for (const entry of entries)
                        state = { ...state, ...changeOf(state, entry) };
                    state = { ...state, mark: journal.mark() };
                    saveState();
                },
            };
        }
        function changeOf(state, entry) {
            if (entry.step !== state.step)
                return {};
            switch (entry.event) {
                case 'step-began':
                    return { mutates: entry.mutates };
                case 'armed':
                    return { armed: [...state.armed, ...entry.targets.map(({ name }) => name)], returnsAt: entry.returnsAt };
                case 'connected':
                    return { connections: [...state.connections, entry.socket] };
                case 'step-ended':
                    return { result: entry.result };
                default:
                    return {};
            }
        }
        function mainState() {
            const text = core.Gu(stateName);
            return text === '' ? undefined : JSON.parse(text);
        }
        ;
        function plainMarkdown(text) {
            return text
                .replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
                .replace(/[\\`*_{}[\]<>#|~&!]/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`));
        }
        function writeSummary(sections) {
            const path = process.env.GITHUB_STEP_SUMMARY;
            if (!path || sections.length === 0)
                return;
            (0, external_node_fs_.appendFileSync)(path, `${sections.join('\n\n')}\n\n`);
        }
        function saveSections(journal, sections) {
            for (const section of sections)
                (0, external_node_fs_.appendFileSync)(pathOf(journal), jsonLine(section), { mode: 0o600 });
        }
        function savedSections(journal, place) {
            const saved = readJsonLines(pathOf(journal)).filter((one) => one.place === place);
            const texts = saved.map(({ markdown }) => markdown);
            return place === 'post' ? texts.reverse() : texts;
        }
        function pathOf({ folder }) {
            return (0, external_node_path_.join)(folder, 'summary.jsonl');
        }
        function codeBlock(text, language = '') {
            const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
            const fence = '`'.repeat(longest + 1);
            return `${fence}${language}\n${text}\n${fence}`;
        }
        var result = __nccwpck_require__(432);
        var log = __nccwpck_require__(671);
        ;
        function versionName(version) {
            return /^[0-9a-f]{40}$/.test(version) ? version.slice(0, 7) : version;
        }
        function servingName({ version, release }) {
            const name = versionName(version);
            if (release === '' || name === '')
                return name || release || 'nothing that Belay released';
            return `${name} (${release})`;
        }
        ;
        function serviceOutcomes(evidence) {
            const services = new Set(evidence.job.steps.flatMap(({ service }) => service ?? []));
            return [...services].flatMap((service) => {
                const own = evidence.job.steps.filter((step) => step.service === service);
                const targets = lastOfEach(own.flatMap((step) => movedTargets(step, evidence.job)));
                return targets.length > 0 ? [serviceOutcome(service, targets, evidence)] : [];
            });
        }
        function movedTargets(step, job) {
            const { armed, moved, outcomes } = step;
            const target = (name, move, place, otherwise) => {
                const { result = otherwise, detail = '' } = outcomes.find((outcome) => outcome.target === name) ?? {};
                return { name, move, result, detail, place };
            };
            return [
                ...armed.flatMap(({ name, move, role }) => (move ? [target(name, move, role ?? 'host', 'unknown')] : [])),
                ...moved.map(({ name, move }) => target(name, move, 'provider', unconfirmed(step, job))),
            ];
        }
        function unconfirmed({ ended }, { decided }) {
            const stays = ended?.ok && (ended.result === 'committed' || (ended.result === 'pending' && decided?.decision === 'commit'));
            return stays ? 'committed' : 'unknown';
        }
        function lastOfEach(targets) {
            return [...new Map(targets.map((target) => [target.name, target])).values()];
        }
        function serviceOutcome(service, targets, evidence) {
            const whole = commonResult(targets);
            if (whole)
                return { service, result: whole, text: `${service}: ${outcomeSentence(whole, targets, evidence)}` };
            const [first, ...others] = targets;
            if (others.length === 0)
                return { service, result: first.result, text: `${service}: ${whatServes(first)}` };
            const known = new Set(targets.flatMap((target) => servedVersion(target) ?? []));
            const differs = known.size > 1 ? 'serves different versions' : 'may serve different versions';
            return { service, result: 'mixed', text: `${service} ${differs}: ${targets.map(whatServes).join('; ')}` };
        }
        function commonResult(targets) {
            const results = new Set(targets.map(({ result }) => result));
            const from = new Set(targets.map(({ move }) => nameOf(move.from)));
            const to = new Set(targets.map(({ move }) => nameOf(move.to)));
            if (results.size === 1 && results.has('committed'))
                return to.size === 1 ? 'committed' : undefined;
            if (targets.some((target) => !servesAsBefore(target)) || from.size > 1)
                return undefined;
            return results.has('rolled-back') ? 'rolled-back' : 'unchanged';
        }
        function servesAsBefore({ result }) {
            return result === 'rolled-back' || result === 'unchanged';
        }
        function outcomeSentence(whole, targets, { job, record, status, actor }) {
            const where = whereOf(targets);
            const back = targets.some(({ move }) => move.back);
            const [to, from] = [namesOf(targets, 'to'), namesOf(targets, 'from')];
            const why = () => whyUndone(job, record, status);
            switch (whole) {
                case 'committed':
                    if (!back)
                        return `${to} serves ${where}${from ? ` (before: ${from})` : ''}`;
                    return `${to} serves again ${where} (${actor} rolled back from ${from || 'what was live'}${job.reason ? `: ${job.reason}` : ''})`;
                case 'rolled-back':
                    if (from === '')
                        return `${to} was rolled back ${where}, and no release of Belay served before (${why()})`;
                    return `${from} ${back ? 'still serves' : 'serves again'} ${where} (${to} was rolled back: ${why()})`;
                case 'unchanged':
                    if (from === '')
                        return `nothing was changed ${where}, and no release of Belay served before (${why()})`;
                    return `${from} still serves ${where} (${to} was not released: ${why()})`;
            }
        }
        function whereOf(places) {
            if (places.every(({ place }) => place === 'provider'))
                return `on ${[...new Set(places.map(({ name }) => name.replace(/^.* on /, '')))].join(' and ')}`;
            if (places.every(({ place }) => place === 'proxy'))
                return places.length === 1 ? 'through 1 proxy' : `through ${places.length} proxies`;
            return places.length === 1 ? 'on 1 host' : `on ${places.length} hosts`;
        }
        function namesOf(targets, side) {
            const names = new Set(targets.map(({ move }) => nameOf(move[side])).filter(Boolean));
            return [...names].join(' and ');
        }
        function nameOf({ version }) {
            return versionName(version);
        }
        function servedVersion(target) {
            if (target.result === 'committed')
                return nameOf(target.move.to);
            return servesAsBefore(target) ? nameOf(target.move.from) || 'the version from before this job' : undefined;
        }
        function whatServes(target) {
            const { place, detail } = target;
            const name = place === 'provider' ? target.name : target.name.replace(/^.* on /, '');
            const version = servedVersion(target);
            if (version !== undefined)
                return `${version} serves ${{ host: 'on', proxy: 'through', provider: 'as' }[place]} ${name}`;
            return detail === '' ? `${name}: version not known` : `${name}: ${detail.replace(/\s*\n\s*/g, ' ')}`;
        }
        function whyUndone(job, record, status) {
            if (status === 'cancelled')
                return 'the job was cancelled';
            const failed = record.findLast((line) => line.event === 'step-ended' && !line.ok && line.code !== 'job-failed');
            if (failed) {
                const action = job.steps.find(({ id }) => id === failed.step)?.action ?? failed.step;
                return `${action} failed`;
            }
            const [stopped] = job.steps.filter(({ mutates, ended }) => mutates && !ended);
            if (stopped)
                return `${stopped.action} was stopped before it finished`;
            if (status === 'failure')
                return foreignFailure(job);
            const left = job.steps
                .flatMap(({ outcomes }) => outcomes)
                .findLast(({ result }) => result === 'unchanged' || result === 'rolled-back');
            if (job.decided?.decision === 'commit' && left)
                return left.detail;
            return job.decided?.why ?? reasonToUndo(job, status) ?? 'not known';
        }
        function foreignFailure(job) {
            const last = job.steps.findLast(({ ended }) => ended);
            const after = last ? ` after ${last.action === 'release-end' ? 'release' : last.action}` : '';
            return job.unfinishedReleases.length > 0 ? `a step inside release${after} failed` : `a step${after} failed`;
        }
        ;
        function reportError(thrown) {
            const error = (0, src_failure.h_)(thrown);
            if (error instanceof src_failure.HR) {
                log.Rm.setFailed(error.message);
                return;
            }
            log.Rm.setFailed(`${(0, src_failure.bD)(error)}\n  This is a bug in Belay. Please report it with the log lines below.`);
            if (error instanceof Error)
                log.Rm.info(error.stack ?? '');
        }
        function reportOutputs(error) {
            attempt(() => core.uH('failure-code', (0, src_failure.$N)(error)));
            if (!process.env.BELAY_RESULT)
                attempt(() => core.dN('BELAY_RESULT', 'unchanged'));
        }
        function attempt(write) {
            try {
                write();
            }
            catch (error) {
                log.Rm.debug((0, src_failure.bD)(error));
            }
        }
        function reportLoss(action, step, state) {
            const { damaged } = step.journal.read();
            if (damaged === undefined || !state.mutates)
                return;
            const report = lossReport(action, step.journal, damaged, state);
            log.Rm.setFailed(report);
            step.summary(`**${action}**: the journal was lost\n\n${codeBlock(report)}`);
        }
        function serviceOutcomesOf({ journal }, status) {
            return serviceOutcomes({
                job: journal.read(),
                record: journal.record(),
                status,
                actor: (0, job.xh)().actor,
            });
        }
        function annotate({ result, text }) {
            if (result === 'committed')
                log.Rm.notice(text, { title: 'Released' });
            else
                log.Rm.error(text, { title: titles[result] ?? 'Check which version serves' });
        }
        const titles = { 'rolled-back': 'Rolled back', unchanged: 'Not released' };
        function failOnBadOutcome(result, decided, jobStatus) {
            if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
                log.Rm.setFailed(`This step ended as ${result}. Inspect the targets that the summary names.`);
            else if (decided.decision === 'undo' && jobStatus === 'success')
                log.Rm.setFailed(`The release was rolled back, because ${decided.why}.`);
        }
        function outcomeTable(action, why, step) {
            const rows = (step?.outcomes ?? []).map(({ target, result, detail, stays }) => `| ${plainMarkdown(target)} | ${stays ? 'stays' : result} | ${plainMarkdown(detail)} |`);
            const table = rows.length > 0 ? `\n\n| target | result | |\n|---|---|---|\n${rows.join('\n')}` : '';
            return `**${action}**: ${step ? (0, job_state.Bg)(step) : 'unknown'}, because ${plainMarkdown(why)}.${table}`;
        }
        function flushSections({ id, stage, journal }, sections) {
            const job = journal.read();
            const last = job.steps.find(({ closes }) => closes)?.id;
            const isAlone = job.damaged !== undefined || last === undefined;
            if (isAlone)
                writeSummary(sections.map(({ markdown }) => markdown));
            else
                saveSections(journal, sections);
            if (stage === 'main' || last !== id)
                return;
            const report = savedSections(journal, 'first');
            const serves = serviceOutcomesOf({ journal }, process.env['INPUT_JOB-STATUS'] || 'success')
                .map(({ text }) => plainMarkdown(text))
                .filter((text) => !report.some((section) => section.includes(text)));
            writeSummary([
                ...serves.map((text) => `**${text}**`),
                ...report,
                ...savedSections(journal, 'post'),
                ...savedSections(journal, 'main'),
            ]);
        }
        ;
        function makeStep(id, stage, journal) {
            const sections = [];
            const record = (event) => journal.append({ step: id, ...event });
            const step = {
                id,
                stage,
                journal,
                signal: stage === 'main' ? interruptSignal() : ignoredInterrupts(),
                record,
                output: (name, value) => core.uH(name, value),
                summary: (markdown, place = stage) => sections.push({ place, markdown }),
                info: (text) => log.Rm.info(text),
                warn(text, host) {
                    log.Rm.warning(host ? `${host}: ${text}` : text);
                    record({ event: 'note', level: 'warning', text, ...(host && { host }) });
                },
                save: (undo) => record({ event: 'saved', undo }),
                arm(targets, seconds) {
                    record({ event: 'armed', targets, seconds, returnsAt: (0, clock.m)() + seconds });
                },
                recordOutcomes: (outcomes) => journal.append(...outcomeEntries(id, outcomes)),
            };
            return { step, flush: () => flushSections(step, sections) };
        }
        function stepState(step) {
            return step.journal.read().steps.find(({ id }) => id === step.id);
        }
        function nextStepId(journal, action) {
            const earlier = journal.read().steps.filter((step) => step.action === action).length;
            return `${action}-${earlier + 1}`;
        }
        function ignoredInterrupts() {
            interruptSignal();
            return new AbortController().signal;
        }
        ;
        async function undoStep(action, step, until) {
            const own = stepState(step);
            if (own?.undo === undefined || !action.transaction)
                return 'unchanged';
            try {
                const outcomes = await action.transaction.undo(own.undo, step, until);
                step.recordOutcomes(outcomes);
                for (const one of outcomes)
                    log.Rm.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`);
                return (0, result.N)(outcomes.map(({ result }) => result));
            }
            catch (error) {
                log.Rm.error(`Rollback failed: ${(0, src_failure.bD)(error)}`);
                return 'mixed';
            }
        }
        async function commitStep(action, step) {
            const own = stepState(step);
            if (own?.undo === undefined || !action.transaction?.commit)
                return 'committed';
            try {
                const outcomes = await action.transaction.commit(own.undo, step);
                step.recordOutcomes(outcomes);
                for (const one of outcomes)
                    log.Rm.info(`${one.target}: ${one.result}. ${one.detail}`);
                const late = outcomes.find(({ result }) => result === 'rolled-back');
                if (late)
                    log.Rm.setFailed(`${late.target} was rolled back before the end of the job: ${late.detail}.`);
                return (0, result.N)(outcomes.map(({ result }) => result));
            }
            catch (error) {
                log.Rm.error(`The change could not be made final: ${(0, src_failure.bD)(error)}`);
                return 'mixed';
            }
        }
        ;
        async function main(action) {
            const opened = openJournal((0, job.OW)());
            const id = nextStepId(opened, action.name);
            const journal = savedForPost(opened, id);
            recordEarlierLoss(journal, id);
            const { step, flush } = makeStep(id, 'main', journal);
            const began = (0, clock.m)();
            const { transaction } = action;
            let mutates = transaction !== undefined;
            try {
                const inputs = readInputs((read) => action.inputs(read), fromEnvironment, {
                    ...(action.variables && { variables: action.variables }),
                    releaseTo: (0, job_state._N)(journal.read())?.environment,
                    note: step.info,
                });
                mutates = transaction?.mutates(inputs) ?? false;
                const service = transaction?.service(inputs);
                if (transaction && mutates)
                    assertMayBegin(journal, transaction.startsAfterFailure(inputs));
                recordBegin(action, step, mutates, service);
                core.dN('BELAY_RESULT', (0, job_state.jz)(journal.read()));
                step.output('failure-code', '');
                const outcome = await action.main(inputs, step);
                if (step.signal.aborted)
                    throw new src_failure.j$();
                recordSuccess(step, outcome, began);
            }
            catch (error) {
                await recordFailure(action, step, error, began, mutates);
            }
            finally {
                flush();
            }
        }
        function recordBegin({ name, end }, step, mutates, service) {
            const closes = (mutates || end !== undefined) && { closes: true };
            step.record({ event: 'step-began', action: name, mutates, ...(service && { service }), ...closes });
        }
        function assertMayBegin(journal, startsAfterFailure) {
            const status = process.env['INPUT_JOB-STATUS'] || 'success';
            if (status !== 'success' && !startsAfterFailure)
                throw new src_failure.HR('job-failed', `An earlier step of this job ended as ${status}. This step changed nothing.`);
            assertJournal(journal);
            const { exclusive } = journal.read();
            if (exclusive)
                throw new src_failure.HR('not-exclusive', `${exclusive.step} must be the only step of its job that changes anything: ${exclusive.why}`);
            assertNotTimedOut(journal);
        }
        function assertNotTimedOut(journal) {
            const { returnsAt } = journal.read();
            if (returnsAt === undefined || (0, clock.m)() < returnsAt)
                return;
            throw new src_failure.HR('confirm-timeout-expired', 'The confirm timeout expired, and the hosts are rolling back on their own. This step changed nothing.', 'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.');
        }
        function recordSuccess(step, outcome, began) {
            step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) });
            step.output('result', outcome.result);
            core.dN('BELAY_RESULT', (0, job_state.jz)(step.journal.read()));
        }
        async function recordFailure(action, step, error, began, mutates) {
            reportError(error);
            if (!stepState(step))
                recordBegin(action, step, mutates);
            const budgetSeconds = step.signal.aborted ? interruptBudgetMs / 1000 : postBudgetSeconds;
            const result = await undoStep(action, step, (0, clock.m)() + budgetSeconds);
            attempt(() => step.output('result', result));
            attempt(() => step.output('failure-code', (0, src_failure.$N)(error)));
            const failure = (0, src_failure.h_)(error);
            const reason = (0, src_failure.bD)(failure);
            const remedy = failure instanceof src_failure.HR && failure.remedy !== undefined && { remedy: failure.remedy };
            const code = (0, src_failure.$N)(error);
            step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code, ...remedy });
            core.dN('BELAY_RESULT', (0, job_state.jz)(step.journal.read()));
            const outcomeText = mutates ? `: ${result}` : '';
            step.summary(`**${action.name} failed** (\`${code}\`)${outcomeText}\n\n${codeBlock(reason)}`);
        }
        function elapsed(began) {
            return Math.round(((0, clock.m)() - began) * 100) / 100;
        }
        ;
        function confirmerOf(confirmers, step) {
            const ofKind = async (kind) => {
                const make = Object.hasOwn(confirmers, kind) ? confirmers[kind] : undefined;
                return make ? make(step) : unknownKind(kind);
            };
            const onEach = async (targets, act) => {
                const kinds = Map.groupBy(targets, ({ handle }) => handle.kind);
                const results = [...kinds].map(async ([kind, some]) => act(await ofKind(kind), some));
                return (await Promise.all(results)).flat();
            };
            return {
                missing: (targets) => onEach(targets, (confirmer, some) => confirmer.missing(some)),
                confirm: (targets) => onEach(targets, (confirmer, some) => confirmer.confirm(some)),
            };
        }
        function unknownKind(kind) {
            const why = `this action cannot ask a target of the kind "${kind}"; use one version of Belay in all steps of a job`;
            return {
                missing: async (targets) => targets.map(({ name }) => ({ target: name, why })),
                confirm: async (targets) => targets.map(({ name, service }) => ({ target: name, service, result: 'mixed', detail: `not confirmed: ${why}` })),
            };
        }
        ;
        function postAction(job, step, decision) {
            if (isOvertaken(job, step))
                return 'mark-superseded';
            if (decision === 'commit')
                return isUnarmed(step) && isPending(step) ? 'mark-committed' : 'nothing';
            if (step?.undo === undefined && !step?.ended)
                return 'mark-unchanged';
            return needsUndo(step) ? 'undo' : 'nothing';
        }
        function needsUndo(step) {
            if (step?.undo === undefined)
                return false;
            return !['rolled-back', 'unchanged', 'committed', 'noop'].includes((0, job_state.Bg)(step));
        }
        function isOvertaken({ steps }, step) {
            if (step?.service === undefined || !isUnarmed(step) || !isPending(step))
                return false;
            return steps.some(({ mutates, service, ended }) => mutates && service === step.service && ended?.result === 'superseded');
        }
        function isUnarmed(step) {
            return step?.armed.length === 0;
        }
        function isPending(step) {
            return step?.ended?.result === 'pending';
        }
        ;
        async function post(action, state) {
            if (!state)
                return log.Rm.info('The main stage was stopped before it changed anything. There is nothing to undo.');
            const journal = journalForPost(openJournal(state.folder), state);
            recordLoss(journal, state);
            const { step, flush } = makeStep(state.step, 'post', journal);
            try {
                if (action.transaction && (state.mutates || stepState(step)?.mutates))
                    await followDecision(action, step);
                else
                    await action.end?.(step);
            }
            catch (error) {
                if (state.mutates || stepState(step)?.mutates)
                    throw error;
                log.Rm.warning((0, src_failure.bD)(error));
            }
            finally {
                attempt(() => reportLoss(action.name, step, state));
                await action.transaction?.close(step).catch((error) => log.Rm.debug((0, src_failure.bD)(error)));
                flush();
            }
        }
        async function followDecision(action, step) {
            const { journal } = step;
            const jobStatus = process.env['INPUT_JOB-STATUS'] || 'success';
            if (!action.transaction)
                return;
            const confirmer = confirmerOf(action.transaction.confirmers, step);
            const decided = await decideOnce(journal, step.id, jobStatus, confirmer, (0, clock.m)());
            log.Rm.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
            if (decided.decision === 'commit')
                await confirmAll(journal, step.id, confirmer);
            await doPostAction(postAction(journal.read(), stepState(step), decided.decision), action, step, decided.until);
            const job = journal.read();
            const own = stepState(step);
            core.dN('BELAY_RESULT', (0, job_state.jz)(job));
            step.record({ event: 'result', result: (0, job_state.jz)(job) });
            step.summary(outcomeTable(action.name, decided.why, own));
            if (isFirstChange(job, step.id))
                for (const one of serviceOutcomesOf(step, jobStatus))
                    annotate(one);
            if (job.damaged === undefined)
                failOnBadOutcome(own ? (0, job_state.Bg)(own) : 'unknown', decided, jobStatus);
        }
        async function doPostAction(doing, action, step, until) {
            const end = (ok, result) => step.record({ event: 'step-concluded', ok, result });
            if (doing === 'nothing')
                return;
            if (doing === 'mark-committed') {
                const result = await commitStep(action, step);
                return end(result === 'committed', result);
            }
            if (doing === 'mark-superseded')
                return end(true, 'superseded');
            if (doing === 'mark-unchanged')
                return end(false, 'unchanged');
            const result = await undoStep(action, step, undoDeadline(step.journal, until));
            if (stepState(step)?.armed.length === 0)
                end(false, result);
        }
        function undoDeadline(journal, until) {
            const waiting = journal.read().steps.filter((step) => step.mutates && needsUndo(step)).length;
            const left = Math.max(5, until - (0, clock.m)());
            return (0, clock.m)() + left / Math.max(1, waiting);
        }
        function isFirstChange({ steps }, id) {
            return steps.find(({ mutates }) => mutates)?.id === id;
        }
        var secret_folder = __nccwpck_require__(650);
        ;
        async function run(action) {
            process.once('uncaughtException', (error) => {
                reportError(error);
                process.exit(1);
            });
            try {
                if (process.platform !== 'linux')
                    throw new src_failure.HR('platform', `Belay runs on Linux runners, not ${process.platform}.`);
                (0, secret_folder.W)();
                if (isPost())
                    await post(action, mainState());
                else
                    await main(action);
            }
            catch (error) {
                reportError(error);
                if (!isPost())
                    reportOutputs(error);
            }
            process.exit();
        }
        function isPost() {
            return (0, external_node_path_.basename)(process.argv[1] ?? '') === 'post.js';
        }
    }),
    650: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            W: () => (sweepSecrets),
            x: () => (makeSecretFolder)
        });
        var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
        var node_fs__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
        var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
        var node_path__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
        var _job_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(878);
        function makeSecretFolder() {
            (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)((0, _job_js__WEBPACK_IMPORTED_MODULE_2__.OW)(), { recursive: true, mode: 0o700 });
            return (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0, _job_js__WEBPACK_IMPORTED_MODULE_2__.OW)(), `secret-${process.pid}-`));
        }
        function sweepSecrets() {
            for (const name of namesIn((0, _job_js__WEBPACK_IMPORTED_MODULE_2__.OW)())) {
                const [, pid] = /^secret-(\d+)-/.exec(name) ?? [];
                if (pid !== undefined && !isAlive(Number(pid)))
                    (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)((0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0, _job_js__WEBPACK_IMPORTED_MODULE_2__.OW)(), name), { recursive: true, force: true });
            }
        }
        function namesIn(folder) {
            try {
                return (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder);
            }
            catch {
                return [];
            }
        }
        function isAlive(pid) {
            try {
                process.kill(pid, 0);
                return true;
            }
            catch (error) {
                return error.code === 'EPERM';
            }
        }
    }),
    432: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            N: () => (worstResult)
        });
        const results = [
            'noop',
            'unchanged',
            'superseded',
            'pending',
            'committed',
            'rolled-back',
            'undo-started',
            'unknown',
            'mixed',
        ];
        function worstResult(all) {
            if (all.length === 0)
                return 'unknown';
            const has = (result) => all.includes(result);
            if (has('committed') && (has('rolled-back') || has('undo-started')))
                return 'mixed';
            return all.reduce((a, b) => (results.indexOf(b) > results.indexOf(a) ? b : a));
        }
    }),
    598: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
    }),
    24: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
    }),
    161: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
    }),
    760: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
    }),
    210: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Yz: () => (debug),
            z3: () => (error),
            dN: () => (exportVariable),
            Gu: () => (getState),
            pq: () => (info),
            lm: () => (notice),
            LZ: () => (saveState),
            C1: () => (setFailed),
            uH: () => (setOutput),
            Pq: () => (setSecret),
            $e: () => (warning)
        });
        ;
        const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
        ;
        function toCommandValue(input) {
            if (input === null || input === undefined) {
                return '';
            }
            else if (typeof input === 'string' || input instanceof String) {
                return input;
            }
            return JSON.stringify(input);
        }
        function toCommandProperties(annotationProperties) {
            if (!Object.keys(annotationProperties).length) {
                return {};
            }
            return {
                title: annotationProperties.title,
                file: annotationProperties.file,
                line: annotationProperties.startLine,
                endLine: annotationProperties.endLine,
                col: annotationProperties.startColumn,
                endColumn: annotationProperties.endColumn
            };
        }
        ;
        function command_issueCommand(command, properties, message) {
            const cmd = new Command(command, properties, message);
            process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
        }
        function command_issue(name, message = '') {
            command_issueCommand(name, {}, message);
        }
        const CMD_STRING = '::';
        class Command {
            constructor(command, properties, message) {
                if (!command) {
                    command = 'missing.command';
                }
                this.command = command;
                this.properties = properties;
                this.message = message;
            }
            toString() {
                let cmdStr = CMD_STRING + this.command;
                if (this.properties && Object.keys(this.properties).length > 0) {
                    cmdStr += ' ';
                    let first = true;
                    for (const key in this.properties) {
                        if (this.properties.hasOwnProperty(key)) {
                            const val = this.properties[key];
                            if (val) {
                                if (first) {
                                    first = false;
                                }
                                else {
                                    cmdStr += ',';
                                }
                                cmdStr += `${key}=${escapeProperty(val)}`;
                            }
                        }
                    }
                }
                cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
                return cmdStr;
            }
        }
        function escapeData(s) {
            return toCommandValue(s)
                .replace(/%/g, '%25')
                .replace(/\r/g, '%0D')
                .replace(/\n/g, '%0A');
        }
        function escapeProperty(s) {
            return toCommandValue(s)
                .replace(/%/g, '%25')
                .replace(/\r/g, '%0D')
                .replace(/\n/g, '%0A')
                .replace(/:/g, '%3A')
                .replace(/,/g, '%2C');
        }
        ;
        const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
        ;
        const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
        ;
        function file_command_issueFileCommand(command, message) {
            const filePath = process.env[`GITHUB_${command}`];
            if (!filePath) {
                throw new Error(`Unable to find environment variable for file command ${command}`);
            }
            if (!external_fs_namespaceObject.existsSync(filePath)) {
                throw new Error(`Missing file at path: ${filePath}`);
            }
            external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
                encoding: 'utf8'
            });
        }
        function prepareKeyValueMessage(key, value) {
            const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
            const convertedValue = toCommandValue(value);
            if (key.includes(delimiter)) {
                throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
            }
            if (convertedValue.includes(delimiter)) {
                throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
            }
            return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
        }
        ;
        const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
        ;
        var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
            function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
            return new (P || (P = Promise))(function (resolve, reject) {
                function fulfilled(value) { try {
                    step(generator.next(value));
                }
                catch (e) {
                    reject(e);
                } }
                function rejected(value) { try {
                    step(generator["throw"](value));
                }
                catch (e) {
                    reject(e);
                } }
                function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
                step((generator = generator.apply(thisArg, _arguments || [])).next());
            });
        };
        var ExitCode;
        (function (ExitCode) {
            ExitCode[ExitCode["Success"] = 0] = "Success";
            ExitCode[ExitCode["Failure"] = 1] = "Failure";
        })(ExitCode || (ExitCode = {}));
        function exportVariable(name, val) {
            const convertedVal = toCommandValue(val);
            process.env[name] = convertedVal;
            const filePath = process.env['GITHUB_ENV'] || '';
            if (filePath) {
                return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
            }
            command_issueCommand('set-env', { name }, convertedVal);
        }
        function setSecret(secret) {
            command_issueCommand('add-mask', {}, secret);
        }
        function addPath(inputPath) {
            const filePath = process.env['GITHUB_PATH'] || '';
            if (filePath) {
                issueFileCommand('PATH', inputPath);
            }
            else {
                issueCommand('add-path', {}, inputPath);
            }
            process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
        }
        function getInput(name, options) {
            const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
            if (options && options.required && !val) {
                throw new Error(`Input required and not supplied: ${name}`);
            }
            if (options && options.trimWhitespace === false) {
                return val;
            }
            return val.trim();
        }
        function getMultilineInput(name, options) {
            const inputs = getInput(name, options)
                .split('\n')
                .filter(x => x !== '');
            if (options && options.trimWhitespace === false) {
                return inputs;
            }
            return inputs.map(input => input.trim());
        }
        function getBooleanInput(name, options) {
            const trueValue = ['true', 'True', 'TRUE'];
            const falseValue = ['false', 'False', 'FALSE'];
            const val = getInput(name, options);
            if (trueValue.includes(val))
                return true;
            if (falseValue.includes(val))
                return false;
            throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
                `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
        }
        function setOutput(name, value) {
            const filePath = process.env['GITHUB_OUTPUT'] || '';
            if (filePath) {
                return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
            }
            process.stdout.write(external_os_namespaceObject.EOL);
            command_issueCommand('set-output', { name }, toCommandValue(value));
        }
        function setCommandEcho(enabled) {
            issue('echo', enabled ? 'on' : 'off');
        }
        function setFailed(message) {
            process.exitCode = ExitCode.Failure;
            error(message);
        }
        function isDebug() {
            return process.env['RUNNER_DEBUG'] === '1';
        }
        function debug(message) {
            command_issueCommand('debug', {}, message);
        }
        function error(message, properties = {}) {
            command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
        }
        function warning(message, properties = {}) {
            command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
        }
        function notice(message, properties = {}) {
            command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
        }
        function info(message) {
            process.stdout.write(message + external_os_namespaceObject.EOL);
        }
        function startGroup(name) {
            issue('group', name);
        }
        function endGroup() {
            issue('endgroup');
        }
        function group(name, fn) {
            return __awaiter(this, void 0, void 0, function* () {
                startGroup(name);
                let result;
                try {
                    result = yield fn();
                }
                finally {
                    endGroup();
                }
                return result;
            });
        }
        function saveState(name, value) {
            const filePath = process.env['GITHUB_STATE'] || '';
            if (filePath) {
                return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
            }
            command_issueCommand('save-state', { name }, toCommandValue(value));
        }
        function getState(name) {
            return process.env[`STATE_${name}`] || '';
        }
        function getIDToken(aud) {
            return __awaiter(this, void 0, void 0, function* () {
                return yield OidcClient.getIDToken(aud);
            });
        }
    })
});
var __webpack_module_cache__ = {};
function __nccwpck_require__(moduleId) {
    var cachedModule = __webpack_module_cache__[moduleId];
    if (cachedModule !== undefined) {
        return cachedModule.exports;
    }
    var module = __webpack_module_cache__[moduleId] = {
        exports: {}
    };
    var threw = true;
    try {
        __webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
        threw = false;
    }
    finally {
        if (threw)
            delete __webpack_module_cache__[moduleId];
    }
    return module.exports;
}
if (typeof __nccwpck_require__ !== 'undefined')
    __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
(() => {
    var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
    var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
    var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
    var resolveQueue = (queue) => {
        if (queue && queue.d < 1) {
            queue.d = 1;
            queue.forEach((fn) => (fn.r--));
            queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
        }
    };
    var wrapDeps = (deps) => (deps.map((dep) => {
        if (dep !== null && typeof dep === "object") {
            if (dep[webpackQueues])
                return dep;
            if (dep.then) {
                var queue = [];
                queue.d = 0;
                dep.then((r) => {
                    obj[webpackExports] = r;
                    resolveQueue(queue);
                }, (e) => {
                    obj[webpackError] = e;
                    resolveQueue(queue);
                });
                var obj = {};
                obj[webpackQueues] = (fn) => (fn(queue));
                return obj;
            }
        }
        var ret = {};
        ret[webpackQueues] = x => { };
        ret[webpackExports] = dep;
        return ret;
    }));
    __nccwpck_require__.a = (module, body, hasAwait) => {
        var queue;
        hasAwait && ((queue = []).d = -1);
        var depQueues = new Set();
        var exports = module.exports;
        var currentDeps;
        var outerResolve;
        var reject;
        var promise = new Promise((resolve, rej) => {
            reject = rej;
            outerResolve = resolve;
        });
        promise[webpackExports] = exports;
        promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => { }));
        module.exports = promise;
        body((deps) => {
            currentDeps = wrapDeps(deps);
            var fn;
            var getResult = () => (currentDeps.map((d) => {
                if (d[webpackError])
                    throw d[webpackError];
                return d[webpackExports];
            }));
            var promise = new Promise((resolve) => {
                fn = () => (resolve(getResult));
                fn.r = 0;
                var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
                currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
            });
            return fn.r ? promise : getResult();
        }, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
        queue && queue.d < 0 && (queue.d = 0);
    };
})();
(() => {
    __nccwpck_require__.n = (module) => {
        var getter = module && module.__esModule ?
            () => (module['default']) :
            () => (module);
        __nccwpck_require__.d(getter, { a: getter });
        return getter;
    };
})();
(() => {
    __nccwpck_require__.d = (exports, definition) => {
        for (var key in definition) {
            if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
                Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
            }
        }
    };
})();
(() => {
    __nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop));
})();
(() => {
    __nccwpck_require__.r = (exports) => {
        if (typeof Symbol !== 'undefined' && Symbol.toStringTag) {
            Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
        }
        Object.defineProperty(exports, '__esModule', { value: true });
    };
})();
var __webpack_exports__ = __nccwpck_require__(237);
__webpack_exports__ = await __webpack_exports__;
