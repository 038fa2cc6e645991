import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 192:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ healthGate)
});

// EXTERNAL MODULE: ./packages/action-kit/src/job-state.ts
var job_state = __nccwpck_require__(146);
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
;// CONCATENATED MODULE: ./packages/probe/src/printable.ts
/**
 * A text from outside made safe to print: in a log it starts no workflow command (`::x::` and the older `##[x]`, which
 * the runner finds in the middle of a line too), in Markdown it ends no code, and it is one line of `length` at most.
 */
function printable(text, length) {
    const oneLine = text
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
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

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./packages/http/src/proxy.ts

/**
 * The proxy that the environment names for a URL (`https_proxy`, `http_proxy`, `no_proxy`, small or capital), if any.
 * `no_proxy` is a list of names, each with all below it, addresses or `*`, each with or without a port. This machine
 * itself is never asked through a proxy: that would be another machine.
 */
function proxyFor(url, env) {
    const scheme = url.protocol.slice(0, -1);
    const proxy = env[`${scheme}_proxy`] || env[`${scheme.toUpperCase()}_PROXY`];
    if (!proxy || isLoopback(url.hostname) || isExcepted(url, env.no_proxy || env.NO_PROXY || ''))
        return undefined;
    const text = /^[a-z]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
    return URL.canParse(text) ? new URL(text) : undefined;
}
/** What has Node's agent send by this proxy, and by no other: its own rules for `no_proxy` know no names below a name. */
function agentOptions(proxy) {
    return proxy ? { proxyEnv: { HTTP_PROXY: proxy.href, HTTPS_PROXY: proxy.href } } : {};
}
function isLoopback(hostname) {
    return (/(^|\.)localhost$/.test(hostname) || hostname === '[::1]' || ((0,external_node_net_namespaceObject.isIP)(hostname) === 4 && hostname.startsWith('127.')));
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

;// CONCATENATED MODULE: external "node:dgram"
const external_node_dgram_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dgram");
;// CONCATENATED MODULE: external "node:dns/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns/promises");
;// CONCATENATED MODULE: ./packages/probe/src/addresses.ts



/** All addresses of a name, each once, as the machine's own resolver gives them. Rejects as `dns.lookup` does. */
async function resolveAll(hostname) {
    const found = await (0,promises_namespaceObject.lookup)(hostname, { all: true, order: 'ipv4first' });
    return [...new Set(found.map(({ address }) => address))];
}
/**
 * Whether this machine has a route to an address. Connecting a datagram socket asks the kernel for one and sends
 * nothing; without one it fails (ENETUNREACH where the machine has no address of that family).
 */
function hasRoute(address, port) {
    return new Promise((resolve) => {
        const socket = (0,external_node_dgram_namespaceObject.createSocket)((0,external_node_net_namespaceObject.isIPv6)(address) ? 'udp6' : 'udp4');
        const end = (has) => {
            socket.close();
            resolve(has);
        };
        socket.once('error', () => end(false));
        socket.once('connect', () => end(true));
        socket.connect(port, address);
    });
}

;// CONCATENATED MODULE: ./packages/probe/src/json-path.ts
const part = /\.?([^.[\]'"\s]+)|\[(\d{1,9})\]|\[(?:'([^']*)'|"([^"]*)")\]/y;
/**
 * Reads a path such as `sha`, `build.commit`, `$.a.b[0]` or `$['git.commit']`. Wildcards, filters and the like are no
 * way to *one* value.
 * @returns undefined where the text is no such path.
 */
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
        // A dot stands between names and nowhere else; only a name at the very start may do without.
        if (name !== undefined && whole.startsWith('.') === (at === 0))
            return undefined;
        if (name === '*')
            return undefined;
        path.push(index === undefined ? (name ?? quoted.find((key) => key !== undefined) ?? '') : Number(index));
    }
    return text.length > start ? path : undefined;
}
/** What stands there; undefined where the path leads nowhere. */
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

;// CONCATENATED MODULE: ./packages/probe/src/status-set.ts
/**
 * Reads a list such as `200-299, 304`, separated by commas or spaces.
 * @returns the set, and the parts that are none: a status is 100 to 599, and a range does not run backwards.
 */
function parseStatusSet(text) {
    const set = [];
    const wrong = [];
    for (const part of text.replace(/\s*-\s*/g, '-').split(/[\s,]+/)) {
        if (part === '')
            continue;
        const [, first = '', last = first] = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(part) ?? [];
        if (first === '' || last < first)
            wrong.push(part);
        else
            set.push({ from: Number(first), to: Number(last) });
    }
    return { set, wrong };
}
function hasStatus(set, status) {
    return set.some(({ from, to }) => from <= status && status <= to);
}

;// CONCATENATED MODULE: ./packages/probe/src/answer.ts



const bodyLimit = 64 * 1024;
/** Compares an answer with what is expected. Pure. */
function assess(answer, expected) {
    const found = findVersion(answer, expected.versionFrom);
    const reported = 'version' in found ? { version: shown(found.version) } : {};
    if (!hasStatus(expected.statuses, answer.status))
        return { ...unexpected(answer), ...reported };
    const { version } = expected;
    if (version === undefined)
        return { kind: 'pass', cause: 'as-expected', said: `answered ${answer.status}`, ...reported };
    if ('none' in found)
        return { kind: 'error', cause: 'no-version', said: `answered ${answer.status}, but ${found.none}` };
    const told = `answered ${answer.status} with version \`${shown(found.version)}\``;
    if (found.version === version)
        return { kind: 'pass', cause: 'as-expected', said: told, ...reported };
    return { kind: 'not-yet', cause: 'other-version', said: `${told}, not \`${shown(version)}\``, ...reported };
}
function unexpected({ status, headers }) {
    const { location } = headers;
    if (status < 300 || status > 399 || location === undefined)
        return { kind: 'fail', cause: 'status', said: `answered ${status}` };
    // A query may carry what is nobody else's business.
    const place = printable(location.replace(/[?#].*$/s, ''), 120);
    return { kind: 'fail', cause: 'redirect', said: `answered ${status}, a redirect to ${place}` };
}
function findVersion(answer, from) {
    if ('header' in from) {
        const value = answer.headers[from.header];
        const text = Array.isArray(value) ? value.join(', ') : value;
        return text ? { version: text } : { none: `has no header ${from.header} to tell its version` };
    }
    if (answer.cut)
        return { none: `its body is larger than ${bodyLimit / 1024} KiB, so no version was read from it` };
    const document = parseJson(answer.body);
    if (document === undefined)
        return { none: `its body is not JSON, so no version was read from it` };
    const value = valueAt(document, from.path);
    if (typeof value === 'number' || (typeof value === 'string' && value !== ''))
        return { version: String(value) };
    return { none: `has no version at \`${printable(from.text, 80)}\` of its body` };
}
function parseJson(body) {
    try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    }
    catch {
        return undefined;
    }
}
/** A version comes from the answer: whatever it is, it must be fit to print, and no page of text. */
function shown(version) {
    return printable(version, 100);
}

;// CONCATENATED MODULE: ./packages/probe/src/http-request.ts



/** There was no answer, or no whole one. `code` is Node's or OpenSSL's; its message is not kept, it may quote data. */
class NoAnswer extends Error {
    phase;
    code;
    constructor(phase, code) {
        super(`${code} (${phase})`);
        this.phase = phase;
        this.code = code;
    }
}
/**
 * One GET over a connection of its own, redirects not followed. The server is told the URL's host name, and its
 * certificate must be for that name, whatever the way.
 * @throws NoAnswer; with the code `ABORTED` at once when the signal is aborted.
 */
function request(url, way, signal) {
    return new Promise((resolve, reject) => {
        let phase = 'connect';
        const fail = (error) => {
            reject(new NoAnswer(phase, signal.aborted ? 'ABORTED' : (error.code ?? 'UNKNOWN')));
        };
        const secure = url.protocol === 'https:';
        const { request } = clientOf(secure);
        const asked = request(url, {
            headers: { accept: 'application/json, */*;q=0.5', 'cache-control': 'no-cache', 'user-agent': 'belay-probe' },
            signal,
            ...route(secure, way),
        });
        asked.on('error', fail);
        asked.on('socket', (socket) => {
            socket.once(secure ? 'secureConnect' : 'connect', () => {
                phase = 'answer';
            });
        });
        // Such as a switch of protocols: the connection is gone, and nobody said a word.
        asked.on('close', () => {
            if (phase !== 'body')
                fail(Object.assign(new Error(), { code: 'ECONNRESET' }));
        });
        asked.on('response', (response) => {
            phase = 'body';
            readBody(response).then(({ body, cut }) => {
                // What is left of a body past the limit is not waited for.
                asked.destroy();
                resolve({ status: response.statusCode ?? 0, headers: response.headers, body, cut });
            }, fail);
        });
        asked.end();
    });
}
/** Loaded here and not before, as it is a fifth of the start of an action. */
function clientOf(secure) {
    return process.getBuiltinModule(secure ? 'node:https' : 'node:http');
}
function route(secure, way) {
    const { Agent } = clientOf(secure);
    if ('proxy' in way)
        return { agent: new Agent(agentOptions(way.proxy)) };
    return { agent: new Agent(), lookup: always(way.address) };
}
/** Stands in for the resolver, so that the connection goes to this address and all else stays as the URL says. */
function always(address) {
    const family = (0,external_node_net_namespaceObject.isIP)(address);
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
        if (length > bodyLimit)
            break;
    }
    return { body: Buffer.concat(chunks).subarray(0, bodyLimit), cut: length > bodyLimit };
}

;// CONCATENATED MODULE: ./packages/probe/src/no-answer.ts
/** What can be said of an instance that gave no whole answer. Pure. */
function explain({ phase, code }) {
    const certificate = certificateFaults[code];
    // The server did show a certificate, and no waiting makes it another one.
    if (certificate !== undefined || isCertificateCode(code))
        return {
            kind: 'fail',
            cause: 'certificate',
            said: certificate ?? `showed a bad certificate (${code})`,
            fatal: true,
        };
    if (code === 'ABORTED')
        return { kind: 'error', cause: 'timeout', said: late[phase] };
    const [cause, said] = faults[code] ?? protocolFault(code) ?? ['unreachable', `could not be asked (${code})`];
    return { kind: 'error', cause, said };
}
const late = {
    connect: 'took no connection within the timeout',
    answer: 'gave no answer within the timeout',
    body: 'did not end its answer within the timeout',
};
/** The codes of Node's TLS that mean the certificate itself. */
const certificateFaults = {
    ERR_TLS_CERT_ALTNAME_INVALID: 'showed a certificate for another name',
    HOSTNAME_MISMATCH: 'showed a certificate for another name',
    CERT_HAS_EXPIRED: 'showed a certificate that has expired',
    CERT_NOT_YET_VALID: 'showed a certificate that is not valid yet',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'showed a certificate signed by itself',
    SELF_SIGNED_CERT_IN_CHAIN: 'showed a certificate from an authority that is not known here',
    UNABLE_TO_GET_ISSUER_CERT: 'showed a certificate from an authority that is not known here',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'showed a certificate from an authority that is not known here',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'showed a certificate without the rest of its chain',
};
function isCertificateCode(code) {
    return code.startsWith('CERT_') || ['INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED'].includes(code);
}
const faults = {
    ECONNREFUSED: ['refused', 'refused the connection'],
    ECONNRESET: ['broken-off', 'broke the connection off before its answer was whole'],
    EPIPE: ['broken-off', 'broke the connection off before its answer was whole'],
    ETIMEDOUT: ['timeout', late.connect],
    EHOSTUNREACH: ['unreachable', 'is not reachable (EHOSTUNREACH)'],
    ERR_PROXY_TUNNEL: ['unreachable', 'is not reachable, for the proxy refused to connect'],
};
function protocolFault(code) {
    if (code.startsWith('HPE_'))
        return ['protocol', `did not answer in HTTP (${code})`];
    if (code.startsWith('ERR_SSL_') || code === 'EPROTO')
        return ['protocol', `did not speak TLS (${code})`];
    return undefined;
}

;// CONCATENATED MODULE: ./packages/probe/src/http-target.ts





const realNetwork = {
    resolve: resolveAll,
    hasRoute: hasRoute,
    proxyFor: (url) => proxyFor(url, process.env),
};
/**
 * A URL, whose instances are all addresses that its name resolves to and that this machine has a route to. Where the
 * environment names a proxy, the proxy picks the address, and the URL is one instance.
 */
function httpTarget(url, expected, network = realNetwork) {
    const name = nameOf(url);
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const instance = (place, way) => ({
        name: place === hostname ? name : `${name} (${place})`,
        place,
        probe: (signal) => probe(url, way, expected, signal),
    });
    return {
        name,
        async find(signal) {
            const proxy = network.proxyFor(url);
            if (proxy)
                return { instances: [instance(`proxy ${proxy.host}`, { proxy })], leftOut: [] };
            const addresses = await resolve(network, hostname, signal);
            if ('kind' in addresses)
                return { missing: addresses };
            return split(addresses);
        },
    };
    async function split(addresses) {
        const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
        const routed = await Promise.all(addresses.map((address) => network.hasRoute(address, port)));
        const there = addresses.filter((_, index) => routed[index]);
        const apart = addresses.filter((_, index) => !routed[index]);
        if (there.length === 0)
            return { missing: error('no-route', `has no address that this machine has a route to (${apart.join(', ')})`) };
        return {
            instances: there.map((address) => instance(address, { address })),
            leftOut: apart.map((address) => `${name} (${address}): not probed, this machine has no route to it`),
        };
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
async function probe(url, way, expected, signal) {
    try {
        return assess(await request(url, way, signal), expected);
    }
    catch (fault) {
        if (fault instanceof NoAnswer)
            return explain(fault);
        throw fault;
    }
}
function error(cause, said) {
    return { kind: 'error', cause, said };
}
/** How a URL is told: without its query, which may hold a key. */
function nameOf(url) {
    return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
}

;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./packages/probe/src/clock.ts

const realClock = {
    now: () => performance.now(),
    sleep: (ms, signal) => (0,external_node_timers_promises_namespaceObject.setTimeout)(ms, undefined, { signal }).catch(() => { }),
};

;// CONCATENATED MODULE: ./packages/probe/src/verdict.ts
/**
 * The verdict that is certain before the deadline, if there is one: `pass` when every instance passed `successes`
 * times in a row, up to now; `fail` or `inconclusive` when waiting cannot mend what one of them did. Pure.
 */
function judgeEarly(tracks, successes) {
    const hopeless = tracks.filter(({ samples }) => samples.at(-1)?.fatal);
    if (hopeless.length > 0)
        return judgement(hopeless, successes);
    if (tracks.length > 0 && tracks.every((track) => passesInARow(track) >= successes))
        return passed(tracks, successes);
    return undefined;
}
/**
 * The verdict at the deadline, over instances that did not all pass. What an instance did in its last `successes`
 * probes counts: `fail` if one of these measured something other than expected, `inconclusive` if they measured
 * nothing, or too little. Pure.
 */
function judgeAtDeadline(tracks, successes) {
    const open = tracks.filter((track) => passesInARow(track) < successes);
    const violating = open.filter((track) => isViolating(track, successes));
    return judgement(violating.length > 0 ? violating : open, successes);
}
function passed(tracks, successes) {
    const who = tracks.length === 1 ? verdict_nameOf(tracks) : `each of ${tracks.length} instances`;
    const versions = versionsOf(tracks);
    const version = versions.length === 1 ? ` with version \`${versions[0]}\`` : '';
    return { verdict: 'pass', cause: 'as-expected', reason: `${who} passed ${inARow(successes)}${version}` };
}
function judgement(tracks, successes) {
    const told = tracks.slice(0, toldInstances).map((track) => tell(track, successes));
    const more = tracks.length > toldInstances ? [`and ${tracks.length - toldInstances} more instances`] : [];
    return {
        verdict: tracks.some((track) => isViolating(track, successes)) ? 'fail' : 'inconclusive',
        cause: tracks.map(lastTrouble).find((sample) => sample !== undefined)?.cause ?? 'timeout',
        reason: [...told, ...more].join('; ') || 'there was nothing to probe',
    };
}
/** A reason is read in one message; past these the table of the job summary tells. */
const toldInstances = 3;
function tell(track, successes) {
    const { name, samples } = track;
    const trouble = lastTrouble(track);
    const passes = passesInARow(track);
    if (samples.length === 0)
        return `${name}: no probe ended before the deadline`;
    if (!trouble)
        return `${name}: passed only ${inARow(passes)} before the deadline, ${successes} are asked for`;
    if (passes > 0)
        return `${name}: passed only ${inARow(passes)}, ${successes} are asked for; before that it ${trouble.said}`;
    const same = samples.length - 1 - samples.findLastIndex(({ said }) => said !== trouble.said);
    return `${name}: ${trouble.said} (${share(same, samples.length)})`;
}
function share(last, all) {
    if (all === 1)
        return 'its only probe';
    if (last === all)
        return `all ${all} probes`;
    return last === 1 ? `the last of ${all} probes` : `the last ${last} of ${all} probes`;
}
function isViolating(track, successes) {
    return track.samples.slice(-successes).some(({ kind }) => kind === 'fail' || kind === 'not-yet');
}
function passesInARow({ samples }) {
    return samples.length - 1 - samples.findLastIndex(({ kind }) => kind !== 'pass');
}
function lastTrouble({ samples }) {
    return samples.findLast(({ kind }) => kind !== 'pass');
}
/** The versions that the instances reported last, each once. */
function versionsOf(tracks) {
    const last = tracks.map(({ samples }) => samples.findLast(({ version }) => version !== undefined)?.version);
    return [...new Set(last.filter((version) => version !== undefined))];
}
function verdict_nameOf(tracks) {
    return tracks.map(({ name }) => name).join(', ');
}
function inARow(count) {
    return count === 1 ? 'once' : `${count} times in a row`;
}

;// CONCATENATED MODULE: ./packages/probe/src/gate.ts


/**
 * Probes every instance of every target until the verdict is certain or the deadline is there, and returns at that
 * moment. One probe at a time an instance; a probe that the end cuts off is no sample. An instance that has passed is
 * probed on until all have: it may fall back meanwhile.
 * @throws the signal's reason when it is aborted.
 */
async function runGate(targets, rules, signal, watcher = {}, clock = realClock) {
    const began = clock.now();
    const end = new AbortController();
    const ended = AbortSignal.any([signal, end.signal]);
    // A target stands for its instances until they are found.
    const tracks = new Map(targets.map((target) => [target, [openTrack(target)]]));
    const all = () => [...tracks.values()].flat();
    const leftOut = [];
    let attempts = 0;
    let judgement;
    try {
        await Promise.all([waitForDeadline(), ...targets.map(watch)]);
    }
    finally {
        end.abort();
    }
    signal.throwIfAborted();
    return { ...(judgement ?? judgeAtDeadline(all(), rules.successes)), attempts, tracks: all(), leftOut };
    async function waitForDeadline() {
        await clock.sleep(rules.deadlineMs, ended);
        end.abort();
    }
    async function watch(target) {
        const found = await find(target);
        const open = found.map((instance) => ({ track: openTrack(target, instance), probe: instance.probe }));
        if (open.length === 0)
            return;
        tracks.set(target, open.map(({ track }) => track));
        await Promise.all(open.map(({ track, probe }) => repeat(track, probe)));
    }
    async function find(target) {
        let instances = [];
        const [track = openTrack(target)] = tracks.get(target) ?? [];
        await repeat(track, async (attempt) => {
            const found = await target.find(attempt);
            if ('missing' in found)
                return found.missing;
            instances = found.instances;
            for (const text of found.leftOut) {
                leftOut.push(text);
                watcher.leftOut?.(text);
            }
            return undefined;
        });
        return instances;
    }
    /** Takes samples until the gate ends, or until there is none to take. */
    async function repeat(track, measure) {
        while (!ended.aborted) {
            const started = clock.now();
            const reading = await within(rules.timeoutMs, measure);
            if (ended.aborted || reading === undefined)
                return;
            const sample = { ...reading, startedMs: started - began, ms: clock.now() - started };
            const before = track.samples.at(-1);
            track.samples.push(sample);
            attempts += 1;
            watcher.sample?.(track.name, sample, before);
            judgement = judgeEarly(all(), rules.successes);
            if (judgement)
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
function openTrack({ name: target }, { name, place } = { name: target, place: '' }) {
    return { name, target, place, samples: [] };
}

;// CONCATENATED MODULE: ./packages/http/src/shown-url.ts
/**
 * A text that should have been a URL, for an error that is printed: without what may be a login (all that stands before
 * an `@`, whatever the slashes look like) and without a query, which may hold a key.
 */
function shownUrl(text) {
    return text.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
}

;// CONCATENATED MODULE: ./packages/probe/src/url.ts
/** Reads a URL to probe. Returns the URL, or what is wrong with the text and how to mend it. */
function parseProbeUrl(text) {
    const example = 'Write it as in https://api.example.com/health.';
    if (/\s/.test(text))
        return { wrong: 'has a space in it', mend: 'Give one URL a line.' };
    if (!/^https?:\/\//i.test(text))
        return { wrong: 'does not start with http:// or https://', mend: example };
    if (!URL.canParse(text))
        return { wrong: 'is not a URL', mend: example };
    const url = new URL(text);
    if (url.username !== '' || url.password !== '')
        return { wrong: 'holds a login', mend: 'Leave it out: the URL is printed. Give the check a path that needs none.' };
    if (url.port === '0')
        return { wrong: 'has the port 0', mend: 'Give the port that the service listens on.' };
    url.hash = '';
    return { url };
}

;// CONCATENATED MODULE: ./packages/probe/src/version-source.ts

/**
 * Reads `header:X-Version`, or a JSON path of the body such as `sha`.
 * @returns undefined where the text is neither.
 */
function parseVersionSource(text) {
    const [, header] = /^header:\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)$/i.exec(text) ?? [];
    if (header !== undefined)
        return { text, header: header.toLowerCase() };
    if (/^header:/i.test(text))
        return undefined;
    const path = parseJsonPath(text);
    return path && { text, path };
}

;// CONCATENATED MODULE: ./actions/health-gate/src/inputs.ts


/** `read` collects the mistakes; what is returned beside one is never used. */
function readInputs(read) {
    return {
        urls: readUrls(read),
        expected: {
            statuses: readStatuses(read),
            version: readVersion(read),
            versionFrom: readVersionSource(read),
        },
        rules: readRules(read),
    };
}
function readUrls(read) {
    const lines = read.lines('urls', { required: 'a URL a line, such as https://api.example.com/health' });
    const urls = new Map();
    for (const line of lines) {
        const parsed = parseProbeUrl(line);
        if ('url' in parsed)
            urls.set(parsed.url.href, parsed.url);
        else
            read.mistake('urls', `"${withoutSecrets(line)}" ${parsed.wrong}`, parsed.mend);
    }
    return [...urls.values()];
}
/** A URL that was refused may hold a login or a key, and the error is printed. */
function withoutSecrets(line) {
    return printable(shownUrl(line), 120);
}
function readStatuses(read) {
    const { set, wrong } = parseStatusSet(read.text('expect-status', { default: '200-299' }));
    const mend = 'Give statuses from 100 to 599 and ranges of them, such as 200-299, 304.';
    if (wrong.length > 0)
        read.mistake('expect-status', `has "${printable(wrong.join(' '), 80)}" in it`, mend);
    else if (set.length === 0)
        read.mistake('expect-status', 'holds no status', mend);
    return set;
}
function readVersion(read) {
    return read.text('expect-version') || undefined;
}
function readVersionSource(read) {
    const text = read.text('version-from', { default: 'sha' });
    const source = parseVersionSource(text);
    if (!source)
        read.mistake('version-from', `"${printable(text, 80)}" leads to no single value`, 'Give a path in the JSON that is answered, such as sha, build.commit or $.a.b[0], or header:X-Version.');
    return source ?? { text, path: [] };
}
function readRules(read) {
    const successes = read.integer('successes', { default: 3, min: 1, max: 1000 });
    const interval = read.seconds('interval', { default: '2s', min: 1, max: 3600 });
    const timeout = read.seconds('timeout', { default: '5s', min: 1, max: 600 });
    const deadline = read.seconds('deadline', { default: '2m', min: 1, max: 6 * 3600 });
    const least = (successes - 1) * interval;
    if (least >= deadline)
        read.mistake('deadline', `is ${deadline} s, but ${successes} successes ${interval} s apart take ${least} s`, `Give more than ${least} s, or ask for fewer successes.`);
    if (timeout > deadline)
        read.mistake('timeout', `is ${timeout} s, longer than the deadline of ${deadline} s`, 'Give less than the deadline.');
    return { successes, intervalMs: interval * 1000, timeoutMs: timeout * 1000, deadlineMs: deadline * 1000 };
}

;// CONCATENATED MODULE: ./actions/health-gate/src/mend.ts
/** What to do about an instance that kept a gate from passing. */
function mendFor(cause) {
    return mends[cause];
}
const reach = 'see whether it listens at that address and port, and whether this runner may reach it';
const longer = 'raise deadline if it only needs more time';
const mends = {
    'as-expected': longer,
    status: 'read what that instance logged; its health URL must answer with one of expect-status.',
    redirect: 'give the URL that it leads to; redirects are not followed, for a login page answers 200 too.',
    certificate: 'install a certificate for this name with its whole chain; for an authority of your own set NODE_EXTRA_CA_CERTS.',
    'other-version': 'see whether that instance was restarted with the new release, whether a cache or another server answers for it, ' +
        'and whether it reports its version in exactly the form of expect-version.',
    'no-version': 'let the service report its version there, or say with version-from where it does.',
    unresolved: 'see whether the name is right and its DNS record is there.',
    'no-route': 'give an address of a family that this runner has, or run the job where there is one.',
    refused: `${reach}; localhost stands for 127.0.0.1 and ::1, so write the one that it listens on; ${longer}.`,
    timeout: `${reach}, and whether it hangs; ${longer}.`,
    'broken-off': `see whether it crashes or restarts; ${longer}.`,
    protocol: 'see whether http:// and https:// and the port are right.',
    unreachable: `${reach}.`,
};

;// CONCATENATED MODULE: ./actions/health-gate/src/report.ts
/** So many samples are shown; the verdict was made from all. */
const shownSamples = 5;
/** The output `instances`: a list, one entry an instance. */
function instancesJson({ tracks }) {
    return JSON.stringify(tracks.map(({ target, place, samples }) => ({
        url: target,
        address: place,
        attempts: samples.length,
        version: samples.findLast(({ version }) => version !== undefined)?.version ?? '',
        last: samples.slice(-shownSamples).map(({ kind, cause, said, startedMs, ms }) => ({
            kind,
            cause,
            said,
            startedMs: Math.round(startedMs),
            ms: Math.round(ms),
        })),
    })));
}
/** The section of the job summary. */
function summaryOf(report) {
    const { verdict, reason, attempts, tracks, leftOut } = report;
    return [
        `**health-gate: ${verdict}** after ${attempts} probe${attempts === 1 ? '' : 's'}. ${escaped(reason)}`,
        '',
        `| instance | probes | last ${shownSamples}, newest last | median | version |`,
        '|---|---|---|---|---|',
        ...tracks.map(row),
        ...leftOut.flatMap((text) => ['', escaped(text)]),
    ].join('\n');
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
/** Of the probes that were answered: how long the others took says nothing of the service. */
function median(samples) {
    const answered = samples.filter(({ kind }) => kind !== 'error').map(({ ms }) => ms);
    const middle = answered.sort((a, b) => a - b)[Math.floor(answered.length / 2)];
    return middle === undefined ? '' : `${Math.round(middle)} ms`;
}
/** Reasons and names are one line without control characters, their backticks Belay's own; the rest is Markdown's. */
function escaped(text) {
    return text.replaceAll('<', '&lt;').replaceAll('|', '\\|');
}
function code(text) {
    return `\`${text.replaceAll('|', '\\|')}\``;
}

;// CONCATENATED MODULE: ./actions/health-gate/src/action.ts





/** Decides pass, fail or inconclusive from probes of every instance. It only reads. */
const healthGate = {
    name: 'health-gate',
    inputs: readInputs,
    variables: { interval: 'gate-interval', timeout: 'gate-timeout', deadline: 'gate-deadline' },
    async main(inputs, step) {
        if ((0,job_state/* isSuperseded */.pe)(step.journal.read())) {
            step.info('The release was overtaken by a newer one: the gate has nothing to look for.');
            return { result: 'superseded' };
        }
        announce(inputs, step);
        const report = await watch(inputs, step);
        publish(report, step);
        if (report.verdict !== 'pass')
            throw action_failure(report);
        return { result: 'unchanged' };
    },
};
function announce({ urls, expected, rules }, step) {
    const version = expected.version === undefined ? 'any version' : `version ${printable(expected.version, 100)}`;
    const places = urls.length === 1 ? '1 URL' : `${urls.length} URLs`;
    step.info(`Waiting for ${places}: ${version}, ${rules.successes} successes in a row, ` +
        `every ${rules.intervalMs / 1000} s, for ${rules.deadlineMs / 1000} s at most.`);
}
async function watch({ urls, expected, rules }, step) {
    const targets = urls.map((url) => httpTarget(url, expected));
    const watcher = {
        // A line when something changes; the same again every two seconds would hide it.
        sample(name, sample, before) {
            if (sample.said !== before?.said)
                step.info(`${seconds(sample)} s  ${sample.kind}  ${name}: ${sample.said}`);
        },
        leftOut: (text) => step.info(text),
    };
    return runGate(targets, rules, step.signal, watcher).catch((error) => {
        throw step.signal.aborted ? new failure/* Interrupted */.j$() : error;
    });
}
function publish(report, step) {
    const { verdict, reason, attempts } = report;
    const version = versionsOf(report.tracks).join(', ');
    step.output('verdict', verdict);
    step.output('reason', reason);
    step.output('attempts', String(attempts));
    step.output('observed-version', version);
    step.output('instances', instancesJson(report));
    step.record({ event: 'gate', verdict, reason, attempts, ...(version !== '' && { version }) });
    step.info(`${verdict}: ${reason}`);
    step.summary(summaryOf(report));
}
function action_failure({ verdict, reason, cause }) {
    return verdict === 'fail'
        ? new failure/* Failure */.HR('gate-failed', `The gate failed. ${reason}`, mendFor(cause))
        : new failure/* Failure */.HR('gate-inconclusive', `The gate could not tell, so it does not pass. ${reason}`, mendFor(cause));
}
function seconds({ startedMs, ms }) {
    return ((startedMs + ms) / 1000).toFixed(1);
}


/***/ }),

/***/ 237:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(850);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(192);


await (0,_belay_action_kit__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)(_action_js__WEBPACK_IMPORTED_MODULE_0__/* .healthGate */ .Y);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 95:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   HR: () => (/* binding */ Failure),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   h_: () => (/* binding */ asFailure),
/* harmony export */   j$: () => (/* binding */ Interrupted)
/* harmony export */ });
/**
 * A failure that a user can act on. `code` becomes the output `failure-code`; `message` names what is wrong and where;
 * `mend` says what to do about it.
 */
class Failure extends Error {
    code;
    mend;
    constructor(code, message, mend, options) {
        super(mend ? `${message}\n  To mend it: ${mend}` : message, options);
        this.name = 'Failure';
        this.code = code;
        this.mend = mend;
    }
}
/** Thrown where the runner asked the process to stop (SIGINT, SIGTERM) before its work was done. */
class Interrupted extends Failure {
    constructor() {
        super('interrupted', 'The job was cancelled while this step was at work.');
        this.name = 'Interrupted';
    }
}
/** The text of anything thrown, on one line or more, without a stack. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}
/** The `failure-code` of anything thrown: `internal` is a defect of Belay's. */
function codeOf(error) {
    const failure = asFailure(error);
    return failure instanceof Failure ? failure.code : 'internal';
}
/** A full disk is nobody's defect, whichever write found it. */
function asFailure(error) {
    const code = error instanceof Error && !(error instanceof Failure) && 'code' in error ? error.code : undefined;
    if (code !== 'ENOSPC' && code !== 'EDQUOT')
        return error;
    return new Failure('runner-disk-full', `No space is left on the runner: ${messageOf(error)}.`, `free some below RUNNER_TEMP (${process.env.RUNNER_TEMP ?? 'not set'}): remove what earlier steps of the job left.`, { cause: error });
}


/***/ }),

/***/ 146:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bg: () => (/* binding */ resultOf),
/* harmony export */   NZ: () => (/* binding */ unsettled),
/* harmony export */   fy: () => (/* binding */ releaseUnderWay),
/* harmony export */   jz: () => (/* binding */ jobResult),
/* harmony export */   pe: () => (/* binding */ isSuperseded)
/* harmony export */ });
/* harmony import */ var _belay_release_model__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(432);

/** The release of the composite `release` whose steps run just now; undefined where a step is used alone. */
function releaseUnderWay({ releases, unfinishedReleases }) {
    return releases.findLast(({ id }) => unfinishedReleases.includes(id));
}
/** Whether the release that is under way was overtaken by a newer one: what comes after has nothing to do. */
function isSuperseded(job) {
    const service = releaseUnderWay(job)?.service;
    return job.steps.some((step) => step.mutates && step.service === service && service !== undefined && step.ended?.result === 'superseded');
}
/** The armed targets of a step of which nothing final is known. */
function unsettled(step) {
    const final = new Set(step.settled.filter(({ result }) => isFinal(result)).map(({ target }) => target));
    return step.armed.filter((target) => !final.has(target.name));
}
function isFinal(result) {
    return result === 'committed' || result === 'rolled-back' || result === 'unchanged';
}
/**
 * What became of one step, in the words of rule 15: what its targets say once they have been settled, else what its
 * main said at its end. A main that left no word at all is `unknown`, and so is what is armed and not settled yet.
 */
function resultOf(step) {
    if (step.armed.length > 0) {
        const silent = step.armed.length > step.settled.length;
        return (0,_belay_release_model__WEBPACK_IMPORTED_MODULE_0__/* .worst */ .Q)([...step.settled.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
    }
    if (!step.ended || step.ended.result === 'pending')
        return 'unknown';
    return step.ended.result;
}
/**
 * The job's result (`BELAY_RESULT`): the worst of the steps that change something. Where none was reached nothing was
 * changed, or a newer release was there first. At best `unknown` where the journal is damaged.
 */
function jobResult({ steps, damaged }) {
    if (damaged !== undefined)
        return (0,_belay_release_model__WEBPACK_IMPORTED_MODULE_0__/* .worst */ .Q)([...steps.filter((step) => step.mutates).map(resultOf), 'unknown']);
    const changing = steps.filter((step) => step.mutates);
    if (changing.length > 0)
        return (0,_belay_release_model__WEBPACK_IMPORTED_MODULE_0__/* .worst */ .Q)(changing.map(resultOf));
    return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged';
}


/***/ }),

/***/ 850:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var src_failure = __nccwpck_require__(95);
;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
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
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
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
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




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
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
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
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
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
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
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
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
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
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./packages/action-kit/src/clock.ts


/**
 * Seconds since the machine started. Unlike the date it never jumps, and unlike `performance.now()` it is the same for
 * every process of a job, so that one step can journal a time that another step's post compares with.
 */
function monotonicSeconds() {
    try {
        return Number((0,external_node_fs_namespaceObject.readFileSync)('/proc/uptime', 'utf8').split(' ')[0]);
    }
    catch {
        return (0,external_node_os_namespaceObject.uptime)();
    }
}
/** Resolves after `ms`, or at once when the signal is aborted. */
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

// EXTERNAL MODULE: ./packages/action-kit/src/job-state.ts
var job_state = __nccwpck_require__(146);
;// CONCATENATED MODULE: ./packages/action-kit/src/decision.ts

/** All posts of a cancelled job have five minutes less 15 s together (rule 13); a margin stays for the others. */
const postsShareSeconds = 240;
/**
 * Decides once for the whole job (rule 7). Pure but for asking: first what the job's own story says, then every armed
 * target. The caller writes the decision to the journal before anything follows from it.
 */
async function decide(job, jobStatus, keeper) {
    const why = reasonToUndo(job, jobStatus);
    if (why !== undefined)
        return { decision: 'undo', why };
    const missing = await keeper.missing(job.steps.flatMap(job_state/* unsettled */.NZ));
    if (missing.length === 0)
        return { decision: 'commit', why: 'every step ended well and every armed target is there' };
    return { decision: 'undo', why: missing.map(({ target, why }) => `${target}: ${why}`).join('; ') };
}
/** Why the job has to be undone by what is known without asking anybody; `undefined` where nothing speaks for it. */
function reasonToUndo(job, jobStatus) {
    if (job.damaged !== undefined)
        return `the journal of the job cannot be believed: ${job.damaged}`;
    if (jobStatus !== 'success')
        return `the job ended as ${jobStatus}`;
    for (const step of job.steps) {
        if (!step.mutates)
            continue;
        if (!step.ended)
            return `${step.id} began and never ended`;
        // A step that failed, put everything back itself and was tolerated by the workflow harms nobody.
        const harmless = ['unchanged', 'rolled-back', 'noop'].includes(step.ended.result);
        if (!step.ended.ok && !harmless)
            return `${step.id} failed and is ${step.ended.result}`;
    }
    const [unfinished] = job.unfinishedReleases;
    if (unfinished !== undefined)
        return `release ${unfinished} began and did not reach its end`;
    return undefined;
}
/** The decision of the job: the one in the journal, or a new one, written there before anything follows from it. */
async function decideOnce(journal, step, jobStatus, keeper, now) {
    const job = journal.read();
    if (job.decided)
        return { decided: job.decided, here: false };
    const decided = { ...(await decide(job, jobStatus, keeper)), until: now + postsShareSeconds };
    journal.append({ step, event: 'decided', ...decided });
    return { decided, here: true };
}
/**
 * Confirms every target at once that is not confirmed yet: all of them for the post that decided; for a later one what
 * an interrupted post left.
 */
async function confirmAll(journal, step, keeper) {
    const open = journal.read().steps.flatMap(job_state/* unsettled */.NZ);
    if (open.length === 0)
        return [];
    const settled = await keeper.confirm(open);
    journal.append({ step, event: 'settled', settled });
    return settled;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/control.ts
/**
 * What makes a text unfit to be one line: a line break, or another control character but the tab; in words, undefined
 * where there is none. On a host such a text could be taken for a line of its own.
 */
function controlIn(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    const [found] = /[\x00-\x08\n-\x1f\x7f]/.exec(text) ?? [];
    if (found === undefined)
        return undefined;
    if (found === '\n' || found === '\r')
        return 'a line break';
    return `a control character (U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')})`;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/mask.ts

/**
 * Hides a secret in all later output of the job: whole, URL-encoded, and line by line, because the runner compares
 * masks with single lines of the log (docs/research/runner.md#texts).
 */
function mask(secret) {
    for (const form of maskedForms(secret))
        setSecret(form);
}
/** All forms of a secret that must not be seen. Lines shorter than 4 characters would hide half the log. */
function maskedForms(secret) {
    const lines = secret.split(/\r?\n/).map((line) => line.trim());
    const forms = [secret, encodeURIComponent(secret), ...lines, ...lines.map(encodeURIComponent)];
    return [...new Set(forms)].filter((form) => form.trim().length >= 4);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/variables.ts
/**
 * Every input of `release`, by what may stand for it and by the target that it means something for. What describes
 * servers and services can be a variable of the environment. What belongs to one run, or to the commit, stands in the
 * workflow: a variable that is left behind would decide about every later release as well.
 */
const releaseInputs = {
    /** `BELAY_` and the name in capitals. An input wins over its variable. */
    variable: {
        both: [
            ...['target', 'window', 'image', 'urls', 'version-from', 'expect-status', 'successes', 'gate-interval'],
            ...['gate-timeout', 'gate-deadline', 'deadline', 'slack-channel', 'slack-api-url'],
        ],
        ssh: [
            ...['hosts', 'user', 'known-hosts', 'path', 'shared', 'restart', 'check', 'check-timeout', 'slots', 'stop'],
            ...[
                'activate',
                'deactivate',
                'driver',
                'proxy',
                'upstream',
                'socket',
                'backend',
                'state-file',
                'weights',
                'hold',
            ],
            ...['drain-timeout', 'retain', 'confirm-timeout', 'lock-timeout', 'keep-releases', 'registry-user', 'tool'],
            ...['tool-version', 'migrations', 'migrate-command', 'status-command', 'backup', 'backup-path'],
        ],
        render: ['services', 'owner-id', 'render-env', 'render-checks', 'undo-disks', 'render-api-url'],
    },
    secret: {
        both: ['github-token', 'slack-token'],
        ssh: ['ssh-key', 'ssh-key-passphrase', 'registry-token', 'database-url'],
        render: ['render-api-key'],
    },
    run: {
        both: ['version', 'override-reason', 'rebuild'],
        ssh: ['until', 'phase', 'survives', 'accept-risk', 'first-release'],
        render: ['allow-older'],
    },
    commit: {
        both: ['service', 'environment', 'proven-by'],
        ssh: ['artifact', 'source'],
        render: [],
    },
};
/** Inputs of single actions that decide about one run, and that `release` sets itself. */
const ofSingleActions = ['command', 'dry-run', 'undo'];
const kinds = new Map([
    ...ofSingleActions.map((name) => [name, 'run']),
    ...Object.keys(releaseInputs).flatMap((kind) => Object.values(releaseInputs[kind])
        .flat()
        .map((name) => [name, kind])),
]);
const prefix = 'BELAY_';
/** `BELAY_CONFIRM_TIMEOUT` for `confirm-timeout`. */
function variableOf(input) {
    return `${prefix}${input.toUpperCase().replaceAll('-', '_')}`;
}
/** What an input of `release` is; undefined for what is none. */
function kindOf(input) {
    return kinds.get(input);
}
/**
 * Reads `toJSON(vars)`; only what has Belay's prefix is Belay's: an organisation may have an IMAGE or a TARGET of its own.
 * @returns undefined where the text is not the JSON of an object
 */
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
/** What is wrong with a variable that has Belay's prefix, and how to fix it; undefined where nothing is. */
function variableMistake(name) {
    const input = name.slice(prefix.length).toLowerCase().replaceAll('_', '-');
    switch (kinds.get(input)) {
        case 'variable':
            return undefined;
        case 'secret':
            return {
                wrong: `is a variable, which everybody with access can read, and ${input} is secret`,
                mend: `Delete the variable, keep the value as a secret, and give it to the input ${input}.`,
            };
        case 'run':
            return {
                wrong: `is a variable, and ${input} decides about one run only`,
                mend: `Delete the variable; say ${input} in the workflow.`,
            };
        case 'commit':
            return {
                wrong: `is a variable, and ${input} belongs to the commit`,
                mend: `Delete the variable; say ${input} in the workflow.`,
            };
        default:
            return name === 'BELAY_RESULT'
                ? { wrong: 'is a variable, and Belay itself sets env.BELAY_RESULT', mend: 'Delete the variable.' }
                : { wrong: 'is no variable of Belay', mend: nearestMend(name) };
    }
}
function nearestMend(name) {
    const all = Object.values(releaseInputs.variable).flat().map(variableOf);
    const nearest = all.map((one) => ({ one, steps: editDistance(one, name) })).sort((a, b) => a.steps - b.steps)[0];
    // Half of another word is no misspelling of it.
    return nearest && nearest.steps <= Math.max(2, (name.length - prefix.length) / 3)
        ? `Did you mean ${nearest.one}? Rename it, or delete it.`
        : 'Rename it, or delete it: docs/variables.md lists all that start with BELAY_.';
}
/** How many letters have to be added, removed or replaced (Levenshtein). */
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

;// CONCATENATED MODULE: ./packages/action-kit/src/inputs.ts




const fromEnvironment = (name) => process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
/**
 * Runs `read` over the inputs and returns what it made of them. An input that is empty is taken from the variable that
 * `settings` (the JSON of all variables) has for it; a secret or a decision of one run never is.
 * @throws Failure `inputs` with every mistake, a line each: the input or the variable, what is wrong, how to mend it.
 */
function readInputs(read, raw = fromEnvironment, context = {}) {
    const mistakes = [];
    const ignored = new Set();
    const value = read(inputReader(sourcesOf(raw, context), mistakes, ignored));
    for (const text of ignored)
        context.note?.(text);
    if (mistakes.length > 0)
        throw new src_failure/* Failure */.HR('inputs', inputError(mistakes));
    return value;
}
function inputError(mistakes) {
    const inputs = new Set(mistakes.map((mistake) => mistake.split(':')[0])).size;
    const count = inputs === 1 ? 'One input is' : `${inputs} inputs are`;
    return `${count} not usable; nothing was touched.\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`;
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
    const place = environment === '' ? '' : ` of environment ${environment}`;
    return {
        raw,
        value: (name) => (raw(name).trim() === '' ? set(name) : raw(name)),
        isVariable,
        label: (name) => (isVariable(name) ? `${variable(name)}` : known(name)),
        remedy(name) {
            if (text.trim() === '')
                return '';
            if (kind(name) === 'secret')
                return ` Set a secret${place}, and let the input ${known(name)} get it.`;
            return variable(name) ? ` Set the variable ${variable(name)}${place}, or the input ${known(name)}.` : '';
        },
        wrongSettings: settings === undefined,
    };
}
const units = { s: 1, m: 60, h: 3600 };
function secondsOf(text) {
    const [, amount, unit] = /^(\d+)\s*([smh])$/.exec(text) ?? [];
    return amount === undefined ? undefined : Number(amount) * units[unit];
}
function inputReader(sources, mistakes, ignored) {
    const mistake = (name, wrong, mend) => {
        const remedy = wrong === 'is missing' ? sources.remedy(name) : '';
        mistakes.push(`${sources.label(name)}: ${wrong}.${remedy} ${mend}`);
    };
    if (sources.wrongSettings)
        mistake('settings', 'is not the JSON of variables', 'Give ${{ toJSON(vars) }}.');
    const required = (name, value, example) => {
        if (example !== undefined && value === '')
            mistake(name, 'is missing', `Give ${example}.`);
        return value;
    };
    const oneLine = (name, value) => {
        const control = controlIn(value);
        if (control)
            mistake(name, `has ${control}`, 'Give plain text without it.');
    };
    const within = (name, value, min, max, unit) => {
        if (value < min || value > max)
            mistake(name, `is ${value}${unit}`, `Give ${min} to ${max}${unit}.`);
        return value;
    };
    // An input that is passed on empty (as a composite does with what its own caller left out) is an input not given.
    const given = (name, fallback) => sources.value(name).trim() || fallback;
    return {
        mistake,
        unneeded(name, wrong, mend) {
            if (sources.isVariable(name))
                ignored.add(`The variable ${sources.label(name)} is ignored: it ${wrong}.`);
            else
                mistake(name, wrong, mend);
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
            mistake(name, `is "${text}", not a whole number`, `Give ${min} to ${max}; without it ${fallback} is taken.`);
            return fallback;
        },
        seconds(name, { default: fallback, min, max }) {
            const text = given(name, fallback);
            const value = secondsOf(text);
            if (value !== undefined)
                return within(name, value, min, max, ' s');
            // Minutes are meant as often as seconds, and either is believed to be what everybody means.
            if (/^\d+$/.test(text))
                mistake(name, `is "${text}", without a unit`, `Give ${text}s or ${text}m.`);
            else
                mistake(name, `is "${text}", not a length of time`, 'Give a number with s, m or h: 90s, 10m, 1h.');
            return secondsOf(fallback) ?? min;
        },
        choice(name, { default: fallback, of }) {
            const text = given(name, fallback);
            const found = of.find((option) => option === text);
            if (found === undefined)
                mistake(name, `is "${text}"`, `Give one of: ${of.join(', ')}.`);
            return found ?? fallback;
        },
        boolean(name, { default: fallback }) {
            const text = given(name, String(fallback)).toLowerCase();
            if (text !== 'true' && text !== 'false')
                mistake(name, `is "${text}"`, 'Give true or false.');
            return text === 'true';
        },
        secret(name, options = {}) {
            const raw = sources.raw(name);
            // No spaces are trimmed: a passphrase may begin or end with one.
            const value = options.multiline ? raw : raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
            for (const form of new Set([raw, value]))
                if (form !== '')
                    mask(form);
            if (!options.multiline)
                oneLine(name, value);
            return required(name, value, options.required);
        },
    };
}

;// CONCATENATED MODULE: ./packages/action-kit/src/interrupt.ts
/**
 * A signal that is aborted when the runner asks this process to stop. The runner sends SIGINT, 7.5 s later SIGTERM and
 * 2.5 s after that kills (docs/research/runner.md#cancelling). So about seven seconds are left to start what must be
 * started.
 */
function interruptSignal() {
    const controller = new AbortController();
    const abort = () => controller.abort();
    process.on('SIGINT', abort);
    process.on('SIGTERM', abort);
    return controller.signal;
}
/** What is left of a main after SIGINT for starting its own undo, in milliseconds. */
const interruptBudgetMs = 6500;

;// CONCATENATED MODULE: ./packages/action-kit/src/job.ts


/** The run, attempt and job that this process belongs to, from the variables the runner sets. */
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
/** Where the actions of this job keep what they share. The runner empties RUNNER_TEMP after the posts. */
function job_jobFolder(env = process.env) {
    return (0,external_node_path_namespaceObject.join)(env.RUNNER_TEMP ?? (0,external_node_os_namespaceObject.tmpdir)(), 'belay');
}
/**
 * The environment for a child: this process's own without the inputs and the state of the step, which hold secrets. A
 * connection's child outlives the step, and its environment can be read by every later step of the job.
 */
function childEnvironment(env = process.env) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(INPUT|STATE)_/.test(name)));
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./packages/release-model/src/record.ts

/** A line of its own, also after one that a kill or a full disk left unfinished. */
function jsonLine(value) {
    return `\n${JSON.stringify(value)}\n`;
}
/** Appends one line, by a single write. */
function appendRecord(path, step, event, now = new Date()) {
    (0,external_node_fs_namespaceObject.appendFileSync)(path, jsonLine({ at: now.toISOString(), step, ...event }));
}
/** Reads what is there; a last line that a killed process left unfinished is passed over. */
function readRecord(path) {
    return readJsonLines(path);
}
function readJsonLines(path) {
    if (!(0,external_node_fs_namespaceObject.existsSync)(path))
        return [];
    const lines = [];
    for (const line of (0,external_node_fs_namespaceObject.readFileSync)(path, 'utf8').split('\n')) {
        try {
            if (line)
                lines.push(JSON.parse(line));
        }
        catch {
            // torn by a kill in the middle of a write: what it would have said did not happen yet
        }
    }
    return lines;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/journal-fold.ts

/** Adds the lines of a journal up. Pure. */
function foldJournal(entries) {
    const steps = new Map();
    const releases = [];
    const open = new Set();
    const connections = [];
    let nonce;
    let decided;
    let returnsAt;
    let alone;
    let damaged;
    let reason;
    const chosen = [];
    const schemas = [];
    const judged = [];
    const update = (id, change) => {
        const step = steps.get(id);
        if (step)
            steps.set(id, { ...step, ...change(step) });
    };
    for (const entry of entries) {
        switch (entry.event) {
            case 'began':
                // A step begins once; a second beginning would hide what it has to undo.
                if (steps.has(entry.step))
                    break;
                steps.set(entry.step, {
                    id: entry.step,
                    action: entry.action,
                    mutates: entry.mutates,
                    closes: entry.closes ?? false,
                    service: entry.service,
                    undo: undefined,
                    ended: undefined,
                    armed: [],
                    settled: [],
                });
                break;
            case 'identified':
                nonce ??= entry.nonce;
                break;
            case 'saved':
                update(entry.step, () => ({ undo: entry.undo }));
                break;
            case 'armed':
                update(entry.step, (step) => ({ armed: [...step.armed, ...entry.targets] }));
                returnsAt = Math.min(returnsAt ?? Number.POSITIVE_INFINITY, entry.returnsAt);
                break;
            case 'ended':
                update(entry.step, () => ({ ended: { ok: entry.ok, result: entry.result } }));
                break;
            case 'settled':
                for (const settled of entry.settled)
                    settle(settled, entry.step);
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
            case 'judged': {
                const { step: _, event: __, ...what } = entry;
                judged.push(what);
                break;
            }
            case 'damaged':
                damaged ??= entry.why;
                break;
            case 'chosen':
                chosen.push({ service: entry.service, release: entry.release });
                break;
            case 'alone':
                alone = { step: entry.step, why: entry.why };
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
    // A target's news may come from another step's post; it belongs to the last step that armed it. What nobody armed
    // (a schema) is told by the step that changed it.
    function settle(settled, by) {
        const all = [...steps.values()];
        const step = all.findLast(({ armed }) => armed.some(({ name }) => name === settled.target)) ?? steps.get(by);
        if (!step)
            return;
        const others = step.settled.filter((earlier) => earlier.target !== settled.target);
        steps.set(step.id, { ...step, settled: [...others, settled] });
    }
    // Once all that was armed is settled, no time of return binds the job any more.
    if (![...steps.values()].some((step) => (0,job_state/* unsettled */.NZ)(step).length > 0))
        returnsAt = undefined;
    return {
        steps: [...steps.values()],
        nonce,
        releases,
        unfinishedReleases: [...open],
        decided,
        returnsAt,
        schemas,
        judged,
        chosen,
        alone,
        reason,
        connections,
        damaged,
    };
}

;// CONCATENATED MODULE: ./packages/action-kit/src/journal.ts





/** Opens the job's journal, and makes it if this is the first action of the job. */
function openJournal(folder) {
    (0,external_node_fs_namespaceObject.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const path = (0,external_node_path_namespaceObject.join)(folder, 'journal.jsonl');
    return {
        folder,
        recordPath: (0,external_node_path_namespaceObject.join)(folder, 'record.jsonl'),
        append: (entry) => (0,external_node_fs_namespaceObject.appendFileSync)(path, jsonLine(entry), { mode: 0o600 }),
        read() {
            const { entries, foreign } = entriesOf(textOf(path)?.toString('utf8') ?? '');
            const job = foldJournal(entries);
            return { ...job, damaged: job.damaged ?? foreign };
        },
        mark: () => markOf(textOf(path) ?? Buffer.alloc(0)),
        whyNot(mark) {
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
    return (0,external_node_fs_namespaceObject.existsSync)(path) ? (0,external_node_fs_namespaceObject.readFileSync)(path) : undefined;
}
function markOf(text) {
    return { bytes: text.length, sum: (0,external_node_crypto_namespaceObject.hash)('sha256', text) };
}
/**
 * The entries of a journal's text, and which line, if any, no step of Belay began to write. One that a kill
 * or a full disk tore is passed over: what it would have said did not happen yet.
 */
function entriesOf(text) {
    const entries = [];
    let foreign;
    for (const [index, line] of text.split('\n').entries()) {
        if (line === '')
            continue;
        const entry = entryOf(line);
        if (entry)
            entries.push(entry);
        else if (!line.startsWith('{'))
            foreign ??= `line ${index + 1} cannot be read`;
    }
    return { entries, foreign };
}
function entryOf(line) {
    try {
        const value = JSON.parse(line);
        return typeof value === 'object' && typeof value?.step === 'string' ? value : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lost-journal.ts



/**
 * Compares the journal with what this step's main left of it, and notes it there if it is not the same: from then on the
 * job decides to undo and ends as `unknown`.
 */
function noteLoss(journal, state) {
    const why = journal.whyNot(state.mark);
    if (why === undefined || !state.mutates)
        return;
    journal.append({ step: state.step, event: 'damaged', why });
}
/**
 * The journal as a post reads it: the connections that its main left open are there also where the journal is lost. No
 * line is added, as a step that only reads may be the first to find it missing, and the next one must find it so, too.
 */
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
/** The same for a main that finds no journal, though an earlier step of the job had one. */
function noteEarlierLoss(journal, step, env = process.env) {
    if (!env.BELAY_RESULT || journal.read().steps.length > 0)
        return;
    journal.append({ step, event: 'damaged', why: 'it is missing, and an earlier step of this job had begun one' });
}
/** @throws Failure `journal-lost` where what earlier steps of the job did is not known any more */
function refuseWithoutJournal(journal) {
    const { damaged } = journal.read();
    if (damaged === undefined)
        return;
    throw new src_failure/* Failure */.HR('journal-lost', `${journalIs(journal, damaged)} This step changed nothing.`, spareIt);
}
/** What post says of a journal that is not as main left it: what happened, where, what goes back, and how to look. */
function lossStory(action, journal, why, state) {
    const look = `Look at what serves now: ${action} with its command that only reads (\`status\`, \`look\`), or docs/by-hand.md.`;
    const settled = journal.read().steps.find(({ id }) => id === state.step)?.settled ?? [];
    return [
        journalIs(journal, why),
        ...becameOf(settled),
        ...leftBehind(state, settled),
        look,
        `How to fix: ${spareIt}`,
    ].join('\n');
}
function journalIs({ folder }, why) {
    return `The journal of this job (${(0,external_node_path_namespaceObject.join)(folder, 'journal.jsonl')}) is not as Belay left it: ${why}. A step of this job emptied or changed RUNNER_TEMP.`;
}
const spareIt = 'let no step of the job remove or change what is in RUNNER_TEMP/belay, then see what serves and release again.';
/** What is left of the journal may have been enough to undo by. */
function becameOf(settled) {
    return settled.map(({ target, result, detail }) => `${target} is ${result}: ${detail}.`);
}
/** What the step did and nobody settled. */
function leftBehind({ step, result, armed, returnsAt }, settled) {
    const open = armed.filter((name) => !settled.some(({ target }) => target === name));
    if (settled.length > 0 && open.length === 0)
        return [];
    if (result !== undefined && result !== 'pending')
        return [`${step} had ended as ${result}; that was not changed.`];
    if (open.length === 0 || returnsAt === undefined)
        return [`${step} had armed nothing: what it changed, if anything, does not go back by itself.`];
    const time = new Date(Date.now() + (returnsAt - monotonicSeconds()) * 1000).toISOString().slice(11, 19);
    return [
        `${step} could not be confirmed. Without a confirmation each goes back by itself, at ${time} UTC at the latest: ${open.join(', ')}.`,
    ];
}

;// CONCATENATED MODULE: ./packages/action-kit/src/main-state.ts

const stateName = 'belay';
/** The journal for a main: each of its own lines is handed to post as well, as soon as it is written. */
function keptForPost(journal, step) {
    let state = {
        folder: journal.folder,
        step,
        mutates: false,
        armed: [],
        connections: [],
        mark: journal.mark(),
    };
    const keep = () => saveState(stateName, JSON.stringify(state));
    keep();
    return {
        ...journal,
        append(entry) {
            journal.append(entry);
            state = { ...state, ...newsOf(state, entry), mark: journal.mark() };
            keep();
        },
    };
}
/** A step may write lines for another one, as the aftercare of a lost runner does: they are no news of its own. */
function newsOf(state, entry) {
    if (entry.step !== state.step)
        return {};
    switch (entry.event) {
        case 'began':
            return { mutates: entry.mutates };
        case 'armed':
            return { armed: [...state.armed, ...entry.targets.map(({ name }) => name)], returnsAt: entry.returnsAt };
        case 'connected':
            return { connections: [...state.connections, entry.socket] };
        case 'ended':
            return { result: entry.result };
        default:
            return {};
    }
}
/** What main left; undefined where it was stopped before it began. */
function mainState() {
    const text = getState(stateName);
    return text === '' ? undefined : JSON.parse(text);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/summary.ts



/** A text from outside, such as a version's name, as one line of Markdown that means nothing but itself. */
function plainMarkdown(text) {
    return text
        .replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
        .replace(/[\\`*_{}[\]<>#|~&!]/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`));
}
/** Appends sections to the job summary of this step; without a summary file (no runner) it does nothing. */
function writeSummary(sections) {
    const path = process.env.GITHUB_STEP_SUMMARY;
    if (!path || sections.length === 0)
        return;
    (0,external_node_fs_namespaceObject.appendFileSync)(path, `${sections.join('\n\n')}\n\n`);
}
/**
 * Keeps sections for the last post of the job: the runner shows the summaries of a job in the order of its steps, and
 * which version serves, known at the very end, has to stand above all ids and digests.
 */
function keepSections(journal, stage, sections) {
    for (const section of sections)
        (0,external_node_fs_namespaceObject.appendFileSync)(pathOf(journal), jsonLine({ stage, section }), { mode: 0o600 });
}
/** All that was kept: of the posts first, the newest above, for they say how it ended. */
function keptSections(journal) {
    const kept = readJsonLines(pathOf(journal));
    const of = (stage) => kept.filter((one) => one.stage === stage).map(({ section }) => section);
    return [...of('post').reverse(), ...of('main')];
}
function pathOf({ folder }) {
    return (0,external_node_path_namespaceObject.join)(folder, 'summary.jsonl');
}
/** A text from outside as a block of code, which it cannot end; `language` colours it: `sh`. */
function codeBlock(text, language = '') {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${text}\n${fence}`;
}

;// CONCATENATED MODULE: ./packages/release-model/src/serving.ts
/** A version as people say it: of a commit its first seven digits. */
function versionName(version) {
    return /^[0-9a-f]{40}$/.test(version) ? version.slice(0, 7) : version;
}
/** `v1.2.0 (20261120T090000Z-3f2a9c1b7d04-4711-1-9f86d081)` */
function servingName({ version, release }) {
    const name = versionName(version);
    if (release === '' || name === '')
        return name || release || 'nothing that Belay released';
    return `${name} (${release})`;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/conclusion.ts


/**
 * Concludes a job: which version serves now, and what became of the other one. Only of services whose users were moved,
 * or were to be. Pure.
 */
function conclude(concluded) {
    const services = new Set(concluded.job.steps.flatMap(({ service }) => service ?? []));
    return [...services].flatMap((service) => {
        const places = lastOfEach(concluded.job.steps.filter((step) => step.service === service).flatMap(placesOf));
        return places.length > 0 ? [concludeService(service, places, concluded)] : [];
    });
}
function placesOf({ armed, settled }) {
    return armed.flatMap(({ name, move }) => {
        const { result = 'unknown', detail = '' } = settled.find(({ target }) => target === name) ?? {};
        return move ? [{ name, move, result, detail }] : [];
    });
}
/** A job that goes back moves a target twice: what its last step did there is what holds. */
function lastOfEach(places) {
    return [...new Map(places.map((place) => [place.name, place])).values()];
}
function concludeService(service, places, concluded) {
    const whole = wholeResult(places);
    if (whole)
        return { service, result: whole, text: `${service}: ${sentence(whole, places, concluded)}` };
    const [first, ...others] = places;
    if (others.length === 0)
        return { service, result: first.result, text: `${service}: ${whatServes(first)}` };
    const known = new Set(places.flatMap((place) => serving(place) ?? []));
    const differs = known.size > 1 ? 'is not the same everywhere' : 'may not be the same everywhere';
    return { service, result: 'mixed', text: `${service} ${differs}: ${places.map(whatServes).join('; ')}` };
}
/** What became of the service as a whole, where all hosts serve one and the same; else undefined. */
function wholeResult(places) {
    const results = new Set(places.map(({ result }) => result));
    const from = new Set(places.map(({ move }) => nameOf(move.from)));
    const to = new Set(places.map(({ move }) => nameOf(move.to)));
    if (results.size === 1 && results.has('committed'))
        return to.size === 1 ? 'committed' : undefined;
    if (places.some((place) => !isBefore(place)) || from.size > 1)
        return undefined;
    return results.has('rolled-back') ? 'rolled-back' : 'unchanged';
}
/** What served before the job serves there: it came back, or never went. */
function isBefore({ result }) {
    return result === 'rolled-back' || result === 'unchanged';
}
function sentence(whole, places, { job, record, status, actor }) {
    const where = places.length === 1 ? 'on 1 host' : `on ${places.length} hosts`;
    const back = places.some(({ move }) => move.back);
    const [to, from] = [namesOf(places, 'to'), namesOf(places, 'from')];
    const why = () => whyUndone(job, record, status);
    switch (whole) {
        case 'committed':
            if (!back)
                return `${to} serves ${where}${from ? ` (before: ${from})` : ''}`;
            return `${to} serves again ${where} (${actor} went back from ${from || 'what was live'}${job.reason ? `: ${job.reason}` : ''})`;
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
function namesOf(places, side) {
    const names = new Set(places.map(({ move }) => nameOf(move[side])).filter(Boolean));
    return [...names].join(' and ');
}
function nameOf({ version }) {
    return versionName(version);
}
/** The version that serves on a host, in words; undefined where that is not known. */
function serving(place) {
    if (place.result === 'committed')
        return nameOf(place.move.to);
    return isBefore(place) ? nameOf(place.move.from) || 'what was there before' : undefined;
}
function whatServes(place) {
    const host = place.name.replace(/^.* on /, '');
    const version = serving(place);
    if (version !== undefined)
        return `${version} serves on ${host}`;
    return place.detail === '' ? `not known of ${host}` : `${host}: ${place.detail.replace(/\s*\n\s*/g, ' ')}`;
}
/** Why a job was undone, in as few words as a headline has room for. The step that failed is named where Belay can. */
function whyUndone(job, record, status) {
    if (status === 'cancelled')
        return 'the job was cancelled';
    // A step that refuses to begin after another one's failure is not the reason.
    const failed = record.findLast((line) => line.event === 'step-ended' && !line.ok && line.code !== 'job-failed');
    if (failed) {
        const action = job.steps.find(({ id }) => id === failed.step)?.action ?? failed.step;
        return `${action} failed`;
    }
    const [stopped] = job.steps.filter(({ mutates, ended }) => mutates && !ended);
    if (stopped)
        return `${stopped.action} was stopped before its end`;
    if (status === 'failure')
        return foreignFailure(job);
    return job.decided?.why ?? reasonToUndo(job, status) ?? 'not known';
}
/** The runner does not say which step failed; what Belay knows is between which of its own it stood. */
function foreignFailure(job) {
    const last = job.steps.findLast(({ ended }) => ended);
    const after = last ? ` after ${last.action === 'release-end' ? 'release' : last.action}` : '';
    return job.unfinishedReleases.length > 0 ? `a step inside release${after} failed` : `a step${after} failed`;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/log.ts

/**
 * The only way to the job log. Texts of hosts, tools and servers are in almost every line, and the runner reads
 * commands out of standard output and standard error alike: what is printed here starts none.
 */
const log = {
    info: (text) => info(defuse(text)),
    debug: (text) => debug(defuse(text)),
    notice: (text, properties) => notice(defuse(text), properties),
    warning: (text, properties) => warning(defuse(text), properties),
    error: (text, properties) => error(defuse(text), properties),
    /** An error annotation, and the step is red. */
    setFailed: (text) => setFailed(defuse(text)),
};
/** A stream of a tool's own output, which comes in pieces: whole lines are printed, the last one at the end. */
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
/**
 * A text of several lines that starts no workflow command: neither `::x::`, which the runner takes at the start of a
 * line, spaces before it or not, nor the older `##[x]`, which it finds in the middle of a line too. A lone carriage
 * return is a line break to the runner (docs/research/runner.md#texts). Colours stay; other control characters are written out. Pure.
 */
function defuse(text) {
    return text
        .replace(/\r\n?|[\u2028\u2029]/g, '\n')
        .replace(control, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
        .replace(/[\u202a-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
        .replace(/^(\s*):(?=:)/gm, '$1:\\')
        .replaceAll('##[', '#\\#[');
}
/** All control characters but tab, line feed and the escape of a colour. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const control = /[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]|\x1b(?!\[[\d;]*m)/g;

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/report.ts









/** What went wrong, as an annotation. What no part of Belay foresaw comes with its stack, for those who repair it. */
function reportError(thrown) {
    const error = (0,src_failure/* asFailure */.h_)(thrown);
    if (error instanceof src_failure/* Failure */.HR) {
        log.setFailed(error.message);
        return;
    }
    log.setFailed(`${(0,src_failure/* messageOf */.bD)(error)}\n  This is a defect of Belay. Please report it with the lines of the log below.`);
    if (error instanceof Error)
        log.info(error.stack ?? '');
}
/** Where not even the journal could be written, or its end: later steps still read why. */
function reportOutputs(error) {
    attempt(() => setOutput('failure-code', (0,src_failure/* codeOf */.$N)(error)));
    if (!process.env.BELAY_RESULT)
        attempt(() => exportVariable('BELAY_RESULT', 'unchanged'));
}
/** A full disk must not hide what happened before it. */
function attempt(write) {
    try {
        write();
    }
    catch (error) {
        log.debug((0,src_failure/* messageOf */.bD)(error));
    }
}
/** A job that changed production and lost its journal is red, and says what is left behind. */
function sayLoss(action, step, state) {
    const { damaged } = step.journal.read();
    if (damaged === undefined || !state.mutates)
        return;
    const story = lossStory(action, step.journal, damaged, state);
    log.setFailed(story);
    step.summary(`**${action}**: the journal was lost\n\n${codeBlock(story)}`);
}
function conclusionsOf({ journal }, status) {
    return conclude({ job: journal.read(), record: readRecord(journal.recordPath), status, actor: currentRun().actor });
}
/** The one annotation of a job that says which version serves now. */
function annotate({ result, text }) {
    if (result === 'committed')
        log.notice(text, { title: 'Released' });
    else
        log.error(text, { title: titles[result] ?? 'Inspect what serves' });
}
const titles = { 'rolled-back': 'Rolled back', unchanged: 'Not released' };
/** A job that ends other than its steps promised is red, whatever the workflow tolerates. */
function complain(result, decided, jobStatus) {
    if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
        log.setFailed(`This step ended as ${result}. Inspect the targets that the summary names.`);
    else if (decided.decision === 'undo' && jobStatus === 'success')
        log.setFailed(`The release was rolled back, because ${decided.why}.`);
}
function outcomeTable(action, why, step) {
    const rows = (step?.settled ?? []).map(({ target, result, detail, stays }) => `| ${plainMarkdown(target)} | ${stays ? 'stays' : result} | ${plainMarkdown(detail)} |`);
    const table = rows.length > 0 ? `\n\n| target | result | |\n|---|---|---|\n${rows.join('\n')}` : '';
    return `**${action}**: ${step ? (0,job_state/* resultOf */.Bg)(step) : 'unknown'}, because ${plainMarkdown(why)}.${table}`;
}
/** The last post of the job writes the summary of all its steps, what serves above; without one each writes its own. */
function flushSections({ id, stage, journal }, sections) {
    const job = journal.read();
    const last = job.steps.find(({ closes }) => closes)?.id;
    // A journal that lost something does not know its last post any more.
    const alone = job.damaged !== undefined || last === undefined;
    if (alone)
        writeSummary(sections);
    else
        keepSections(journal, stage, sections);
    if (stage === 'main' || last !== id)
        return;
    const serves = conclusionsOf({ journal }, process.env['INPUT_JOB-STATUS'] || 'success');
    writeSummary([...serves.map(({ text }) => `**${plainMarkdown(text)}**`), ...keptSections(journal)]);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/step.ts






function makeStep(id, stage, journal) {
    const sections = [];
    const record = (event) => appendRecord(journal.recordPath, id, event);
    const step = {
        id,
        stage,
        journal,
        signal: stage === 'main' ? interruptSignal() : ignoredInterrupts(),
        record,
        output: (name, value) => setOutput(name, value),
        summary: (markdown) => sections.push(markdown),
        info: (text) => log.info(text),
        warn(text, host) {
            log.warning(host ? `${host}: ${text}` : text);
            record({ event: 'note', level: 'warning', text, ...(host && { host }) });
        },
        save: (undo) => journal.append({ step: id, event: 'saved', undo }),
        arm(targets, seconds) {
            journal.append({ step: id, event: 'armed', targets: [...targets], returnsAt: monotonicSeconds() + seconds });
            const moved = targets.flatMap(({ name, move }) => (move ? [[name, move.from]] : []));
            record({ event: 'armed', hosts: targets.map(({ name }) => name), seconds, previous: Object.fromEntries(moved) });
        },
        settle: (settled) => journal.append({ step: id, event: 'settled', settled: [...settled] }),
    };
    return { step, flush: () => flushSections(step, sections) };
}
function find(step) {
    return step.journal.read().steps.find(({ id }) => id === step.id);
}
function nextStep(journal, action) {
    const earlier = journal.read().steps.filter((step) => step.action === action).length;
    return `${action}-${earlier + 1}`;
}
/** A post is never interrupted by the runner; a stray Ctrl-C at a terminal must not stop an undo either. */
function ignoredInterrupts() {
    interruptSignal();
    return new AbortController().signal;
}

// EXTERNAL MODULE: ./packages/release-model/src/result.ts
var result = __nccwpck_require__(432);
;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/undo.ts




/** Undoes this step as far as its journal says that there is something to undo. Never throws. */
async function undoNow(action, step, until) {
    const me = find(step);
    if (me?.undo === undefined || !action.transaction)
        return 'unchanged';
    try {
        const settled = await action.transaction.undo(me.undo, step, until);
        step.settle(settled);
        for (const one of settled) {
            log.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`);
            step.record({ event: 'settled', ...one });
        }
        return (0,result/* worst */.Q)(settled.map(({ result }) => result));
    }
    catch (error) {
        log.error(`Rollback failed: ${(0,src_failure/* messageOf */.bD)(error)}`);
        return 'mixed';
    }
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/main.ts















async function main(action) {
    const opened = openJournal(job_jobFolder());
    const id = nextStep(opened, action.name);
    // Before inputs are read: post runs whatever happens from here on, and must find the journal.
    const journal = keptForPost(opened, id);
    noteEarlierLoss(journal, id);
    const { step, flush } = makeStep(id, 'main', journal);
    const began = monotonicSeconds();
    const { transaction } = action;
    // Until the inputs say otherwise: one that cannot read them would have changed something.
    let mutates = transaction !== undefined;
    try {
        const inputs = readInputs((read) => action.inputs(read), fromEnvironment, {
            ...(action.variables && { variables: action.variables }),
            releaseTo: (0,job_state/* releaseUnderWay */.fy)(journal.read())?.environment,
            note: step.info,
        });
        mutates = transaction?.mutates(inputs) ?? false;
        const service = transaction?.service(inputs);
        if (transaction && mutates)
            refuseTooLate(journal, transaction.startsAfterFailure(inputs));
        begin(action, journal, id, mutates, service);
        step.record({ event: 'step-began', action: action.name, mutates, ...(service && { service }) });
        exportVariable('BELAY_RESULT', (0,job_state/* jobResult */.jz)(journal.read()));
        step.output('failure-code', '');
        const outcome = await action.main(inputs, step);
        if (step.signal.aborted)
            throw new src_failure/* Interrupted */.j$();
        endWell(step, outcome, began);
    }
    catch (error) {
        await endBadly(action, step, error, began, mutates);
    }
    finally {
        flush();
    }
}
function begin({ name, end }, journal, step, mutates, service) {
    const closes = (mutates || end !== undefined) && { closes: true };
    journal.append({ step, event: 'began', action: name, mutates, ...(service && { service }), ...closes });
}
/** A mutating step changes nothing after a failure, nor once something of this job has begun to return by itself. */
function refuseTooLate(journal, startsAfterFailure) {
    const status = process.env['INPUT_JOB-STATUS'] || 'success';
    if (status !== 'success' && !startsAfterFailure)
        throw new src_failure/* Failure */.HR('job-failed', `An earlier step of this job ended as ${status}; nothing more is changed.`);
    refuseWithoutJournal(journal);
    const { alone } = journal.read();
    if (alone)
        throw new src_failure/* Failure */.HR('not-alone', `${alone.step} must be the only change of its job: ${alone.why}`);
    refuseAfterReturn(journal);
}
/** @throws Failure `window-passed` where hosts armed by this job have begun to return by themselves. */
function refuseAfterReturn(journal) {
    const { returnsAt } = journal.read();
    if (returnsAt === undefined || monotonicSeconds() < returnsAt)
        return;
    throw new src_failure/* Failure */.HR('window-passed', 'What this job changed earlier was not confirmed in time and returns by itself; nothing more is changed.', 'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.');
}
function endWell(step, outcome, began) {
    step.journal.append({ step: step.id, event: 'ended', ok: true, result: outcome.result });
    step.output('result', outcome.result);
    step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) });
    // `undo: false` and rollback are final at the end of their own main: no post has to say so.
    exportVariable('BELAY_RESULT', (0,job_state/* jobResult */.jz)(step.journal.read()));
}
async function endBadly(action, step, error, began, mutates) {
    reportError(error);
    const { journal } = step;
    // Inputs that could not be read: the step never began, which is a way of leaving everything unchanged.
    if (!find(step))
        begin(action, journal, step.id, mutates);
    const hurry = step.signal.aborted ? interruptBudgetMs / 1000 : postsShareSeconds;
    const result = await undoNow(action, step, monotonicSeconds() + hurry);
    attempt(() => step.output('result', result));
    attempt(() => step.output('failure-code', (0,src_failure/* codeOf */.$N)(error)));
    journal.append({ step: step.id, event: 'ended', ok: false, result });
    exportVariable('BELAY_RESULT', (0,job_state/* jobResult */.jz)(journal.read()));
    const failure = (0,src_failure/* asFailure */.h_)(error);
    const reason = (0,src_failure/* messageOf */.bD)(failure);
    const remedy = failure instanceof src_failure/* Failure */.HR && failure.mend !== undefined && { remedy: failure.mend };
    const code = (0,src_failure/* codeOf */.$N)(error);
    step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code, ...remedy });
    // What only reads always leaves everything as it was; said of it, that would contradict what became of the release.
    const became = mutates ? `: ${result}` : '';
    step.summary(`**${action.name} failed** (\`${code}\`)${became}\n\n${codeBlock(reason)}`);
}
function elapsed(began) {
    return Math.round((monotonicSeconds() - began) * 100) / 100;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/post-action.ts

/** What the post of a step has to do, by what the journal says of it. Pure. */
function postAction(job, step, decision) {
    if (isOvertaken(job, step))
        return 'mark-superseded';
    if (decision === 'commit')
        return isUnarmed(step) && isPending(step) ? 'mark-committed' : 'nothing';
    if (step?.undo === undefined && !step?.ended)
        return 'mark-unchanged';
    return needsUndo(step) ? 'undo' : 'nothing';
}
/** Whether a step has saved a way back, and has not gone it. */
function needsUndo(step) {
    if (step?.undo === undefined)
        return false;
    return !['rolled-back', 'unchanged', 'committed', 'noop'].includes((0,job_state/* resultOf */.Bg)(step));
}
/**
 * What a job did for a service before it found that a newer release was there first, and that arms nothing (a schema):
 * it stays, for the newer release was built upon it.
 */
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

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/post.ts












async function post(action, state) {
    if (!state)
        return log.info('The main stage was stopped before it did anything; there is nothing to do.');
    const journal = journalForPost(openJournal(state.folder), state);
    noteLoss(journal, state);
    const { step, flush } = makeStep(state.step, 'post', journal);
    try {
        if (action.transaction && (state.mutates || find(step)?.mutates))
            await follow(action, step);
        else
            await action.end?.(step);
    }
    catch (error) {
        // An action that only reads tells what others did; it must not change what that is.
        if (state.mutates || find(step)?.mutates)
            throw error;
        log.warning((0,src_failure/* messageOf */.bD)(error));
    }
    finally {
        attempt(() => sayLoss(action.name, step, state));
        await action.transaction?.close(step).catch((error) => log.debug((0,src_failure/* messageOf */.bD)(error)));
        flush();
    }
}
/** Follows the decision of the job: everything is confirmed at once, or this step undoes its own; then the result. */
async function follow(action, step) {
    const { journal } = step;
    const jobStatus = process.env['INPUT_JOB-STATUS'] || 'success';
    const keeper = action.transaction?.keeper(step);
    if (!keeper)
        return;
    const { decided, here } = await decideOnce(journal, step.id, jobStatus, keeper, monotonicSeconds());
    if (here)
        step.record({ event: 'decided', decision: decided.decision, why: decided.why });
    log.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
    if (decided.decision === 'commit')
        for (const settled of await confirmAll(journal, step.id, keeper))
            step.record({ event: 'settled', ...settled });
    await doPostAction(postAction(journal.read(), find(step), decided.decision), action, step, decided.until);
    const job = journal.read();
    const mine = find(step);
    exportVariable('BELAY_RESULT', (0,job_state/* jobResult */.jz)(job));
    step.record({ event: 'result', result: (0,job_state/* jobResult */.jz)(job) });
    step.summary(outcomeTable(action.name, decided.why, mine));
    if (isFirstChange(job, step.id))
        for (const one of conclusionsOf(step, jobStatus))
            annotate(one);
    if (job.damaged === undefined)
        complain(mine ? (0,job_state/* resultOf */.Bg)(mine) : 'unknown', decided, jobStatus);
}
async function doPostAction(doing, action, step, until) {
    const end = (ok, result) => step.journal.append({ step: step.id, event: 'ended', ok, result });
    if (doing === 'nothing')
        return;
    if (doing === 'mark-committed')
        return end(true, 'committed');
    if (doing === 'mark-superseded')
        return end(true, 'superseded');
    if (doing === 'mark-unchanged')
        return end(false, 'unchanged');
    const result = await undoNow(action, step, shareOf(step.journal, until));
    // The result of what was armed is its targets'.
    if (find(step)?.armed.length === 0)
        end(false, result);
}
/** The posts of a job share one span of time; each may use what is left, divided by the steps still to be undone. */
function shareOf(journal, until) {
    const waiting = journal.read().steps.filter((step) => step.mutates && needsUndo(step)).length;
    const left = Math.max(5, until - monotonicSeconds());
    return monotonicSeconds() + left / Math.max(1, waiting);
}
/** Posts run in reverse order: once the first change of the job is settled, all of them are. */
function isFirstChange({ steps }, id) {
    return steps.find(({ mutates }) => mutates)?.id === id;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/secret-folder.ts



/** A folder for files of secrets, named for this process: one that is killed cannot remove it, and others must know. */
function makeSecretFolder() {
    mkdirSync(jobFolder(), { recursive: true, mode: 0o700 });
    return mkdtempSync(join(jobFolder(), `secret-${process.pid}-`));
}
/** Removes the secrets of processes that are gone. Steps may run beside each other: those of a living one stay. */
function sweepSecrets() {
    for (const name of namesIn(job_jobFolder())) {
        const [, pid] = /^secret-(\d+)-/.exec(name) ?? [];
        if (pid !== undefined && !isAlive(Number(pid)))
            (0,external_node_fs_namespaceObject.rmSync)((0,external_node_path_namespaceObject.join)(job_jobFolder(), name), { recursive: true, force: true });
    }
}
function namesIn(folder) {
    try {
        return (0,external_node_fs_namespaceObject.readdirSync)(folder);
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

;// CONCATENATED MODULE: ./packages/action-kit/src/run.ts







/**
 * Runs an action: one bundle for both stages of the runner. `main` does the work and undoes it if it fails; `post`
 * follows the decision of the job, and makes it if it is the first of a mutating action.
 */
async function run(action) {
    // Node would print it by itself, as it is.
    process.once('uncaughtException', (error) => {
        reportError(error);
        process.exit(1);
    });
    try {
        if (process.platform !== 'linux')
            throw new src_failure/* Failure */.HR('platform', `Belay runs on Linux runners, not ${process.platform}.`);
        // A main that was killed while it logged in has left its key.
        sweepSecrets();
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
    // A connection left open for later steps must not keep this process.
    process.exit();
}
/**
 * The runner says nowhere which stage it starts, and a main that was killed at once leaves no state to tell by. So
 * `post:` in action.yml names `dist/post.js`, which does nothing but import the one bundle.
 */
function isPost() {
    return (0,external_node_path_namespaceObject.basename)(process.argv[1] ?? '') === 'post.js';
}


/***/ }),

/***/ 432:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ worst)
/* harmony export */ });
/* unused harmony export results */
/**
 * What became of a step or of the whole job (rule 15 of the transaction), from harmless to worst.
 * `pending` is only a main's own output: all is well and nothing is decided yet.
 */
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
/**
 * The worst of several results. `noop`, `unchanged` and `superseded` never hide another; what was committed in one place and taken
 * back in another is `mixed`. Of nothing at all: `unknown`.
 */
function worst(all) {
    if (all.length === 0)
        return 'unknown';
    const has = (result) => all.includes(result);
    if (has('committed') && (has('rolled-back') || has('undo-started')))
        return 'mixed';
    return all.reduce((a, b) => (results.indexOf(b) > results.indexOf(a) ? b : a));
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(237);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
