import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 741:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

/* unused reexport */ __nccwpck_require__(218);


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var net = __nccwpck_require__(278);
var tls = __nccwpck_require__(756);
var http = __nccwpck_require__(611);
var https = __nccwpck_require__(692);
var events = __nccwpck_require__(434);
var assert = __nccwpck_require__(613);
var util = __nccwpck_require__(23);


__webpack_unused_export__ = httpOverHttp;
__webpack_unused_export__ = httpsOverHttp;
__webpack_unused_export__ = httpOverHttps;
__webpack_unused_export__ = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
__webpack_unused_export__ = debug; // for test


/***/ }),

/***/ 849:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  b: () => (/* binding */ releaseDeployment)
});

// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 2 modules
var inputs = __nccwpck_require__(557);
// EXTERNAL MODULE: ./packages/release/src/index.ts + 4 modules
var src = __nccwpck_require__(342);
// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
;// CONCATENATED MODULE: ./packages/action-kit/src/release.ts


/** Reads `service`, `environment`, `version` and the commit. Every action that changes production takes these. */
function readReleaseInputs(read, env = process.env) {
    const repository = env.GITHUB_REPOSITORY?.split('/')[1] ?? '';
    const service = read.text('service', { default: repository, required: 'the name of what is released' });
    const environment = read.text('environment', { required: 'where it is released to, such as qa or production' });
    const sha = (env.GITHUB_SHA ?? '').toLowerCase();
    const version = read.text('version', { default: sha });
    for (const [name, value] of [['service', service], ['environment', environment]]) {
        if (value !== '' && !(0,src/* isName */.Eo)(value))
            read.mistake(name, `is "${value}"`, 'Give letters, digits, ".", "_" and "-", 63 at most.');
    }
    if (!/^[0-9a-f]{40}$/.test(sha))
        read.mistake('version', `GITHUB_SHA is "${sha}"`, 'Run this step in a workflow.');
    return { service, environment, version, sha };
}
/** The release of this service in this job: the one an earlier step made, or a new one, in journal and record. */
function joinRelease(step, inputs) {
    const earlier = step.journal
        .read()
        .releases.find(({ service, environment }) => service === inputs.service && environment === inputs.environment);
    if (earlier)
        return earlier;
    const run = (0,job/* currentRun */.xh)();
    const release = { ...inputs, id: (0,src/* releaseId */.Bf)(new Date(), inputs.sha, run.attempt) };
    step.journal.append({ step: step.id, event: 'release-began', release });
    step.record({ event: 'release-began', release, run });
    return release;
}

// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./packages/github/src/artifacts.ts




/**
 * Finds the artifact that QA proved for a commit: of a run of this very workflow file, for this very commit, started by
 * a push to this repository's default branch or one below `release/`, that ended well. Pull requests of forks upload
 * artifacts into this repository too, under any name (facts: github-actions, section 6).
 * @param workflow `.github/workflows/qa.yml`
 */
async function findProof(github, wanted) {
    const { workflow_runs } = await github.get('/actions/runs', {
        head_sha: wanted.sha,
        event: 'push',
        per_page: 100,
    });
    const own = workflow_runs.filter((run) => isOwn(run, wanted));
    const good = own.filter(({ status, conclusion }) => status === 'completed' && conclusion === 'success');
    if (good.length === 0)
        return { found: 'nothing', why: whyNothing(own, wanted) };
    let last = { found: 'nothing', why: '' };
    for (const { id, html_url, head_branch } of good) {
        const run = { id, url: html_url, branch: head_branch };
        const { artifacts } = await github.get(`/actions/runs/${id}/artifacts`, {
            name: wanted.artifact,
            per_page: 100,
        });
        const named = artifacts.filter(({ name }) => name === wanted.artifact);
        const there = named.find(({ expired, digest }) => !expired && digest);
        if (there)
            return { found: 'artifact', run, artifact: { id: there.id, name: there.name, digest: String(there.digest) } };
        last = { found: 'run', run, expired: named.some(({ expired }) => expired) };
    }
    return last;
}
function isOwn(run, wanted) {
    return (run.path.replace(/@.*$/, '') === wanted.workflow &&
        run.event === 'push' &&
        run.head_sha === wanted.sha &&
        run.head_repository?.id === wanted.repositoryId &&
        (run.head_branch === wanted.defaultBranch || run.head_branch.startsWith('release/')));
}
function whyNothing(own, { workflow, sha }) {
    const [newest] = own;
    if (!newest)
        return `${workflow} never ran for a push of ${sha.slice(0, 12)} to a branch that is released from`;
    const state = newest.status === 'completed' ? `ended as ${newest.conclusion}` : `is ${newest.status}`;
    return `its run for ${sha.slice(0, 12)} ${state}: ${newest.html_url}`;
}
/**
 * Downloads an artifact, compares it with its digest, and unpacks it into `folder`, which is made anew.
 * @throws Failure `artifact-changed` where it is not what was uploaded, `artifact-unreadable` where it is no zip
 */
async function downloadArtifact(github, { id, name, digest }, folder, signal) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = `${folder}.zip`;
    try {
        const sha256 = await github.save(`/actions/artifacts/${id}/zip`, file);
        if (digest !== `sha256:${sha256}`)
            throw new Failure('artifact-changed', `The artifact ${name} (${id}) has the digest sha256:${sha256}, but was uploaded with ${digest}.`, 'do not release it; run QA again for this commit.');
        await unpack(file, folder, name, signal);
    }
    finally {
        rmSync(file, { force: true });
    }
}
async function unpack(file, folder, name, signal) {
    try {
        // A link inside could lead the files after it out of the folder: unzip (6.0) makes links last, and drops `..`.
        await promisify(execFile)('unzip', ['-q', file, '-d', folder], { env: childEnvironment(), signal });
    }
    catch (error) {
        const missing = error.code === 'ENOENT';
        if (missing)
            throw new Failure('unzip-missing', 'This runner has no unzip.', 'install it: apt-get install unzip.');
        throw new Failure('artifact-unreadable', `The artifact ${name} could not be unpacked: ${error.message}`);
    }
}

// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var clock = __nccwpck_require__(563);
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_default = /*#__PURE__*/__nccwpck_require__.n(external_node_https_namespaceObject);
;// CONCATENATED MODULE: ./packages/http/src/request.ts


/** There was no whole answer. `sent` is false only where the other side certainly never saw the request. */
class NoAnswer extends Error {
    sent;
    constructor(message, sent) {
        super(message);
        this.name = 'NoAnswer';
        this.sent = sent;
    }
}
/**
 * Sends one request and reads the whole answer, of `maxBytes` at most. Follows no redirect, tries nothing again.
 * @throws NoAnswer, also where the signal is aborted
 */
async function request(asked, maxBytes) {
    return request_open(asked, async (response) => {
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
/**
 * Sends one request and has `read` take the answer as it comes.
 *
 * Over a connection of its own, for one kept open may be closed by the other side while a request is on its way; by
 * node:https, which honours the runner's proxies and is loaded 25 ms faster than the global fetch.
 * @throws NoAnswer, also for what `read` throws
 */
async function request_open(asked, read) {
    const timeout = AbortSignal.timeout(Math.ceil(asked.timeoutMs));
    const progress = { sent: false };
    try {
        return await read(await send(asked, AbortSignal.any([timeout, asked.signal]), progress));
    }
    catch (error) {
        const { message, name } = error;
        throw new NoAnswer(timeout.aborted ? `no answer within ${Math.round(asked.timeoutMs)} ms` : message || name, progress.sent);
    }
}
function send({ method, url, headers, body }, signal, progress) {
    const secure = url.protocol === 'https:';
    const { Agent, request } = secure ? (external_node_https_default()) : (external_node_http_default());
    const agent = new Agent({ keepAlive: false, proxyEnv: process.env });
    return new Promise((resolve, reject) => {
        const sending = request(url, { method, headers, agent, signal }, resolve);
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

;// CONCATENATED MODULE: ./packages/http/src/index.ts


;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: ./packages/github/src/download.ts





/** Writes what is answered to a file. Returns the status and the SHA-256 of what was written. @throws NoAnswer */
async function saveAnswer(asked, file) {
    return request_open(asked, async (response) => {
        const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
        const hashing = new external_node_stream_namespaceObject.Transform({
            transform(chunk, _encoding, done) {
                hash.update(chunk);
                done(null, chunk);
            },
        });
        await (0,promises_namespaceObject.pipeline)(response, hashing, (0,external_node_fs_.createWriteStream)(file, { mode: 0o600 }), { signal: asked.signal });
        return { status: response.statusCode ?? 0, sha256: hash.digest('hex') };
    });
}

;// CONCATENATED MODULE: ./packages/github/src/client.ts



/** Reads `github-token`; the rest is what the runner says of the run. */
function readGitHubInputs(read, env = process.env) {
    const token = read.secret('github-token').trim();
    const apiUrl = new URL(env.GITHUB_API_URL || 'https://api.github.com');
    if (!apiUrl.pathname.endsWith('/'))
        apiUrl.pathname += '/';
    if (token !== '' && !/^[\x21-\x7e]+$/.test(token))
        read.mistake('github-token', 'has characters that no token has', 'Leave it out, or give one token.');
    return { token, repository: env.GITHUB_REPOSITORY ?? '', apiUrl };
}
/** GitHub answered that it would not. */
class client_GitHubRefusal extends failure/* Failure */.HR {
    status;
    constructor(status, code, message, mend) {
        super(code, message, mend);
        this.name = 'GitHubRefusal';
        this.status = status;
    }
}
const attempts = 4;
const attemptMs = 15_000;
const downloadMs = 600_000;
/** A comparison of two commits is the longest answer; it may hold the text of hundreds of changed files. */
const maxBytes = 20_000_000;
/** The longest that is waited for a limit to end; the limit of an hour is not waited for. */
const longestWaitMs = 60_000;
/**
 * Opens the API of one repository. Every call is bounded in time and tried again where that can help.
 *
 * Not by @actions/github: its undici, and the table of all of GitHub's methods, weigh more than all actions that ask
 * GitHub together, and it repeats nothing by itself.
 */
function openGitHub({ token, repository, apiUrl }, signal) {
    const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        'user-agent': 'belay',
    };
    const urlOf = (path, query = {}) => {
        const url = new URL(`repos/${repository}${path}`, apiUrl);
        for (const [name, value] of Object.entries(query))
            url.searchParams.set(name, String(value));
        return url;
    };
    async function get(path, query) {
        return ask({ method: 'GET', url: urlOf(path, query), headers, timeoutMs: attemptMs, signal }, true);
    }
    return {
        repository,
        async get(path, query) {
            return read(await get(path, query));
        },
        async post(path, body, { repeatable }) {
            const asked = {
                method: 'POST',
                url: urlOf(path),
                headers: { ...headers, 'content-type': 'application/json' },
                body: JSON.stringify(body),
                timeoutMs: attemptMs,
                signal,
            };
            return read(await ask(asked, repeatable));
        },
        async save(path, file) {
            const { headers: answered, status } = await get(path);
            const { location } = answered;
            if (status !== 302 || location === undefined)
                throw new client_GitHubRefusal(status, 'github-unexpected-answer', `GitHub did not say where ${path} is.`);
            return download(new URL(location), file, signal);
        },
    };
}
/** The storage is another server: it must not see the token. */
async function download(url, file, signal) {
    for (let attempt = 1;; attempt++) {
        const asked = { method: 'GET', url, headers: { 'user-agent': 'belay' }, timeoutMs: downloadMs, signal };
        const outcome = await saveAnswer(asked, file).catch((error) => error);
        if (!(outcome instanceof Error) && outcome.status === 200)
            return outcome.sha256;
        const what = outcome instanceof Error ? outcome.message : `HTTP ${outcome.status}`;
        const passing = outcome instanceof NoAnswer || (!(outcome instanceof Error) && outcome.status >= 500);
        if (!passing || attempt === attempts || signal.aborted)
            throw new failure/* Failure */.HR('download-failed', `The artifact could not be downloaded from ${url.host}: ${what}.`);
        await (0,clock/* sleep */.y)(500 * 2 ** attempt, signal);
    }
}
/** Asks, again where that can help and can do no harm. */
async function ask(asked, repeatable) {
    for (let attempt = 1;; attempt++) {
        const last = attempt === attempts || asked.signal.aborted;
        const outcome = await request(asked, maxBytes).catch((error) => {
            if (error instanceof NoAnswer)
                return error;
            throw error;
        });
        if (outcome instanceof NoAnswer) {
            if (last || (outcome.sent && !repeatable))
                throw unreachable(asked.url, outcome);
            await (0,clock/* sleep */.y)(500 * 2 ** (attempt - 1), asked.signal);
            continue;
        }
        const wait = waitOf(outcome, attempt, repeatable);
        if (wait === undefined)
            return accepted(outcome, asked);
        if (last || wait > longestWaitMs)
            return accepted(outcome, asked);
        await (0,clock/* sleep */.y)(wait, asked.signal);
    }
}
/** How long to wait before the same request may go well, in milliseconds; undefined where it never will. */
function waitOf({ status, headers }, attempt, repeatable) {
    if (isLimited(status, headers)) {
        const after = Number(headers['retry-after']);
        if (Number.isFinite(after) && after > 0)
            return after * 1000;
        const reset = Number(headers['x-ratelimit-reset']) * 1000 - Date.now();
        return Number.isFinite(reset) ? Math.max(1000, reset) : 1000 * 2 ** attempt;
    }
    if (status >= 500 && repeatable)
        return 500 * 2 ** (attempt - 1);
    return undefined;
}
function isLimited(status, headers) {
    if (status === 429)
        return true;
    return status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0');
}
function unreachable(url, { message }) {
    return new failure/* Failure */.HR('github-unreachable', `GitHub could not be asked (${url.host}${url.pathname}): ${message}.`, 'look at the status of GitHub, and at HTTPS_PROXY where the runner needs it; then run the job again.');
}
function accepted(answer, { method, url }) {
    const { status, headers } = answer;
    if (status < 400)
        return answer;
    const what = `${method} ${url.pathname}`;
    const said = messageIn(answer);
    if (isLimited(status, headers))
        throw new failure/* Failure */.HR('github-rate-limited', `GitHub lets this repository ask no more for now (${what}: ${said}).`, 'run the job again later.');
    if (status === 401)
        throw new client_GitHubRefusal(status, 'github-token-refused', `GitHub does not know the token (${what}: ${said}).`);
    if (status === 403)
        throw new client_GitHubRefusal(status, 'github-permission', `The token may not do ${what}: ${said}.`, 'give the job the permissions that the README of release names.');
    const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused';
    throw new client_GitHubRefusal(status, code, `GitHub answered HTTP ${status} to ${what}: ${said}.`);
}
/** What GitHub says, on one line, its list of mistakes included. */
function messageIn({ body }) {
    const { message = '', errors = [] } = parse(body.toString('utf8'));
    const details = Array.isArray(errors) ? errors.map((error) => JSON.stringify(error)).join(', ') : '';
    return `${message || 'no word why'}${details && ` (${details})`}`.replace(/[^\x20-\x7e]/g, ' ').slice(0, 300);
}
function read(answer) {
    const value = parse(answer.body.toString('utf8'));
    // A 202 is no result: such as a merge that was made instead of a deployment.
    if (answer.status !== 202 && typeof value === 'object' && value !== null)
        return value;
    throw new client_GitHubRefusal(answer.status, 'github-unexpected-answer', `What answered (HTTP ${answer.status}) is not what GitHub's API answers: ${messageIn(answer)}.`, 'look at a proxy between the runner and GitHub.');
}
function parse(text) {
    try {
        return JSON.parse(text) ?? {};
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./packages/github/src/commits.ts


/**
 * The commit that a version stands for: 40 hex digits as they are, else a tag, annotated ones peeled. Never a branch,
 * which stands for another commit tomorrow.
 * @throws Failure `no-such-version`
 */
async function commitOf(github, version) {
    if (isSha(version))
        return version;
    try {
        const { sha } = await github.get(`/commits/tags/${encodeURIComponent(version)}`);
        return sha;
    }
    catch (error) {
        if (!(error instanceof GitHubRefusal) || ![404, 422].includes(error.status))
            throw error;
        throw new Failure('no-such-version', `${github.repository} has no tag "${version}".`, 'give a tag, the 40 digits of a commit, or `previous`.');
    }
}
function isSha(text) {
    return /^[0-9a-f]{40}$/.test(text);
}
/** Commits without a common ancestor count as diverged. */
async function relationOf(github, base, head) {
    if (base === head)
        return 'identical';
    try {
        return (await compare(github, base, head, 1, 1)).status;
    }
    catch (error) {
        if (error instanceof GitHubRefusal && error.status === 404)
            return 'diverged';
        throw error;
    }
}
/** So many commits are asked for at most, by pages of a hundred. */
const mostPages = 3;
/** What `head` has and `base` has not, oldest first; `total` counts also those that were not asked for. */
async function commitsBetween(github, base, head) {
    const commits = [];
    let total = 0;
    for (let page = 1; page <= mostPages; page++) {
        const compared = await compare(github, base, head, 100, page);
        total = compared.total_commits;
        commits.push(...compared.commits.map(shorten));
        if (commits.length >= total || compared.commits.length === 0)
            break;
    }
    return { commits, total };
}
function compare(github, base, head, size, page) {
    return github.get(`/compare/${base}...${head}`, { per_page: size, page });
}
function shorten({ sha, commit }) {
    return { sha, title: commit.message.split(/\r?\n/, 1)[0] ?? '', author: commit.author?.name ?? '' };
}
/** Release branches that are asked at most, the newest by name first. */
const mostBranches = 30;
/** Whether a commit is on the default branch, and, where it is not, the branch below `release/` that holds it. */
async function branchesHolding(github, sha, defaultBranch) {
    if (await holds(github, defaultBranch, sha))
        return { default: true, release: undefined };
    const refs = await github.get('/git/matching-refs/heads/release/', { per_page: 100 });
    const names = refs.map(({ ref }) => ref.replace(/^refs\/heads\//, ''));
    const newest = names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, mostBranches);
    for (const branch of newest)
        if (await holds(github, branch, sha))
            return { default: false, release: branch };
    return { default: false, release: undefined };
}
async function holds(github, branch, sha) {
    const relation = await relationOf(github, sha, encodeURIComponent(branch));
    return relation === 'ahead' || relation === 'identical';
}

;// CONCATENATED MODULE: ./packages/github/src/deployments.ts

/** How far back what is live is looked for, in deployments. */
const mostListed = 100;
/** Belay's deployments of a service in an environment, newest first. */
async function listDeployments(github, environment, service) {
    const task = taskOf(service);
    const listed = await github.get('/deployments', { environment, task, per_page: mostListed });
    return listed.flatMap(({ id, payload, created_at }) => {
        const ours = payloadOf(payload);
        return ours?.service === service ? [{ id, payload: ours, createdAt: created_at }] : [];
    });
}
/** A task of its own for each service: several may share an environment. */
function taskOf(service) {
    return `deploy:${service}`;
}
/** The payload is an object, or JSON as text, whoever wrote it. */
function payloadOf(payload) {
    const value = typeof payload === 'string' ? deployments_parse(payload) : payload;
    const ours = value?.belay;
    const whole = ours && [ours.service, ours.release, ours.version, ours.sha].every((text) => typeof text === 'string');
    return whole && /^[0-9a-f]{40}$/.test(ours.sha) ? ours : undefined;
}
function deployments_parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/**
 * So many are asked for their status at once, from the newest on until one says success; and so many at most. A job's
 * token has a thousand requests an hour for the whole repository.
 */
const askedAtOnce = 5;
const mostAsked = 30;
/**
 * What is live: of the newest deployments whose last status is `success`, the one that became so last. The order in
 * which they were created says nothing of those that were under way together: releases wait for each other.
 * @returns also the other ones that still say success, which a new success ends
 */
async function findLive(github, deployments) {
    for (let from = 0; from < Math.min(deployments.length, mostAsked); from += askedAtOnce) {
        const some = deployments.slice(from, from + askedAtOnce);
        const seen = await Promise.all(some.map(async (deployed) => ({ deployed, status: await newestStatus(github, deployed.id) })));
        const good = seen
            .filter(({ status }) => status?.state === 'success')
            .toSorted((a, b) => (b.status?.id ?? 0) - (a.status?.id ?? 0))
            .map(({ deployed }) => deployed);
        if (good.length > 0)
            return { live: good[0], all: good };
    }
    return { live: undefined, all: [] };
}
/** Whether a deployment ever said success, whatever it says now. */
async function wasLive(github, id) {
    const statuses = await github.get(`/deployments/${id}/statuses`, { per_page: 100 });
    return statuses.some(({ state }) => state === 'success');
}
/** The last deployment that a run made for the service, in any attempt, unless it was ended. */
async function findOfRun(github, deployments, runId) {
    const mine = deployments.find(({ payload }) => payload.run.split('/')[0] === runId);
    const status = mine && (await newestStatus(github, mine.id));
    return status === undefined || ['in_progress', 'queued', 'pending'].includes(status.state) ? mine : undefined;
}
async function newestStatus(github, id) {
    const statuses = await github.get(`/deployments/${id}/statuses`, { per_page: 1 });
    return statuses[0];
}
/**
 * Creates the one deployment of a release, in progress. GitHub is told neither to merge the default branch into it,
 * which would answer without a deployment, nor to wait for checks.
 */
async function createDeployment(github, environment, payload, logUrl) {
    const body = {
        ref: payload.sha,
        task: taskOf(payload.service),
        auto_merge: false,
        required_contexts: [],
        environment,
        production_environment: environment.startsWith('production'),
        description: describe(`${payload.service} ${payload.version}`),
        payload: { belay: payload },
    };
    const made = await createOnce(github, environment, payload, body);
    await setStatus(github, made.id, 'in_progress', 'At work.', { environment, logUrl });
    return made;
}
/** Where the answer was lost, the deployment may stand all the same: it is looked for rather than made twice. */
async function createOnce(github, environment, payload, body) {
    try {
        const { id, created_at } = await github.post('/deployments', body, { repeatable: false });
        return { id, payload, createdAt: created_at };
    }
    catch (error) {
        if (error instanceof client_GitHubRefusal && error.status < 500)
            throw error;
        const listed = await listDeployments(github, environment, payload.service);
        const stands = listed.find(({ payload: { release } }) => release === payload.release);
        if (stands)
            return stands;
        throw error;
    }
}
/**
 * Adds a status. `auto_inactive` is off: it would end the deployments of other services in the same environment.
 */
async function setStatus(github, id, state, description, { environment, logUrl }) {
    const body = { state, description: describe(description), environment, log_url: logUrl, auto_inactive: false };
    await github.post(`/deployments/${id}/statuses`, body, { repeatable: true });
}
/** A description of 140 characters at most: GitHub refuses a longer one. */
function describe(text) {
    const line = text.replace(/\s+/g, ' ').trim();
    const characters = [...line];
    return characters.length <= 140 ? line : `${characters.slice(0, 139).join('')}…`;
}

;// CONCATENATED MODULE: ./packages/github/src/index.ts
/** What Belay asks of GitHub's REST API: commits, what QA proved, and deployments. */





// EXTERNAL MODULE: ./packages/action-kit/src/journal.ts
var journal = __nccwpck_require__(210);
;// CONCATENATED MODULE: ./actions/release/deployment/src/ending.ts


/** What became of one service in a job, by its own steps; undefined where none of them was to change anything. */
function resultOfService({ steps }, service) {
    const own = steps.filter((step) => step.mutates && step.service === service);
    return own.length > 0 ? (0,src/* worst */.QZ)(own.map(journal/* resultOf */.Bg)) : undefined;
}
/** The commit that the last gate saw, where it saw one. */
function seenVersion(record) {
    const last = record.findLast((line) => line.event === 'gate');
    return last?.event === 'gate' && /^[0-9a-f]{40}$/.test(last.version ?? '') ? last.version : undefined;
}
/**
 * How a deployment ends, in GitHub's states, and in words. What the hosts go back to they know, and GitHub guesses:
 * where a gate saw something else, that is said. Pure.
 */
function endingOf(result, jobStatus, made, seen) {
    const replaces = result === 'committed' || result === 'noop';
    if (replaces && made.way === 'rollback' && seen !== undefined && seen !== made.sha)
        return {
            state: 'error',
            description: `The hosts went back to ${seen.slice(0, 12)}, not to ${made.version}.`,
            replaces,
        };
    return { ...told(result, jobStatus, made), replaces };
}
function told(result, jobStatus, { version, previous }) {
    const before = previous ? `${previous} serves again` : 'what was there before is there again';
    switch (result) {
        case 'committed':
            return { state: 'success', description: `${version} serves and stays.` };
        case 'noop':
            return { state: 'success', description: `${version} was live already.` };
        case 'rolled-back':
            return { state: 'failure', description: `${version} was taken back: ${before}.` };
        case 'superseded':
            return { state: 'inactive', description: `A newer version than ${version} is live already.` };
        case 'mixed':
            return { state: 'error', description: 'Mixed: old and new stand side by side. The run names the hosts.' };
        case 'undo-started':
            return { state: 'error', description: 'The hosts were told to go back, and nobody saw them arrive.' };
        case 'unchanged':
            return { state: 'failure', description: `${version} was not released; nothing was changed.` };
        case undefined:
            return {
                state: jobStatus === 'success' ? 'inactive' : 'failure',
                description: `${version} was not released; nothing was changed.`,
            };
        default:
            return { state: 'error', description: 'Nobody could see how this ended. The run names the hosts.' };
    }
}

;// CONCATENATED MODULE: ./actions/release/deployment/src/inputs.ts


function readDeploymentInputs(read) {
    const channel = read.text('slack-channel-id');
    // Text, never a number: its trailing zeros count.
    const ts = read.text('slack-ts');
    return {
        release: readReleaseInputs(read),
        way: read.choice('way', { default: 'deploy', of: ['deploy', 'rollback'] }),
        github: readGitHubInputs(read),
        slack: channel && ts ? { channel, ts } : undefined,
        look: readLook(read),
        before: readBefore(read),
        tags: readTags(read),
        jobStatus: read.choice('job-status', { default: 'success', of: ['success', 'failure', 'cancelled'] }),
    };
}
function readBefore(read) {
    const text = read.text('before');
    if (text === '')
        return [];
    try {
        const list = JSON.parse(text);
        return list.map(({ id = '', name = '', url = '', deploy = '', commit = '' }) => ({ id, name, url, deploy, commit }));
    }
    catch {
        read.mistake('before', 'is not the JSON that deploy-render gives', "Give the output live of deploy-render's look.");
        return [];
    }
}
function readTags(read) {
    const text = read.text('tags-before');
    if (text === '')
        return undefined;
    try {
        const { image, digest, tags } = JSON.parse(text);
        return { image, digest, tags: tags.map((one) => ({ tag: one.tag, digest: one.digest })) };
    }
    catch {
        read.mistake('tags-before', 'is not the JSON that build-image gives', 'Give its output tags-before of promote.');
        return undefined;
    }
}
/** Kept as it was written: whoever looks later reads it as the gate does, and the gate has refused what is wrong. */
function readLook(read) {
    return {
        urls: read.lines('urls'),
        versionFrom: read.text('version-from', { default: 'sha' }),
        confirmSeconds: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
    };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./actions/release/deployment/src/kept.ts


function keep(journal, step, kept) {
    (0,external_node_fs_.writeFileSync)(fileOf(journal, step), JSON.stringify(kept), { mode: 0o600 });
}
function kept(journal, step) {
    const file = fileOf(journal, step);
    return (0,external_node_fs_.existsSync)(file) ? JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8')) : undefined;
}
function fileOf(journal, step) {
    return (0,external_node_path_.join)(journal.folder, `${step}.json`);
}

;// CONCATENATED MODULE: ./actions/release/deployment/src/payload.ts
/**
 * What a release's deployment keeps. One that goes back is the deployment of what it goes back to, with that one's own
 * `previous`: going back once more leads further back, as it does on the hosts. Pure.
 * `place`: what is this run's own, `tags` too, for what a release moved once nobody else puts back.
 * `before`: what is live at Render just now.
 * @returns undefined where GitHub does not know what the hosts go back to
 */
function payloadFor(release, way, live, deployments, place, before = []) {
    if (way === 'rollback') {
        const target = targetOf(release, live, deployments);
        return target && { ...target, ...place, ...atRender(before, target.render?.former) };
    }
    const { service, version, sha } = release;
    // Releasing what is live already leaves before it what was before it.
    const again = live?.payload.sha === sha;
    const previous = again ? live.payload.previous : live && payload_shorten(live.payload);
    const former = again ? live.payload.render?.former : before;
    const own = { service, release: again ? live.payload.release : release.id, version, sha, previous };
    return { ...own, ...place, ...atRender(before, former) };
}
function atRender(before, former = []) {
    return before.length > 0 ? { render: { before, former } } : {};
}
/**
 * What was live at Render with the release that is gone back to; empty where no deployment tells. The first release
 * after it found it so. Pure.
 */
function formerOf(release, live, deployments) {
    if (release.version === 'previous')
        return live?.payload.render?.former ?? [];
    const target = targetOf(release, live, deployments);
    const next = deployments.find(({ payload }) => target && payload.previous?.release === target.release);
    return next?.payload.render?.former ?? [];
}
function targetOf({ version, sha }, live, deployments) {
    const wanted = version === 'previous'
        ? ({ payload }) => payload.release === live?.payload.previous?.release
        : ({ payload }) => payload.sha === sha;
    return deployments.find(wanted)?.payload;
}
function payload_shorten({ release, version, sha }) {
    return { release, version, sha };
}

;// CONCATENATED MODULE: ./actions/release/deployment/src/action.ts







/** All that GitHub may take of a stage, in milliseconds: all posts of a cancelled job have five minutes together. */
const budgetMs = { main: 30_000, post: 15_000 };
/**
 * The one deployment of a release, and what a lost runner leaves behind: its payload names the release before it and
 * the place of the Slack message. It only tells; whatever GitHub does, the release goes on.
 */
const releaseDeployment = {
    name: 'release-deployment',
    inputs: readDeploymentInputs,
    async main(inputs, step) {
        step.output('deployment-id', '');
        // What cannot return by itself is then known to this runner alone.
        const matters = inputs.before.length > 0 || inputs.tags !== undefined;
        if (inputs.github.token === '')
            (matters ? step.warn : step.info)('No github-token is given: no deployment is kept.');
        else
            await onlySay(step, () => begin(inputs, step), matters);
        return { result: 'unchanged' };
    },
    async end(step) {
        await onlySay(step, () => finish((0,inputs/* readInputs */.K)(readDeploymentInputs), step));
    },
};
async function begin({ release: asked, way, github: access, slack, look, before: atRender, tags }, step) {
    const release = joinRelease(step, asked);
    const github = action_open(access, step);
    const { environment, service } = release;
    const deployments = await listDeployments(github, environment, service);
    const { live, all } = await findLive(github, deployments);
    const run = (0,job/* currentRun */.xh)();
    const payload = payloadFor(release, way, live, deployments, { run: `${run.id}/${run.attempt}`, slack, look, tags }, atRender);
    if (way === 'rollback')
        step.output('former', linesOf(formerOf(release, live, deployments)));
    const before = { way, service, environment, live: all.map((deployed) => deployed.id) };
    if (!payload) {
        step.info('GitHub does not know what the hosts go back to: no deployment is kept of it.');
        return keep(step.journal, step.id, { ...before, id: undefined, sha: undefined, version: '', previous: undefined });
    }
    const { id } = await createDeployment(github, environment, payload, run.url);
    const { version, sha, previous } = payload;
    keep(step.journal, step.id, { ...before, id, sha, version, previous: previous?.version });
    step.output('deployment-id', String(id));
}
async function finish({ github: access, jobStatus }, step) {
    const made = kept(step.journal, step.id);
    if (!made)
        return;
    const github = action_open(access, step);
    const place = { environment: made.environment, logUrl: (0,job/* currentRun */.xh)().url };
    const result = resultOfService(step.journal.read(), made.service);
    const ending = endingOf(result, jobStatus, made, seenVersion((0,src/* readRecord */.aE)(step.journal.recordPath)));
    if (made.id !== undefined) {
        await setStatus(github, made.id, ending.state, ending.description, place);
        step.info(`Deployment ${made.id}: ${ending.state}. ${ending.description}`);
    }
    if (!ending.replaces)
        return;
    for (const id of made.live)
        await setStatus(github, id, 'inactive', 'Another release came after it.', place);
}
/** As deploy-render's `to` takes them. */
function linesOf(deploys) {
    return deploys.flatMap(({ id, deploy }) => (deploy ? [`${id} ${deploy}`] : [])).join('\n');
}
function action_open(access, step) {
    return openGitHub(access, AbortSignal.any([step.signal, AbortSignal.timeout(budgetMs[step.stage])]));
}
/** Nothing that has to do with telling may make a release red; a permission that was not given is no warning, unless
 * what is to be kept `matters`. */
async function onlySay(step, work, matters = false) {
    try {
        await work();
    }
    catch (error) {
        const text = `No GitHub deployment was kept of this: ${(0,failure/* messageOf */.bD)(error)}`;
        if (error.code === 'github-permission' && !matters)
            step.info(text);
        else
            step.warn(text);
    }
}


/***/ }),

/***/ 770:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(737);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(849);


await (0,_belay_action_kit__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)(_action_js__WEBPACK_IMPORTED_MODULE_0__/* .releaseDeployment */ .b);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 563:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ monotonicSeconds),
/* harmony export */   y: () => (/* binding */ sleep)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);


/**
 * Seconds since the machine started. Unlike the date it never jumps, and unlike `performance.now()` it is the same for
 * every process of a job, so that one step can journal a time that another step's post compares with.
 */
function monotonicSeconds() {
    try {
        return Number((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)('/proc/uptime', 'utf8').split(' ')[0]);
    }
    catch {
        return (0,node_os__WEBPACK_IMPORTED_MODULE_1__.uptime)();
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


/***/ }),

/***/ 95:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   HR: () => (/* binding */ Failure),
/* harmony export */   bD: () => (/* binding */ messageOf),
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
    return error instanceof Failure ? error.code : 'internal';
}


/***/ }),

/***/ 557:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ fromEnvironment),
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 21 modules
var core = __nccwpck_require__(426);
;// CONCATENATED MODULE: ./packages/action-kit/src/mask.ts

/**
 * Hides a secret in all later output of the job: whole, URL-encoded, and line by line, because the runner compares
 * masks with single lines of the log (facts: slack-github-api, D).
 */
function mask(secret) {
    for (const form of maskedForms(secret))
        core/* setSecret */.Pq(form);
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
            ...['migrations', 'migrate-command', 'status-command', 'backup', 'backup-path'],
        ],
        render: ['services', 'owner-id', 'env', 'checks', 'undo-disks', 'render-api-url'],
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
    const value = read(inputReader(sourcesOf(raw, context), mistakes));
    if (mistakes.length > 0)
        throw new failure/* Failure */.HR('inputs', inputError(mistakes));
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
    const environment = releaseTo ?? raw('environment').trim();
    const place = environment === '' ? '' : ` of environment ${environment}`;
    return {
        raw,
        value: (name) => (raw(name).trim() === '' ? set(name) : raw(name)),
        label: (name) => (raw(name).trim() === '' && set(name).trim() !== '' ? `${variable(name)}` : known(name)),
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
function inputReader(sources, mistakes) {
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
    const within = (name, value, min, max, unit) => {
        if (value < min || value > max)
            mistake(name, `is ${value}${unit}`, `Give ${min} to ${max}${unit}.`);
        return value;
    };
    // An input that is passed on empty (as a composite does with what its own caller left out) is an input not given.
    const given = (name, fallback) => sources.value(name).trim() || fallback;
    return {
        mistake,
        text: (name, options = {}) => required(name, given(name, options.default ?? ''), options.required),
        lines(name, options = {}) {
            const lines = sources
                .value(name)
                .split(/\r?\n/)
                .map((line) => line.trim())
                .filter((line) => line !== '' && !line.startsWith('#'));
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
            // Not trimmed: a passphrase may begin or end with a space.
            const value = sources.raw(name);
            if (value !== '')
                mask(value);
            return required(name, value, options.required);
        },
    };
}


/***/ }),

/***/ 878:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OW: () => (/* binding */ jobFolder),
/* harmony export */   xh: () => (/* binding */ currentRun)
/* harmony export */ });
/* unused harmony export childEnvironment */
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


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
function jobFolder(env = process.env) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env.RUNNER_TEMP ?? (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)(), 'belay');
}
/**
 * The environment for a child: this process's own without the inputs and the state of the step, which hold secrets. A
 * connection's child outlives the step, and its environment can be read by every later step of the job.
 */
function childEnvironment(env = process.env) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(INPUT|STATE)_/.test(name)));
}


/***/ }),

/***/ 210:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bg: () => (/* binding */ resultOf),
/* harmony export */   NZ: () => (/* binding */ unsettled),
/* harmony export */   _0: () => (/* binding */ openJournal),
/* harmony export */   fy: () => (/* binding */ releaseUnderWay),
/* harmony export */   jz: () => (/* binding */ jobResult)
/* harmony export */ });
/* unused harmony exports foldJournal, isSuperseded */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _belay_release__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(342);



/** Opens the job's journal, and makes it if this is the first action of the job. */
function openJournal(folder) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'journal.jsonl');
    return {
        folder,
        recordPath: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'record.jsonl'),
        append: (entry) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(path, (0,_belay_release__WEBPACK_IMPORTED_MODULE_2__/* .jsonLine */ .rF)(entry), { mode: 0o600 }),
        read: () => foldJournal((0,_belay_release__WEBPACK_IMPORTED_MODULE_2__/* .readJsonLines */ .sS)(path)),
    };
}
/** Adds the lines of a journal up. Pure. */
function foldJournal(entries) {
    const steps = new Map();
    const releases = [];
    const open = new Set();
    const connections = [];
    let decided;
    let returnsAt;
    let alone;
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
                steps.set(entry.step, {
                    id: entry.step,
                    action: entry.action,
                    mutates: entry.mutates,
                    service: entry.service,
                    undo: undefined,
                    ended: undefined,
                    armed: [],
                    settled: [],
                });
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
    if (![...steps.values()].some((step) => unsettled(step).length > 0))
        returnsAt = undefined;
    return {
        steps: [...steps.values()],
        releases,
        unfinishedReleases: [...open],
        decided,
        returnsAt,
        schemas,
        judged,
        chosen,
        alone,
        connections,
    };
}
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
        return (0,_belay_release__WEBPACK_IMPORTED_MODULE_2__/* .worst */ .QZ)([...step.settled.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
    }
    if (!step.ended || step.ended.result === 'pending')
        return 'unknown';
    return step.ended.result;
}
/** The job's result: the worst of its mutating steps' (`BELAY_RESULT`). */
function jobResult(job) {
    return (0,_belay_release__WEBPACK_IMPORTED_MODULE_2__/* .worst */ .QZ)(job.steps.filter((step) => step.mutates).map(resultOf));
}


/***/ }),

/***/ 737:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// UNUSED EXPORTS: refuseAfterReturn

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 21 modules
var core = __nccwpck_require__(426);
// EXTERNAL MODULE: ./packages/release/src/index.ts + 4 modules
var src = __nccwpck_require__(342);
// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var clock = __nccwpck_require__(563);
// EXTERNAL MODULE: ./packages/action-kit/src/journal.ts
var src_journal = __nccwpck_require__(210);
;// CONCATENATED MODULE: ./packages/action-kit/src/decision.ts

/** All that all posts of a cancelled job have together is five minutes less 15 s; a margin stays for the others. */
const postsShareSeconds = 240;
/**
 * Decides once for the whole job (rule 7). Pure but for asking: first what the job's own story says, then every armed
 * target. The caller writes the decision to the journal before anything follows from it.
 */
async function decide(job, jobStatus, keeper) {
    const why = reasonToUndo(job, jobStatus);
    if (why !== undefined)
        return { decision: 'undo', why };
    const missing = await keeper.missing(job.steps.flatMap(src_journal/* unsettled */.NZ));
    if (missing.length === 0)
        return { decision: 'commit', why: 'every step ended well and every armed target is there' };
    return { decision: 'undo', why: missing.map(({ target, why }) => `${target}: ${why}`).join('; ') };
}
/** Why the job has to be undone by what is known without asking anybody; `undefined` where nothing speaks for it. */
function reasonToUndo(job, jobStatus) {
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
    const open = journal.read().steps.flatMap(src_journal/* unsettled */.NZ);
    if (open.length === 0)
        return [];
    const settled = await keeper.confirm(open);
    journal.append({ step, event: 'settled', settled });
    return settled;
}

// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 2 modules
var src_inputs = __nccwpck_require__(557);
;// CONCATENATED MODULE: ./packages/action-kit/src/interrupt.ts
/**
 * A signal that is aborted when the runner asks this process to stop. The runner sends SIGINT, 7.5 s later SIGTERM and
 * 2.5 s after that kills (facts: runner): whoever hears it has about seven seconds to start what must be started.
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

// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./packages/action-kit/src/summary.ts

/** Appends sections to the job summary of this step; without a summary file (no runner) it does nothing. */
function writeSummary(sections) {
    const path = process.env.GITHUB_STEP_SUMMARY;
    if (!path || sections.length === 0)
        return;
    (0,external_node_fs_.appendFileSync)(path, `${sections.join('\n\n')}\n\n`);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/run.ts











const stateName = 'belay';
/**
 * Runs an action: one bundle for both stages of the runner. `main` does the work and undoes it if it fails; `post`
 * follows the decision of the job, and makes it if it is the first of a mutating action.
 */
async function run(action) {
    try {
        if (process.platform !== 'linux')
            throw new failure/* Failure */.HR('platform', `Belay runs on Linux runners, not ${process.platform}.`);
        if (isPost())
            await post(action, core/* getState */.Gu(stateName));
        else
            await main(action);
    }
    catch (error) {
        core/* setFailed */.C1((0,failure/* messageOf */.bD)(error));
    }
    // A connection left open for later steps must not keep this process.
    process.exit();
}
/**
 * The runner says nowhere which stage it starts, and a main that was killed at once leaves no state to tell by. So
 * `post:` in action.yml names `dist/post.js`, which does nothing but import the one bundle.
 */
function isPost() {
    return (0,external_node_path_.basename)(process.argv[1] ?? '') === 'post.js';
}
async function main(action) {
    const journal = (0,src_journal/* openJournal */._0)((0,job/* jobFolder */.OW)());
    const id = nextStep(journal, action.name);
    // Before inputs are read: post runs whatever happens from here on, and must find the journal.
    core/* saveState */.LZ(stateName, JSON.stringify({ folder: journal.folder, step: id }));
    const { step, flush } = makeStep(id, 'main', journal);
    const began = (0,clock/* monotonicSeconds */.m)();
    const { transaction } = action;
    // Until the inputs say otherwise: one that cannot read them would have changed something.
    let mutates = transaction !== undefined;
    try {
        const inputs = (0,src_inputs/* readInputs */.K)((read) => action.inputs(read), src_inputs/* fromEnvironment */.A, {
            ...(action.variables && { variables: action.variables }),
            releaseTo: (0,src_journal/* releaseUnderWay */.fy)(journal.read())?.environment,
        });
        mutates = transaction?.mutates(inputs) ?? false;
        const service = transaction?.service(inputs);
        if (transaction && mutates)
            refuseTooLate(journal, transaction.startsAfterFailure(inputs));
        journal.append({ step: id, event: 'began', action: action.name, mutates, ...(service && { service }) });
        step.record({ event: 'step-began', action: action.name, mutates, ...(service && { service }) });
        if (mutates)
            core/* exportVariable */.dN('BELAY_RESULT', (0,src_journal/* jobResult */.jz)(journal.read()));
        step.output('failure-code', '');
        const outcome = await action.main(inputs, step);
        if (step.signal.aborted)
            throw new failure/* Interrupted */.j$();
        endWell(step, outcome, began);
    }
    catch (error) {
        await endBadly(action, step, error, began, mutates);
    }
    finally {
        flush();
    }
}
/** A mutating step changes nothing after a failure, nor once something of this job has begun to return by itself. */
function refuseTooLate(journal, startsAfterFailure) {
    const status = process.env['INPUT_JOB-STATUS'] || 'success';
    if (status !== 'success' && !startsAfterFailure)
        throw new failure/* Failure */.HR('job-failed', `An earlier step of this job ended as ${status}; nothing more is changed.`);
    const { alone } = journal.read();
    if (alone)
        throw new failure/* Failure */.HR('not-alone', `${alone.step} must be the only change of its job: ${alone.why}`);
    refuseAfterReturn(journal);
}
/** @throws Failure `window-passed` where hosts armed by this job have begun to return by themselves. */
function refuseAfterReturn(journal) {
    const { returnsAt } = journal.read();
    if (returnsAt === undefined || (0,clock/* monotonicSeconds */.m)() < returnsAt)
        return;
    throw new failure/* Failure */.HR('window-passed', 'What this job changed earlier was not confirmed in time and returns by itself; nothing more is changed.', 'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.');
}
function endWell(step, outcome, began) {
    step.journal.append({ step: step.id, event: 'ended', ok: true, result: outcome.result });
    step.output('result', outcome.result);
    step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) });
    const me = find(step);
    // `undo: false` and rollback are final at the end of their own main: no post has to say so.
    if (me?.mutates)
        core/* exportVariable */.dN('BELAY_RESULT', (0,src_journal/* jobResult */.jz)(step.journal.read()));
    // Whatever would have changed something is passed over from here on, and so cannot say it.
    else if (outcome.result === 'superseded')
        core/* exportVariable */.dN('BELAY_RESULT', 'superseded');
}
async function endBadly(action, step, error, began, mutates) {
    core/* setFailed */.C1((0,failure/* messageOf */.bD)(error));
    if (!(error instanceof failure/* Failure */.HR) && error instanceof Error)
        core/* info */.pq(error.stack ?? '');
    const { journal } = step;
    // Inputs that could not be read: the step never began, which is a way of leaving everything unchanged.
    if (!find(step))
        journal.append({ step: step.id, event: 'began', action: action.name, mutates });
    const hurry = step.signal.aborted ? interruptBudgetMs / 1000 : postsShareSeconds;
    const result = await undoNow(action, step, (0,clock/* monotonicSeconds */.m)() + hurry);
    journal.append({ step: step.id, event: 'ended', ok: false, result });
    step.output('result', result);
    step.output('failure-code', (0,failure/* codeOf */.$N)(error));
    const reason = (0,failure/* messageOf */.bD)(error);
    step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code: (0,failure/* codeOf */.$N)(error) });
    step.summary(`**${action.name} failed** (\`${(0,failure/* codeOf */.$N)(error)}\`): ${result}\n\n\`\`\`\n${reason}\n\`\`\``);
    if (mutates)
        core/* exportVariable */.dN('BELAY_RESULT', (0,src_journal/* jobResult */.jz)(journal.read()));
}
/** Undoes this step as far as its journal says that there is something to undo. Never throws. */
async function undoNow(action, step, until) {
    const me = find(step);
    if (me?.undo === undefined || !action.transaction)
        return 'unchanged';
    try {
        const settled = await action.transaction.undo(me.undo, step, until);
        step.settle(settled);
        for (const one of settled) {
            core/* info */.pq(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`);
            step.record({ event: 'settled', ...one });
        }
        return (0,src/* worst */.QZ)(settled.map(({ result }) => result));
    }
    catch (error) {
        core/* error */.z3(`Undo did not get through: ${(0,failure/* messageOf */.bD)(error)}`);
        return 'mixed';
    }
}
async function post(action, state) {
    if (state === '')
        return core/* info */.pq('The main stage was stopped before it did anything; there is nothing to do.');
    const { folder, step: id } = JSON.parse(state);
    const { step, flush } = makeStep(id, 'post', (0,src_journal/* openJournal */._0)(folder));
    try {
        if (action.transaction && find(step)?.mutates)
            await follow(action, step);
        else
            await action.end?.(step);
    }
    catch (error) {
        // An action that only reads tells what others did; it must not change what that is.
        if (find(step)?.mutates)
            throw error;
        core/* warning */.$e((0,failure/* messageOf */.bD)(error));
    }
    finally {
        await action.transaction?.close(step).catch((error) => core/* debug */.Yz((0,failure/* messageOf */.bD)(error)));
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
    const { decided, here } = await decideOnce(journal, step.id, jobStatus, keeper, (0,clock/* monotonicSeconds */.m)());
    if (here)
        step.record({ event: 'decided', decision: decided.decision, why: decided.why });
    core/* info */.pq(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
    if (decided.decision === 'commit') {
        for (const settled of await confirmAll(journal, step.id, keeper))
            step.record({ event: 'settled', ...settled });
        const me = find(step);
        // Nothing had to be confirmed: what its main did stays now.
        if (me?.armed.length === 0 && me.ended?.result === 'pending') {
            const result = isPassedOver(journal.read(), me) ? 'superseded' : 'committed';
            journal.append({ step: step.id, event: 'ended', ok: true, result });
        }
    }
    else if (isPassedOver(journal.read(), find(step))) {
        journal.append({ step: step.id, event: 'ended', ok: true, result: 'superseded' });
    }
    else if (find(step)?.undo === undefined && !find(step)?.ended) {
        // Stopped before it had saved an undo, and so before it changed anything.
        journal.append({ step: step.id, event: 'ended', ok: false, result: 'unchanged' });
    }
    else if (needsUndo(find(step))) {
        const result = await undoNow(action, step, shareOf(journal, decided.until));
        if (find(step)?.armed.length === 0)
            journal.append({ step: step.id, event: 'ended', ok: false, result });
    }
    const job = journal.read();
    const mine = find(step);
    core/* exportVariable */.dN('BELAY_RESULT', (0,src_journal/* jobResult */.jz)(job));
    step.record({ event: 'result', result: (0,src_journal/* jobResult */.jz)(job) });
    step.summary(outcomeTable(action.name, decided.why, mine));
    complain(mine ? (0,src_journal/* resultOf */.Bg)(mine) : 'unknown', decided, jobStatus);
}
/** A job that ends other than its steps promised is red, whatever the workflow tolerates. */
function complain(result, decided, jobStatus) {
    if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
        core/* setFailed */.C1(`This step ends as ${result}: look at the targets that the summary names.`);
    else if (decided.decision === 'undo' && jobStatus === 'success')
        core/* setFailed */.C1(`The release was taken back, because ${decided.why}.`);
}
/**
 * What a job did for a service before it found that a newer release was there first, and that arms nothing (a schema):
 * it stays, for the newer release was built upon it.
 */
function isPassedOver({ steps }, step) {
    if (step?.service === undefined || step.armed.length > 0 || step.ended?.result !== 'pending')
        return false;
    return steps.some(({ mutates, service, ended }) => mutates && service === step.service && ended?.result === 'superseded');
}
function needsUndo(step) {
    if (step?.undo === undefined)
        return false;
    return !['rolled-back', 'unchanged', 'committed', 'noop'].includes((0,src_journal/* resultOf */.Bg)(step));
}
/** The posts of a job share one span of time; each may use what is left, divided by the steps still to be undone. */
function shareOf(journal, until) {
    const waiting = journal.read().steps.filter((step) => step.mutates && needsUndo(step)).length;
    const left = Math.max(5, until - (0,clock/* monotonicSeconds */.m)());
    return (0,clock/* monotonicSeconds */.m)() + left / Math.max(1, waiting);
}
function outcomeTable(action, why, step) {
    const rows = (step?.settled ?? []).map(({ target, result, detail, stays }) => `| ${target} | ${stays ? 'stays' : result} | ${detail} |`);
    const table = rows.length > 0 ? `\n\n| target | result | |\n|---|---|---|\n${rows.join('\n')}` : '';
    return `**${action}**: ${step ? (0,src_journal/* resultOf */.Bg)(step) : 'unknown'}, because ${why}.${table}`;
}
function find(step) {
    return step.journal.read().steps.find(({ id }) => id === step.id);
}
function nextStep(journal, action) {
    const earlier = journal.read().steps.filter((step) => step.action === action).length;
    return `${action}-${earlier + 1}`;
}
function elapsed(began) {
    return Math.round(((0,clock/* monotonicSeconds */.m)() - began) * 100) / 100;
}
function makeStep(id, stage, journal) {
    const sections = [];
    const record = (event) => (0,src/* appendRecord */.EB)(journal.recordPath, id, event);
    const step = {
        id,
        stage,
        journal,
        signal: stage === 'main' ? interruptSignal() : ignoredInterrupts(),
        record,
        output: (name, value) => core/* setOutput */.uH(name, value),
        summary: (markdown) => sections.push(markdown),
        info: (text) => core/* info */.pq(text),
        warn(text, host) {
            core/* warning */.$e(host ? `${host}: ${text}` : text);
            record({ event: 'note', level: 'warning', text, ...(host && { host }) });
        },
        save: (undo) => journal.append({ step: id, event: 'saved', undo }),
        arm(targets, seconds, previous) {
            journal.append({ step: id, event: 'armed', targets: [...targets], returnsAt: (0,clock/* monotonicSeconds */.m)() + seconds });
            record({ event: 'armed', hosts: targets.map(({ name }) => name), seconds, previous });
        },
        settle: (settled) => journal.append({ step: id, event: 'settled', settled: [...settled] }),
    };
    return { step, flush: () => writeSummary(sections) };
}
/** A post is never interrupted by the runner; a stray Ctrl-C at a terminal must not stop an undo either. */
function ignoredInterrupts() {
    interruptSignal();
    return new AbortController().signal;
}


/***/ }),

/***/ 342:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  EB: () => (/* reexport */ appendRecord),
  Eo: () => (/* reexport */ isName),
  rF: () => (/* reexport */ jsonLine),
  sS: () => (/* reexport */ readJsonLines),
  aE: () => (/* reexport */ readRecord),
  Bf: () => (/* reexport */ releaseId),
  QZ: () => (/* reexport */ worst)
});

// UNUSED EXPORTS: compareSemver, parseSemver, results, tagByHand

;// CONCATENATED MODULE: ./packages/release/src/identity.ts
/** Makes a release id. `sha` is 40 lower-case hex digits, `attempt` GitHub's run attempt, from 1. */
function releaseId(now, sha, attempt) {
    const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
    return `${time}-${sha.slice(0, 12)}-${attempt}`;
}
/** Letters, digits, `.`, `_` and `-`, not starting with `.` or `-`: safe as one part of a path and of a unit's name. */
function isName(text) {
    return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,62}$/.test(text);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./packages/release/src/record.ts

/** A line of its own, also after one that a kill or a full disk left unfinished. */
function jsonLine(value) {
    return `\n${JSON.stringify(value)}\n`;
}
/** Appends one line, by a single write. */
function appendRecord(path, step, event, now = new Date()) {
    (0,external_node_fs_.appendFileSync)(path, jsonLine({ at: now.toISOString(), step, ...event }));
}
/** Reads what is there; a last line that a killed process left unfinished is passed over. */
function readRecord(path) {
    return readJsonLines(path);
}
function readJsonLines(path) {
    if (!(0,external_node_fs_.existsSync)(path))
        return [];
    const lines = [];
    for (const line of (0,external_node_fs_.readFileSync)(path, 'utf8').split('\n')) {
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

;// CONCATENATED MODULE: ./packages/release/src/result.ts
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

;// CONCATENATED MODULE: ./packages/release/src/semver.ts
const number = '(0|[1-9]\\d*)';
const pattern = new RegExp(`^v?${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?(?:[+_][0-9A-Za-z.-]+)?$`);
/** Reads `1.2.3`, `v1.2.3-rc.1`, and `1.2.3_build` as a registry's tag has to write `1.2.3+build`. */
function parseSemver(text) {
    const [, major, minor, patch, pre] = pattern.exec(text) ?? [];
    if (major === undefined)
        return undefined;
    return { major: Number(major), minor: Number(minor), patch: Number(patch), pre: pre?.split('.') ?? [] };
}
/** Below 0 where `a` comes before `b`. */
function compareSemver(a, b) {
    return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePrereleases(a.pre, b.pre);
}
function comparePrereleases(a, b) {
    if (a.length === 0 || b.length === 0)
        return b.length - a.length;
    for (const [index, one] of a.entries()) {
        const other = b[index];
        if (other === undefined)
            return 1;
        const order = compareIdentifiers(one, other);
        if (order !== 0)
            return order;
    }
    return a.length - b.length;
}
/** Numbers come before words; a shorter list comes before the longer one that it begins. */
function compareIdentifiers(a, b) {
    const [x, y] = [a, b].map((text) => (/^\d+$/.test(text) ? Number(text) : undefined));
    if (x !== undefined && y !== undefined)
        return x - y;
    if (x !== undefined)
        return -1;
    if (y !== undefined)
        return 1;
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./packages/release/src/index.ts







/***/ }),

/***/ 613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 426:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yz: () => (/* binding */ core_debug),
  z3: () => (/* binding */ error),
  dN: () => (/* binding */ exportVariable),
  Gu: () => (/* binding */ getState),
  pq: () => (/* binding */ info),
  LZ: () => (/* binding */ saveState),
  C1: () => (/* binding */ setFailed),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ core_setSecret),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, endGroup, getBooleanInput, getIDToken, getInput, getMultilineInput, group, isDebug, markdownSummary, notice, platform, setCommandEcho, startGroup, summary, toPlatformPath, toPosixPath, toWin32Path

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
function utils_toCommandProperties(annotationProperties) {
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
// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(611);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(692);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./node_modules/tunnel/index.js
var node_modules_tunnel = __nccwpck_require__(741);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = (/* unused pure expression or super */ null && (['OPTIONS', 'GET', 'DELETE', 'HEAD']));
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class lib_HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? https : http;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || http.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new https.Agent(options) : new http.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = (/* unused pure expression or super */ null && (_summary));
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: external "string_decoder"
const external_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(434);
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
// EXTERNAL MODULE: external "assert"
var external_assert_ = __nccwpck_require__(613);
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_namespaceObject.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = external_fs_namespaceObject.constants.O_RDONLY;
function exists(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return io_util_awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = external_path_namespaceObject.dirname(filePath);
                        const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = external_path_namespaceObject.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io.js
var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield io_copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (ioUtil.IS_WINDOWS) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield ioUtil.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        ok(fsPath, 'a path argument must be provided');
        yield ioUtil.mkdir(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (IS_WINDOWS) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (IS_WINDOWS && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (isRooted(tool)) {
            const filePath = yield tryGetExecutablePath(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(external_path_namespaceObject.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield io_copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function io_copyFile(srcFile, destFile, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const toolrunner_IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (toolrunner_IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_namespaceObject.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_namespaceObject.EOL.length);
                n = s.indexOf(external_os_namespaceObject.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return toolrunner_awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!isRooted(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield which(this.toolPath, true);
            return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_namespaceObject.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield exists(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec_exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = tr.argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new tr.ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new StringDecoder('utf8');
        const stderrDecoder = new StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec_exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
function core_setSecret(secret) {
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
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
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
    return core_awaiter(this, void 0, void 0, function* () {
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
    return core_awaiter(this, void 0, void 0, function* () {
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
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
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
/******/ var __webpack_exports__ = __nccwpck_require__(770);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
