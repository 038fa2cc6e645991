import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    283: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Y: () => (deployRender)
        });
        var src_clock = __nccwpck_require__(563);
        var inputs = __nccwpck_require__(221);
        ;
        const confirmers = {
            async ssh(step) {
                const { postConfirmer } = await Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 648));
                return postConfirmer(step);
            },
        };
        var failure = __nccwpck_require__(95);
        var external_node_crypto_ = __nccwpck_require__(598);
        var external_node_fs_ = __nccwpck_require__(24);
        ;
        const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
        ;
        const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
        var retry = __nccwpck_require__(511);
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
        const attempts = 4;
        const attemptMs = 600_000;
        async function saveFrom(url, file, signal) {
            const asked = { method: 'GET', url, headers: { 'user-agent': 'belay' }, timeoutMs: attemptMs, signal };
            const once = () => saveOnce(asked, file);
            const tried = (await (0, retry.L5)(once, { repeatable: true, attempts, backoffMs: (0, retry.Bf)(1000), signal })) ?? (await once());
            if ('value' in tried)
                return tried.value;
            throw new failure.HR('download-failed', `The artifact could not be downloaded from ${url.host}: ${tried.trouble.why}.`);
        }
        async function saveOnce(asked, file) {
            const again = { maybeDelivered: true, waitMs: undefined };
            try {
                const { status, sha256 } = await saveAnswer(asked, file);
                if (status === 200)
                    return { value: sha256 };
                return { trouble: { ...again, retryable: status >= 500, why: `HTTP ${status}` } };
            }
            catch (error) {
                return { trouble: { ...again, retryable: error instanceof NoResponseError, why: (0, failure.bD)(error) } };
            }
        }
        async function saveAnswer(asked, file) {
            return streamRequest(asked, async (response) => {
                const hash = (0, external_node_crypto_.createHash)('sha256');
                const hashing = new external_node_stream_namespaceObject.Transform({
                    transform(chunk, _encoding, done) {
                        hash.update(chunk);
                        done(null, chunk);
                    },
                });
                await (0, promises_namespaceObject.pipeline)(response, hashing, (0, external_node_fs_.createWriteStream)(file, { mode: 0o600 }), { signal: asked.signal });
                return { status: response.statusCode ?? 0, sha256: hash.digest('hex') };
            });
        }
        ;
        class GitHubError extends failure.HR {
            status;
            constructor(status, code, message, remedy) {
                super(code, message, remedy);
                this.name = 'GitHubError';
                this.status = status;
            }
        }
        function unreachable({ host, pathname }, why) {
            return new failure.HR('github-unreachable', `The request to GitHub failed (${host}${pathname}): ${why}.`, "check GitHub's status page, and HTTPS_PROXY if the runner needs a proxy; then run the job again.");
        }
        function unexpectedAnswer(status, what) {
            return new GitHubError(status, 'github-unexpected-answer', `The answer (HTTP ${status}) is not from GitHub's API: ${what}.`, 'check GITHUB_API_URL, and any proxy between the runner and GitHub.');
        }
        function failure_assertShape(fits, what) {
            if (!fits)
                throw unexpectedAnswer(200, `${what} is missing or has the wrong form`);
        }
        function refusalOf(status, limited, asked, reason) {
            if (limited)
                return new failure.HR('github-rate-limited', `GitHub's rate limit for this repository is reached (${asked}: ${reason}).`, 'run the job again later.');
            if (status === 401)
                return new GitHubError(status, 'github-token-refused', `GitHub does not accept the token (${asked}: ${reason}).`);
            if (status === 403)
                return new GitHubError(status, 'github-permission', `The token has no permission for ${asked}: ${reason}.`, 'give the job the permissions that the README of release lists.');
            const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused';
            return new GitHubError(status, code, `GitHub answered HTTP ${status} to ${asked}: ${reason}.`);
        }
        ;
        function retryAfterMs(header) {
            const text = String(header ?? '').trim();
            if (/^\d+$/.test(text))
                return Number(text) * 1000;
            const at = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN;
            return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
        }
        ;
        const request_rules_attempts = 4;
        const request_rules_attemptMs = 15_000;
        const maxBytes = 20_000_000;
        const longestWaitMs = 60_000;
        const secondaryLimitMs = 60_000;
        function requestRules(signal, urlOf) {
            return async (send, options) => {
                const repeatable = options.method === 'GET' || options.request.repeatable === true;
                const once = async () => triedOf(await sendOnce(send, options, signal));
                const tried = (await (0, retry.L5)(once, { repeatable, attempts: request_rules_attempts, backoffMs, signal })) ?? (await once());
                return answerOrThrow('value' in tried ? tried.value : tried.trouble.outcome, options, new URL(urlOf(options)));
            };
        }
        const soonMs = (0, retry.Bf)(500);
        const afterLimitMs = (0, retry.Bf)(2000);
        function backoffMs(failed, { limited }) {
            return limited ? afterLimitMs(failed) : soonMs(failed);
        }
        function triedOf(outcome) {
            const trouble = { outcome, retryable: true, limited: false, maybeDelivered: true, waitMs: undefined };
            if (outcome.kind === 'lost')
                return { trouble: { ...trouble, maybeDelivered: outcome.sent } };
            if (outcome.kind !== 'refused')
                return { value: outcome };
            const { answer } = outcome;
            if (!isLimited(answer))
                return answer.status >= 500 ? { trouble } : { value: outcome };
            const waitMs = limitEndsInMs(answer);
            const retryable = waitMs === undefined || waitMs <= longestWaitMs;
            return { trouble: { ...trouble, limited: true, maybeDelivered: false, waitMs, retryable } };
        }
        async function sendOnce(send, options, signal) {
            const timeout = AbortSignal.timeout(request_rules_attemptMs);
            options.headers = {
                ...options.headers,
                'x-github-api-version': '2022-11-28',
                connection: 'close',
            };
            options.request = {
                ...options.request,
                signal: AbortSignal.any([signal, timeout]),
                redirect: 'manual',
                parseSuccessResponseBody: false,
            };
            try {
                const answer = await send(options);
                if (answer.status >= 300)
                    return { kind: 'answer', answer: { ...answer, data: undefined } };
                const text = await readText(answer.data);
                return text === undefined
                    ? { kind: 'unusable', status: answer.status, why: `it is longer than ${maxBytes} bytes` }
                    : { kind: 'answer', answer: { ...answer, data: parse(text) } };
            }
            catch (error) {
                const { response, message } = error;
                if (response)
                    return { kind: 'refused', answer: response };
                const why = timeout.aborted ? `no answer within ${request_rules_attemptMs} ms` : message || codeOf(error) || 'no answer';
                return { kind: 'lost', sent: !unsentCodes.includes(codeOf(error)), why };
            }
        }
        async function readText(body) {
            const chunks = [];
            let length = 0;
            for await (const chunk of body || []) {
                length += chunk.length;
                if (length > maxBytes)
                    return undefined;
                chunks.push(chunk);
            }
            return Buffer.concat(chunks).toString('utf8');
        }
        function parse(text) {
            try {
                return JSON.parse(text);
            }
            catch {
                return undefined;
            }
        }
        const unsentCodes = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];
        function codeOf(error) {
            for (let cause = error; cause instanceof Error; cause = cause.cause)
                if ('code' in cause && typeof cause.code === 'string')
                    return cause.code;
            return '';
        }
        function limitEndsInMs(answer) {
            const { headers } = answer;
            const after = retryAfterMs(headers['retry-after']);
            if (after)
                return after;
            if (isSecondaryLimit(answer))
                return secondaryLimitMs;
            if (headers['x-ratelimit-remaining'] !== '0')
                return undefined;
            const reset = Number(headers['x-ratelimit-reset']) * 1000 - Date.now();
            return Number.isFinite(reset) ? Math.max(1000, reset) : undefined;
        }
        function isLimited(answer) {
            const { status, headers } = answer;
            if (status !== 403)
                return status === 429;
            return headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || isSecondaryLimit(answer);
        }
        function isSecondaryLimit({ data }) {
            return /\bsecondary rate limit\b/i.test(messageIn(data));
        }
        function answerOrThrow(outcome, { method, request }, url) {
            const asked = `${method} ${url.pathname}`;
            if (outcome.kind === 'lost')
                throw unreachable(url, outcome.why);
            if (outcome.kind === 'unusable')
                throw unexpectedAnswer(outcome.status, `to ${asked} ${outcome.why}`);
            const { answer } = outcome;
            const { status, headers, data } = answer;
            if (outcome.kind === 'refused') {
                const reason = isObject(data) ? reasonIn(data) : 'no reason given';
                throw refusalOf(status, isLimited(answer), asked, reason);
            }
            if (request.wantsLocation && status === 302 && headers.location)
                return answer;
            if (status >= 300)
                throw unexpectedAnswer(status, `${asked} was redirected`);
            if (status === 202)
                throw unexpectedAnswer(status, `${asked} was accepted but not done: ${messageIn(data)}`);
            if (!isObject(data))
                throw unexpectedAnswer(status, `${asked} was answered without JSON`);
            return answer;
        }
        function isObject(data) {
            return typeof data === 'object' && data !== null;
        }
        function messageIn(data) {
            return oneLine(String(data?.message ?? 'no reason given'));
        }
        function reasonIn(data) {
            const { errors } = data;
            const wrong = Array.isArray(errors) ? errors.map(fieldError).filter((text) => text !== '') : [];
            return wrong.length > 0 ? oneLine(`${messageIn(data)} (${wrong.join('; ')})`) : messageIn(data);
        }
        function fieldError(error) {
            if (typeof error === 'string')
                return error;
            const { field, message, code } = (error ?? {});
            return [field, message ?? code].filter((part) => typeof part === 'string').join(': ');
        }
        function oneLine(text) {
            return text.replace(/[^\x20-\x7e]/g, ' ').slice(0, 300);
        }
        ;
        function readGitHubInputs(read, env = process.env) {
            const token = read.secret('github-token').trim();
            const apiUrl = new URL(env.GITHUB_API_URL || 'https://api.github.com');
            if (!apiUrl.pathname.endsWith('/'))
                apiUrl.pathname += '/';
            if (token !== '' && !/^[\x21-\x7e]+$/.test(token))
                read.issue('github-token', 'has characters that are not allowed in a token', 'Leave it out, or give one token.');
            return { token, repository: env.GITHUB_REPOSITORY ?? '', apiUrl };
        }
        function openGitHub({ token, repository, apiUrl }, signal) {
            const [owner = '', repo = ''] = repository.split('/');
            let opened;
            function open() {
                opened ??= openOctokit(token, apiUrl, signal);
                return opened;
            }
            return {
                repository,
                ask: async (call) => (await call(await open(), { owner, repo })).data,
                async saveArtifact(id, file) {
                    const request = { wantsLocation: true };
                    const { rest } = await open();
                    const asked = { owner, repo, artifact_id: id, archive_format: 'zip', request };
                    const { headers } = await rest.actions.downloadArtifact(asked);
                    const { location = '' } = headers;
                    failure_assertShape(URL.canParse(location), 'the address of the artifact');
                    return saveFrom(new URL(location), file, signal);
                },
            };
        }
        async function openOctokit(token, apiUrl, signal) {
            try {
                const { getOctokit } = await import('../../toolkit/dist/index.js');
                const log = { debug() { }, info() { }, warn() { }, error() { } };
                const octokit = getOctokit(token, { baseUrl: apiUrl.href.replace(/\/$/, ''), userAgent: 'belay', log });
                const rules = requestRules(signal, (options) => octokit.request.endpoint({ ...options }).url);
                octokit.hook.wrap('request', rules);
                return octokit;
            }
            catch (error) {
                if (error instanceof failure.HR)
                    throw error;
                throw unreachable(apiUrl, (0, failure.bD)(error));
            }
        }
        var external_node_path_ = __nccwpck_require__(760);
        ;
        async function commitOf(github, version) {
            if (isSha(version))
                return version;
            try {
                const ref = `tags/${version}`;
                const { sha } = await github.ask(({ rest }, repository) => rest.repos.getCommit({ ...repository, ref, per_page: 1 }));
                failure_assertShape(isSha(sha), `the sha of ${version}`);
                return sha;
            }
            catch (error) {
                if (!(error instanceof GitHubError) || ![404, 422].includes(error.status))
                    throw error;
                throw new failure.HR('no-such-version', `${github.repository} has no tag "${version}".`, 'give a tag, the 40 digits of a commit, or `previous`. In a private repository the job needs `contents: read` to see its tags.');
            }
        }
        function isSha(value) {
            return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);
        }
        const relations = ['identical', 'ahead', 'behind', 'diverged'];
        async function relationOf(github, base, head) {
            if (base === head)
                return 'identical';
            const basehead = `${base}...${head}`;
            try {
                const { status } = await github.ask(({ rest }, repository) => rest.repos.compareCommitsWithBasehead({ ...repository, basehead, per_page: 1 }));
                failure_assertShape(relations.includes(status), `how ${head} stands to ${base}`);
                return status;
            }
            catch (error) {
                if (error instanceof GitHubError && error.status === 404)
                    return 'diverged';
                throw error;
            }
        }
        const maxPages = 3;
        async function commitsBetween(github, base, head) {
            const basehead = `${base}...${head}`;
            const commits = [];
            let total = 0;
            for (let page = 1; page <= maxPages; page++) {
                const compared = await github.ask(({ rest }, repository) => rest.repos.compareCommitsWithBasehead({ ...repository, basehead, per_page: 100, page }));
                assertShape(Array.isArray(compared.commits), 'the list of commits');
                total = compared.total_commits;
                commits.push(...compared.commits.map(shorten));
                if (commits.length >= total || compared.commits.length === 0)
                    break;
            }
            return { commits, total };
        }
        function shorten({ sha, commit }) {
            return { sha, title: commit.message.split(/\r?\n/, 1)[0] ?? '', author: commit.author?.name ?? '' };
        }
        const maxBranches = 30;
        async function branchesContaining(github, sha, defaultBranch) {
            if (await contains(github, defaultBranch, sha))
                return { default: true, release: undefined };
            const names = await releaseBranches(github);
            const newest = names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, maxBranches);
            for (const branch of newest)
                if (await contains(github, branch, sha))
                    return { default: false, release: branch };
            return { default: false, release: undefined };
        }
        async function releaseBranches(github) {
            const refs = await github.ask(async ({ paginate, rest }, repository) => ({
                data: await paginate(rest.git.listMatchingRefs, { ...repository, ref: 'heads/release/', per_page: 100 }),
            }));
            return refs.flatMap(({ ref }) => /^refs\/heads\/(release\/.+)$/.exec(ref)?.[1] ?? []);
        }
        async function contains(github, branch, sha) {
            const relation = await relationOf(github, sha, branch);
            return relation === 'ahead' || relation === 'identical';
        }
        ;
        function githubCommits(github, sha) {
            const relations = new Map();
            const changes = new Map();
            const trees = new Map();
            return {
                relation: (live) => memoize(relations, live, () => relationOf(github, live, sha)),
                changed: (live) => memoize(changes, live, async () => {
                    const [before, after] = await Promise.all([treeOf(live), treeOf(sha)]);
                    return before && after && changedPaths(before, after);
                }),
            };
            function treeOf(commit) {
                return memoize(trees, commit, async () => {
                    try {
                        const asked = { tree_sha: commit, recursive: '1' };
                        const tree = await github.ask(({ rest }, repository) => rest.git.getTree({ ...repository, ...asked }));
                        failure_assertShape(Array.isArray(tree.tree), `the tree of ${commit}`);
                        return tree.truncated ? undefined : tree;
                    }
                    catch (error) {
                        if (error instanceof GitHubError && error.status === 404)
                            return undefined;
                        throw error;
                    }
                });
            }
        }
        const unknownCommits = {
            relation: async () => {
                throw new failure.HR('order-unknown', 'Without github-token Belay cannot check whether the released commit is older than the live one.', 'give github-token, or set allow-older: true.');
            },
            changed: async () => undefined,
        };
        function memoize(known, key, ask) {
            const found = known.get(key) ?? ask();
            known.set(key, found);
            return found;
        }
        function changedPaths(before, after) {
            const filesOf = ({ tree }) => new Map(tree.filter(({ type }) => type !== 'tree').map(({ path, mode, sha }) => [path, `${mode} ${sha}`]));
            const [old, fresh] = [filesOf(before), filesOf(after)];
            return [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => old.get(path) !== fresh.get(path));
        }
        function affectsService(service, paths) {
            const root = (service.rootDir ?? '').replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '');
            const included = service.buildFilter?.paths ?? [];
            const ignored = service.buildFilter?.ignoredPaths ?? [];
            const inRoot = (path) => (root === '' ? included.length === 0 : path.startsWith(`${root}/`));
            const isIn = (globs, path) => globs.some((glob) => matches(path, glob));
            const isBelow = (folders, path) => folders.some((folder) => path.startsWith(`${withoutLeadingSlash(folder).replace(/\/$/, '')}/`));
            return paths.some((path) => !isIn(ignored, path) && (inRoot(path) || isIn(included, path) || isBelow(included, path)));
        }
        function matches(path, glob) {
            const undotted = (text) => text.replace(/(^|\/)\./g, '$1\u0001');
            return (0, external_node_path_.matchesGlob)(undotted(path), undotted(withoutLeadingSlash(glob)));
        }
        function withoutLeadingSlash(glob) {
            return glob.replace(/^\.?\/+/, '');
        }
        ;
        const machineClock = {
            now: () => (0, src_clock.m)() * 1000,
            sleep: (ms, signal) => (0, src_clock.y)(ms, signal),
        };
        function pause({ clock, until, signal }, ms) {
            return clock.sleep(Math.max(0, Math.min(ms, until - clock.now())), signal);
        }
        ;
        const external_node_dgram_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dgram");
        ;
        const external_node_dns_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns/promises");
        ;
        async function resolveAll(hostname) {
            const found = await (0, external_node_dns_promises_namespaceObject.lookup)(hostname, { all: true, order: 'ipv4first' });
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
            const document = parseJson(response.body);
            if (document === undefined)
                return { none: `its body is not JSON, so no version was read from it` };
            const value = valueAt(document, from.path);
            if (typeof value === 'number' || (typeof value === 'string' && value !== ''))
                return { version: String(value) };
            return { none: `has no version at \`${printable(from.text, 80)}\` of its body` };
        }
        function findPlace(version, { headers, body, truncated }) {
            const header = Object.keys(headers).find((name) => headers[name] === version);
            const path = truncated ? undefined : pathTo(version, parseJson(body));
            return path ? textOf(path) : header && `header:${header}`;
        }
        function parseJson(body) {
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
        const httpProbeTarget = ({ url, expectation }) => httpTarget(url, expectation);
        const healthyStatuses = [{ from: 200, to: 299 }];
        const answeringStatuses = [{ from: 200, to: 499 }];
        const anyVersion = { text: 'sha', path: ['sha'] };
        function healthChecksFor(requestedName, service, { checks, versionFrom }, sha) {
            const own = checks.filter((check) => check.service === undefined || check.service === requestedName);
            const version = versionFrom ? sha : undefined;
            if (own.length > 0)
                return own.map(({ endpoint }) => ({
                    url: endpointUrl(service, endpoint),
                    expectation: { statuses: healthyStatuses, version, versionFrom: versionFrom ?? anyVersion },
                }));
            if (!isPublic(service))
                return [];
            const path = service.serviceDetails?.healthCheckPath;
            const statuses = path || service.type === 'static_site' ? healthyStatuses : answeringStatuses;
            return [
                { url: endpointUrl(service, path || '/'), expectation: { statuses, version: undefined, versionFrom: anyVersion } },
            ];
        }
        function isPublic({ type, serviceDetails }) {
            return (type === 'web_service' || type === 'static_site') && /^https?:\/\//.test(serviceDetails?.url ?? '');
        }
        function endpointUrl(service, endpoint) {
            if (/^https?:\/\//.test(endpoint))
                return new URL(endpoint);
            if (isPublic(service))
                return new URL(endpoint, service.serviceDetails?.url ?? '');
            throw new failure.HR('check-impossible', `checks: ${service.name} has no public address that the runner can reach (it is a ${service.type}).`, 'remove the check, or give a full URL. Without a check Belay uses only the status of the deploy.');
        }
        ;
        const transport_maxBytes = 5_000_000;
        function httpTransport(apiUrl, key) {
            const headers = { authorization: `Bearer ${key}`, accept: 'application/json', 'user-agent': 'belay' };
            return ({ method, path, body }, timeoutMs, signal) => {
                const request = { method, url: new URL(`${apiUrl}${path}`), headers, timeoutMs, signal };
                if (body === undefined)
                    return sendRequest(request, transport_maxBytes);
                const withType = { ...headers, 'content-type': 'application/json' };
                return sendRequest({ ...request, headers: withType, body: JSON.stringify(body) }, transport_maxBytes);
            };
        }
        ;
        const defaultDependencies = {
            clock: machineClock,
            random: Math.random,
            transport: ({ url, key }) => httpTransport(url, key),
            commits: (github, sha, signal) => github.token === '' ? unknownCommits : githubCommits(openGitHub(github, signal), sha),
            probeTarget: httpProbeTarget,
        };
        ;
        function releaseId(now, sha, { run, attempt, nonce }) {
            const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
            return `${time}-${sha.slice(0, 12)}-${run}-${attempt}-${nonce}`;
        }
        function isReleaseId(text) {
            return /^\d{8}T\d{6}Z-[0-9a-f]{12}-[^/-]+-\d+-[0-9a-f]{8}$/.test(text);
        }
        function isName(text) {
            return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,62}$/.test(text);
        }
        function resemblesReleaseId(text) {
            return /^20.*z-/i.test(text);
        }
        function isKeptRelease(version) {
            return version === 'previous' || isReleaseId(version);
        }
        var job = __nccwpck_require__(878);
        ;
        function readReleaseInputs(read, env = process.env) {
            const repository = env.GITHUB_REPOSITORY?.split('/')[1] ?? '';
            const service = read.text('service', { default: repository, required: 'the name of the service' });
            const environment = read.text('environment', { required: 'the environment to release to, such as qa or production' });
            const runSha = (env.GITHUB_SHA ?? '').toLowerCase();
            const version = read.text('version', { default: runSha });
            for (const [name, value] of [['service', service], ['environment', environment]]) {
                if (value !== '' && !isName(value))
                    read.issue(name, `is "${value}"`, 'Give letters, digits, ".", "_" and "-", 63 at most.');
            }
            if (!/^[0-9a-f]{40}$/.test(runSha))
                read.issue('version', `GITHUB_SHA is "${runSha}"`, 'Run this step in a workflow.');
            const runIsOfVersion = version === runSha || (env.GITHUB_REF_TYPE === 'tag' && env.GITHUB_REF_NAME === version);
            return { service, environment, version, runSha, runIsOfVersion };
        }
        function earlierRelease({ journal }, { service, environment }) {
            return journal.read().releases.find((one) => one.service === service && one.environment === environment);
        }
        function joinRelease(step, { service, environment, version, runSha }, sha = runSha) {
            const earlier = earlierRelease(step, { service, environment });
            if (earlier)
                return earlier;
            const release = { id: releaseId(new Date(), sha, jobIdentity(step)), service, environment, version, sha };
            step.record({ event: 'release-began', release, run: (0, job.xh)() });
            return release;
        }
        function jobIdentity({ id, journal }) {
            if (journal.read().nonce === undefined)
                journal.append({ step: id, event: 'identified', nonce: (0, external_node_crypto_.randomBytes)(4).toString('hex') });
            const { id: run, attempt } = (0, job.xh)();
            return { run, attempt, nonce: journal.read().nonce };
        }
        ;
        const budgetMs = 60_000;
        async function requestedCommit({ version, runSha, runIsOfVersion }, github, signal) {
            if (isKeptRelease(version))
                return undefined;
            if (isSha(version))
                return version;
            if (github.token === '')
                return runSha;
            const sha = await commitOf(openGitHub(github, AbortSignal.any([signal, AbortSignal.timeout(budgetMs)])), version);
            if (runIsOfVersion && sha !== runSha)
                throw tagMoved(version, runSha, sha);
            return sha;
        }
        function tagMoved(version, then, now) {
            return new failure.HR('tag-moved', `The tag ${version} was moved after this run was started: from ${then} to ${now}.`, `start a new run from the tag, which releases ${now.slice(0, 12)}; or give the 40 digits of a commit as version.`);
        }
        async function joinReleaseOfVersion(step, requested, github) {
            const known = requested.runIsOfVersion || earlierRelease(step, requested) !== undefined;
            return joinRelease(step, requested, known ? undefined : await requestedCommit(requested, github, step.signal));
        }
        ;
        const fields = {
            service: ['id', 'name', 'type', 'ownerId'],
            deploy: ['id', 'status', 'createdAt'],
            envVar: ['key', 'value'],
            event: ['type', 'timestamp'],
            log: ['message', 'timestamp'],
        };
        function readObject(value, kind) {
            if (api_answers_isObject(value) && fields[kind].every((name) => typeof value[name] === 'string'))
                return value;
            throw notRender(`it is no ${kind}`);
        }
        function readPage(value, kind) {
            return readList(value, kind).map((entry) => readObject(api_answers_isObject(entry) ? entry[kind] : entry, kind));
        }
        function cursorOf(value) {
            const last = Array.isArray(value) ? value.at(-1) : undefined;
            return api_answers_isObject(last) && typeof last.cursor === 'string' ? last.cursor : '';
        }
        function readLogs(value) {
            return readList(api_answers_isObject(value) ? value.logs : value, 'log').map((line) => readObject(line, 'log'));
        }
        function readList(value, kind) {
            if (Array.isArray(value))
                return value;
            throw notRender(`it is no list of ${kind}s`);
        }
        function api_answers_isObject(value) {
            return typeof value === 'object' && value !== null && !Array.isArray(value);
        }
        function notRender(what) {
            return new failure.HR('render-answer', `The answer is not from Render's API: ${what}.`, 'check api-url, and any proxy between the runner and Render.');
        }
        ;
        function repositoryOf(image) {
            const name = image_withoutVersion(image);
            const [first = '', ...rest] = name.split('/');
            const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
            if (hasHost)
                return name;
            return rest.length === 0 ? `docker.io/library/${name}` : `docker.io/${name}`;
        }
        function spelledAs(path, image) {
            return `${image_withoutVersion(path)}${versionOf(image)}`;
        }
        function sameImage(one, other) {
            return repositoryOf(one) === repositoryOf(other) && versionOf(one) === versionOf(other);
        }
        function digestIn(image) {
            return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
        }
        function image_withoutVersion(image) {
            return plain(image)
                .replace(/@.*$/, '')
                .replace(/:[^/:]*$/, '');
        }
        function versionOf(image) {
            return plain(image).slice(image_withoutVersion(image).length);
        }
        function plain(image) {
            return image.replace(/^https?:\/\//, '');
        }
        ;
        function hasAutoDeploy({ autoDeploy, autoDeployTrigger }) {
            return autoDeploy === 'yes' || (typeof autoDeployTrigger === 'string' && autoDeployTrigger !== 'off');
        }
        function matchesContent(deploy, content) {
            if ('commit' in content)
                return deploy.commit?.id === content.commit;
            const { ref, sha } = deploy.image ?? {};
            const digest = digestIn(content.image);
            return (ref != null && sameImage(ref, content.image)) || (digest !== undefined && sha === digest);
        }
        function isImmutable(content) {
            return 'commit' in content || digestIn(content.image) !== undefined;
        }
        function contentName(content) {
            return 'commit' in content ? content.commit.slice(0, 12) : content.image;
        }
        function contentOf({ commit, image }) {
            if (commit?.id)
                return { commit: commit.id };
            if (!image?.ref)
                return undefined;
            const { ref, sha } = image;
            return { image: sha && digestIn(`@${sha}`) && !digestIn(ref) ? `${ref}@${sha}` : ref };
        }
        function isTerminal(status) {
            return terminalStatuses.has(status);
        }
        const terminalStatuses = new Set([
            'live',
            'deactivated',
            'build_failed',
            'pre_deploy_failed',
            'update_failed',
            'canceled',
        ]);
        function isKnownStatus(status) {
            return terminalStatuses.has(status) || activeStatuses.has(status);
        }
        const activeStatuses = new Set([
            'queued',
            'created',
            'build_in_progress',
            'pre_deploy_in_progress',
            'update_in_progress',
        ]);
        ;
        const api_client_attemptMs = 15_000;
        const minAttemptMs = 50;
        const maxBackoffMs = 30_000;
        function openClient(transport, deadline) {
            const { clock, signal, until, random } = deadline;
            return {
                deadline,
                async services(name, owner) {
                    const query = new URLSearchParams({ name, limit: '100', ...(owner && { ownerId: owner }) });
                    const found = readPage(await get(`/services?${query}`), 'service');
                    return found.filter((service) => service.name === name);
                },
                service: async (id) => readObject(await get(`/services/${encodeURIComponent(id)}`), 'service'),
                async deploys(service) {
                    const path = `/services/${service}/deploys`;
                    const list = async (query) => readPage(await get(`${path}?${query}`), 'deploy');
                    const last = await list('limit=100');
                    const isLive = last.some(({ status }) => status === 'live');
                    const older = last.length < 100 || isLive ? [] : await list('status=live&limit=1');
                    return [...last, ...older].toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
                },
                async deploy(service, id) {
                    const outcome = await sendRepeatable({ method: 'GET', path: `/services/${service}/deploys/${id}` });
                    if (outcome.kind === 'refused' && outcome.status === 404)
                        return undefined;
                    return readObject(requireValue(outcome), 'deploy');
                },
                trigger(service, what) {
                    return 'rollbackTo' in what
                        ? sendAtMostOnce({ method: 'POST', path: `/services/${service}/rollback`, body: { deployId: what.rollbackTo } })
                        : sendAtMostOnce({ method: 'POST', path: `/services/${service}/deploys`, body: what });
                },
                async cancel(service, id) {
                    const outcome = await sendRepeatable({ method: 'POST', path: `/services/${service}/deploys/${id}/cancel` });
                    if (outcome.kind === 'refused' && [400, 404, 409].includes(outcome.status))
                        return false;
                    assertAccepted(outcome);
                    return true;
                },
                async pauseAutoDeploy(service) {
                    const patch = async (body) => readObject(requireValue(await sendRepeatable({ method: 'PATCH', path: `/services/${service}`, body })), 'service');
                    if (!hasAutoDeploy(await patch({ autoDeploy: 'no' })))
                        return;
                    if (!hasAutoDeploy(await patch({ autoDeployTrigger: 'off' })))
                        return;
                    throw new failure.HR('render-answer', 'Render reports that auto-deploy is still on.', "switch it off in Render's dashboard.");
                },
                async env(service) {
                    const all = [];
                    for (let cursor = '';;) {
                        const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) });
                        const answer = await get(`/services/${service}/env-vars?${query}`);
                        const page = readPage(answer, 'envVar');
                        all.push(...page);
                        const next = cursorOf(answer);
                        if (page.length < 100 || next === '' || next === cursor)
                            return all;
                        cursor = next;
                    }
                },
                async setEnv(service, key, value) {
                    const path = `/services/${service}/env-vars/${encodeURIComponent(key)}`;
                    assertAccepted(await sendRepeatable({ method: 'PUT', path, body: { value } }));
                },
                async removeEnv(service, key) {
                    const path = `/services/${service}/env-vars/${encodeURIComponent(key)}`;
                    const outcome = await sendRepeatable({ method: 'DELETE', path });
                    if (outcome.kind !== 'refused' || outcome.status !== 404)
                        assertAccepted(outcome);
                },
                async events(service, since) {
                    const query = new URLSearchParams({ startTime: since, limit: '100' });
                    return readPage(await get(`/services/${service}/events?${query}`), 'event');
                },
                async lastLogs(service, since, endTime) {
                    const query = new URLSearchParams({
                        ownerId: service.ownerId,
                        resource: service.id,
                        startTime: since,
                        ...(endTime && { endTime }),
                        direction: 'backward',
                        limit: '50',
                    });
                    const logs = readLogs(await get(`/logs?${query}`));
                    return logs.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
                },
            };
            async function get(path) {
                return requireValue(await sendRepeatable({ method: 'GET', path }));
            }
            async function sendRepeatable(request) {
                const tried = await send(request, true);
                if (tried && 'value' in tried)
                    return tried.value;
                throw whyStopped(tried?.trouble);
            }
            async function sendAtMostOnce(request) {
                const tried = await send(request, false);
                if (tried && 'value' in tried)
                    return tried.value;
                if (tried?.trouble.maybeDelivered)
                    return { kind: 'unknown', why: tried.trouble.why };
                throw whyStopped(tried?.trouble);
            }
            function send(request, repeatable) {
                const leftMs = () => until - clock.now();
                return (0, retry.L5)(() => tryOnce(request, Math.min(api_client_attemptMs, leftMs())), {
                    repeatable,
                    leftMs,
                    leastMs: minAttemptMs,
                    backoffMs: (0, retry.Bf)(1000, { longestMs: maxBackoffMs, factor: () => 0.5 + random() / 2 }),
                    pause: (ms) => pause(deadline, ms),
                    signal,
                });
            }
            async function tryOnce(request, timeoutMs) {
                try {
                    const answer = await transport(request, timeoutMs, signal);
                    if (answer.status === 429)
                        return retryable('Render answered 429, too many requests', false, rateLimitDelayMs(answer));
                    if (answer.status >= 500)
                        return retryable(`Render answered ${answer.status}`, true);
                    return { value: readOutcome(answer) };
                }
                catch (error) {
                    if (!(error instanceof NoResponseError))
                        throw error;
                    return retryable(error.message, error.sent);
                }
            }
            function whyStopped(trouble) {
                return signal.aborted ? new failure.j$() : deadlineExceeded(trouble?.why ?? '');
            }
            function rateLimitDelayMs({ headers }) {
                const askedMs = retryAfterMs(headers['retry-after']) ?? resetMs(headers['ratelimit-reset']);
                return askedMs === undefined ? undefined : Math.max(500, askedMs) + random() * 1000;
            }
        }
        function retryable(why, maybeDelivered, waitMs) {
            return { trouble: { why, retryable: true, maybeDelivered, waitMs } };
        }
        function resetMs(header) {
            if (typeof header !== 'string' || !/^\d+$/.test(header))
                return undefined;
            const seconds = Number(header);
            return seconds > 1e9 ? seconds * 1000 - Date.now() : seconds * 1000;
        }
        function deadlineExceeded(lastError) {
            const last = lastError === '' ? '' : ` The last error was: ${lastError}.`;
            return new failure.HR('deadline', `The deadline passed before Render finished.${last}`, 'raise `deadline` if Render needs longer.');
        }
        function readOutcome({ status, body }) {
            const value = api_client_parse(body.toString('utf8'));
            if (status >= 200 && status < 300)
                return { kind: 'done', status, value: value };
            const { message } = (value ?? {});
            return { kind: 'refused', status, message: typeof message === 'string' ? message : `HTTP ${status}` };
        }
        function api_client_parse(body) {
            try {
                return body === '' ? undefined : JSON.parse(body);
            }
            catch {
                return undefined;
            }
        }
        function requireValue(outcome) {
            assertAccepted(outcome);
            if (outcome.kind === 'done' && outcome.value !== undefined)
                return outcome.value;
            throw new failure.HR('render-answer', 'Render answered without the JSON that was requested.', 'check api-url.');
        }
        function assertAccepted(outcome) {
            if (outcome.kind === 'refused')
                throw refusal(outcome.status, outcome.message);
        }
        function refusal(status, message) {
            const [code, remedy] = refusalCodes[status] ?? ['render-refused', "fix what Render's message names."];
            return new failure.HR(code, `Render refused: ${printable(message, 300)} (${status}).`, remedy);
        }
        async function warnIfRefused(work, warn, what, done = () => { }) {
            try {
                await work;
            }
            catch (error) {
                if (!(error instanceof failure.HR) || ['deadline', 'interrupted'].includes(error.code))
                    throw error;
                return warn(`${what}: ${error.message.split('\n')[0]} Use Render's dashboard instead.`);
            }
            done();
        }
        const refusalCodes = {
            401: ['render-key', 'give a valid API key of Render.'],
            403: ['render-key', 'give the key of a user who may deploy this service.'],
            404: ['service-missing', 'check its id or name, and that the user of the key has access to it.'],
            410: ['service-missing', 'the service was deleted; name another one.'],
        };
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
        const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
        ;
        function readReason(events, deploy) {
            const ownEvents = events.filter(({ details }) => details?.deployId === deploy.id);
            const end = ownEvents.find(({ type }) => type === 'deploy_ended')?.details;
            const others = events.flatMap(({ type, details }) => eventReasons(type, details ?? {}));
            const failure = end?.reason?.failure ? describeFailure(end.reason.failure) : [];
            return { why: [...others, ...failure].join('; '), newDeploy: end?.reason?.newDeploy?.id ?? undefined };
        }
        function instanceFailedSince(events, since) {
            const failed = events.find(({ type, timestamp }) => type === 'server_failed' && Date.parse(timestamp) >= Date.parse(since));
            if (!failed)
                return undefined;
            const reason = failed.details?.reason;
            return describeFailure(typeof reason === 'object' && reason !== null ? reason : {}).join('; ');
        }
        function eventReasons(type, details) {
            if (type === 'image_pull_failed')
                return [`the image ${printableText(details.imageURL)} could not be pulled: ${printableText(details.message)}`];
            if (type === 'pipeline_minutes_exhausted')
                return ['the workspace has no build minutes left'];
            if (type === 'branch_deleted')
                return ['the branch was deleted'];
            if (type === 'suspender_added')
                return ['the service was suspended'];
            return [];
        }
        function describeFailure(failure) {
            const { oomKilled, evictionReason, timedOutSeconds, timedOutReason } = failure;
            const limit = typeof oomKilled === 'object' ? oomKilled?.memoryLimit : undefined;
            return [
                ...(oomKilled ? [`it ran out of memory${limit ? ` (limit ${printableText(limit)})` : ''}`] : []),
                ...(failure.nonZeroExit ? [`it ended with status ${failure.nonZeroExit}`] : []),
                ...(failure.earlyExit ? ['it exited although it should keep running'] : []),
                ...(timedOutSeconds
                    ? [`it was not ready within ${timedOutSeconds} s${timedOutReason ? `: ${printableText(timedOutReason)}` : ''}`]
                    : []),
                ...(failure.unhealthy ? [`its health check failed: ${printableText(failure.unhealthy)}`] : []),
                ...(failure.evicted ? [`it was evicted${evictionReason ? `: ${printableText(evictionReason)}` : ''}`] : []),
            ];
        }
        function printableText(value) {
            return printable(String(value ?? ''), 300);
        }
        const failedPhase = {
            build_failed: 'the build failed',
            pre_deploy_failed: 'its pre-deploy command failed',
            update_failed: 'the new version did not start',
            canceled: 'it was cancelled by hand',
        };
        const shortestSecret = 6;
        function maskedLogLines(lines, values) {
            const secrets = values
                .flatMap((value) => [value, ...value.split(/\r?\n/)])
                .filter((value) => value.trim().length >= shortestSecret)
                .toSorted((a, b) => b.length - a.length);
            return lines.map(({ message, timestamp }) => {
                const plain = (0, external_node_util_namespaceObject.stripVTControlCharacters)(message);
                const masked = secrets.reduce((line, secret) => line.replaceAll(secret, '***'), plain);
                return `${timestamp.slice(11, 19)} ${printable(masked.trimEnd(), 500)}`;
            });
        }
        ;
        const gateRules = { successes: 3, intervalMs: 2000, timeoutMs: 5000, deadlineMs: 120_000 };
        async function verifyReleased(context, requestedName, service, content, live) {
            const { client, inputs, step, dependencies } = context;
            const sha = content && 'commit' in content ? content.commit : context.sha;
            const healthChecks = healthChecksFor(requestedName, service, inputs, sha);
            await awaitHealthy(healthChecks, service.name, client.deadline, dependencies.probeTarget);
            const verification = verificationOf(healthChecks);
            if (verification !== 'version')
                await assertNoFailedInstance(context, service, live);
            step.info(`${service.name}: ${describeVerification(verification, healthChecks, live, sha)}`);
            return verification;
        }
        function verificationOf(healthChecks) {
            if (healthChecks.some(({ expectation }) => expectation.version !== undefined))
                return 'version';
            return healthChecks.length > 0 ? 'answer' : 'render';
        }
        function describeVerification(verifiedBy, [healthCheck], { id }, sha) {
            const statusOnly = `only Render's status shows that the new release runs (${id} is live)`;
            if (verifiedBy === 'version')
                return `it reports the commit ${sha?.slice(0, 12)}`;
            if (verifiedBy === 'render')
                return `it has no address to check; ${statusOnly}`;
            return `it answers at ${healthCheck?.url.origin}${healthCheck?.url.pathname} but does not report its version; ${statusOnly}`;
        }
        async function awaitHealthy(healthChecks, name, deadline, probeTarget) {
            if (healthChecks.length === 0)
                return;
            const report = await runHealthGate(healthChecks, deadline, probeTarget, gateRules);
            if (report.verdict === 'pass')
                return;
            throw unhealthy(`${name} is live at Render but not healthy: ${report.reason}`, 'read its log. If it reports its commit elsewhere or not at all, set version-from to that place, or to none.');
        }
        async function assertNoFailedInstance({ client, step }, service, live) {
            let events = [];
            const ask = client.events(service.id, live.createdAt).then((found) => {
                events = found;
            });
            await warnIfRefused(ask, (text) => step.warn(text), `${service.name}: its events could not be read`);
            const why = instanceFailedSince(events, live.finishedAt ?? live.createdAt);
            if (why === undefined)
                return;
            throw unhealthy(`${service.name} is live at Render but not healthy: an instance failed after it went live${why && ` (${why})`}`, `read its log at ${service.dashboardUrl ?? 'Render'}.`);
        }
        function unhealthy(message, remedy) {
            return new failure.HR('check-failed', message, remedy);
        }
        async function isHealthy(healthChecks, deadline, probeTarget) {
            if (healthChecks.length === 0)
                return true;
            return ((await runHealthGate(healthChecks, deadline, probeTarget, { ...gateRules, successes: 1, deadlineMs: 10_000 }))
                .verdict === 'pass');
        }
        async function runHealthGate(healthChecks, deadline, probeTarget, wanted) {
            const { clock, signal, until } = deadline;
            const deadlineMs = Math.max(1, Math.min(wanted.deadlineMs, until - clock.now()));
            return runGate(healthChecks.map(probeTarget), { ...wanted, deadlineMs }, signal, {}, clock).catch((error) => {
                throw signal.aborted ? new failure.j$() : error;
            });
        }
        ;
        function planRelease(groups, { allowOlder, clearCache }) {
            const inspections = groups.flat();
            return {
                groups: groups.map((group) => group.map((inspection) => planService(inspection, clearCache))),
                refusals: inspections.flatMap((inspection) => refusalsOf(inspection, allowOlder)),
                warnings: inspections
                    .filter(({ service }) => hasAutoDeploy(service))
                    .map(({ service }) => autoDeployWarning(service)),
            };
        }
        function planService(inspection, clearCache) {
            const live = liveOf(inspection.deploys);
            const action = chooseAction(inspection, live, clearCache);
            return {
                ...inspection,
                live,
                action,
                line: `${inspection.service.name}: ${describeAction(inspection, live, action)}`,
            };
        }
        function liveOf(deploys) {
            return deploys.find(({ status }) => status === 'live');
        }
        function chooseAction(inspection, live, clearCache) {
            const { deploys, changed, healthy } = inspection;
            const content = joinableContent(inspection, clearCache);
            if (!content)
                return { do: 'deploy' };
            const newest = newestActive(deploys);
            if (newest && matchesContent(newest, content))
                return { do: 'join', deploy: newest.id };
            if (newest || !live)
                return { do: 'deploy' };
            if (matchesContent(live, content))
                return healthy ? { do: 'nothing', why: 'live' } : { do: 'deploy' };
            return changed === false ? { do: 'nothing', why: 'untouched' } : { do: 'deploy' };
        }
        function rechooseAction(planned, deploys, clearCache) {
            const { action, live } = planned;
            const content = joinableContent(planned, clearCache);
            if (action.do !== 'deploy' || !content)
                return action;
            const newest = newestActive(deploys);
            if (newest)
                return matchesContent(newest, content) ? { do: 'join', deploy: newest.id } : action;
            const now = liveOf(deploys);
            return now && now.id !== live?.id && matchesContent(now, content) ? { do: 'join', deploy: now.id } : action;
        }
        function joinableContent({ content, variables }, clearCache) {
            return variables.length === 0 && !clearCache && content && isImmutable(content) ? content : undefined;
        }
        function newestActive(deploys) {
            return deploys.find(({ status }) => !isTerminal(status));
        }
        function describeAction({ content, variables }, live, action) {
            const before = live ? (live.commit?.id?.slice(0, 12) ?? live.image?.ref ?? live.id) : 'nothing';
            const after = content ? contentName(content) : 'what its branch has';
            const set = variables.length > 0 ? `, setting ${variables.join(', ')}` : '';
            switch (action.do) {
                case 'deploy':
                    return `${before} → ${after}${set}`;
                case 'rollback':
                    return `${before} → ${after} (rollback)`;
                case 'stop':
                    return `${after} is live already; other deploys under way are cancelled`;
                case 'join':
                    return `${before} → ${after}, by the deploy ${action.deploy}, which is under way already`;
                case 'nothing':
                    return action.why === 'live'
                        ? `${after} is live and healthy; nothing to do`
                        : `none of its files changed since ${before}; not deployed`;
            }
        }
        function refusalsOf(inspection, allowOlder) {
            const { service, relation, content } = inspection;
            const refused = [];
            if (service.suspended === 'suspended')
                refused.push(`${service.name} is suspended; resume it first`);
            if (service.imagePath && !content)
                refused.push(`${service.name} runs the image ${service.imagePath}; give its version in the input image`);
            if (!allowOlder && (relation === 'behind' || relation === 'diverged')) {
                const how = relation === 'behind' ? 'is older than' : 'does not descend from';
                refused.push(`${service.name}: the released commit ${how} the live one; allow-older: true releases it anyway`);
            }
            return refused;
        }
        function autoDeployWarning({ name }) {
            return `${name} also deploys automatically on every push, even before or during this release, because auto-deploy is on. Turn it off in Render.`;
        }
        ;
        async function inspectServices(client, inputs, groups, commits, isHealthy) {
            assertImagesUsed(inputs.images, groups.flat());
            return Promise.all(groups.map((group) => Promise.all(group.map((named) => inspectService(client, inputs, named, commits, isHealthy)))));
        }
        async function inspectService(client, inputs, { requestedName, service }, commits, isHealthy) {
            const variables = inputs.variables.filter((one) => one.service === undefined || one.service === requestedName);
            const [deploys, now] = await Promise.all([
                client.deploys(service.id),
                variables.length > 0 ? client.env(service.id) : Promise.resolve([]),
            ]);
            const content = contentFor(service, inputs);
            const live = liveOf(deploys);
            const env = changedVariables(variables, now);
            const commit = live?.commit?.id;
            const other = content !== undefined && 'commit' in content && commit ? commit : undefined;
            const isLive = content !== undefined && live !== undefined && matchesContent(live, content);
            const [relation, paths] = other !== undefined && !isLive
                ? await Promise.all([inputs.allowOlder ? undefined : commits.relation(other), commits.changed(other)])
                : [undefined, undefined];
            return {
                requestedName,
                service,
                deploys,
                content,
                env,
                variables: env.map(({ key }) => key),
                relation,
                changed: paths && affectsService(service, paths),
                healthy: isLive && (await isHealthy(requestedName, service)),
            };
        }
        function changedVariables(inputs, now) {
            const before = new Map(now.map(({ key, value }) => [key, value]));
            return [...new Map(inputs.map(({ key, value }) => [key, value]))]
                .filter(([key, value]) => before.get(key) !== value)
                .map(([key, value]) => ({ key, value, before: before.get(key) }));
        }
        function contentFor(service, { images, sha }) {
            if (service.imagePath) {
                const path = service.imagePath;
                const image = images.find((one) => repositoryOf(one) === repositoryOf(path));
                return image === undefined ? undefined : { image: spelledAs(path, image) };
            }
            return service.type === 'cron_job' ? undefined : { commit: sha };
        }
        function assertImagesUsed(images, named) {
            const known = new Set(named.map(({ service }) => repositoryOf(service.imagePath ?? '')));
            const stray = images.filter((image) => !known.has(repositoryOf(image)));
            if (stray.length === 0)
                return;
            const theirs = named.flatMap(({ service }) => service.imagePath ? [`${service.name} runs ${service.imagePath}`] : []);
            throw new failure.HR('image-mismatch', `No service runs the image ${stray.join(', ')}; ${theirs.join(', ') || 'all of them are built from git'}.`, 'give an image from the repository that the service is set up with. Only tag and digest may differ.');
        }
        ;
        const pollDelayMs = (ageMs) => Math.min(5000, 1000 + ageMs / 12);
        const missingToleranceMs = 60_000;
        function deployLost(id) {
            return new failure.HR('deploy-lost', `Render does not know the deploy ${id} any more.`, "check the service in Render's dashboard.");
        }
        async function follow(client, service, id, onStatus) {
            const { clock, random } = client.deadline;
            const began = clock.now();
            let lastFound = began;
            let before = '';
            for (;;) {
                const deploy = await client.deploy(service, id);
                if (deploy)
                    lastFound = clock.now();
                else if (clock.now() - lastFound > missingToleranceMs)
                    throw deployLost(id);
                if (deploy && deploy.status !== before) {
                    before = deploy.status;
                    onStatus(deploy.status, isKnownStatus(deploy.status));
                }
                if (deploy && isTerminal(deploy.status))
                    return deploy;
                await pause(client.deadline, pollDelayMs(clock.now() - began) * (0.8 + random() * 0.4));
            }
        }
        ;
        async function replacementOf(client, service, ended) {
            if (ended.status !== 'deactivated' && ended.status !== 'canceled')
                return undefined;
            const deploys = await client.deploys(service);
            const newer = deploys.filter(({ id, createdAt }) => id !== ended.id && Date.parse(createdAt) >= Date.parse(ended.createdAt));
            if (ended.status === 'deactivated')
                return liveOf(deploys) ?? newer[0];
            const { newDeploy } = readReason(await client.events(service, ended.createdAt), ended);
            if (newDeploy !== undefined) {
                const named = deploys.find(({ id }) => id === newDeploy);
                if (named)
                    return named;
            }
            return newer.find(({ status }) => status === 'live' || !isTerminal(status));
        }
        ;
        function seal(value, apiKey) {
            const salt = (0, external_node_crypto_.randomBytes)(16);
            const cipher = (0, external_node_crypto_.createCipheriv)('aes-256-gcm', keyFrom(apiKey, salt), salt.subarray(0, 12));
            const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
            return Buffer.concat([salt, cipher.getAuthTag(), sealed]).toString('base64');
        }
        function unseal(sealed, apiKey) {
            const bytes = Buffer.from(sealed, 'base64');
            const salt = bytes.subarray(0, 16);
            const decipher = (0, external_node_crypto_.createDecipheriv)('aes-256-gcm', keyFrom(apiKey, salt), salt.subarray(0, 12));
            decipher.setAuthTag(bytes.subarray(16, 32));
            return decipher.update(bytes.subarray(32), undefined, 'utf8') + decipher.final('utf8');
        }
        function keyFrom(apiKey, salt) {
            return Buffer.from((0, external_node_crypto_.hkdfSync)('sha256', apiKey, salt, 'belay deploy-render variables', 32));
        }
        function digestOf(value, apiKey) {
            return (0, external_node_crypto_.createHash)('sha256').update(`${apiKey}\0${value}`).digest('base64').slice(0, 22);
        }
        ;
        const appearsWithinMs = 120_000;
        const pollIntervalMs = 3000;
        function snapshotBefore(client, deploys, trigger, content) {
            return {
                trigger,
                content,
                knownIds: deploys.map(({ id }) => id),
                newestCreatedAt: deploys[0]?.createdAt ?? '',
                requestedAtMs: client.deadline.clock.now(),
            };
        }
        async function triggerOnce(client, service, what, request, save) {
            for (;;) {
                const now = { ...request, requestedAtMs: client.deadline.clock.now() };
                save(now);
                const outcome = await client.trigger(service, what).catch((error) => {
                    if (error instanceof failure.HR)
                        save(undefined);
                    throw error;
                });
                if (outcome.kind === 'refused') {
                    save(undefined);
                    throw refusal(outcome.status, outcome.message);
                }
                const id = outcome.kind === 'done' ? outcome.value?.id : undefined;
                if (typeof id === 'string' && id !== '')
                    return id;
                const found = await awaitTriggered(client, service, { ...now, requestedAtMs: client.deadline.clock.now() });
                if (found)
                    return found.id;
                if (outcome.kind === 'done')
                    throw queuedDeployLost();
            }
        }
        function queuedDeployLost() {
            return new failure.HR('deploy-lost', `Render queued the deploy behind another one and did not show it within ${appearsWithinMs / 1000} s.`, "check the service's deploys in Render's dashboard. If none is running, run this job again.");
        }
        async function awaitTriggered(client, service, request) {
            const { clock } = client.deadline;
            for (;;) {
                const last = clock.now() >= request.requestedAtMs + appearsWithinMs;
                const found = findTriggered(await client.deploys(service), request);
                if (found || last)
                    return found;
                await pause(client.deadline, pollIntervalMs);
            }
        }
        function isContentUnknown(deploy) {
            return contentOf(deploy) === undefined && !isTerminal(deploy.status);
        }
        function findTriggered(deploys, { knownIds, newestCreatedAt, trigger, content }) {
            const before = new Set(knownIds);
            return deploys.findLast((deploy) => !before.has(deploy.id) &&
                (newestCreatedAt === '' || Date.parse(deploy.createdAt) >= Date.parse(newestCreatedAt)) &&
                deploy.trigger === trigger &&
                (content === undefined || matchesContent(deploy, content) || isContentUnknown(deploy)));
        }
        ;
        async function pauseAutoDeploy({ id, name }, client, warn, what) {
            await warnIfRefused(client.pauseAutoDeploy(id), warn, `${name}: auto-deploy could not be switched off`, () => warn(`${name}: auto-deploy is off now. Otherwise the next push would deploy again ${what}`));
        }
        ;
        function isWanted(deploy, { deploy: id, content }) {
            return deploy.id === id || (content !== undefined && matchesContent(deploy, content));
        }
        function othersUnderWay(deploys, wanted) {
            return deploys.filter((deploy) => !isTerminal(deploy.status) && !isWanted(deploy, wanted));
        }
        const stopWithinMs = 60_000;
        const under_way_pollIntervalMs = 2000;
        async function stopOthers(client, { id, name }, wanted, warn) {
            const { clock } = client.deadline;
            const until = clock.now() + stopWithinMs;
            for (;;) {
                const deploys = await client.deploys(id);
                const others = othersUnderWay(deploys, wanted);
                if (others.length === 0 || clock.now() >= until)
                    return deploys;
                for (const other of others)
                    if (await client.cancel(id, other.id))
                        warn(`${name}: ${stopped(other)}`);
                await pause(client.deadline, under_way_pollIntervalMs);
            }
        }
        function stopped(other) {
            const content = contentOf(other);
            return `the deploy ${other.id}${content ? ` of ${contentName(content)}` : ''} was under way and was cancelled. It would have replaced the version that is restored.`;
        }
        ;
        function way_back_versionOf(content) {
            if (content === undefined)
                return '';
            return 'commit' in content ? content.commit : content.image;
        }
        function recordMove({ step, inputs }, { planned: { service, content } }, live) {
            const owner = inputs.release.service;
            const chosen = step.journal.read().chosen.findLast((one) => one.service === owner)?.release;
            const named = chosen !== undefined && chosen.sha === way_back_versionOf(content);
            const to = named ? { version: chosen.version, release: chosen.id } : { version: way_back_versionOf(content), release: '' };
            const before = live && contentOf(live);
            const from = { version: way_back_versionOf(before), release: '' };
            const target = { name: `${service.name} on Render`, service: owner, move: { from, to, back: true } };
            step.record({ event: 'moved', targets: [target] });
        }
        async function startWayBack(context, serviceDeploy, deploy) {
            const { client, step } = context;
            const { planned, saved, save } = serviceDeploy;
            const { service, content } = planned;
            const wanted = { deploy, content };
            const warn = (text) => step.warn(text);
            if (saved.autoDeploy)
                await pauseAutoDeploy(saved, client, warn, 'the version that is rolled back.');
            const deploys = await stopOthers(client, service, wanted, warn);
            const live = liveOf(deploys);
            if (live &&
                live.id !== planned.live?.id &&
                !isWanted(live, wanted) &&
                !planned.deploys.some(({ id }) => id === live.id))
                return `${service.name}: ${live.id} went live while this step was running.`;
            if (live && isWanted(live, wanted) && othersUnderWay(deploys, wanted).length === 0)
                return 'live';
            if (planned.action.do === 'stop' && saved.pinnedByDisk)
                return `${service.name}: another deploy could not be cancelled. The service has a disk and is not named in undo-disks, so it is not rolled back.`;
            recordMove(context, serviceDeploy, live);
            const before = snapshotBefore(client, deploys, 'rollback', content);
            saved.deployId = await triggerOnce(client, service.id, { rollbackTo: deploy }, before, (now) => {
                saved.request = now;
                save();
            });
            save();
            return 'requested';
        }
        ;
        async function releaseGroup(context, serviceDeploys) {
            const stop = new AbortController();
            const { deadline } = context.client;
            const signal = AbortSignal.any([deadline.signal, stop.signal]);
            const client = openClient(context.dependencies.transport(context.inputs.api), { ...deadline, signal });
            const failures = [];
            const supersededBy = await Promise.all(serviceDeploys.map((serviceDeploy) => releaseService({ ...context, client }, serviceDeploy).catch((error) => {
                failures.push(error);
                stop.abort();
                return undefined;
            })));
            if (failures.length > 0)
                throw failures[0];
            return supersededBy.find((sentence) => sentence !== undefined);
        }
        async function releaseService(context, serviceDeploy) {
            const { planned, report } = serviceDeploy;
            if (planned.action.do === 'nothing')
                return undefined;
            const { clock } = context.dependencies;
            const began = clock.now();
            try {
                const { action } = planned;
                if (action.do === 'rollback' || action.do === 'stop')
                    return await rollBack(context, serviceDeploy, action.deploy);
                const supersededBy = await startDeploy(context, serviceDeploy);
                if (supersededBy)
                    return supersededBy;
                return await followDeploy(context, serviceDeploy);
            }
            catch (error) {
                throw withServiceName(planned.service.name, error);
            }
            finally {
                report.seconds = Math.round((clock.now() - began) / 1000);
            }
        }
        async function rollBack(context, serviceDeploy, deploy) {
            const { planned, inspection, report } = serviceDeploy;
            recordPhase(context, serviceDeploy, 'trigger');
            const started = await startWayBack(context, serviceDeploy, deploy);
            if (started === 'requested')
                return followDeploy(context, serviceDeploy);
            if (started !== 'live')
                return started;
            const live = liveOf(await context.client.deploys(planned.service.id));
            if (!live)
                return `${planned.service.name}: no deploy is live any more.`;
            Object.assign(report, { deploy: live.id, status: live.status });
            recordPhase(context, serviceDeploy, 'check');
            report.verified = await verifyReleased(context, inspection.requestedName, planned.service, planned.content, live);
            return undefined;
        }
        function withServiceName(name, error) {
            if (!(error instanceof failure.HR) || error instanceof failure.j$ || error.message.includes(name))
                return error;
            return new failure.HR(error.code, `${name}: ${error.message}`, undefined, { cause: error });
        }
        async function startDeploy(context, serviceDeploy) {
            const { client, inputs } = context;
            const { planned, inspection, saved, save } = serviceDeploy;
            const { service, content } = planned;
            recordPhase(context, serviceDeploy, 'trigger');
            const deploys = await client.deploys(service.id);
            const live = liveOf(deploys);
            if (live && live.id !== planned.live?.id && !(content && matchesContent(live, content)))
                return `${service.name}: ${live.id} (${deployName(live)}) went live while this step was running.`;
            const env = inspection.env.length > 0 ? changedVariables(inspection.env, await client.env(service.id)) : [];
            if (env.length > 0) {
                const { key } = inputs.api;
                saved.env = env.map((one) => ({
                    key: one.key,
                    sealedBefore: one.before === undefined ? undefined : seal(one.before, key),
                    setDigest: digestOf(one.value, key),
                }));
                save();
                for (const one of env)
                    await client.setEnv(service.id, one.key, one.value);
            }
            const action = rechooseAction(planned, deploys, inputs.clearCache);
            if (action.do === 'join')
                saved.deployId = action.deploy;
            else {
                const what = {
                    ...(content && 'commit' in content && { commitId: content.commit }),
                    ...(content && 'image' in content && { imageUrl: content.image }),
                    ...(inputs.clearCache && !service.imagePath && { clearCache: 'clear' }),
                };
                const before = snapshotBefore(client, deploys, 'api', content);
                saved.deployId = await triggerOnce(client, service.id, what, before, (now) => {
                    saved.request = now;
                    save();
                });
            }
            save();
            return undefined;
        }
        async function followDeploy(context, serviceDeploy) {
            const { client, step } = context;
            const { planned, inspection, saved, report, save } = serviceDeploy;
            const { service, content } = planned;
            let live;
            for (;;) {
                const id = saved.deployId ?? '';
                report.deploy = id;
                recordPhase(context, serviceDeploy, 'follow');
                const ended = await follow(client, service.id, id, (status, known) => {
                    report.status = status;
                    step.info(`${service.name}: ${printable(status, 60)} (${id})`);
                    if (!known)
                        step.warn(`${service.name}: Render reports an unknown status, "${printable(status, 60)}". Belay keeps waiting.`);
                });
                if (ended.status === 'live' && content && contentOf(ended) && !matchesContent(ended, content))
                    return `${service.name}: the live deploy ${id} has other content (${deployName(ended)}).`;
                live = ended;
                if (ended.status === 'live')
                    break;
                const replacement = await replacementOf(client, service.id, ended);
                if (!replacement)
                    throw await failureFor(context, service, ended);
                if (!content || !matchesContent(replacement, content))
                    return `${service.name}: ${id} was replaced by ${replacement.id} (${deployName(replacement)}).`;
                step.info(`${service.name}: ${id} was replaced by ${replacement.id}, which has the same content. Belay follows that one.`);
                saved.deployId = replacement.id;
                save();
            }
            recordPhase(context, serviceDeploy, 'check');
            report.verified = await verifyReleased(context, inspection.requestedName, service, content, live);
            return undefined;
        }
        function deployName(deploy) {
            const content = contentOf(deploy);
            return content ? contentName(content) : (deploy.trigger ?? 'of unknown content');
        }
        function recordPhase({ step }, { planned }, name) {
            step.record({ event: 'phase', phase: name, host: planned.service.name });
        }
        async function failureFor(context, service, ended) {
            const { step } = context;
            const { deadline } = context.client;
            const until = Math.min(deadline.until, deadline.clock.now() + 20_000);
            const client = openClient(context.dependencies.transport(context.inputs.api), { ...deadline, until });
            const quietly = (ask, none) => ask.catch((error) => {
                step.info(`${service.name}: its events, log or variables could not be read: ${(0, failure.bD)(error)}`);
                return none;
            });
            const [events, lines, env] = await Promise.all([
                quietly(client.events(service.id, ended.createdAt), []),
                quietly(client.lastLogs(service, ended.createdAt, ended.finishedAt ?? undefined), []),
                quietly(client.env(service.id), undefined),
            ]);
            if (env)
                for (const line of maskedLogLines(lines, env.map(({ value }) => value)))
                    step.info(`  ${service.name} | ${line}`);
            const { why } = readReason(events, ended);
            const where = failedPhase[ended.status] ?? `it ended as ${printable(ended.status, 60)}`;
            return new failure.HR(failureCodes[ended.status] ?? 'deploy-failed', `${service.name}: ${where}${why === '' ? '' : `: ${why}`} (deploy ${ended.id}).`, `read the last lines of its log above, or the whole log at ${service.dashboardUrl ?? 'Render'}.`);
        }
        const failureCodes = {
            build_failed: 'build-failed',
            pre_deploy_failed: 'pre-deploy-failed',
            update_failed: 'start-failed',
            canceled: 'deploy-cancelled',
        };
        ;
        const verificationTexts = {
            version: 'version verified',
            answer: 'answers, version not verified',
            render: "not verified, Render's status only",
            '': '',
        };
        function reportServices(step, reports) {
            step.output('services', JSON.stringify(reports));
            step.summary([
                '| service | status | verified | deploy | seconds |',
                '|---|---|---|---|---|',
                ...reports.map(({ name, status, verified, deploy, seconds }) => `| ${name} | ${status} | ${verificationTexts[verified]} | ${deploy} | ${seconds} |`),
            ].join('\n'));
        }
        var mask = __nccwpck_require__(477);
        ;
        function shownUrl(text) {
            return text.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
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
        const commands = ['deploy', 'rollback', 'look'];
        const renderUrl = 'https://api.render.com/v1';
        function readRenderInputs(read) {
            const groups = readGroups(read);
            const versionFrom = readVersionFrom(read);
            const command = read.choice('command', { default: 'deploy', of: commands });
            return {
                command,
                dryRun: read.boolean('dry-run', { default: false }),
                release: readReleaseInputs(read),
                api: { key: readKey(read), url: readApiUrl(read) },
                groups,
                owner: readOwner(read),
                to: readRollbackTargets(read, command),
                images: readImages(read),
                variables: readVariables(read, groups.flat()),
                clearCache: read.boolean('clear-cache', { default: false }),
                checks: readChecks(read, groups.flat()),
                versionFrom,
                allowOlder: read.boolean('allow-older', { default: false }),
                undoDisks: readUndoDisks(read, groups.flat()),
                github: readGitHubInputs(read),
                deadline: read.seconds('deadline', { default: '45m', min: 30, max: 21_600 }),
            };
        }
        function readKey(read) {
            const key = read.secret('api-key', { required: 'an API key of Render' }).trim();
            if (!/^[\x21-\x7e]*$/.test(key))
                read.issue('api-key', 'has characters that no API key has', 'Give one key.');
            return key;
        }
        function readGroups(read) {
            const id = read.text('service-id');
            const groups = read.lines('services').map((line) => line.split(/[\s,]+/).filter((name) => name !== ''));
            const all = groups.flat();
            const twice = all.filter((name, index) => all.indexOf(name) !== index);
            if (id !== '' && all.length > 0)
                read.issue('services', 'is given together with service-id', 'Give only one of the two.');
            if (id === '' && all.length === 0)
                read.issue('services', 'names no service', 'Give names or ids of services of Render, or one id in service-id.');
            if (id !== '' && !isId(id))
                read.issue('service-id', `is "${id}"`, 'Give an id such as srv-ctq…, or use services.');
            if (twice.length > 0)
                read.issue('services', `names "${twice[0]}" twice`, 'Give every service once.');
            return id === '' ? groups : [[id]];
        }
        function isId(text) {
            return /^(srv|crn)-[0-9a-v]{10,30}$/.test(text);
        }
        function readOwner(read) {
            const owner = read.text('owner-id');
            if (owner !== '' && !/^(tea|usr)-[0-9a-z]+$/.test(owner))
                read.issue('owner-id', `is "${owner}"`, 'Give the id of a workspace, such as tea-cph1….');
            return owner;
        }
        function readRollbackTargets(read, command) {
            const lines = read.lines('to');
            const targets = lines.map((line) => line.split(/\s+/));
            const wrong = targets.find((words) => words.length !== 2 || !/^dep-[0-9a-v]{10,30}$/.test(words[1] ?? ''));
            if (wrong)
                read.issue('to', `has the line "${wrong.join(' ')}"`, 'Give SERVICE and the id of a deploy, dep-…, a line each.');
            if (command === 'rollback' && lines.length === 0)
                read.issue('to', 'names no deploy to roll back to', "Give SERVICE DEPLOY, a line each. The release action fills them in from GitHub's deployments.");
            if (command !== 'rollback' && lines.length > 0)
                read.issue('to', `is given with command: ${command}`, 'Give it only with command: rollback.');
            return targets.map(([service = '', deploy = '']) => ({ service, deploy }));
        }
        function readImages(read) {
            const images = read.lines('image');
            for (const image of images) {
                if (!/^[a-z0-9][\w.:/-]*(:[\w.-]+|@sha256:[0-9a-f]{64})$/.test(image))
                    read.issue('image', `"${image}" names no version of an image`, 'Give name@sha256:… (better), or name:tag.');
            }
            return images;
        }
        function readVariables(read, services) {
            return read.lines('env').flatMap((line) => {
                const [, service, key, value] = /^(?:([^\s=]+)\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
                if (key === undefined || value === undefined) {
                    read.issue('env', 'has a line that is not KEY=value', 'Give KEY=value, or SERVICE KEY=value, a line each.');
                    return [];
                }
                requireListed(read, 'env', service, services);
                if (value.length >= longEnoughToMask)
                    (0, mask.d)(value);
                return [{ service, key, value }];
            });
        }
        const longEnoughToMask = 12;
        function readChecks(read, services) {
            return read.lines('checks').flatMap((line) => {
                const words = line.split(/\s+/);
                const endpoint = words.pop() ?? '';
                const [service] = words;
                if (words.length > 1 ||
                    !(endpoint.startsWith('/') || /^https?:\/\//.test(endpoint)) ||
                    !URL.canParse(endpoint, 'http://x')) {
                    read.issue('checks', `has the line "${shownUrl(line)}"`, 'Give SERVICE /path, or SERVICE URL, a line each.');
                    return [];
                }
                if (service === undefined && services.length > 1)
                    read.issue('checks', `does not say which service ${shownUrl(endpoint)} belongs to`, 'Give SERVICE /path, a line each.');
                requireListed(read, 'checks', service, services);
                return [{ service, endpoint }];
            });
        }
        function readVersionFrom(read) {
            const text = read.text('version-from', { default: 'sha' });
            if (text === 'none')
                return undefined;
            const source = parseVersionSource(text);
            if (!source)
                read.issue('version-from', `is "${text}"`, 'Give a path in the JSON of the answer, such as sha or build.commit, or header:X-Version, or none.');
            return source;
        }
        function readUndoDisks(read, services) {
            const names = read.lines('undo-disks').flatMap((line) => line.split(/[\s,]+/));
            for (const name of names)
                requireListed(read, 'undo-disks', name, services);
            return names;
        }
        function requireListed(read, input, service, services) {
            if (service === undefined || services.includes(service) || services.length === 0)
                return;
            read.issue(input, `names "${service}", which is not among the services`, `Give one of: ${services.join(', ')}.`);
        }
        function readApiUrl(read) {
            const text = read.text('api-url', { default: renderUrl }).replace(/\/+$/, '');
            const url = URL.canParse(text) ? new URL(text) : undefined;
            const shown = shownUrl(text);
            if (!url || !['http:', 'https:'].includes(url.protocol))
                read.issue('api-url', `is "${shown}", not a web address`, `Leave it out, or give one like ${renderUrl}.`);
            else if (shown !== text)
                read.issue('api-url', `is "${shown}", with a login or a query`, `Leave that out, as in ${renderUrl}.`);
            else if (url.protocol === 'http:' && !/^(localhost|\[::1\]|127(\.\d+){3})$/.test(url.hostname))
                read.issue('api-url', `is "${shown}", which would send the key unencrypted`, 'Give an https:// address.');
            return text;
        }
        ;
        async function resolveServices(client, { groups, owner }) {
            const wrong = [];
            const found = await Promise.all(groups.map((group) => Promise.all(group.map(async (requestedName) => {
                const services = isId(requestedName)
                    ? [await client.service(requestedName)]
                    : await client.services(requestedName, owner);
                const [service] = services;
                if (service && services.length === 1)
                    return [{ requestedName, service }];
                wrong.push(service ? ambiguousName(requestedName, services) : `${requestedName}: no service has this name`);
                return [];
            }))));
            if (wrong.length > 0)
                throw new failure.HR('service-missing', `Not every service was found; nothing was changed.\n${wrong.map((line) => `  - ${line}`).join('\n')}`, "give the names as Render's dashboard shows them, and owner-id if several workspaces have a service of the same name.");
            const named = found.map((group) => group.flat());
            assertUnique(named.flat());
            return named;
        }
        function ambiguousName(requestedName, services) {
            return `${requestedName}: several services have this name: ${services.map(({ id, ownerId }) => `${id} of ${ownerId}`).join(' and ')}`;
        }
        function assertUnique(named) {
            const twice = named.find(({ service }, index) => named.findIndex((one) => one.service.id === service.id) !== index);
            if (twice)
                throw new failure.HR('inputs', `services: names ${twice.service.name} twice, by its name and its id.`, 'name it only once.');
        }
        ;
        async function verifyLive(context, plan, inspections, saved) {
            const { client, step } = context;
            step.record({ event: 'phase', phase: 'verify-live' });
            const ours = new Map(saved.groups.flat().map((saved) => [saved.id, saved]));
            const requestedNames = new Map(inspections.flat().map((inspection) => [inspection.service.id, inspection.requestedName]));
            const sentences = await Promise.all(plan.groups.flat().map(async ({ service, content, action, live: before }) => {
                if (action.do === 'nothing' && action.why === 'untouched')
                    return undefined;
                const savedService = ours.get(service.id);
                const deploy = savedService?.deployId ?? before?.id ?? '';
                const deploys = plan.back
                    ? await stopOthers(client, service, { deploy, content }, (text) => step.warn(text))
                    : await client.deploys(service.id);
                const live = liveOf(deploys);
                if (live && live.id === (savedService?.deployId ?? before?.id))
                    return undefined;
                if (!live || !content || !matchesContent(live, content))
                    return `${service.name}: ${live ? `${live.id} is live instead of what was released` : 'no deploy is live any more'}.`;
                step.info(`${service.name}: the deploy was replaced by ${live.id}, which has the same content.`);
                if (savedService?.deployId !== undefined) {
                    savedService.deployId = live.id;
                    step.save(saved);
                }
                await verifyReleased(context, requestedNames.get(service.id) ?? service.name, service, content, live);
                return undefined;
            }));
            return sentences.find((sentence) => sentence !== undefined);
        }
        async function replacedSince({ client }, groups) {
            const ours = groups.flat().filter(({ deployId }) => deployId !== undefined);
            const sentences = await Promise.all(ours.map(async ({ id, name, deployId, content }) => {
                const deploys = await client.deploys(id);
                const same = (deploy) => deploy.id === deployId || (content !== undefined && matchesContent(deploy, content));
                const rollback = deploys.find((one) => one.trigger === 'rollback' && !isTerminal(one.status) && !same(one));
                if (rollback)
                    return `${name}: the deploy ${rollback.id} is rolling it back.`;
                const live = liveOf(deploys);
                return live && same(live)
                    ? undefined
                    : `${name}: ${live?.id ?? 'no deploy'} is live instead of what was released.`;
            }));
            return sentences.find((sentence) => sentence !== undefined);
        }
        ;
        async function deploy(inputs, step, dependencies) {
            const release = await joinReleaseOfVersion(step, inputs.release, inputs.github);
            step.output('release-id', release.id);
            const { clock, random } = dependencies;
            const deadline = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 };
            const context = {
                inputs,
                step,
                dependencies,
                client: openClient(dependencies.transport(inputs.api), deadline),
                sha: release.sha,
            };
            const { plan, inspections } = await inspectAndPlan(context, release.sha);
            if (inputs.dryRun) {
                step.info('Nothing was changed.');
                return { result: 'unchanged' };
            }
            return releaseAll(context, plan, inspections);
        }
        async function inspectAndPlan(context, sha) {
            const { client, inputs, step, dependencies } = context;
            step.record({ event: 'phase', phase: 'resolve' });
            const named = await resolveServices(client, inputs);
            for (const { requestedName, service } of named.flat())
                healthChecksFor(requestedName, service, inputs, sha);
            step.record({ event: 'phase', phase: 'plan' });
            const commits = dependencies.commits(inputs.github, sha, step.signal);
            const inspections = await inspectServices(client, { ...inputs, sha }, named, commits, (asked, service) => isHealthy(healthChecksFor(asked, service, inputs, sha), client.deadline, dependencies.probeTarget));
            const plan = planRelease(inspections, inputs);
            for (const warning of plan.warnings)
                step.warn(warning);
            for (const { line } of plan.groups.flat())
                step.info(line);
            if (plan.refusals.length > 0)
                throw new failure.HR('refused', `The deploy is refused; nothing was changed.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`);
            return { plan, inspections };
        }
        async function releaseAll(context, plan, inspections) {
            const { step } = context;
            const reports = plan.groups.flat().map((one) => ({
                name: one.service.name,
                id: one.service.id,
                url: one.service.serviceDetails?.url ?? '',
                deploy: one.action.do === 'nothing' ? (one.live?.id ?? '') : '',
                status: one.action.do === 'nothing' ? one.action.why : 'not begun',
                verified: '',
                seconds: 0,
            }));
            try {
                step.output('sha', commitOfAll(plan));
                if (plan.groups.flat().every(({ action }) => action.do === 'nothing'))
                    return { result: 'noop' };
                assertDeployedOnce(step, plan);
                const saved = savedFor(context, plan);
                step.save(saved);
                for (const [index, group] of plan.groups.entries()) {
                    const replaced = plan.back ? undefined : await replacedSince(context, saved.groups.slice(0, index));
                    if (replaced)
                        return superseded(step, replaced);
                    const serviceDeploys = group.map((planned, at) => ({
                        planned,
                        inspection: inspections[index]?.[at],
                        saved: saved.groups[index]?.[at],
                        report: reports.find(({ id }) => id === planned.service.id),
                        save: () => step.save(saved),
                    }));
                    const supersededBy = await releaseGroup(context, serviceDeploys);
                    if (supersededBy)
                        return superseded(step, supersededBy);
                }
                const supersededBy = await verifyLive(context, plan, inspections, saved);
                return supersededBy ? superseded(step, supersededBy) : { result: 'pending' };
            }
            finally {
                reportServices(step, reports);
            }
        }
        function commitOfAll(plan) {
            const commits = plan.groups.flat().map(({ action, content, live }) => {
                if (action.do === 'nothing')
                    return live?.commit?.id ?? '';
                return content && 'commit' in content ? content.commit : '';
            });
            const [first = ''] = commits;
            return commits.every((commit) => commit === first) ? first : '';
        }
        function assertDeployedOnce(step, plan) {
            const earlier = step.journal
                .read()
                .steps.filter(({ id, action, undo }) => id !== step.id && action === 'deploy-render' && undo !== undefined)
                .flatMap(({ undo }) => undo.groups.flat().map(({ id }) => id));
            const twice = plan.groups
                .flat()
                .find(({ service, action }) => action.do !== 'nothing' && earlier.includes(service.id));
            if (!twice)
                return;
            throw new failure.HR('deployed-twice', `An earlier step of this job already deployed ${twice.service.name}.`, 'name each service in only one step of a job.');
        }
        function superseded(step, supersededBy) {
            step.warn(`${supersededBy} This step deploys nothing more. What it has deployed stays as it is.`);
            return { result: 'superseded' };
        }
        function savedFor({ inputs }, plan) {
            return {
                service: inputs.release.service,
                apiUrl: inputs.api.url,
                groups: plan.groups.map((group) => group.map(({ service, content, live }) => ({
                    id: service.id,
                    name: service.name,
                    dashboardUrl: service.dashboardUrl ?? '',
                    content,
                    previous: live && { id: live.id, name: live.commit?.id ?? live.image?.ref ?? live.id },
                    autoDeploy: hasAutoDeploy(service),
                    pinnedByDisk: hasDisk(service) && !inputs.undoDisks.some((name) => name === service.name || name === service.id),
                }))),
            };
        }
        function hasDisk({ serviceDetails }) {
            return serviceDetails?.disk !== undefined && serviceDetails.disk !== null;
        }
        ;
        async function inspect(inputs, step, dependencies) {
            const { clock, random } = dependencies;
            const deadline = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 };
            const client = openClient(dependencies.transport(inputs.api), deadline);
            const named = (await resolveServices(client, inputs)).flat();
            const live = await Promise.all(named.map(async ({ service: { id, name, dashboardUrl } }) => {
                const deploy = liveOf(await client.deploys(id));
                step.info(`${name}: ${deploy ? `${deploy.id} (${deploy.commit?.id?.slice(0, 12) ?? 'an image'})` : 'nothing'} is live`);
                return { id, name, url: dashboardUrl ?? '', deploy: deploy?.id ?? '', commit: deploy?.commit?.id ?? '' };
            }));
            step.output('live', JSON.stringify(live));
            return { result: 'unchanged' };
        }
        ;
        async function rollback(inputs, step, dependencies) {
            const release = joinRelease(step, inputs.release);
            step.output('release-id', release.id);
            const { clock, random } = dependencies;
            const deadline = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 };
            const context = {
                inputs,
                step,
                dependencies,
                client: openClient(dependencies.transport(inputs.api), deadline),
                sha: undefined,
            };
            step.record({ event: 'phase', phase: 'resolve' });
            const named = await resolveServices(context.client, inputs);
            step.record({ event: 'phase', phase: 'plan' });
            const inspections = (await Promise.all(named.map((group) => inspectGroup(context.client, inputs, group)))).toReversed();
            const plan = planRollback(inspections, inputs);
            for (const { line } of plan.groups.flat())
                step.info(line);
            if (plan.refusals.length > 0)
                throw new failure.HR('refused', `The rollback is refused; nothing was changed.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`);
            if (inputs.dryRun) {
                step.info('Nothing was changed.');
                return { result: 'unchanged' };
            }
            noteChosen(step, inputs.release.service, commitOfAll(plan));
            const { result } = await releaseAll(context, plan, inspections);
            return { result: result === 'pending' ? 'committed' : result };
        }
        function noteChosen(step, service, sha) {
            const known = step.journal.read().chosen.findLast((one) => one.service === service)?.release;
            if (sha === '' || known?.sha === sha)
                return;
            step.record({ event: 'chosen', service, release: { id: '', version: sha, sha } });
        }
        function inspectGroup(client, inputs, group) {
            return Promise.all(group.map(async ({ requestedName, service }) => {
                const targetId = inputs.to.find((targetDeploy) => targetDeploy.service === service.id || targetDeploy.service === service.name)?.deploy;
                const deploys = await client.deploys(service.id);
                const rollbackTarget = deploys.find(({ id }) => id === targetId) ?? (targetId && (await client.deploy(service.id, targetId)));
                const inspection = {
                    requestedName,
                    service,
                    deploys,
                    env: [],
                    variables: [],
                    relation: undefined,
                    changed: undefined,
                };
                const content = rollbackTarget ? contentOf(rollbackTarget) : undefined;
                if (content && 'commit' in content)
                    healthChecksFor(requestedName, service, inputs, content.commit);
                return { ...inspection, content, healthy: true, targetId, targetDeploy: rollbackTarget || undefined };
            }));
        }
        function planRollback(groups, { undoDisks }) {
            return {
                groups: groups.map((group) => group.map(rollback_planService)),
                refusals: groups.flat().flatMap((inspection) => rollback_refusalsOf(inspection, undoDisks)),
                warnings: [],
                back: true,
            };
        }
        function rollback_planService(inspection) {
            const { service, deploys, targetDeploy, targetId } = inspection;
            const live = liveOf(deploys);
            const before = live ? rollback_deployName(live) : 'nothing';
            const planned = (action, words) => ({
                ...inspection,
                live,
                action,
                line: `${service.name}: ${words}`,
            });
            if (targetId === undefined)
                return planned({ do: 'nothing', why: 'untouched' }, 'it was not part of that release; not changed');
            if (!isAtTarget(inspection))
                return planned({ do: 'rollback', deploy: targetId }, `${before} → ${targetDeploy ? rollback_deployName(targetDeploy) : targetId} (rollback)`);
            const others = othersUnderWay(deploys, { deploy: targetId, content: inspection.content }).map(rollback_deployName);
            return others.length > 0
                ? planned({ do: 'stop', deploy: targetId }, `${before} is live already; deploys to cancel: ${others.join(', ')}`)
                : planned({ do: 'nothing', why: 'live' }, `${before} is live already; nothing to do`);
        }
        function isAtTarget({ deploys, targetId, content }) {
            const live = liveOf(deploys);
            return live !== undefined && targetId !== undefined && isWanted(live, { deploy: targetId, content });
        }
        function rollback_refusalsOf(inspection, undoDisks) {
            const { service, targetDeploy, targetId } = inspection;
            if (targetId === undefined || isAtTarget(inspection))
                return [];
            const mayGo = !hasDisk(service) || [service.name, service.id].some((name) => undoDisks.includes(name));
            return [
                ...(service.suspended === 'suspended' ? [`${service.name} is suspended; resume it first`] : []),
                ...(targetDeploy
                    ? []
                    : [`${service.name}: Render does not know the deploy ${targetId} any more; ${redeployHint(service)}`]),
                ...(targetDeploy && !['live', 'deactivated'].includes(targetDeploy.status)
                    ? [
                        `${service.name}: the deploy ${targetId} is ${targetDeploy.status} and was never live; ${redeployHint(service)}`,
                    ]
                    : []),
                ...(mayGo
                    ? []
                    : [
                        `${service.name} has a disk, and old code may not understand new data; name it in undo-disks if it may be rolled back`,
                    ]),
            ];
        }
        function redeployHint({ imagePath }) {
            return imagePath
                ? 'deploy the previous image instead'
                : 'deploy the previous commit instead, with allow-older: true, which builds it again';
        }
        function rollback_deployName(deploy) {
            const content = contentOf(deploy);
            return `${content ? contentName(content) : 'of unknown content'} (${deploy.id})`;
        }
        ;
        async function restoreEnv(saved, apiKey, client, warn) {
            if (!saved.env || saved.env.length === 0)
                return;
            const now = new Map((await client.env(saved.id)).map(({ key, value }) => [key, value]));
            for (const { key, sealedBefore: before, setDigest: set } of saved.env) {
                const value = now.get(key);
                const former = formerValue(before, apiKey);
                if (former === 'sealed') {
                    warn(`${saved.name}: the variable ${key} keeps its new value: the API key is not the one of the start.`);
                    continue;
                }
                if (value === former?.value)
                    continue;
                if (value === undefined || digestOf(value, apiKey) !== set)
                    warn(`${saved.name}: the variable ${key} was changed by somebody else, so Belay leaves it as it is.`);
                else {
                    const back = former === undefined ? client.removeEnv(saved.id, key) : client.setEnv(saved.id, key, former.value);
                    await warnIfRefused(back, warn, `${saved.name}: the variable ${key} could not be restored`);
                }
            }
        }
        function formerValue(before, apiKey) {
            try {
                return before === undefined ? undefined : { value: unseal(before, apiKey) };
            }
            catch {
                return 'sealed';
            }
        }
        ;
        function nextUndoStep(saved, deploys) {
            if (saved.deployId === undefined && !saved.request)
                return neverCame;
            const ours = deploys.find(({ id }) => id === saved.deployId);
            if (!ours)
                return { do: 'find' };
            if (!isTerminal(ours.status))
                return { do: 'cancel', deploy: ours };
            const successor = successorOf(ours, saved, deploys);
            if (successor)
                return { do: 'adopt', deploy: successor };
            const back = rollbackOf(saved, deploys);
            if (saved.rollbackId !== undefined && !back)
                return { do: 'await-rollback', id: saved.rollbackId };
            if (back && !isTerminal(back.status))
                return { do: 'await-rollback', id: back.id };
            return stepFromLive(saved, ours, back, deploys);
        }
        const neverCame = end('unchanged', 'this job made no deploy', true);
        function stepFromLive(saved, ours, back, deploys) {
            const live = liveOf(deploys);
            if (live?.id === ours.id)
                return replaceLive(saved, back, deploys);
            if (live && live.id === back?.id)
                return end('rolled-back', `back to ${formerName(saved)}`);
            if (live && live.id !== saved.previous?.id)
                return isReplaced(ours) && bringsSame(live, saved)
                    ? replaceLive(saved, back, deploys)
                    : end('superseded', `${live.id} of somebody else is live and was not changed`);
            const other = deploys.find(({ status }) => !isTerminal(status));
            const beside = other ? `; ${other.id} of somebody else is under way and was not changed` : '';
            const how = `the deploy ended as ${ours.status}${beside}`;
            if (live)
                return end('rolled-back', `${how}; ${formerName(saved)} stayed live`, true);
            return saved.previous
                ? end('mixed', `${how}, and no deploy is live any more. ${byHand(saved)}`, true)
                : end('rolled-back', `${how}; no deploy is live, as before`, true);
        }
        function replaceLive(saved, back, deploys) {
            const { pinnedByDisk: keeps, previous, rollbackRequest: backAsked } = saved;
            if (keeps)
                return disk(saved);
            if (!previous)
                return end('mixed', `nothing was live before, so there is no deploy to roll back to. ${byHand(saved)}`);
            if (back)
                return { do: 'explain', back };
            const underWay = deploys.find(({ status }) => !isTerminal(status));
            if (underWay)
                return end('mixed', `${underWay.id} of somebody else is under way, so Belay changed nothing. ${byHand(saved)}`);
            return backAsked ? { do: 'find-rollback' } : { do: 'roll-back', to: previous.id };
        }
        function disk(saved) {
            const detail = `it has a disk and is not named in undo-disks: the new release stays. ${byHand(saved)}`;
            return { do: 'end', verdict: { result: 'committed', stays: true, detail }, restoreEnv: false };
        }
        function end(result, detail, restoreEnv = false) {
            return { do: 'end', verdict: { result, detail }, restoreEnv };
        }
        function successorOf(ours, saved, deploys) {
            const mayGo = isReplaced(ours) || (ours.status === 'live' && !saved.pinnedByDisk);
            if (!mayGo)
                return undefined;
            return deploys.find((one) => one.id !== saved.rollbackId && one.trigger !== 'rollback' && !isTerminal(one.status) && bringsSame(one, saved));
        }
        function rollbackOf({ rollbackId: backId, rollbackRequest: backAsked }, deploys) {
            if (backId !== undefined)
                return deploys.find(({ id }) => id === backId);
            return backAsked && findTriggered(deploys, backAsked);
        }
        function isReplaced({ status }) {
            return status === 'deactivated' || status === 'canceled';
        }
        function bringsSame(deploy, { content }) {
            return content !== undefined && matchesContent(deploy, content);
        }
        function formerName({ previous }) {
            return previous ? `${previous.name.slice(0, 12)} (${previous.id})` : 'nothing';
        }
        function byHand({ name, previous, dashboardUrl }) {
            const what = previous ? `roll ${name} back to ${previous.id}` : `check ${name}`;
            return `By hand: ${what}${dashboardUrl && ` at ${dashboardUrl}`}.`;
        }
        ;
        const undo_pollIntervalMs = 3000;
        async function undoDeploys(undoState, apiKey, dependencies, until, reporter) {
            const { clock, random } = dependencies;
            const transport = dependencies.transport({ url: undoState.apiUrl, key: apiKey });
            const touched = undoState.groups.map((group) => group.filter(wasTouched)).filter((group) => group.length > 0);
            if (touched.length === 0)
                return [{ target: 'Render', service: undoState.service, result: 'unchanged', detail: 'no deploy was requested' }];
            const { signal } = new AbortController();
            const undoAll = (services, end) => {
                const client = openClient(transport, { clock, random, signal, until: end });
                return Promise.all(services.map((saved) => undoService(undoState.service, { saved, apiKey, client, reporter, isRequested: false })));
            };
            const outcomes = [];
            for (const [index, group] of touched.toReversed().entries()) {
                const share = Math.max(0, until - clock.now()) / (touched.length - index);
                outcomes.push(...(await undoAll(group, clock.now() + share)));
            }
            const services = touched.toReversed().flat();
            const final = await Promise.all(outcomes.map(async (one, index) => one.result === 'undo-started' ? await undoAll(services.slice(index, index + 1), until) : [one]));
            return final.flat();
        }
        function wasTouched({ request, deployId, env }) {
            return request !== undefined || deployId !== undefined || env !== undefined;
        }
        async function undoService(service, undo) {
            const { saved } = undo;
            const base = { target: `${saved.name} on Render`, service };
            undo.isRequested = saved.rollbackId !== undefined;
            try {
                return { ...base, ...(await undoDeploy(undo)) };
            }
            catch (error) {
                const why = (0, failure.TM)((0, failure.bD)(error));
                return undo.isRequested
                    ? {
                        ...base,
                        result: 'undo-started',
                        detail: `undo requested, outcome unknown (${why}); ${byHand(saved)}`,
                    }
                    : { ...base, result: 'mixed', detail: `the undo could not be requested: ${why}; ${byHand(saved)}` };
            }
        }
        async function undoDeploy(undo) {
            for (;;) {
                const deploys = await readDeploys(undo);
                const verdict = await perform(undo, nextUndoStep(undo.saved, deploys), deploys);
                if (verdict)
                    return verdict;
            }
        }
        async function readDeploys({ saved, client }) {
            const listed = await client.deploys(saved.id);
            const own = [saved.deployId, saved.rollbackId].filter((own) => own !== undefined);
            const unlisted = own.filter((own) => !listed.some(({ id }) => id === own));
            const found = await Promise.all(unlisted.map((id) => client.deploy(saved.id, id)));
            return [...listed, ...found.filter((deploy) => deploy !== undefined)].toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
        }
        async function perform(undo, step, deploys) {
            switch (step.do) {
                case 'find':
                    return (await findOwnDeploy(undo)) ? undefined : perform(undo, neverCame, deploys);
                case 'cancel':
                    return cancel(undo, step.deploy);
                case 'adopt':
                    undo.saved.deployId = step.deploy.id;
                    return void undo.reporter.save();
                case 'find-rollback':
                    return findRollback(undo);
                case 'roll-back':
                    return requestRollback(undo, step.to, deploys);
                case 'await-rollback':
                    noteRollback(undo, step.id);
                    return pause(undo.client.deadline, undo_pollIntervalMs).then(() => undefined);
                case 'explain':
                    return explain(undo, step.back);
                case 'end':
                    if (step.restoreEnv)
                        await restoreEnv(undo.saved, undo.apiKey, undo.client, undo.reporter.warn);
                    return step.verdict;
            }
        }
        async function findOwnDeploy({ saved, client, reporter }) {
            if (saved.deployId !== undefined) {
                await awaitDeploy(saved.deployId, saved, client);
                return true;
            }
            const found = saved.request && (await awaitTriggered(client, saved.id, saved.request));
            if (!found)
                return false;
            saved.deployId = found.id;
            reporter.save();
            return true;
        }
        async function awaitDeploy(id, saved, client) {
            const { clock } = client.deadline;
            for (const began = clock.now(); !(await client.deploy(saved.id, id));) {
                if (clock.now() - began > missingToleranceMs)
                    throw deployLost(id);
                await pause(client.deadline, undo_pollIntervalMs);
            }
        }
        async function cancel(undo, { id }) {
            const { saved, client } = undo;
            const taken = await client.cancel(saved.id, id);
            if (taken)
                undo.isRequested = true;
            const now = await client.deploy(saved.id, id);
            if (!taken || (now && !isTerminal(now.status)))
                await pause(client.deadline, undo_pollIntervalMs);
        }
        async function findRollback(undo) {
            const { saved, client, reporter } = undo;
            undo.isRequested = false;
            const found = saved.rollbackRequest && (await awaitTriggered(client, saved.id, saved.rollbackRequest));
            if (found)
                return noteRollback(undo, found.id);
            saved.rollbackRequest = undefined;
            reporter.save();
        }
        async function requestRollback(undo, to, deploys) {
            const { saved, client, reporter, apiKey } = undo;
            undo.isRequested = false;
            const what = 'the release that was rolled back. Turn it on when main is good again.';
            if (saved.autoDeploy)
                await pauseAutoDeploy(saved, client, reporter.warn, what);
            await restoreEnv(saved, apiKey, client, reporter.warn);
            const request = snapshotBefore(client, deploys, 'rollback', undefined);
            const id = await triggerOnce(client, saved.id, { rollbackTo: to }, request, (now) => {
                saved.rollbackRequest = now;
                reporter.save();
            });
            noteRollback(undo, id);
        }
        function noteRollback(undo, id) {
            undo.isRequested = true;
            if (undo.saved.rollbackId === id)
                return;
            undo.saved.rollbackId = id;
            undo.reporter.save();
        }
        async function explain(undo, back) {
            const { saved, client } = undo;
            noteRollback(undo, back.id);
            const { why } = readReason(await client.events(saved.id, back.createdAt), back);
            return {
                result: 'mixed',
                detail: `the rollback ${back.id} ended as ${back.status}${why && ` (${why})`}. ${byHand(saved)}`,
            };
        }
        ;
        const action_commands = { deploy: deploy, rollback: rollback, look: inspect };
        const deployRender = {
            name: 'deploy-render',
            inputs: readRenderInputs,
            variables: {
                'api-key': 'render-api-key',
                'api-url': 'render-api-url',
                checks: 'render-checks',
                env: 'render-env',
            },
            main: (inputs, step) => action_commands[inputs.command](inputs, step, defaultDependencies),
            transaction: {
                mutates: ({ command, dryRun }) => !dryRun && command !== 'look',
                startsAfterFailure: ({ command }) => command === 'rollback',
                service: ({ release }) => release.service,
                undo(saved, step, until) {
                    const { clock } = defaultDependencies;
                    const left = (until - (0, src_clock.m)()) * 1000;
                    const reporter = { save: () => step.save(saved), warn: (text) => step.warn(text) };
                    return undoDeploys(saved, (0, inputs.A)('api-key').trim(), defaultDependencies, clock.now() + left, reporter);
                },
                confirmers: confirmers,
                close: async () => { },
            },
        };
    }),
    685: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(126);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(283);
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
    402: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            A: () => (findControlCharacter)
        });
        function findControlCharacter(text) {
            const [found] = /[\x00-\x08\n-\x1f\x7f]/.exec(text) ?? [];
            if (found === undefined)
                return undefined;
            if (found === '\n' || found === '\r')
                return 'a line break';
            return `a control character (U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')})`;
        }
    }),
    95: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            $N: () => (codeOf),
            HR: () => (Failure),
            TM: () => (firstLine),
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
    221: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            A: () => (fromEnvironment),
            K: () => (readInputs)
        });
        var control_character = __nccwpck_require__(402);
        var failure = __nccwpck_require__(95);
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
                throw new failure.HR('inputs', inputError(issues));
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
                const control = (0, control_character.A)(value);
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
    511: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Bf: () => (doubling),
            L5: () => (retry),
            q9: () => (retryErrors)
        });
        var _clock_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(563);
        var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(95);
        async function retry(once, rules) {
            const { signal, leftMs = () => Number.POSITIVE_INFINITY, leastMs = 0 } = rules;
            const { pause = (ms) => (0, _clock_js__WEBPACK_IMPORTED_MODULE_0__.y)(ms, signal) } = rules;
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
                throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__.j$();
            throw tried.trouble.error;
        }
        function doubling(firstMs, { longestMs = Number.POSITIVE_INFINITY, factor = () => 1 } = {}) {
            return (failed) => Math.min(longestMs, firstMs * 2 ** (failed - 1)) * factor();
        }
        function mayRepeat({ retryable: passing, maybeDelivered }, repeatable) {
            return passing && (repeatable || !maybeDelivered);
        }
    }),
    126: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
        ;
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
        ;
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
                return worstResult([...step.outcomes.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
            }
            if (!step.ended || step.ended.result === 'pending')
                return 'unknown';
            return step.ended.result;
        }
        function jobResult({ steps, damaged }) {
            if (damaged !== undefined)
                return worstResult([...steps.filter((step) => step.mutates).map(resultOf), 'unknown']);
            const changing = steps.filter((step) => step.mutates);
            if (changing.length > 0)
                return worstResult(changing.map(resultOf));
            return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged';
        }
        ;
        const postBudgetSeconds = 240;
        async function decide(job, jobStatus, confirmer) {
            const why = reasonToUndo(job, jobStatus);
            if (why !== undefined)
                return { decision: 'undo', why };
            const missing = await confirmer.missing(job.steps.flatMap(pendingTargets));
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
            const open = journal.read().steps.flatMap(pendingTargets);
            if (open.length === 0)
                return [];
            const outcomes = await confirmer.confirm(open);
            journal.append(...outcomeEntries(step, outcomes));
            return outcomes;
        }
        var src_inputs = __nccwpck_require__(221);
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
            const isPending = [...steps.values()].some((step) => pendingTargets(step).length > 0);
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
        ;
        const log = {
            info: (text) => core.pq(escapeCommands(text)),
            debug: (text) => core.Yz(escapeCommands(text)),
            notice: (text, properties) => core.lm(escapeCommands(text), properties),
            warning: (text, properties) => core.$e(escapeCommands(text), properties),
            error: (text, properties) => core.z3(escapeCommands(text), properties),
            setFailed: (text) => core.C1(escapeCommands(text)),
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
                log.setFailed(error.message);
                return;
            }
            log.setFailed(`${(0, src_failure.bD)(error)}\n  This is a bug in Belay. Please report it with the log lines below.`);
            if (error instanceof Error)
                log.info(error.stack ?? '');
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
                log.debug((0, src_failure.bD)(error));
            }
        }
        function reportLoss(action, step, state) {
            const { damaged } = step.journal.read();
            if (damaged === undefined || !state.mutates)
                return;
            const report = lossReport(action, step.journal, damaged, state);
            log.setFailed(report);
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
                log.notice(text, { title: 'Released' });
            else
                log.error(text, { title: titles[result] ?? 'Check which version serves' });
        }
        const titles = { 'rolled-back': 'Rolled back', unchanged: 'Not released' };
        function failOnBadOutcome(result, decided, jobStatus) {
            if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
                log.setFailed(`This step ended as ${result}. Inspect the targets that the summary names.`);
            else if (decided.decision === 'undo' && jobStatus === 'success')
                log.setFailed(`The release was rolled back, because ${decided.why}.`);
        }
        function outcomeTable(action, why, step) {
            const rows = (step?.outcomes ?? []).map(({ target, result, detail, stays }) => `| ${plainMarkdown(target)} | ${stays ? 'stays' : result} | ${plainMarkdown(detail)} |`);
            const table = rows.length > 0 ? `\n\n| target | result | |\n|---|---|---|\n${rows.join('\n')}` : '';
            return `**${action}**: ${step ? resultOf(step) : 'unknown'}, because ${plainMarkdown(why)}.${table}`;
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
                info: (text) => log.info(text),
                warn(text, host) {
                    log.warning(host ? `${host}: ${text}` : text);
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
                    log.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`);
                return worstResult(outcomes.map(({ result }) => result));
            }
            catch (error) {
                log.error(`Rollback failed: ${(0, src_failure.bD)(error)}`);
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
                    log.info(`${one.target}: ${one.result}. ${one.detail}`);
                const late = outcomes.find(({ result }) => result === 'rolled-back');
                if (late)
                    log.setFailed(`${late.target} was rolled back before the end of the job: ${late.detail}.`);
                return worstResult(outcomes.map(({ result }) => result));
            }
            catch (error) {
                log.error(`The change could not be made final: ${(0, src_failure.bD)(error)}`);
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
                const inputs = (0, src_inputs.K)((read) => action.inputs(read), src_inputs.A, {
                    ...(action.variables && { variables: action.variables }),
                    releaseTo: releaseInProgress(journal.read())?.environment,
                    note: step.info,
                });
                mutates = transaction?.mutates(inputs) ?? false;
                const service = transaction?.service(inputs);
                if (transaction && mutates)
                    assertMayBegin(journal, transaction.startsAfterFailure(inputs));
                recordBegin(action, step, mutates, service);
                core.dN('BELAY_RESULT', jobResult(journal.read()));
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
            core.dN('BELAY_RESULT', jobResult(step.journal.read()));
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
            core.dN('BELAY_RESULT', jobResult(step.journal.read()));
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
            return !['rolled-back', 'unchanged', 'committed', 'noop'].includes(resultOf(step));
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
                return log.info('The main stage was stopped before it changed anything. There is nothing to undo.');
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
                log.warning((0, src_failure.bD)(error));
            }
            finally {
                attempt(() => reportLoss(action.name, step, state));
                await action.transaction?.close(step).catch((error) => log.debug((0, src_failure.bD)(error)));
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
            log.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
            if (decided.decision === 'commit')
                await confirmAll(journal, step.id, confirmer);
            await doPostAction(postAction(journal.read(), stepState(step), decided.decision), action, step, decided.until);
            const job = journal.read();
            const own = stepState(step);
            core.dN('BELAY_RESULT', jobResult(job));
            step.record({ event: 'result', result: jobResult(job) });
            step.summary(outcomeTable(action.name, decided.why, own));
            if (isFirstChange(job, step.id))
                for (const one of serviceOutcomesOf(step, jobStatus))
                    annotate(one);
            if (job.damaged === undefined)
                failOnBadOutcome(own ? resultOf(own) : 'unknown', decided, jobStatus);
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
    648: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            postConfirmer: () => (postConfirmer)
        });
        var retry = __nccwpck_require__(511);
        var clock = __nccwpck_require__(563);
        var failure = __nccwpck_require__(95);
        ;
        const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
        var external_node_crypto_ = __nccwpck_require__(598);
        var external_node_fs_ = __nccwpck_require__(24);
        var external_node_os_ = __nccwpck_require__(161);
        var external_node_path_ = __nccwpck_require__(760);
        ;
        const graceMs = 3000;
        async function runBounded(program, args, options) {
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
        var job = __nccwpck_require__(878);
        var inputs = __nccwpck_require__(221);
        var secret_folder = __nccwpck_require__(650);
        ;
        function readCredentials(read, hosts) {
            const required = 'the private key of the deploy user, whole';
            const key = normaliseKey(read.secret('ssh-key', { required, multiline: true }));
            const passphrase = read.secret('ssh-key-passphrase');
            const knownHosts = read.text('known-hosts', { multiline: true }).replaceAll('\r', '');
            const broken = brokenLines(knownHosts);
            const isReadable = knownHosts !== '' && broken.length === 0;
            const names = isReadable ? hosts.map(knownHostsName) : [];
            const unknown = {
                key: isPlainKey(key) ? '' : key,
                names: names.filter((name) => !isPlainlyPinned(knownHosts, name)),
            };
            const answers = askOpenSsh(unknown.key, passphrase, knownHosts, unknown.names);
            if (knownHosts === '')
                read.issue('known-hosts', 'is missing', howToPin(hosts));
            else if (!isReadable)
                read.issue('known-hosts', `has a line that is no host key: line ${broken.join(', ')}`, howToPin(hosts));
            for (const name of unknown.names)
                if (!answers.found.has(name))
                    read.issue('known-hosts', `has no key of ${name}`, howToPin(hosts));
            const badKey = unknown.key === '' || answers.readsKey ? undefined : keyIssue(answers.errors, passphrase);
            if (badKey)
                read.issue(badKey.input, badKey.wrong, badKey.remedy);
            return { key, passphrase, knownHosts: `${knownHosts}\n` };
        }
        function keyFromInputs() {
            return { key: normaliseKey((0, inputs.A)('ssh-key')), passphrase: (0, inputs.A)('ssh-key-passphrase') };
        }
        function normaliseKey(text) {
            const key = text.replaceAll('\r\n', '\n').trim();
            return key === '' ? '' : `${key}\n`;
        }
        function askOpenSsh(key, passphrase, knownHosts, names) {
            const ask = (keyFile, env) => {
                if (names.length === 0)
                    return askSshKeygen({ keyFile, names }, env);
                mkdirSync(jobFolder(), { recursive: true, mode: 0o700 });
                const folder = mkdtempSync(join(jobFolder(), 'known-hosts-'));
                try {
                    const knownHostsFile = join(folder, 'known_hosts');
                    writeFileSync(knownHostsFile, `${knownHosts}\n`);
                    return askSshKeygen({ keyFile, knownHostsFile, names }, env);
                }
                finally {
                    rmSync(folder, { recursive: true, force: true });
                }
            };
            return key === '' ? ask(undefined, childEnvironment()) : withSecretFiles(key, passphrase, ask);
        }
        function keyIssue(said, passphrase) {
            if (/incorrect passphrase|bad passphrase|bad decrypt/i.test(said)) {
                return passphrase
                    ? { input: 'ssh-key-passphrase', wrong: 'does not open ssh-key', remedy: 'Give the passphrase of this key.' }
                    : { input: 'ssh-key-passphrase', wrong: 'is missing, and ssh-key is encrypted', remedy: 'Give its passphrase.' };
            }
            const remedy = 'Give the whole file, from -----BEGIN to END-----, with its line breaks; not the .pub file.';
            return { input: 'ssh-key', wrong: 'is not a private key that OpenSSH can read', remedy };
        }
        function withSecretFiles(key, passphrase, use) {
            const folder = (0, secret_folder.x)();
            const remove = () => (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
            let result;
            try {
                (0, external_node_fs_.writeFileSync)((0, external_node_path_.join)(folder, 'key'), key, { mode: 0o600 });
                (0, external_node_fs_.writeFileSync)((0, external_node_path_.join)(folder, 'passphrase'), `${passphrase}\n`, { mode: 0o600 });
                const askpass = (0, external_node_path_.join)(folder, 'askpass');
                (0, external_node_fs_.writeFileSync)(askpass, '#!/bin/sh\ncat "${0%/*}/passphrase"\n', { mode: 0o700 });
                result = use((0, external_node_path_.join)(folder, 'key'), { ...(0, job.Qc)(), SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' });
            }
            catch (error) {
                remove();
                throw error;
            }
            if (!(result instanceof Promise))
                remove();
            else
                void result.then(remove, remove);
            return result;
        }
        function knownHostsName({ address, port }) {
            return port === 22 ? address : `[${address}]:${port}`;
        }
        function brokenLines(knownHosts) {
            return knownHosts.split('\n').flatMap((line, index) => (isKnownHostsLine(line) ? [] : [index + 1]));
        }
        function isKnownHostsLine(line) {
            const text = line.trim();
            if (text === '' || text.startsWith('#'))
                return true;
            return /^(@(cert-authority|revoked)\s+)?\S+\s+(ssh-|ecdsa-|sk-)\S+\s+[A-Za-z0-9+/]{40,}={0,3}(\s.*)?$/.test(text);
        }
        function howToPin(hosts) {
            const [host] = hosts;
            const scan = host ? `ssh-keyscan -p ${host.port} ${host.address}` : 'ssh-keyscan HOST';
            return (`Run "${scan}" once from a place you trust, compare its fingerprint (ssh-keygen -lf -) with the one the server shows ` +
                'at its console (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), and keep the lines as a variable.');
        }
        ;
        const maxLineLength = 64 * 1024;
        const maxOutputBytes = 64e6;
        function lineReader(onLine) {
            let rest = '';
            let skips = false;
            let total = 0;
            return (text) => {
                total += text.length;
                const parts = text.split('\n');
                for (const [index, part] of parts.entries()) {
                    const ends = index < parts.length - 1;
                    if (!skips && rest.length + part.length <= maxLineLength)
                        rest += part;
                    else
                        skips = true;
                    if (!ends)
                        break;
                    if (!skips)
                        onLine(rest);
                    rest = '';
                    skips = false;
                }
                return total <= maxOutputBytes;
            };
        }
        ;
        const line = { kind: 'line' };
        const lines = { kind: 'lines' };
        const number = { kind: 'number' };
        const list = { kind: 'list' };
        const quotedWords = { kind: 'words' };
        const word = { kind: 'word' };
        const yes = { kind: 'yes' };
        function oneOf(...of) {
            return { kind: 'choice', of };
        }
        function optional(value) {
            return { ...value, optional: true };
        }
        function shellName(name) {
            return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        }
        function spokenName(name) {
            return shellName(name).replaceAll('_', '-');
        }
        function names(...texts) {
            return texts.join(' ').split(' ');
        }
        ;
        const protocol_protocol = 3;
        const states = ['held', 'armed', 'confirmed', 'undoing', 'undone', 'mixed', 'released'];
        const otherStates = ['none', 'gone', 'dead'];
        const where = { base: line };
        const transaction = { ...where, id: line };
        const change = { ...transaction, change: oneOf('release', 'claim', 'role', 'move') };
        const traffic = { traffic: optional(line) };
        const heard = { ...traffic, proxies: optional(list) };
        const held = { keepReleases: number, owner: line, lease: number, script: line, text: lines, params: lines };
        const decision = { ...transaction, by: line };
        const stateSays = { state: oneOf(...states, ...otherStates), who: line };
        const changeSays = {
            ...stateSays,
            phase: line,
            failed: { failure: word, why: line },
            worked: line,
            undoFailed: line,
            back: line,
            unproved: line,
            tail: line,
            unread: line,
            going: line,
        };
        const commonFacts = {
            ...{ user: line, uid: line },
            ...{ lock: oneOf('free', 'held'), holder: line, endsIn: number, newest: line, state: line },
            ...{ killsProcesses: line, recoveryUnit: line, recoveryCron: line },
        };
        const finding = { code: word, text: line };
        const alwaysSays = { ack: line, refused: finding };
        const protocol_sharedCommands = {
            hello: { in: where },
            inspect: {
                in: { ...where, unit: line, recovery: line, need: number, keepReleases: number, params: lines, ...heard },
                says: {
                    tool: word,
                    readOnly: line,
                    sudo: line,
                    release: { state: word, exists: yes, id: word, sha: word, manifest: word, version: line },
                    schema: { id: word, migrations: line },
                    misfit: { id: word, why: line },
                    contract: { migration: word, oldestCompatible: line },
                    slot: { port: word, traffic: oneOf('yes', 'no', 'unknown'), role: oneOf('active', 'idle', '-'), release: word },
                    missing: finding,
                    doubt: finding,
                    found: line,
                },
                facts: {
                    ...commonFacts,
                    unitLoad: line,
                    exists: yes,
                    freeKib: number,
                    freeInodes: number,
                    prunableKib: number,
                    current: oneOf('link', 'other', 'absent'),
                    live: line,
                    committed: line,
                    version: line,
                    misfit: line,
                    slot: line,
                    noSlot: finding,
                },
            },
            hold: {
                changes: true,
                in: { ...change, ...held, ...heard },
                says: {
                    held: word,
                    committed: line,
                    manifest: line,
                    version: line,
                    sha: line,
                    live: line,
                    slot: line,
                    settled: { end: oneOf(...states), name: line },
                },
            },
            renew: { changes: true, in: { ...transaction, lease: number }, says: stateSays },
            arm: {
                changes: true,
                in: { ...decision, change: change.change, confirmTimeout: number, wait: number },
                says: changeSays,
            },
            ask: { changes: true, in: transaction, says: stateSays },
            confirm: { changes: true, in: { ...decision, record: lines }, says: { ...stateSays, elsewhere: line } },
            undo: { changes: true, in: { ...decision, change: change.change, wait: number, ...traffic }, says: changeSays },
            traffic: {
                changes: true,
                in: { ...transaction, slots: list, recover: yes },
                says: { traffic: { known: oneOf('yes', 'no', 'none'), text: line } },
            },
            contract: { changes: true, in: { ...where, migration: word, oldest: word } },
            forget: { changes: true, in: { ...where, migration: word, wait: number } },
        };
        const sharedState = {
            sent: { release: line, version: line, sha: line, manifest: line, schema: optional(line), slots: optional(list) },
            found: {
                protocol: line,
                script: line,
                live: line,
                slot: optional(line),
                previous: line,
                previousManifest: line,
                previousVersion: line,
                previousSha: line,
                whole: line,
            },
        };
        const sharedProtocol = {
            commands: protocol_sharedCommands,
            state: sharedState,
            failures: [],
            phases: [],
            findings: [],
            hostWords: ['serve', 'change', 'recover', 'finish'],
        };
        const protocol_deployProtocol = {
            commands: {
                link: { changes: true, in: { ...transaction, params: lines, list: lines }, says: { linked: yes, send: line } },
                unpack: { changes: true, in: { ...transaction, params: lines, data: line }, says: { unpacked: yes } },
                prepare: {
                    changes: true,
                    in: { ...transaction, params: lines, shared: lines, linked: yes },
                    says: { prepared: yes },
                },
                check: { in: { ...where, params: lines, ...traffic }, says: { healthy: { yes: yes, why: line } } },
                pull: {
                    changes: true,
                    in: { ...transaction, registry: line, registryUser: line, registryToken: line },
                    says: { phase: line },
                },
            },
            state: {
                sent: {
                    ...sharedState.sent,
                    schema: line,
                    restartKind: oneOf('systemd', 'command', 'compose', 'none'),
                    restart: line,
                    checkKind: oneOf('url', 'command', 'none'),
                    check: line,
                    checkTimeout: number,
                    slots: list,
                    stop: quotedWords,
                    activate: quotedWords,
                    deactivate: quotedWords,
                },
                found: { project: optional(line), compose: optional(line) },
            },
            failures: ['swap', 'fill', 'restart', 'check'],
            phases: ['swap', 'link', 'restart', 'check', 'undo', 'image-here'],
            findings: names('tools-missing program-missing unit-elsewhere docker-missing docker-refused docker-down compose-missing', 'compose-folder env-missing first-release check-answered-by-other check-fails-live live-fails', 'unit-not-reloaded unit-unknown lines-unread'),
            hostWords: ['tell', 'disable', 'stop', 'holds', 'answers', 'fits'],
        };
        const protocol_switchProtocol = {
            commands: {
                see: {
                    in: { ...where, recovery: line, params: lines },
                    says: {
                        slot: { name: word, weight: word, listening: yes, release: word, sha: word, version: line },
                        past: { release: word, sha: word },
                        from: { release: word, sha: word, version: line },
                        missing: finding,
                        notice: line,
                        sudo: line,
                    },
                    facts: {
                        ...commonFacts,
                        deploy: yes,
                        warm: number,
                        kind: oneOf('switch', 'rollback'),
                        committed: line,
                        version: line,
                        committedSlot: line,
                        from: line,
                    },
                },
                prove: { changes: true, in: change },
                agree: { changes: true, in: change, says: { told: { port: word, role: oneOf('active', 'idle') } } },
                advance: { changes: true, in: { ...transaction, weight: number } },
            },
            state: {
                sent: {
                    ...sharedState.sent,
                    kind: oneOf('switch', 'rollback'),
                    slots: list,
                    driver: oneOf('nginx', 'haproxy'),
                    proxyKind: oneOf('systemd', 'command', 'compose', 'socket'),
                    ...{ upstream: optional(line), proxy: optional(line), proxyService: optional(line) },
                    ...{ socket: optional(line), backend: optional(line), stateFile: optional(line) },
                    check: line,
                    weights: list,
                    ...{ hold: number, gated: optional(yes), drainTimeout: number, retain: number, successes: number },
                    ...{ proxies: optional(list), from: optional(line), slot: optional(line) },
                },
                found: { fromAlive: line, fromRelease: line, fromSha: line, fromVersion: line },
            },
            failures: ['gate', 'apply', 'confirm', 'persist', 'tell', 'claim'],
            phases: ['weight-', 'switched', 'drained', 'undo', 'unlocked', 'still-enabled', 'not-saved', 'not-stopped'],
            findings: names('tools-missing proxy-invalid proxy-not-loaded not-persistent upstream-missing upstream-shared'),
            hostWords: ['active'],
        };
        const dump = { ...where, folder: line, major: number };
        const migrateProtocol = {
            commands: {
                backupRoom: { in: dump, facts: { freeKib: number } },
                backup: {
                    in: {
                        ...dump,
                        ...{ file: line, prefix: line, keepBackups: number },
                        ...{ host: line, port: number, user: line, database: line, sslmode: line, application: line, pgpass: line },
                    },
                    says: { size: number, sha256: word },
                },
            },
            state: { sent: {}, found: {} },
            failures: [],
            phases: [],
            findings: [],
            hostWords: [],
        };
        ;
        const shared_remedies_sharedRemedies = {
            'old-layout': 'end what is open there with the older Belay, move the folder away, and run `command: preflight`: it prints what root must prepare.',
            'lock-held': 'wait until it ends, which it does on its own; `command: status` shows it.',
            'path-not-writable': 'run `command: preflight`: it prints what root must prepare.',
            'disk-full': 'free space on that disk; releases beyond keep-releases are removed at the start of each release.',
            'not-held': 'run the job again: it did not renew the lock for longer than the host keeps it.',
            'went-back': 'run the job again. Where its confirm-timeout ended, give a longer one, or move slow steps before the release.',
            'state-damaged': 'that file is incomplete, perhaps after a power cut: check what `current` serves, then move the file away.',
            'not-a-file': 'move it away: Belay makes what it needs there.',
            gone: 'a file below .belay/ was removed on that host; check what `current` serves.',
            'schema-ahead': 'release a version that fits; an old version can be built again with what the migration needs.',
            'protocol-differs': 'use one commit of Belay for all steps of a job. What is open there ends by itself; if its process is gone, `sh PATH/.belay/NAME.sh recover restart` on that host ends it.',
            'proxy-unasked': 'name every proxy before these slots in proxy-hosts. If a proxy is gone, remove its name from .belay/proxies there; where its own proxy is no longer used, remove .belay/proxy and .belay/changes/*.move.',
            'current-outside': 'make `current` point to a folder below releases/, or set another path.',
        };
        ;
        const words = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "words.sh", 'utf8');
        const host_script_process = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "process.sh", 'utf8');
        const state = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "state.sh", 'utf8');
        const protocolPart = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "protocol.sh", 'utf8');
        const lock = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "lock.sh", 'utf8');
        const schema = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "schema.sh", 'utf8');
        const hooks = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "hooks.sh", 'utf8');
        const prune = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "prune.sh", 'utf8');
        const serve = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "serve.sh", 'utf8');
        const hold = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "hold.sh", 'utf8');
        const commands = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "commands.sh", 'utf8');
        const inspect = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "inspect.sh", 'utf8');
        const main = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "main.sh", 'utf8');
        const sharedText = [
            words,
            host_script_process,
            state,
            protocolPart,
            lock,
            schema,
            hooks,
            prune,
            serve,
            hold,
            commands,
            inspect,
            main,
        ].join('\n');
        const host_script_sharedScript = {
            name: '',
            text: sharedText,
            protocol: protocol_protocol,
            commands: protocol_sharedCommands,
            remedies: shared_remedies_sharedRemedies,
        };
        function composeHostScript(name, part, own) {
            return {
                name,
                text: `${sharedText}\n${part}\n[ -z "\${1-}" ] || main "$@"\n`,
                protocol,
                commands: { ...sharedCommands, ...own.commands },
                remedies: { ...sharedRemedies, ...own.remedies },
            };
        }
        var control_character = __nccwpck_require__(402);
        ;
        function quote(text, name = '') {
            const control = (0, control_character.A)(text);
            if (control)
                throw new failure.HR('value-unfit', `A value for a host${name && ` (${name})`} has ${control}; nothing was sent.`, 'give plain text of one line.');
            return shellText(text);
        }
        function shellText(text) {
            if (text.includes('\0'))
                throw new TypeError('a value for a host contains a NUL byte');
            return `'${text.replaceAll("'", "'\\''")}'`;
        }
        function assignments(prefix, values, several = new Set()) {
            return Object.entries(values)
                .map(([key, value]) => {
                const name = `${prefix}${key}`;
                const word = several.has(key) ? shellText(String(value)) : quote(String(value), key);
                return `unset ${name}\n${name}=${word}\n`;
            })
                .join('');
        }
        function quoteWords(list) {
            return list.map((word) => quote(word)).join(' ');
        }
        ;
        const beginTimeoutMs = 30_000;
        const endOfInputMs = 2000;
        const lateErrorsMs = 500;
        const sessions = new Map();
        async function runInSession(key, shell, command) {
            const open = sessions.get(key);
            if (open?.isFree === false)
                return new Session(shell).runLast(command);
            if (open?.isOpen) {
                const end = await open.run(command);
                if (end.began || end.killed || end.isTooMuch)
                    return end;
            }
            const session = new Session(shell);
            sessions.set(key, session);
            return session.run(command);
        }
        function endSession(key) {
            sessions.get(key)?.close();
            sessions.delete(key);
        }
        class Session {
            isOpen = true;
            child;
            streams;
            running;
            errors = '';
            onErrors = () => { };
            sent = new Map();
            loaded = [];
            constructor({ program, args, env }) {
                this.child = (0, external_node_child_process_namespaceObject.spawn)(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
                const { stdin, stdout, stderr } = this.child;
                this.streams = [stdin, stdout, stderr];
                stderr.setEncoding('utf8').on('data', (text) => {
                    this.errors = `${this.errors}${text}`.slice(-4000);
                    this.onErrors();
                });
                stdout.setEncoding('utf8').on('data', (text) => {
                    if (this.running?.read(text) === false)
                        this.kill();
                });
                stdin.on('error', () => { });
                this.child.once('error', (error) => {
                    this.isOpen = false;
                    this.running?.fail(error);
                });
                this.child.once('close', (status) => {
                    this.isOpen = false;
                    this.running?.end(status);
                });
            }
            get isFree() {
                return !(this.isOpen && this.running);
            }
            close() {
                this.isOpen = false;
                this.child.stdin.end();
            }
            async runLast(command) {
                try {
                    return await this.run(command);
                }
                finally {
                    this.close();
                }
            }
            async run(command) {
                const { timeoutMs, signal, onLine } = command;
                const token = (0, external_node_crypto_.randomUUID)();
                const text = this.textOf(command, token);
                let [began, returned, killed, isTooMuch] = [false, false, false, false];
                const kill = () => {
                    killed = true;
                    this.kill();
                };
                return new Promise((resolve, reject) => {
                    const timers = [
                        setTimeout(kill, Math.ceil(timeoutMs)),
                        setTimeout(() => began || kill(), Math.min(beginTimeoutMs, timeoutMs)),
                        setTimeout(() => began || this.close(), endOfInputMs),
                    ];
                    const abort = () => {
                        this.kill();
                        settle();
                        reject(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
                    };
                    const settle = () => {
                        for (const timer of timers)
                            clearTimeout(timer);
                        signal?.removeEventListener('abort', abort);
                        this.running = undefined;
                        this.onErrors = () => { };
                        for (const part of [this.child, ...this.streams])
                            part.unref();
                    };
                    const end = (status) => {
                        settle();
                        resolve({ status, began, killed, isTooMuch, errors: this.errorsOf(token) });
                    };
                    signal?.addEventListener('abort', abort);
                    if (signal?.aborted)
                        return abort();
                    for (const part of [this.child, ...this.streams])
                        part.ref();
                    const ends = (status) => {
                        if (status > 128 && !returned)
                            return end(255);
                        if (status === 0)
                            return end(status);
                        timers.push(setTimeout(() => end(status), lateErrorsMs));
                        this.onErrors = () => this.errors.includes(mark('end', token)) && end(status);
                        this.onErrors();
                    };
                    const read = lineReader((line) => {
                        if (line === mark('begin', token))
                            began = true;
                        else if (line === mark('returned', token))
                            returned = true;
                        else if (line.startsWith(`${mark('end', token)} `))
                            ends(Number(line.slice(line.lastIndexOf(' '))));
                        else if (began)
                            onLine(line);
                    });
                    this.running = {
                        read(text) {
                            isTooMuch ||= !read(text);
                            return !isTooMuch;
                        },
                        end,
                        fail(error) {
                            settle();
                            reject(error);
                        },
                    };
                    this.child.stdin.write(text);
                });
            }
            kill() {
                this.isOpen = false;
                this.child.kill('SIGKILL');
                this.child.stdout.destroy();
                this.child.stderr.destroy();
            }
            errorsOf(token) {
                const own = this.errors.split(mark('end', token))[0] ?? '';
                return (own.split(/^@belay-end \S+$/m).at(-1) ?? '').slice(-2000);
            }
            textOf({ script, command, assigned }, token) {
                const loaded = this.load(script);
                const values = assigned.replace(`\nb_text=${shellText(script)}\n`, () => `\nb_text="${this.variables(script)}"\n`);
                return `
${loaded}(
printf '\\n%s\\n' '${mark('begin', token)}'
${assignments('b_', { command })}${values}main </dev/null
belay_status=$?
printf '\\n%s\\n' '${mark('returned', token)}'
exit $belay_status
)
belay_status=$?
printf '\\n%s %s\\n' '${mark('end', token)}' $belay_status
printf '\\n%s\\n' '${mark('end', token)}' >&2
`;
            }
            load(script) {
                const parts = partsOf(script);
                if (parts.join('') === this.loaded.join(''))
                    return '';
                const isLonger = this.loaded.every((part, index) => part === parts[index]);
                const others = isLonger ? [] : this.loaded.flatMap(functionsOf);
                const wanted = isLonger ? parts.slice(this.loaded.length) : parts;
                const lines = parts.filter((part) => !this.sent.has(part)).map((part) => this.send(part));
                if (others.length > 0)
                    lines.push(`unset -f ${others.join(' ')}`);
                this.loaded = parts;
                return `${[...lines, ...wanted.map((part) => `eval "$${this.sent.get(part)}"`)].join('\n')}\n`;
            }
            send(part) {
                const name = `belay_text_${this.sent.size}`;
                this.sent.set(part, name);
                return `unset ${name}\n${name}=${shellText(part)}`;
            }
            variables(script) {
                return partsOf(script)
                    .map((part) => `\${${this.sent.get(part)}}`)
                    .join('');
            }
        }
        function mark(what, token) {
            return `@belay-${what} ${token}`;
        }
        function partsOf(script) {
            const { text } = host_script_sharedScript;
            return script.startsWith(text) && script !== text ? [text, script.slice(text.length)] : [script];
        }
        function functionsOf(part) {
            return [...new Set(Array.from(part.matchAll(/^([a-zA-Z_]\w*)\(\)/gm), ([, name = '']) => name))];
        }
        ;
        function connectionKey(target, credentials) {
            const { key, knownHosts } = credentials;
            return createHash('sha256')
                .update(JSON.stringify([target.name, key, knownHosts]))
                .digest('hex');
        }
        function connectionFolder() {
            return (0, external_node_fs_.mkdtempSync)((0, external_node_path_.join)((0, external_node_os_.tmpdir)(), 'belay-'));
        }
        async function connect(target, credentials, folder, signal) {
            const log = (0, external_node_path_.join)(folder, 'log');
            const ended = await withSecretFiles(credentials.key, credentials.passphrase, async (keyFile, env) => {
                (0, external_node_fs_.writeFileSync)((0, external_node_path_.join)(folder, 'known_hosts'), credentials.knownHosts);
                (0, external_node_fs_.writeFileSync)((0, external_node_path_.join)(folder, 'config'), clientConfig(target, folder));
                const args = ['-F', (0, external_node_path_.join)(folder, 'config'), '-M', '-N', '-f', '-E', log, '-i', keyFile, '-o', 'ProxyCommand=none'];
                const limits = { timeoutMs: 60_000, killSignal: 'SIGKILL', keptCharacters: 0 };
                const running = runBounded('ssh', [...args, 'belay'], { env, ...limits, ...(signal && { signal }) });
                return running.catch((error) => error);
            });
            if (ended instanceof failure.j$)
                throw ended;
            if (ended instanceof Error)
                throw new failure.HR('ssh-missing', `ssh could not be started: ${ended.message}`, 'install openssh-client.');
            if (ended.status !== 0)
                throw connectFailure(target, (0, external_node_fs_.existsSync)(log) ? (0, external_node_fs_.readFileSync)(log, 'utf8') : '');
            return { target, folder };
        }
        async function connectWithRetry(target, credentials, folder, tries, signal) {
            return retryErrors(() => connect(target, credentials, folder, signal), {
                attempts: tries,
                backoffMs: () => 500,
                isRetryable: isUnreachable,
                ...(signal && { signal }),
            });
        }
        function isUnreachable(error) {
            return error instanceof failure.HR && error.code === 'unreachable';
        }
        function reopen(target, folder) {
            return { target, folder };
        }
        async function disconnect({ folder }) {
            endSession(folder);
            if ((0, external_node_fs_.existsSync)((0, external_node_path_.join)(folder, 'socket'))) {
                const args = ['-F', (0, external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'];
                const options = { env: (0, job.Qc)(), timeoutMs: 5000, keptCharacters: 1000 };
                await runBounded('ssh', args, options).catch(() => undefined);
            }
            (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
        }
        function disconnectNow({ folder }) {
            endSession(folder);
            const args = ['-F', (0, external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'];
            if ((0, external_node_fs_.existsSync)((0, external_node_path_.join)(folder, 'socket')))
                (0, external_node_child_process_namespaceObject.spawnSync)('ssh', args, { env: (0, job.Qc)(), timeout: 2000 });
            (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
        }
        function connectionArguments({ folder }) {
            return ['-F', (0, external_node_path_.join)(folder, 'config'), 'belay'];
        }
        function clientConfig(target, folder) {
            const address = target.address.replaceAll('%', '%%');
            return `Host belay
  HostName ${address}
  Port ${target.port}
  User ${target.user}
  IdentitiesOnly yes
  IdentityAgent none
  PreferredAuthentications publickey
  StrictHostKeyChecking yes
  UserKnownHostsFile ${(0, external_node_path_.join)(folder, 'known_hosts')}
  GlobalKnownHostsFile /dev/null
  UpdateHostKeys no
  ControlPath ${(0, external_node_path_.join)(folder, 'socket')}
  # A client whose master is gone would silently open a connection of its own: it fails instead.
  ProxyCommand false
  ConnectTimeout 10
  ServerAliveInterval 2
  ServerAliveCountMax 3
  RequestTTY no
  ForwardAgent no
  ForwardX11 no
  PermitLocalCommand no
  LogLevel ERROR
`;
        }
        function connectFailure(target, log) {
            const said = log.trim().split('\n').at(-1) ?? '';
            if (/HOST IDENTIFICATION HAS CHANGED|Host key verification failed|No .* host key is known/i.test(log)) {
                return new failure.HR('host-key-changed', `${target.name} shows a host key that known-hosts does not pin.`, 'if the server was rebuilt, compare the new fingerprint at its console and put the new line into known-hosts; ' +
                    'if it was not, somebody may intercept the connection: do not deploy.');
            }
            if (/Permission denied|Too many authentication failures|no mutual signature/i.test(log)) {
                return new failure.HR('login-refused', `${target.name} does not accept ssh-key for user ${target.user}.`, `add its public half to ~${target.user}/.ssh/authorized_keys on the host.`);
            }
            const why = said || 'no answer';
            return new failure.HR('unreachable', `${target.name} cannot be reached: ${why}`, 'check address, port and firewall.');
        }
        ;
        function readAnswer(command, reply) {
            const all = (word) => reply.all(spokenName(word)).map((text) => readSaid(command, word, text));
            const said = new Map(reply.all('fact').map(firstWord));
            const facts = Object.entries(command.facts ?? {}).map(([name, shape]) => [
                name,
                read(shape, said.get(spokenName(name)) ?? ''),
            ]);
            return { all, last: (word) => all(word).at(-1), facts: Object.fromEntries(facts) };
        }
        function readSaid(command, word, text) {
            return read(command.says?.[word], text);
        }
        function read(shape, text) {
            if (isValue(shape))
                return oneValue(shape, text);
            let rest = text;
            const fields = Object.entries(shape);
            return Object.fromEntries(fields.map(([name, field], index) => {
                const [own, after] = index === fields.length - 1 ? [rest, ''] : firstWord(rest);
                rest = after;
                return [name, oneValue(field, own)];
            }));
        }
        function isValue(shape) {
            return typeof shape.kind === 'string';
        }
        function oneValue({ kind, of = [] }, text) {
            switch (kind) {
                case 'number':
                    return /^-?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
                case 'yes':
                    return text === 'yes';
                case 'choice':
                    return of.includes(text) ? text : '';
                case 'word':
                    return text === '-' ? '' : text;
                default:
                    return text;
            }
        }
        function firstWord(text) {
            const [first = '', ...rest] = text.split(' ');
            return [first, rest.join(' ')];
        }
        ;
        const localTarget = { user: '', address: 'local', port: 0, name: 'local' };
        function isLocal({ address, port }) {
            return address === localTarget.address && port === localTarget.port;
        }
        function hostShell(connection) {
            if (!isLocal(connection.target))
                return { program: 'ssh', args: [...connectionArguments(connection), 'exec sh -s'], env: (0, job.Qc)() };
            const { RUNNER_TRACKING_ID: _, ...env } = (0, job.Qc)();
            return { program: 'sh', args: ['-s'], env };
        }
        ;
        function refusalFailure(name, text, remedies) {
            const [code = '', ...why] = text.split(' ');
            return new failure.HR(code, `${name}: ${why.join(' ')}`, remedies[code]);
        }
        ;
        function refusedSession(host, errors) {
            if (!/^mux_client_request_session: session request failed: Session open refused by peer/m.test(errors))
                return undefined;
            return new failure.HR('sessions-limited', `${host}: its sshd refuses a second session over one connection (MaxSessions).`, 'set MaxSessions there to 2 or more (default 10), in /etc/ssh/sshd_config or a file of sshd_config.d, and reload sshd.');
        }
        ;
        const prefix = '@belay ';
        async function callHost(connection, script, command, assigned, options) {
            const { name } = connection.target;
            const lines = [];
            const exit = await runInSession(connection.folder, hostShell(connection), {
                script: script.text,
                command,
                assigned,
                timeoutMs: options.timeoutMs,
                signal: options.signal,
                onLine(line) {
                    if (!line.startsWith(prefix))
                        return;
                    const [word = '', ...words] = line.slice(prefix.length).split(' ');
                    if (lines.length === 0 && word !== 'ack')
                        return;
                    lines.push([word, words.join(' ')]);
                    options.onLine?.(word, words.join(' '));
                },
            });
            const { errors } = exit;
            if (exit.isTooMuch)
                throw tooMuchOutputFailure(name);
            const said = lines.map(([word]) => word);
            if (!said.includes('ack'))
                throw refusedSession(name, errors) ?? noReplyFailure(name, exit, errors);
            if (exit.status === null || exit.status === 255)
                throw new failure.HR('unreachable', `The connection to ${name} broke while the host ran the command "${command}".`, unreachableRemedy);
            if (exit.status !== 0)
                throw scriptFailure(name, command, exit.status, errors);
            const refused = lines.find(([word]) => word === 'refused');
            if (refused)
                throw refusalFailure(name, refused[1], script.remedies);
            return {
                lines,
                last: (word) => lines.findLast(([other]) => other === word)?.[1] ?? '',
                all: (word) => lines.filter(([other]) => other === word).map(([, text]) => text),
            };
        }
        const unreachableRemedy = 'check that the host is up, and that no firewall between cuts long connections.';
        function noReplyFailure(name, exit, errors) {
            const said = errors.trim().split('\n').at(-1) ?? '';
            if (exit.killed)
                return new failure.HR('unreachable', `${name} did not answer in time.`, unreachableRemedy);
            if (exit.status === 255)
                return new failure.HR('unreachable', `The connection that this job had opened to ${name} is gone.`, unreachableRemedy);
            return new failure.HR('no-shell', `${name} accepted the login but did not run "sh -s"${said ? `: ${said}` : ''}. Nothing was changed there.`, 'give the deploy user a plain login shell (sh, bash, dash, zsh), and no start-up file that reads standard input.');
        }
        function tooMuchOutputFailure(name) {
            return new failure.HR('no-shell', `${name} printed more than ${maxOutputBytes / 1e6} MB, which no host script does.`, 'check what the start-up files of the deploy user print (.bashrc, .profile, .ssh/rc): a login without a terminal should print nothing.');
        }
        function scriptFailure(name, command, status, errors) {
            const said = errors.trim().split('\n').at(-1) ?? '';
            return new failure.HR('host-script-failed', `${name}: the host script stopped at "${command}" with status ${status}: ${said}`, 'this is a bug in Belay, or that host is very unusual; please report it with this line.');
        }
        ;
        const noState = '';
        function releaseState(values) {
            return encode('r_', deployProtocol.state.sent, values);
        }
        function switchState(values) {
            return encode('r_', switchProtocol.state.sent, values);
        }
        function encode(prefix, fields, values) {
            const given = Object.entries(fields).filter(([name]) => values[name] !== undefined);
            const several = new Set(given.flatMap(([name, { kind }]) => (kind === 'lines' ? [shellName(name)] : [])));
            const texts = given.map(([name, field]) => [shellName(name), textOf(field, values[name])]);
            return assignments(prefix, Object.fromEntries(texts), several);
        }
        function textOf({ kind }, value) {
            if (kind === 'list')
                return value.join(' ');
            if (kind === 'words')
                return quoteWords(value);
            if (kind === 'yes')
                return value ? 'yes' : 'no';
            return String(value);
        }
        ;
        async function run_command_runCommand(connection, script, name, values, options) {
            const { onLine = {}, ...call } = options;
            const command = script.commands[name];
            const version = command.changes ? encode('b_', { protocol: number }, { protocol: script.protocol }) : '';
            const listeners = new Map(Object.entries(onLine).map(([word, listen]) => [spokenName(word), { word, listen }]));
            const reply = await callHost(connection, script, shellName(name), `${version}${encode('b_', command.in, values)}`, {
                ...call,
                onLine(said, text) {
                    const heard = listeners.get(said);
                    if (heard)
                        heard.listen(readSaid(command, heard.word, text));
                },
            });
            return readAnswer(command, reply);
        }
        ;
        const leaseSeconds = 30;
        function actorText(verb) {
            const run = (0, job.xh)();
            return `${verb} by ${run.repository} run ${run.id} attempt ${run.attempt} job ${run.job}`;
        }
        async function lockOnHost(connection, script, { base, id, change }, { keepReleases, owner, ...heard }, signal) {
            const { name, text } = script;
            const { state: params, ...proxies } = heard;
            const values = { base, id, change, keepReleases, owner, lease: leaseSeconds, script: name, text, params, ...proxies };
            const answer = await runCommand(connection, script, 'hold', values, { timeoutMs: 300_000, signal });
            const settled = answer.last('settled');
            return {
                committed: answer.last('committed') ?? '',
                manifest: answer.last('manifest') ?? '',
                version: answer.last('version') ?? '',
                sha: answer.last('sha') ?? '',
                live: answer.last('live') ?? '',
                slot: answer.last('slot') ?? '',
                recovered: settled?.end ? settled : undefined,
            };
        }
        async function renewOnHost(connection, { base, id }) {
            await runCommand(connection, sharedScript, 'renew', { base, id, lease: leaseSeconds }, { timeoutMs: 20_000 });
        }
        async function armOnHost(connection, lease, options) {
            const { confirmTimeout, changeTimeout, signal, onPhase } = options;
            const values = { ...commandValues(lease, 'armed'), change: lease.change, confirmTimeout, wait: changeTimeout };
            const answer = await runCommand(connection, sharedScript, 'arm', values, {
                timeoutMs: (changeTimeout + 15) * 1000,
                signal,
                onLine: { phase: (phase) => onPhase?.(phase) },
            });
            return hostState(answer);
        }
        async function askOnHost(connection, lease) {
            const answer = await run_command_runCommand(connection, host_script_sharedScript, 'ask', lease, { timeoutMs: 15_000 });
            return answer.last('state') ?? '';
        }
        async function confirmOnHost(connection, lease, record) {
            const values = { ...commandValues(lease, 'confirmed'), record };
            const answer = await run_command_runCommand(connection, host_script_sharedScript, 'confirm', values, { timeoutMs: 20_000 });
            return {
                state: answer.last('state') ?? '',
                decidedBy: answer.last('who') ?? '',
                elsewhere: answer.last('elsewhere') ?? '',
            };
        }
        async function undoOnHost(connection, lease, wait, onPhase, traffic) {
            const seconds = Math.max(1, Math.ceil(wait));
            const values = { ...commandValues(lease, 'ended'), change: lease.change, wait: seconds, ...(traffic && { traffic }) };
            let back = false;
            const answer = await run_command_runCommand(connection, host_script_sharedScript, 'undo', values, {
                timeoutMs: (wait + 20) * 1000,
                onLine: {
                    going() {
                        back = true;
                    },
                    phase: (phase) => back && onPhase?.(phase),
                },
            });
            return hostState(answer);
        }
        function commandValues({ base, id }, verb) {
            return { base, id, by: actorText(verb) };
        }
        function hostState(answer) {
            return {
                state: answer.last('state') ?? '',
                decidedBy: answer.last('who') ?? '',
                changed: answer.all('worked').length > 0,
                failed: answer.last('failed'),
                undoFailed: answer.last('undoFailed') ?? '',
                restoreNote: answer.last('back') ?? '',
                unverified: answer.last('unproved') ?? '',
                logTail: answer.all('tail'),
                unreadableLogs: answer.all('unread'),
            };
        }
        ;
        const hostKind = 'ssh';
        function claimTarget(service, host) {
            return `slot roles of ${service} on ${host}`;
        }
        function armedTargets({ service, leases, moves, claims = [] }, nameOf) {
            const claimed = claims.map(({ lease }) => lease);
            if (claimed.length > 0)
                return [
                    ...armedTargets({ service, leases: claimed }, (host) => claimTarget(service, host)),
                    ...armedTargets({ service, leases, ...(moves && { moves }) }, nameOf).map((proxy) => ({
                        ...proxy,
                        role: 'proxy',
                    })),
                ];
            return leases.map((host) => {
                const move = moves?.[host.host];
                const transaction = `${host.address}:${host.port}${host.base} ${host.id}`;
                return { name: nameOf(host.host), service, handle: { kind: hostKind, ...host }, transaction, ...(move && { move }) };
            });
        }
        function leaseOf({ handle }) {
            return handle;
        }
        function isOnHost({ handle }) {
            return handle.kind === hostKind;
        }
        async function withHost(lease, key, task) {
            const target = { user: lease.user, address: lease.address, port: lease.port, name: lease.host };
            let isFirst = true;
            const once = () => {
                if (!isFirst)
                    return overNewConnection(target, () => ({ ...key(), knownHosts: lease.knownHosts }), task);
                isFirst = false;
                return task(reopen(target, lease.folder));
            };
            return (0, retry.q9)(once, {
                attempts: 3,
                backoffMs: (failed) => (failed === 1 ? 0 : 1000),
                isRetryable: (error) => isUnreachable(error) && !isLocal(target),
            });
        }
        async function overNewConnection(target, credentials, task) {
            const connection = reopen(target, connectionFolder());
            const sweep = () => disconnectNow(connection);
            process.once('exit', sweep);
            try {
                return await task(await connect(target, credentials(), connection.folder));
            }
            finally {
                await disconnect(connection);
                process.off('exit', sweep);
            }
        }
        function hostConfirmer(key, journal) {
            return {
                async missing(targets) {
                    const ask = oncePerTransaction((target) => whyMissing(leaseOf(target), key));
                    const answers = await Promise.all(targets.map(ask));
                    return targets.flatMap((target, index) => {
                        const why = answers[index];
                        return why ? [{ target: target.name, why }] : [];
                    });
                },
                async confirm(targets) {
                    const confirm = oncePerTransaction((target) => confirmLease(leaseOf(target), key, journal));
                    const [first, last] = [false, true].map((isLast) => targets.filter((target) => (leaseOf(target).confirmLast === true) === isLast));
                    await Promise.all((first ?? []).map(confirm));
                    await Promise.all((last ?? []).map(confirm));
                    return Promise.all(targets.map(async (target) => ({
                        target: target.name,
                        service: target.service,
                        ...(await confirm(target)),
                    })));
                },
            };
        }
        function oncePerTransaction(act) {
            const begun = new Map();
            return (target) => {
                const { transaction = target.name } = target;
                const result = begun.get(transaction) ?? act(target);
                begun.set(transaction, result);
                return result;
            };
        }
        function postConfirmer({ journal }) {
            return hostConfirmer(keyFromInputs, journal);
        }
        const askSeconds = 40;
        async function whyMissing(lease, key) {
            try {
                const late = (0, clock.y)(askSeconds * 1000).then(() => 'silent');
                const state = await Promise.race([late, withHost(lease, key, (connection) => askOnHost(connection, lease))]);
                if (state === 'silent')
                    return `it did not answer within ${askSeconds} s`;
                if (state === 'armed')
                    return undefined;
                if (state === 'dead')
                    return 'its process is gone, so it would not roll back on its own';
                return `it is ${state} already: it was not confirmed in time, or it rolled back on its own`;
            }
            catch (error) {
                return (0, failure.bD)(error);
            }
        }
        async function confirmLease(lease, key, journal) {
            if (lease.shadow)
                return concludeShadowRelease(lease, key);
            try {
                const { state, decidedBy: who, elsewhere, } = await withHost(lease, key, (connection) => confirmOnHost(connection, lease, recordText(journal)));
                if (state === 'confirmed' && elsewhere !== '')
                    return {
                        result: 'mixed',
                        detail: `confirmed, but a person has changed it since, which stays: ${elsewhere}`,
                    };
                if (state === 'confirmed')
                    return { result: 'committed', detail: 'confirmed' };
                return { result: 'mixed', detail: `could not be confirmed: it is ${state || 'gone'} (${who})` };
            }
            catch (error) {
                const detail = `whether it was confirmed is not known (${(0, failure.TM)((0, failure.bD)(error))}); if not, it rolls back on its own`;
                return { result: 'mixed', detail };
            }
        }
        const shadowUndoSeconds = 180;
        async function concludeShadowRelease(lease, key) {
            try {
                return shadowOutcome(await withHost(lease, key, (connection) => undoOnHost(connection, lease, shadowUndoSeconds)));
            }
            catch (error) {
                const detail = `whether its slot is idle again is not known (${(0, failure.TM)((0, failure.bD)(error))}); the host makes it idle on its own`;
                return { result: 'mixed', detail };
            }
        }
        function shadowOutcome({ state, undoFailed }) {
            if (state === 'undone' || state === 'released' || state === 'none')
                return { result: 'unchanged', detail: 'a shadow release: its slot is idle again, and no user saw it' };
            return { result: 'mixed', detail: `a shadow release that is ${state}: ${undoFailed || 'its slot is not idle again'}` };
        }
        function recordText(journal) {
            return journal
                .record()
                .map((line) => JSON.stringify(line))
                .join('\n');
        }
        ;
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
var __webpack_exports__ = __nccwpck_require__(685);
__webpack_exports__ = await __webpack_exports__;
