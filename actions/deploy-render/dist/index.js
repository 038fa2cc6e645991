import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 770:
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

/***/ 375:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ deployRender)
});

// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var src_clock = __nccwpck_require__(563);
// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 1 modules
var inputs = __nccwpck_require__(221);
;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./packages/remote/src/credentials.ts




/** Reads `ssh-key`, `ssh-key-passphrase` and `known-hosts`, and tries them out before any connection is made. */
function readCredentials(read, hosts) {
    const key = normaliseKey(read.secret('ssh-key', { required: 'the private key of the deploy user, whole' }));
    const passphrase = read.secret('ssh-key-passphrase');
    const knownHosts = read.text('known-hosts').replaceAll('\r', '');
    if (knownHosts === '')
        read.mistake('known-hosts', 'is missing', howToPin(hosts));
    else
        for (const wrong of unpinned(knownHosts, hosts))
            read.mistake('known-hosts', wrong, howToPin(hosts));
    const badKey = key === '' ? undefined : keyMistake(key, passphrase);
    if (badKey)
        read.mistake(badKey.input, badKey.wrong, badKey.mend);
    return { key, passphrase, knownHosts: `${knownHosts}\n` };
}
/** The key alone, at post: whatever else the inputs say there may have changed since main. */
function credentials_keyFromInputs() {
    return { key: normaliseKey(fromEnvironment('ssh-key')), passphrase: fromEnvironment('ssh-key-passphrase') };
}
/** OpenSSH says "error in libcrypto" to CRLF line ends and to a missing last newline; both come from copying. */
function normaliseKey(text) {
    const key = text.replaceAll('\r\n', '\n').trim();
    return key === '' ? '' : `${key}\n`;
}
function keyMistake(key, passphrase) {
    return withSecretFiles(key, passphrase, (file, env) => {
        try {
            // Never by -P: arguments are everybody's to read. ssh-keygen asks the askpass program instead.
            execFileSync('ssh-keygen', ['-y', '-f', file], { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
            return undefined;
        }
        catch (error) {
            const said = String(error.stderr ?? '');
            if (/incorrect passphrase|bad passphrase|bad decrypt/i.test(said)) {
                return passphrase
                    ? { input: 'ssh-key-passphrase', wrong: 'does not open ssh-key', mend: 'Give the passphrase of this key.' }
                    : { input: 'ssh-key-passphrase', wrong: 'is missing, and ssh-key is encrypted', mend: 'Give its passphrase.' };
            }
            const mend = 'Give the whole file, from -----BEGIN to END-----, with its line breaks; not the .pub file.';
            return { input: 'ssh-key', wrong: 'is not a private key that OpenSSH can read', mend };
        }
    });
}
/**
 * Writes the key where OpenSSH's tools find it, as long as `use` takes. Below RUNNER_TEMP, which the runner empties, so
 * that not even a kill leaves it behind; the passphrase is in no argument and in no environment.
 */
function withSecretFiles(key, passphrase, use) {
    (0,external_node_fs_.mkdirSync)((0,job/* jobFolder */.OW)(), { recursive: true, mode: 0o700 });
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,job/* jobFolder */.OW)(), 'secret-'));
    const remove = () => (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
    let result;
    try {
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'key'), key, { mode: 0o600 });
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'passphrase'), `${passphrase}\n`, { mode: 0o600 });
        const askpass = (0,external_node_path_.join)(folder, 'askpass');
        (0,external_node_fs_.writeFileSync)(askpass, '#!/bin/sh\ncat "${0%/*}/passphrase"\n', { mode: 0o700 });
        result = use((0,external_node_path_.join)(folder, 'key'), { ...(0,job/* childEnvironment */.Qc)(), SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' });
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
/** How OpenSSH names a host in known_hosts. */
function knownHostsName({ address, port }) {
    return port === 22 ? address : `[${address}]:${port}`;
}
function unpinned(knownHosts, hosts) {
    mkdirSync(jobFolder(), { recursive: true, mode: 0o700 });
    const folder = mkdtempSync(join(jobFolder(), 'known-hosts-'));
    try {
        const file = join(folder, 'known_hosts');
        writeFileSync(file, `${knownHosts}\n`);
        const broken = knownHosts.split('\n').flatMap((line, index) => (isKnownHostsLine(line) ? [] : [index + 1]));
        if (broken.length > 0)
            return [`has a line that is no host key: line ${broken.join(', ')}`];
        // ssh-keygen knows hashed names, patterns and certificate authorities; a parser of our own would not.
        return hosts.filter((host) => !isPinned(file, host)).map((host) => `has no key of ${knownHostsName(host)}`);
    }
    finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
function isKnownHostsLine(line) {
    const text = line.trim();
    if (text === '' || text.startsWith('#'))
        return true;
    return /^(@(cert-authority|revoked)\s+)?\S+\s+(ssh-|ecdsa-|sk-)\S+\s+[A-Za-z0-9+/]{40,}={0,3}(\s.*)?$/.test(text);
}
function isPinned(file, host) {
    try {
        execFileSync('ssh-keygen', ['-F', knownHostsName(host), '-f', file], {
            env: childEnvironment(),
            stdio: 'ignore',
            timeout: 10_000,
        });
        return true;
    }
    catch {
        return false;
    }
}
function howToPin(hosts) {
    const [host] = hosts;
    const scan = host ? `ssh-keyscan -p ${host.port} ${host.address}` : 'ssh-keyscan HOST';
    return (`Run "${scan}" once from a place you trust, compare its fingerprint (ssh-keygen -lf -) with the one the server shows ` +
        'at its console (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), and keep the lines as a variable.');
}

;// CONCATENATED MODULE: ./packages/remote/src/connection.ts







/** What makes two connections the same: where to, with which key, trusting whom. */
function connection_connectionKey(target, credentials) {
    const { key, knownHosts } = credentials;
    return createHash('sha256')
        .update(JSON.stringify([target.name, key, knownHosts]))
        .digest('hex');
}
/** A folder for a connection that is to be opened; journalled before that, so that a kill leaves none behind. */
function connection_connectionFolder() {
    return (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'belay-'));
}
/**
 * Opens a connection and leaves it open in the background: `ssh -MNf` ends when the login is through. The key is on
 * disk only as long as that takes.
 * @throws Failure `unreachable`, `host-key-changed`, `login-refused`
 */
async function connect(target, credentials, folder, signal) {
    const log = (0,external_node_path_.join)(folder, 'log');
    const { status, error } = await withSecretFiles(credentials.key, credentials.passphrase, async (keyFile, env) => {
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'known_hosts'), credentials.knownHosts);
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'config'), clientConfig(target, folder));
        const args = ['-F', (0,external_node_path_.join)(folder, 'config'), '-M', '-N', '-f', '-E', log, '-i', keyFile, '-o', 'ProxyCommand=none'];
        const child = (0,external_node_child_process_namespaceObject.spawn)('ssh', [...args, 'belay'], { env, stdio: 'ignore', ...(signal && { signal }) });
        return new Promise((resolve) => {
            child.once('error', (error) => resolve({ status: null, error }));
            child.once('exit', (status) => resolve({ status }));
        });
    });
    if (signal?.aborted)
        throw new failure/* Interrupted */.j$();
    if (error)
        throw new failure/* Failure */.HR('ssh-missing', `ssh could not be started: ${error.message}`, 'install openssh-client.');
    if (status !== 0)
        throw connectFailure(target, (0,external_node_fs_.existsSync)(log) ? (0,external_node_fs_.readFileSync)(log, 'utf8') : '');
    return { target, folder };
}
/** The same, tried again where the network failed; a refused login or a changed key is final. */
async function connection_connectPatiently(target, credentials, folder, tries, signal) {
    for (let left = tries - 1;; left--) {
        try {
            return await connect(target, credentials, folder, signal);
        }
        catch (error) {
            if (left <= 0 || !(error instanceof Failure) || error.code !== 'unreachable')
                throw error;
            await sleep(500, signal);
        }
    }
}
function connection_reopen(target, folder) {
    return { target, folder };
}
/** Ends a connection and removes its folder. Never throws: what is gone already is what was wanted. */
async function connection_disconnect({ folder }) {
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'socket'))) {
        const child = (0,external_node_child_process_namespaceObject.spawn)('ssh', ['-F', (0,external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'], {
            env: (0,job/* childEnvironment */.Qc)(),
            stdio: 'ignore',
            timeout: 5000,
        });
        await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
    }
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
}
/** The same for a process that is about to end, and cannot wait for anything. */
function disconnectNow({ folder }) {
    const args = ['-F', (0,external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'];
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'socket')))
        (0,external_node_child_process_namespaceObject.spawnSync)('ssh', args, { env: (0,job/* childEnvironment */.Qc)(), timeout: 2000 });
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
}
/** Arguments before the remote command, for everything that goes over an open connection. */
function overConnection({ folder }) {
    return ['-F', (0,external_node_path_.join)(folder, 'config'), 'belay'];
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
  UserKnownHostsFile ${(0,external_node_path_.join)(folder, 'known_hosts')}
  GlobalKnownHostsFile /dev/null
  UpdateHostKeys no
  ControlPath ${(0,external_node_path_.join)(folder, 'socket')}
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
        return new failure/* Failure */.HR('host-key-changed', `${target.name} shows a host key that known-hosts does not pin.`, 'if the server was rebuilt, compare the new fingerprint at its console and put the new line into known-hosts; ' +
            'if it was not, somebody may stand in between: do not deploy.');
    }
    if (/Permission denied|Too many authentication failures|no mutual signature/i.test(log)) {
        return new failure/* Failure */.HR('login-refused', `${target.name} does not accept ssh-key for user ${target.user}.`, `add its public half to ~${target.user}/.ssh/authorized_keys on the host.`);
    }
    const why = said || 'no answer';
    return new failure/* Failure */.HR('unreachable', `${target.name} cannot be reached: ${why}`, 'check address, port and firewall.');
}

;// CONCATENATED MODULE: ./packages/remote/src/local.ts


/** The runner itself as a host: the same host script, by the same standard input, without ssh. */
const localTarget = { user: '', address: 'local', port: 0, name: 'local' };
/** No address of a host that ssh could reach has port 0. */
function local_isLocal({ address, port }) {
    return address === localTarget.address && port === localTarget.port;
}
/** What runs a host script there: program, arguments, environment. */
function shellOf(connection) {
    if (!local_isLocal(connection.target))
        return { program: 'ssh', args: [...overConnection(connection), 'exec sh -s'], env: (0,job/* childEnvironment */.Qc)() };
    // At the end of a job the runner kills what carries this variable, and with it the countdown.
    const { RUNNER_TRACKING_ID: _, ...env } = (0,job/* childEnvironment */.Qc)();
    return { program: 'sh', args: ['-s'], env };
}

;// CONCATENATED MODULE: ./packages/remote/src/quote.ts
/**
 * One word of a POSIX shell, whatever is in it. The only place where text becomes shell text: everything that a host
 * script is given goes through here. NUL cannot be in a shell variable and is refused.
 */
function quote(text) {
    if (text.includes('\0'))
        throw new TypeError('a value for a host contains a NUL byte');
    return `'${text.replaceAll("'", "'\\''")}'`;
}
/**
 * Assignments as lines of shell. Each name is unset first: a name that the login's environment exported already would
 * else carry its new value to every child's environment (facts: hosts).
 */
function quote_assignments(prefix, values) {
    return Object.entries(values)
        .map(([name, value]) => `unset ${prefix}${name}\n${prefix}${name}=${quote(String(value))}\n`)
        .join('');
}
/** Words as one list that `eval "set -- …"` gives back unchanged. */
function words(list) {
    return list.map(quote).join(' ');
}

;// CONCATENATED MODULE: ./packages/remote/src/call.ts





const prefix = '@belay ';
/** The part of every host script that all actions share. */
const call_hostScript = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "host.sh", 'utf8');
/**
 * Runs one command of a host script over an open connection. The remote command is the constant `exec sh -s`; the
 * script and its values go by standard input, and only lines with Belay's prefix are read back.
 * @throws Failure `unreachable` (nothing came, or the connection broke), `no-shell` (something else answered), or the
 *   code that the script refused with.
 */
async function call_call(connection, script, command, values, options) {
    const { name } = connection.target;
    const lines = [];
    const { program, args, env } = shellOf(connection);
    const child = (0,external_node_child_process_namespaceObject.spawn)(program, args, {
        env,
        stdio: ['pipe', 'pipe', 'pipe'],
        timeout: Math.ceil(options.timeoutMs),
        killSignal: 'SIGKILL',
        ...(options.signal && { signal: options.signal }),
    });
    let errors = '';
    let rest = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
        errors = `${errors}${text}`.slice(-2000);
    });
    child.stdout.setEncoding('utf8').on('data', (text) => {
        const parts = `${rest}${text}`.split('\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
            if (!part.startsWith(prefix))
                continue;
            const [word = '', ...words] = part.slice(prefix.length).split(' ');
            lines.push([word, words.join(' ')]);
            options.onLine?.(word, words.join(' '));
        }
    });
    // The far end may be gone before all of it is written; the exit says so.
    child.stdin.on('error', () => { });
    child.stdin.end(`${quote_assignments('b_', { command, ...values })}${script}\nmain </dev/null\nexit\n`);
    const ended = await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (status) => resolve({ status, killed: child.killed }));
    });
    const said = lines.map(([word]) => word);
    if (!said.includes('ack'))
        throw silence(name, ended, errors);
    // A script that was cut off has done a part of its work and cannot say which.
    if (ended.status === null || ended.status === 255)
        throw new failure/* Failure */.HR('unreachable', `The connection to ${name} broke while it was at work (${command}).`, unreachableMend);
    if (ended.status !== 0)
        throw scriptFailure(name, command, ended.status, errors);
    const refused = lines.find(([word]) => word === 'refused');
    if (refused)
        throw refusal(name, refused[1]);
    return {
        lines,
        last: (word) => lines.findLast(([other]) => other === word)?.[1] ?? '',
        all: (word) => lines.filter(([other]) => other === word).map(([, text]) => text),
    };
}
const unreachableMend = 'see whether the host is up, and whether something between cuts long connections.';
function silence(name, ended, errors) {
    const said = errors.trim().split('\n').at(-1) ?? '';
    if (ended.killed)
        return new failure/* Failure */.HR('unreachable', `${name} did not answer in time.`, unreachableMend);
    if (ended.status === 255)
        return new failure/* Failure */.HR('unreachable', `The connection that this job had opened to ${name} is gone.`, unreachableMend);
    return new failure/* Failure */.HR('no-shell', `${name} let the login in but did not run "sh -s"${said ? `: ${said}` : ''}. Nothing was done there.`, 'give the deploy user a plain login shell (sh, bash, dash, zsh), and no start-up file that reads standard input.');
}
function scriptFailure(name, command, status, errors) {
    const said = errors.trim().split('\n').at(-1) ?? '';
    return new failure/* Failure */.HR('host-script-failed', `${name}: the host script stopped at "${command}" with status ${status}: ${said}`, 'this is a defect of Belay or something very odd on that host; please report it with this line.');
}
/** A line's first word, and what follows it. */
function call_firstWord(line) {
    const [word = '', ...rest] = line.split(' ');
    return [word, rest.join(' ')];
}
/** What to do about the refusals of the host script, by code. */
const mends = {
    'lock-held': 'wait for it, or see `command: status`; it ends by itself.',
    'path-not-writable': 'run `command: preflight`: it prints what root has to prepare.',
    'disk-full': 'free some room on that disk; releases beyond keep-releases are removed at the start of each release.',
    'not-held': 'start the job anew: it was away for longer than the host waits for it.',
    'state-damaged': 'that file is not whole, perhaps after a power cut: see what `current` serves, then move the file away.',
    gone: 'somebody removed what belongs to .belay/ on that host; see what `current` serves.',
    'schema-ahead': 'release one that fits; an old version can be built anew with what the migration needs.',
    'no-idle-slot': 'let `command: switch` or `rollback` of blue-green-switch move the traffic to one slot first.',
    'active-unknown': 'mend that on the host; as long as nobody knows where traffic goes, no slot is touched.',
    'proxy-unreadable': 'run `command: status`: it lists what keeps the proxy from being read.',
    'traffic-split': 'let all of the traffic go to one slot, by hand, then start anew.',
    'slot-unfit': 'nothing was changed; see what that slot says in its log, and release to it anew.',
    'not-warm': 'let deploy-ssh with `command: rollback` start it again, then switch; version `previous` of a production release does both.',
    'registry-refused': 'give registry-user and registry-token of an account that may pull this image.',
    'image-missing': 'see whether the build pushed it there, and whether the registry removed it.',
    'pull-failed': 'see whether the host reaches the registry, then run the job again.',
    'compose-invalid': 'run `docker compose config` in that folder; it says where the mistake is.',
    'compose-layout': 'see with `docker compose version` that it is Docker Compose, and nothing that stands in for it.',
    'variable-missing': 'see the README of deploy-ssh: each service of a release has its image from one variable.',
    'current-outside': 'let `current` point to a folder below releases/, or give another path.',
};
function refusal(name, text) {
    const [code = '', ...why] = text.split(' ');
    return new failure/* Failure */.HR(code, `${name}: ${why.join(' ')}`, mends[code]);
}

;// CONCATENATED MODULE: ./packages/remote/src/contract.ts

/**
 * Notes on a host, beside the releases of `base`, that releases older than `oldest` cannot live with the schema any more:
 * deploy, rollback and switch refuse them from then on. A migration that is noted already is noted anew.
 */
async function rememberContract(connection, base, contract) {
    const [migration, oldest] = [oneWord(contract.migration), oneWord(contract.oldest)];
    await call(connection, hostScript, 'contract', { base, migration, oldest }, { timeoutMs: 20_000 });
}
/** The opposite, where the migration was not applied after all. */
async function forgetContract(connection, base, migration) {
    await call(connection, hostScript, 'forget', { base, migration: oneWord(migration) }, { timeoutMs: 20_000 });
}
/** The names of migrations as a host keeps them: one list with a space between, so none inside. */
function schemaText(migrations) {
    return migrations.map(oneWord).join(' ');
}
function oneWord(name) {
    return name.trim().replaceAll(/\s+/g, '_');
}

;// CONCATENATED MODULE: ./packages/remote/src/fleet.ts




/** The hosts behind connections, each with what it is to hold there. */
function heldFleet(connections, { base, id, knownHosts, shadow }) {
    return connections.map((connection) => {
        const { target, folder } = connection;
        const { name: host, user, address, port } = target;
        return { connection, held: { host, user, address, port, folder, base, id, knownHosts, ...(shadow && { shadow }) } };
    });
}
/** What all hosts say; empty where they differ, or where there is none. */
function common(values) {
    return new Set(values).size === 1 ? (values[0] ?? '') : '';
}
/**
 * Does the same on every host at once and waits for all of them: no host is left in the middle because another failed.
 * @throws Failure with the first failure's code, naming every host that failed.
 */
async function fleet_onAll(hosts, work, signal) {
    const settled = await Promise.allSettled(hosts.map(work));
    if (signal?.aborted)
        throw new Interrupted();
    const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    if (failures.length === 0)
        return settled.map((one) => one.value);
    const [first] = failures;
    if (failures.length === 1)
        throw first;
    const code = first instanceof Failure ? first.code : 'internal';
    throw new Failure(code, failures.map(messageOf).join('\n'), undefined, { cause: first });
}
/**
 * One connection a host and job: what an earlier step of the job left open to the same host with the same key is used
 * again; what is opened here stays open for later steps and is closed by this step's post.
 */
async function openFleet(journal, step, hosts, credentials, signal) {
    const open = journal.read().connections;
    return fleet_onAll(hosts, async (host) => {
        if (isLocal(host))
            return reopen(host, '');
        const key = connectionKey(host, credentials);
        const earlier = open.findLast((connection) => connection.key === key);
        if (earlier && (await isAlive(reopen(host, earlier.socket))))
            return reopen(host, earlier.socket);
        const folder = connectionFolder();
        journal.append({ step, event: 'connected', key, socket: folder });
        return connectPatiently(host, credentials, folder, 3, signal);
    }, signal);
}
/** `ssh -O check` calls a connection well that a firewall has forgotten: only an answer counts (facts: hosts). */
async function isAlive(connection) {
    return call(connection, hostScript, 'hello', { base: '/' }, { timeoutMs: 10_000 }).then(() => true, () => false);
}
/** Closes what this step opened. */
async function closeFleet(journal, step) {
    const mine = journal.read().connections.filter((connection) => connection.step === step);
    const nowhere = { user: '', address: '', port: 22, name: '' };
    await Promise.all(mine.map(({ socket }) => disconnect(reopen(nowhere, socket))));
}
/**
 * Takes all or none: tried at once on every host; after a refusal all are given back and tried again, until `timeout`
 * seconds are over. So two jobs that name the same hosts in other orders never wait for each other.
 * @throws Failure `lock-held` with the holder's words, or the first other failure
 */
async function fleet_allOrNone(hosts, take, giveBack, options) {
    const end = monotonicSeconds() + options.timeoutSeconds;
    for (let round = 0;; round++) {
        const tried = await Promise.allSettled(hosts.map(take));
        if (tried.every((one) => one.status === 'fulfilled') && !options.signal.aborted)
            return tried.map((one) => one.value);
        await Promise.all(tried.map(async (one, index) => {
            if (one.status === 'fulfilled')
                await giveBack(hosts[index], one.value).catch(() => { });
        }));
        if (options.signal.aborted)
            throw new Interrupted();
        const reasons = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
        const other = reasons.find((reason) => !(reason instanceof Failure && reason.code === 'lock-held'));
        if (other !== undefined)
            throw other;
        const held = reasons[0];
        if (monotonicSeconds() >= end)
            throw held;
        if (round === 0)
            options.onWait(held.message);
        // Unequal pauses, or two jobs that refuse each other once would do so for ever.
        await sleep(300 + Math.random() * 900, options.signal);
    }
}

;// CONCATENATED MODULE: ./packages/remote/src/release-process.ts



/** Joins an action's part (`do_change`, `undo_change`, `undo_change_at_boot`) to the shared one. */
function withPart(name, part) {
    // Called as a file (by the detached process, by a boot hook) it runs what its arguments say.
    return { name, text: `${hostScript}\n${part}\n[ -z "\${1-}" ] || main "$@"\n` };
}
/** Seconds for which a host keeps the lock of a runner that does not renew it. */
const release_process_leaseSeconds = 30;
/** Who acts, in words that stand in files on the host. */
function release_process_actor(verb) {
    const run = (0,job/* currentRun */.xh)();
    return `${verb} by ${run.repository} run ${run.id} attempt ${run.attempt} job ${run.job}`;
}
/** Takes the host's lock for a release, and settles first what a dead process left open. */
async function release_process_hold(connection, script, held, release, signal) {
    const values = {
        base: held.base,
        id: held.id,
        keep: release.keep,
        owner: release.owner,
        lease: release_process_leaseSeconds,
        script: script.name,
        text: script.text,
        params: assignments('r_', release.params),
    };
    // Putting back what a lost run left may restart a service and wait for its check.
    const reply = await call(connection, script.text, 'hold', values, { timeoutMs: 300_000, signal });
    return {
        committed: reply.last('committed'),
        manifest: reply.last('manifest'),
        version: reply.last('version'),
        sha: reply.last('sha'),
        live: reply.last('live'),
        slot: reply.last('slot'),
        settled: reply.last('settled'),
    };
}
/** Keeps the lock of a release that is not armed yet for another while. */
async function release_process_renew(connection, held) {
    const values = { base: held.base, id: held.id, lease: release_process_leaseSeconds };
    await call(connection, hostScript, 'renew', values, { timeoutMs: 20_000 });
}
/**
 * Orders the change: from here on the host returns by itself after `window` seconds unless it is confirmed. Follows
 * until the change is through or the host has gone back.
 */
async function release_process_arm(connection, held, options) {
    const values = { ...orderOf(held, 'armed'), window: options.window, wait: options.wait, until: 'worked' };
    const reply = await call(connection, hostScript, 'arm', values, {
        timeoutMs: (options.wait + 15) * 1000,
        signal: options.signal,
        onLine: (word, text) => word === 'phase' && options.onPhase?.(text),
    });
    return hostState(reply);
}
/** Whether the host is still armed (`armed`), else its state; `dead` where its process is gone. Prolongs by 60 s once. */
async function ask(connection, held) {
    const reply = await call_call(connection, call_hostScript, 'ask', orderOf(held, ''), { timeoutMs: 15_000 });
    return reply.last('state');
}
/** Makes the change final. The host's marker decides, so that a lost reply can be settled by confirming again. */
async function release_process_confirm(connection, held, record) {
    const values = { ...orderOf(held, 'confirmed'), record };
    return hostState(await call_call(connection, call_hostScript, 'confirm', values, { timeoutMs: 15_000 }));
}
/** Orders the return and follows it for `wait` seconds. A dead process's work is done by this call itself. */
async function release_process_undo(connection, held, script, wait, onPhase) {
    const values = { ...orderOf(held, 'ended'), wait: Math.max(1, Math.ceil(wait)) };
    // What is followed begins with the way there; only the way back is news.
    let back = false;
    const reply = await call_call(connection, script.text, 'undo', values, {
        timeoutMs: (wait + 20) * 1000,
        onLine(word, text) {
            if (word === 'going')
                back = true;
            if (word === 'phase' && back)
                onPhase?.(text);
        },
    });
    return hostState(reply);
}
function orderOf(held, verb) {
    return { base: held.base, id: held.id, by: release_process_actor(verb) };
}
function hostState(reply) {
    return {
        state: reply.last('state'),
        who: reply.last('who'),
        worked: reply.all('worked').length > 0,
        failed: reply.last('failed'),
        undoFailed: reply.last('undo-failed'),
        tail: reply.all('tail'),
    };
}

;// CONCATENATED MODULE: ./packages/remote/src/keeper.ts







/** The hosts of a service's change as armed targets; `nameOf` names a host among those of the job. */
function keeper_armedTargets({ service, held }, nameOf) {
    return held.map((host) => ({ name: nameOf(host.host), service, handle: host }));
}
/** The host of an armed target, as the journal holds it. */
function heldOf(target) {
    return target.handle;
}
/**
 * Does something on a host over the connection that its main left open, else over a new one with this step's key; a
 * broken connection is tried anew, up to three times in all.
 */
async function keeper_onHost(held, key, work) {
    const target = { user: held.user, address: held.address, port: held.port, name: held.host };
    try {
        return await work(connection_reopen(target, held.folder));
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR) || error.code !== 'unreachable' || local_isLocal(target))
            throw error;
    }
    let last;
    for (const pause of [0, 1000]) {
        await (0,src_clock/* sleep */.y)(pause);
        try {
            const connection = connection_reopen(target, connection_connectionFolder());
            // Whoever stopped waiting for this may end the process before it is through.
            const sweep = () => disconnectNow(connection);
            process.once('exit', sweep);
            try {
                return await work(await connect(target, { ...key(), knownHosts: held.knownHosts }, connection.folder));
            }
            finally {
                await connection_disconnect(connection);
                process.off('exit', sweep);
            }
        }
        catch (error) {
            last = error;
            if (!(error instanceof failure/* Failure */.HR) || error.code !== 'unreachable')
                throw error;
        }
    }
    throw last;
}
/** Asks and confirms hosts, whichever step of the job armed them. `key` is read only where a connection must be made. */
function keeper_hostKeeper(key, recordPath) {
    return {
        async missing(targets) {
            const answers = await Promise.all(targets.map((target) => whyMissing(heldOf(target), key)));
            return targets.flatMap((target, index) => {
                const why = answers[index];
                return why ? [{ target: target.name, why }] : [];
            });
        },
        confirm: (targets) => Promise.all(targets.map((target) => confirmTarget(target, key, recordPath))),
    };
}
/** The keeper of a post: with the key that its own inputs hold. */
function postKeeper({ journal }) {
    return keeper_hostKeeper(keyFromInputs, journal.recordPath);
}
/** Being asked prolongs a countdown by 60 s: an answer that takes longer than this says nothing about what is there now. */
const askSeconds = 40;
async function whyMissing(held, key) {
    try {
        const late = (0,src_clock/* sleep */.y)(askSeconds * 1000).then(() => 'silent');
        const state = await Promise.race([late, keeper_onHost(held, key, (connection) => ask(connection, held))]);
        if (state === 'silent')
            return `it did not answer within ${askSeconds} s`;
        if (state === 'armed')
            return undefined;
        if (state === 'dead')
            return 'its process is gone, so it would not return by itself';
        return `it is ${state} already: it was not confirmed in time, or went back by itself`;
    }
    catch (error) {
        return (0,failure/* messageOf */.bD)(error);
    }
}
async function confirmTarget(target, key, recordPath) {
    const held = heldOf(target);
    const base = { target: target.name, service: target.service };
    if (held.shadow)
        return { ...base, ...(await endShadow(held, key)) };
    try {
        const { state, who } = await keeper_onHost(held, key, (connection) => release_process_confirm(connection, held, recordText(recordPath)));
        if (state === 'confirmed')
            return { ...base, result: 'committed', detail: 'confirmed' };
        return { ...base, result: 'mixed', detail: `could not be confirmed: it is ${state || 'gone'} (${who})` };
    }
    catch (error) {
        const detail = `nobody could see whether it was confirmed: ${(0,failure/* messageOf */.bD)(error)}; unconfirmed it returns by itself`;
        return { ...base, result: 'mixed', detail };
    }
}
/** Seconds that a slot's stop may take, and the wait for a switch that is under way. */
const shadowSeconds = 180;
/** A shadow release has shown what it had to when the job commits: its slot is left idle again. */
async function endShadow(held, key) {
    // The part that knows how to put back is on the host, in the release's process or in the script that is kept there.
    const script = { name: '', text: call_hostScript };
    try {
        return keeper_shadowEnd(await keeper_onHost(held, key, (connection) => release_process_undo(connection, held, script, shadowSeconds)));
    }
    catch (error) {
        const detail = `nobody could see whether its slot is idle again: ${(0,failure/* messageOf */.bD)(error)}; by itself it will be`;
        return { result: 'mixed', detail };
    }
}
/** What became of a shadow release that was told to go back. */
function keeper_shadowEnd({ state, undoFailed }) {
    if (state === 'undone' || state === 'released' || state === 'none')
        return { result: 'unchanged', detail: 'a shadow release: its slot is idle again, and no user saw it' };
    return { result: 'mixed', detail: `a shadow release that is ${state}: ${undoFailed || 'its slot is not idle again'}` };
}
function recordText(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8').trimEnd();
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./packages/remote/src/countdown.ts




/**
 * Starts the countdown on all hosts at once, and follows each until its change is made or it has gone back. How each
 * ended is for `refuseUnarmed`.
 * @throws Failure `window-passed` where the countdown of an earlier step of the job is over
 */
async function armFleet(step, fleet, order, signal) {
    const { saved, way, window, wait } = order;
    refuseAfterReturn(step.journal);
    step.save(saved);
    for (const { held } of fleet)
        step.record({ event: 'phase', phase: order.boundary, host: held.host });
    step.arm(armedTargets(saved, way.target), window, order.previous);
    step.info(`Unless this job confirms, ${order.otherwise} at ${inSeconds(window)}.`);
    return onAll(fleet, ({ connection, held }) => arm(connection, held, { window, wait, signal, onPhase: (text) => order.onPhase(text, held.host) }), signal);
}
/** @throws Failure with every host whose change is not made, and the code of the first one's phase: `check-failed`. */
function refuseUnarmed(fleet, states, mend) {
    const failed = states.flatMap((state, index) => {
        if (state.worked && state.state === 'armed')
            return [];
        const [phase = '', ...why] = state.failed.split(' ');
        const ended = state.state === 'armed' ? 'its process ended before it was through' : `is ${state.state} (${state.who})`;
        const text = `${fleet[index]?.held.host}: ${phase ? `${phase} failed: ${why.join(' ')}` : ended}`;
        return [{ code: phase || 'switch', text }];
    });
    const [first] = failed;
    if (!first)
        return;
    throw new Failure(`${first.code}-failed`, failed.map(({ text }) => text).join('\n'), mend);
}
/**
 * Makes a change final now, at the end of its own main (`undo: false`, rollback); after the first confirm no way back.
 * @throws Failure `not-confirmed`
 */
async function confirmFleet(step, saved, way, key, mend) {
    step.save({ ...saved, confirming: true });
    const settled = await hostKeeper(() => key, step.journal.recordPath).confirm(armedTargets(saved, way.target));
    step.settle(settled);
    for (const one of settled)
        step.record({ event: 'settled', ...one });
    const late = settled.filter(({ result }) => result !== 'committed');
    if (late.length === 0)
        return;
    throw new Failure('not-confirmed', late.map(({ target, detail }) => `${target} ${detail}`).join('\n'), mend);
}
function inSeconds(seconds) {
    return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`;
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./packages/remote/src/forward.ts




/**
 * Opens a way through an open connection: `127.0.0.1:<free port>` here leads to `to` as the host sees it. OpenSSH does
 * the work in the connection that is open already, so no key is needed and none is on the disk.
 * @throws Failure `forward-refused`
 */
async function forward(connection, to) {
    let said = '';
    // A port found free may be taken before ssh has it.
    for (let attempt = 1; attempt <= 5; attempt++) {
        const port = await freePort();
        const way = `127.0.0.1:${port}:${shown(to)}`;
        const asked = await control(connection, ['-O', 'forward', '-L', way]);
        if (asked.status === 0) {
            const close = async () => void (await control(connection, ['-O', 'cancel', '-L', way]));
            return { port, close };
        }
        said = asked.said;
    }
    throw new Failure('forward-refused', `${connection.target.name} opens no way to ${shown(to)}: ${said.trim().split('\n').at(-1) || 'no reason given'}`, 'allow TCP forwarding for this login in sshd_config (AllowTcpForwarding local, or PermitOpen with this address).');
}
function shown(to) {
    if ('socket' in to)
        return to.socket;
    return `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`;
}
function control({ folder }, words) {
    const child = spawn('ssh', ['-F', join(folder, 'config'), ...words, 'belay'], {
        env: childEnvironment(),
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: 10_000,
        killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
        said = `${said}${text}`.slice(-1000);
    });
    return new Promise((resolve) => {
        child.once('error', (error) => resolve({ status: null, said: error.message }));
        child.once('close', (status) => resolve({ status, said }));
    });
}
function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

;// CONCATENATED MODULE: ./packages/remote/src/lock.ts



/**
 * All hosts' locks or none; what lost runs left is put back first, and said.
 * @throws Failure `lock-held` with the holder's words, or the first other failure
 */
async function lockHosts(step, fleet, { script, what, keep, params, timeoutSeconds, left, logFolder }, signal) {
    const settledWords = (settled) => {
        const [end, name] = settled.split(' ');
        if (end === 'undone')
            return `an earlier run had left ${name} unconfirmed; ${left} was put back first`;
        return `an earlier run had left ${name} unconfirmed, and it could not be put back whole: see ${logFolder}/log/${name}.log`;
    };
    const take = async ({ connection, held }) => {
        const holding = await hold(connection, script, held, { keep, owner: ownerNote(what), params }, signal);
        // Said at once: this lock may be given back, and taken again when there is nothing left to settle.
        if (holding.settled)
            step.warn(settledWords(holding.settled), held.host);
        return holding;
    };
    return allOrNone(fleet, take, async (host) => void (await giveBack(host, script)), {
        timeoutSeconds,
        signal,
        onWait: (why) => step.info(`Waiting up to ${timeoutSeconds} s: ${why.split('\n')[0]}`),
    });
}
/** Who holds a host's lock, for the people who find it there. */
function ownerNote(what) {
    return `${actor('held')}, ${what}, since ${new Date().toISOString()}`;
}
/** Gives a lock back that nothing was done under. */
async function giveBack({ connection, held }, script) {
    return undo(connection, held, script, 5);
}
/** Gives all locks back where there was nothing to do; one that cannot be given is no failure of that. */
async function giveAllBack(step, fleet, script) {
    await Promise.all(fleet.map((host) => giveBack(host, script).catch((error) => step.warn(`its lock ends by itself: ${messageOf(error)}`, host.held.host))));
}
/** Milliseconds between two renewals: about a quarter of the time for which a host waits for one. */
const renewalMs = 8000;
/** Renews the locks of hosts that are not armed yet, as long as the work before the switch takes. */
async function withLease(fleet, task) {
    const timer = setInterval(() => {
        // A renewal that fails is the connection's trouble: the work itself will say so.
        for (const { connection, held } of fleet)
            void renew(connection, held).catch(() => { });
    }, renewalMs);
    try {
        return await task();
    }
    finally {
        clearInterval(timer);
    }
}

;// CONCATENATED MODULE: ./packages/remote/src/look.ts


/** Looks at a host, with the eyes of an action's script where that knows more than every action does. */
async function look(connection, { release = {}, ...what }, signal, script = hostScript) {
    const values = { ...what, params: assignments('r_', release) };
    const reply = await call(connection, script, 'inspect', values, { timeoutMs: 60_000, signal });
    const about = (word) => new Map(reply.all(word).map(firstWord));
    const facts = about('fact');
    const [schemas, misfits] = [about('schema'), about('misfit')];
    const fact = (key) => facts.get(key) ?? '';
    const number = (key) => (/^\d+$/.test(fact(key)) ? Number(fact(key)) : Number.NaN);
    return {
        host: connection.target.name,
        user: fact('user'),
        root: fact('uid') === '0',
        tools: new Set(reply.all('tool')),
        exists: fact('exists') === 'yes',
        readOnly: reply.all('read-only'),
        freeKib: number('free-kib'),
        freeInodes: number('free-inodes'),
        current: fact('current'),
        live: fact('live'),
        committed: fact('committed'),
        version: fact('version'),
        releases: reply.all('release').map((line) => pastRelease(line, schemas, misfits)),
        newest: fact('newest'),
        state: fact('state'),
        lock: lockFacts(fact),
        slots: reply.all('slot').map(slotFacts),
        idle: idleSlot(fact('slot'), fact('no-slot')),
        contracts: reply.all('contract').map((line) => {
            const [migration, oldest] = firstWord(line);
            return { migration, oldest };
        }),
        misfit: fact('misfit'),
        systemd: what.unit === '' ? undefined : systemdFacts(fact, reply.all('sudo')),
        missing: reply.all('missing').map((line) => {
            const [code, text] = firstWord(line);
            return { code, text };
        }),
        found: reply.all('found'),
    };
}
/** Reads what every look says of the host's lock. `fact` gives the text under a key. */
function lockFacts(fact) {
    return { held: fact('lock') === 'held', holder: fact('holder'), endsInSeconds: Number(fact('ends-in') || 0) };
}
function pastRelease(line, schemas, misfits) {
    const [state = '', there, id = '', sha = '', manifest = '', ...version] = line.split(' ');
    const [schema, misfit] = [schemas.get(id) ?? '', misfits.get(id) ?? ''];
    return { state, there: there === 'yes', id, sha, manifest, version: version.join(' '), schema, misfit };
}
function slotFacts(line) {
    const [port = '', traffic, told, release = ''] = line.split(' ');
    return { port, traffic: traffic, told: told, release };
}
function idleSlot(port, none) {
    const [code, why] = firstWord(none);
    return port === '' ? { code, why } : { port };
}
function systemdFacts(fact, sudo) {
    const unit = fact('recovery-unit') === 'enabled';
    return {
        unitLoad: fact('unit-load'),
        killsProcesses: fact('kills-processes') === 'true',
        recovery: unit ? 'unit' : fact('recovery-cron') === 'yes' ? 'cron' : 'none',
        sudo,
    };
}

;// CONCATENATED MODULE: ./packages/remote/src/target.ts

/** Reads one line of `hosts`: `[user@]host[:port]`, IPv6 in brackets. Returns what is wrong where it cannot be read. */
function parseHost(line, user) {
    const match = /^(?:([^@\s]+)@)?(?:\[([^\]\s]+)\]|([^@:\s[\]]+))(?::(\d+))?$/.exec(line);
    if (!match)
        return `"${line}" is not [user@]host[:port]`;
    const [, ownUser, bracketed, plain, portText] = match;
    const address = bracketed ?? plain ?? '';
    const port = Number(portText ?? 22);
    const login = ownUser ?? user;
    if (login === '')
        return `"${line}" names no user`;
    // A leading dash would be read as an option by ssh and rsync.
    if (login.startsWith('-') || address.startsWith('-'))
        return `"${line}" starts with a dash`;
    if (bracketed !== undefined && isIP(address) !== 6)
        return `"${line}" has brackets around something not IPv6`;
    if (!/^[A-Za-z0-9._:%-]+$/.test(address) || !/^[A-Za-z0-9._-]+$/.test(login))
        return `"${line}" has odd characters`;
    if (port < 1 || port > 65535)
        return `"${line}" has port ${port}; ports go from 1 to 65535`;
    const shown = bracketed ? `[${address}]` : address;
    return { user: login, address, port, name: `${login}@${shown}${port === 22 ? '' : `:${port}`}` };
}
/** Reads `hosts` and `user`; the same host twice is a mistake. */
function readHosts(read) {
    const user = read.text('user');
    const hosts = [];
    for (const line of read.lines('hosts', { required: 'a line for each host, [user@]host[:port]' })) {
        const host = parseHost(line, user);
        if (typeof host === 'string') {
            const mend = host.endsWith('no user') ? 'Write user@host, or give the input user.' : 'Give a line for each host.';
            read.mistake('hosts', host, mend);
        }
        else if (hosts.some(({ name }) => name === host.name)) {
            read.mistake('hosts', `names ${host.name} twice`, 'Name each host once.');
        }
        else
            hosts.push(host);
    }
    return hosts;
}

;// CONCATENATED MODULE: ./packages/remote/src/undo.ts




/**
 * Tells all hosts at once to go back, and follows each until `until` (monotonic seconds). They finish alone. Never
 * throws: what nobody could look at is `mixed`, and named.
 */
async function undoFleet(saved, way, key, until, onPhase) {
    return Promise.all(saved.held.map((held) => undoHost(saved, way, held, key, until, onPhase)));
}
async function undoHost(saved, way, held, key, until, onPhase) {
    const base = { target: way.target(held.host), service: saved.service };
    try {
        const state = await onHost(held, key, (connection) => {
            const left = Math.max(1, until - monotonicSeconds());
            return undo(connection, held, way.script, left, (phase) => onPhase(phase, held.host));
        });
        return { ...base, ...verdict(saved, way, held, state) };
    }
    catch (error) {
        const why = messageOf(error);
        if (!saved.armed)
            return { ...base, result: 'unchanged', detail: `its lock ends by itself within ${leaseSeconds} s (${why})` };
        const detail = `nobody could look: ${why} ${way.alone}; see for yourself: ${byHand(held)}`;
        return { ...base, result: 'mixed', detail };
    }
}
function verdict(saved, way, held, state) {
    if (held.shadow && state.state !== 'undoing')
        return shadowEnd(state);
    const by = state.who && ` (${state.who})`;
    switch (state.state) {
        case 'none':
        case 'released':
            return { result: 'unchanged', detail: way.untouched };
        case 'undone':
            return saved.differed
                ? { result: 'mixed', detail: `${way.backApart}, which differed from the other hosts before${by}` }
                : { result: 'rolled-back', detail: `${way.back}${by}` };
        case 'confirmed':
            return { result: 'committed', detail: `it was confirmed already and stays${by}` };
        case 'mixed':
            return {
                result: 'mixed',
                detail: `${state.undoFailed || state.failed || 'the return failed'}; look: ${byHand(held)}`,
            };
        default:
            return { result: 'undo-started', detail: `told to go back, not seen to be through; look: ${byHand(held)}` };
    }
}
/** The command that shows a person what a host wrote down. */
function byHand(held) {
    const look = `tail ${held.base}/.belay/log/*${held.id}.log`;
    return isLocal(held) ? look : `ssh -p ${held.port} ${held.user}@${held.address} ${look}`;
}

;// CONCATENATED MODULE: ./packages/remote/src/index.ts






















// EXTERNAL MODULE: ./packages/release/src/index.ts + 4 modules
var src = __nccwpck_require__(342);
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

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./packages/probe/src/clock.ts

const realClock = {
    now: () => performance.now(),
    sleep: (ms, signal) => (0,promises_namespaceObject.setTimeout)(ms, undefined, { signal }).catch(() => { }),
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
    const who = tracks.length === 1 ? nameOf(tracks) : `each of ${tracks.length} instances`;
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
function nameOf(tracks) {
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

;// CONCATENATED MODULE: external "node:dgram"
const external_node_dgram_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dgram");
;// CONCATENATED MODULE: external "node:dns/promises"
const external_node_dns_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns/promises");
;// CONCATENATED MODULE: ./packages/probe/src/addresses.ts



/** All addresses of a name, each once, as the machine's own resolver gives them. Rejects as `dns.lookup` does. */
async function resolveAll(hostname) {
    const found = await (0,external_node_dns_promises_namespaceObject.lookup)(hostname, { all: true, order: 'ipv4first' });
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
    const reported = 'version' in found ? { version: answer_shown(found.version) } : {};
    if (!hasStatus(expected.statuses, answer.status))
        return { ...unexpected(answer), ...reported };
    const { version } = expected;
    if (version === undefined)
        return { kind: 'pass', cause: 'as-expected', said: `answered ${answer.status}`, ...reported };
    if ('none' in found)
        return { kind: 'error', cause: 'no-version', said: `answered ${answer.status}, but ${found.none}` };
    const told = `answered ${answer.status} with version \`${answer_shown(found.version)}\``;
    if (found.version === version)
        return { kind: 'pass', cause: 'as-expected', said: told, ...reported };
    return { kind: 'not-yet', cause: 'other-version', said: `${told}, not \`${answer_shown(version)}\``, ...reported };
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
function answer_shown(version) {
    return printable(version, 100);
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_default = /*#__PURE__*/__nccwpck_require__.n(external_node_https_namespaceObject);
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
        const asked = (secure ? (external_node_https_default()) : (external_node_http_default())).request(url, {
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
function route(secure, way) {
    const Agent = secure ? (external_node_https_default()).Agent : (external_node_http_default()).Agent;
    if ('proxy' in way) {
        const { href } = way.proxy;
        return { agent: new Agent({ proxyEnv: secure ? { HTTPS_PROXY: href } : { HTTP_PROXY: href } }) };
    }
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

;// CONCATENATED MODULE: ./packages/probe/src/proxy.ts

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
    const name = http_target_nameOf(url);
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
function http_target_nameOf(url) {
    return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
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

;// CONCATENATED MODULE: ./packages/probe/src/index.ts
/** The probe engine: takes samples of every instance until a verdict is certain or the deadline is there. */










;// CONCATENATED MODULE: ./actions/deploy-render/src/check.ts


const overHttp = ({ url, expected }) => httpTarget(url, expected);
const well = [{ from: 200, to: 299 }];
const anyVersion = { text: 'sha', path: ['sha'] };
/**
 * What to ask a service that is to serve the commit `sha`. What the workflow names must report that commit, so that an old instance that still
 * answers does not pass; else Render's own health path, or a static site's first page, must answer well.
 */
function questionsOf(asked, service, { checks, versionFrom }, sha) {
    const own = checks.filter((check) => check.service === undefined || check.service === asked);
    const version = versionFrom ? sha : undefined;
    if (own.length > 0)
        return own.map(({ place }) => ({
            url: placeOf(service, place),
            expected: { statuses: well, version, versionFrom: versionFrom ?? anyVersion },
        }));
    const path = service.type === 'static_site' ? '/' : service.serviceDetails?.healthCheckPath;
    if (!path || !isPublic(service))
        return [];
    return [{ url: placeOf(service, path), expected: { statuses: well, version: undefined, versionFrom: anyVersion } }];
}
function isPublic({ type, serviceDetails }) {
    return (type === 'web_service' || type === 'static_site') && /^https?:\/\//.test(serviceDetails?.url ?? '');
}
function placeOf(service, place) {
    if (/^https?:\/\//.test(place))
        return new URL(place);
    if (isPublic(service))
        return new URL(place, service.serviceDetails?.url ?? '');
    throw new failure/* Failure */.HR('check-impossible', `checks: ${service.name} has no address that a runner could ask (it is a ${service.type}).`, 'leave it out, or give a whole URL; without one the status of its deploy has to do.');
}
const rules = { successes: 3, intervalMs: 2000, timeoutMs: 5000, deadlineMs: 120_000 };
/**
 * Waits until a service answers well, with the commit that was brought to it, else the release's.
 * @param asked its name or id as the inputs have it
 * @throws Failure `check-failed`
 */
async function checkReleased({ client, inputs, world }, asked, service, content) {
    const sha = content && 'commit' in content ? content.commit : inputs.release.sha;
    await check(questionsOf(asked, service, inputs, sha), service.name, client.bounds, world.targetOf);
}
/** Waits until every question is answered well. @throws Failure `check-failed` */
async function check(questions, name, bounds, targetOf) {
    if (questions.length === 0)
        return;
    const report = await gate(questions, bounds, targetOf, rules);
    if (report.verdict === 'pass')
        return;
    throw new failure/* Failure */.HR('check-failed', `${name} is live at Render and not well: ${report.reason}`, 'read what it logged; if it does not report its commit, say where with version-from, or version-from: none.');
}
/** One quick look. */
async function isWell(questions, bounds, targetOf) {
    if (questions.length === 0)
        return true;
    return (await gate(questions, bounds, targetOf, { ...rules, successes: 1, deadlineMs: 10_000 })).verdict === 'pass';
}
async function gate(questions, bounds, targetOf, wanted) {
    const { clock, signal, until } = bounds;
    const deadlineMs = Math.max(1, Math.min(wanted.deadlineMs, until - clock.now()));
    return runGate(questions.map(targetOf), { ...wanted, deadlineMs }, signal, {}, clock).catch((error) => {
        throw signal.aborted ? new failure/* Interrupted */.j$() : error;
    });
}

;// CONCATENATED MODULE: ./packages/http/src/request.ts


/** There was no whole answer. `sent` is false only where the other side certainly never saw the request. */
class request_NoAnswer extends Error {
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
async function request_request(asked, maxBytes) {
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
        throw new request_NoAnswer(timeout.aborted ? `no answer within ${Math.round(asked.timeoutMs)} ms` : message || name, progress.sent);
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


;// CONCATENATED MODULE: ./actions/deploy-render/src/image.ts
/** Host, repository and name, without tag and digest; Docker Hub by its full name. Pure. */
function repositoryOf(image) {
    const name = withoutVersion(image);
    const [first = '', ...rest] = name.split('/');
    const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
    if (hasHost)
        return name;
    return rest.length === 0 ? `docker.io/library/${name}` : `docker.io/${name}`;
}
/** The image with its repository spelled as `path` has it: Render takes another only by the name that a service has. */
function spelledAs(path, image) {
    return `${withoutVersion(path)}${versionOf(image)}`;
}
/** Whether two names, tags and digests included, are of the same image. */
function sameImage(one, other) {
    return repositoryOf(one) === repositoryOf(other) && versionOf(one) === versionOf(other);
}
/** The digest that a name holds, if it holds one. */
function digestIn(image) {
    return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
}
function withoutVersion(image) {
    return plain(image)
        .replace(/@.*$/, '')
        .replace(/:[^/:]*$/, '');
}
/** `:tag`, `@digest`, or both. */
function versionOf(image) {
    return plain(image).slice(withoutVersion(image).length);
}
function plain(image) {
    return image.replace(/^https?:\/\//, '');
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/objects.ts

/** Whether a push, or the checks of a commit, deploy a service without anybody's asking. */
function deploysByItself({ autoDeploy, autoDeployTrigger }) {
    return autoDeploy === 'yes' || (typeof autoDeployTrigger === 'string' && autoDeployTrigger !== 'off');
}
/** Whether a deploy brings this very content. An image is told by its digest where both have one. */
function brings(deploy, content) {
    if ('commit' in content)
        return deploy.commit?.id === content.commit;
    const { ref, sha } = deploy.image ?? {};
    const digest = digestIn(content.image);
    return (ref != null && sameImage(ref, content.image)) || (digest !== undefined && sha === digest);
}
/** Whether a content is the same for ever: a tag may lead to another image tomorrow. */
function isExact(content) {
    return 'commit' in content || digestIn(content.image) !== undefined;
}
/** How a content is told. */
function objects_nameOf(content) {
    return 'commit' in content ? content.commit.slice(0, 12) : content.image;
}
/** What a deploy brought, as far as Render says; an image with the digest that its tag led to then. */
function contentOf({ commit, image }) {
    if (commit?.id)
        return { commit: commit.id };
    if (!image?.ref)
        return undefined;
    const { ref, sha } = image;
    return { image: sha && digestIn(`@${sha}`) && !digestIn(ref) ? `${ref}@${sha}` : ref };
}
/** An unknown status is taken for one that will change: Render may learn new words. */
function isTerminal(status) {
    return ended.has(status);
}
const ended = new Set(['live', 'deactivated', 'build_failed', 'pre_deploy_failed', 'update_failed', 'canceled']);
function isKnown(status) {
    return ended.has(status) || underway.has(status);
}
const underway = new Set(['queued', 'created', 'build_in_progress', 'pre_deploy_in_progress', 'update_in_progress']);

;// CONCATENATED MODULE: ./actions/deploy-render/src/work.ts

/** The machine's own time, the same for main and post. */
const machineClock = {
    now: () => (0,src_clock/* monotonicSeconds */.m)() * 1000,
    sleep: (ms, signal) => (0,src_clock/* sleep */.y)(ms, signal),
};
/** Waits, but never past the end of the bounds. */
function pause({ clock, until, signal }, ms) {
    return clock.sleep(Math.max(0, Math.min(ms, until - clock.now())), signal);
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/client.ts




/** Of one attempt. */
const attemptMs = 15_000;
/** What is left less than this is not worth a request. */
const leastMs = 50;
const longestPauseMs = 30_000;
function openClient(transport, bounds) {
    const { clock, signal, until, random } = bounds;
    return {
        bounds,
        async services(name, owner) {
            const query = new URLSearchParams({ name, limit: '100', ...(owner && { ownerId: owner }) });
            const found = await get(`/services?${query}`);
            // The filter is taken for an exact one, and not relied on.
            return found.map(({ service }) => service).filter((service) => service.name === name);
        },
        service: (id) => get(`/services/${encodeURIComponent(id)}`),
        async deploys(service) {
            const path = `/services/${service}/deploys`;
            const last = await get(`${path}?limit=100`);
            const isLive = last.some(({ deploy }) => deploy.status === 'live');
            // Whoever tries a hundred times in vain has something live all the same, and undo must know it.
            const older = last.length < 100 || isLive ? [] : await get(`${path}?status=live&limit=1`);
            return [...last, ...older]
                .map(({ deploy }) => deploy)
                .toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
        },
        async deploy(service, id) {
            const outcome = await repeat({ method: 'GET', path: `/services/${service}/deploys/${id}` });
            if (outcome.kind === 'refused' && outcome.status === 404)
                return undefined;
            return valueIn(outcome);
        },
        order(service, what) {
            return 'rollbackTo' in what
                ? once({ method: 'POST', path: `/services/${service}/rollback`, body: { deployId: what.rollbackTo } })
                : once({ method: 'POST', path: `/services/${service}/deploys`, body: what });
        },
        async cancel(service, id) {
            // Twice is as good as once: the second is refused.
            const outcome = await repeat({ method: 'POST', path: `/services/${service}/deploys/${id}/cancel` });
            if (outcome.kind === 'refused' && [400, 404, 409].includes(outcome.status))
                return false;
            accept(outcome);
            return true;
        },
        async pauseAutoDeploy(service) {
            const patch = (body) => repeat({ method: 'PATCH', path: `/services/${service}`, body });
            if (!deploysByItself(valueIn(await patch({ autoDeploy: 'no' }))))
                return;
            // Where the newer field rules.
            if (!deploysByItself(valueIn(await patch({ autoDeployTrigger: 'off' }))))
                return;
            throw new failure/* Failure */.HR('render-answer', 'Render says that auto-deploy is still on.', 'switch it off at its dashboard.');
        },
        async env(service) {
            const all = [];
            for (let cursor = '';;) {
                const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) });
                const page = await get(`/services/${service}/env-vars?${query}`);
                all.push(...page.map(({ envVar }) => envVar));
                if (page.length < 100)
                    return all;
                cursor = page.at(-1)?.cursor ?? '';
            }
        },
        async setEnv(service, key, value) {
            const path = `/services/${service}/env-vars/${encodeURIComponent(key)}`;
            accept(await repeat({ method: 'PUT', path, body: { value } }));
        },
        async removeEnv(service, key) {
            const path = `/services/${service}/env-vars/${encodeURIComponent(key)}`;
            const outcome = await repeat({ method: 'DELETE', path });
            if (outcome.kind !== 'refused' || outcome.status !== 404)
                accept(outcome);
        },
        async events(service, since) {
            const query = new URLSearchParams({ startTime: since, limit: '100' });
            const found = await get(`/services/${service}/events?${query}`);
            return found.map(({ event }) => event);
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
            const { logs } = await get(`/logs?${query}`);
            return logs.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
        },
    };
    async function get(path) {
        return valueIn(await repeat({ method: 'GET', path }));
    }
    /** For what may be done twice: sent until there is an answer that says something. */
    function repeat(request) {
        return send(request, () => undefined);
    }
    function once(request) {
        return send(request, (why) => ({ kind: 'perhaps', why }));
    }
    /** `onDoubt` decides what to do where Render may have acted: undefined sends again. */
    async function send(request, onDoubt) {
        let trouble = '';
        for (let attempt = 0;; attempt++) {
            const left = until - clock.now();
            if (signal.aborted)
                throw new failure/* Interrupted */.j$();
            if (left < leastMs)
                throw tooLate(trouble);
            let waitMs = backoff(attempt);
            try {
                const answer = await transport(request, Math.min(attemptMs, left), signal);
                if (answer.status === 429) {
                    trouble = 'Render said 429, too many requests';
                    // It certainly did nothing.
                    waitMs = limitMs(answer) ?? waitMs;
                }
                else if (answer.status >= 500) {
                    trouble = `Render said ${answer.status}`;
                    const doubt = onDoubt(trouble);
                    if (doubt)
                        return doubt;
                }
                else {
                    return readOutcome(answer);
                }
            }
            catch (error) {
                if (!(error instanceof request_NoAnswer))
                    throw error;
                trouble = error.message;
                const doubt = error.sent ? onDoubt(trouble) : undefined;
                if (doubt)
                    return doubt;
                if (signal.aborted)
                    throw new failure/* Interrupted */.j$();
            }
            await pause(bounds, waitMs);
        }
    }
    function backoff(attempt) {
        return Math.min(longestPauseMs, 1000 * 2 ** attempt) * (0.5 + random() / 2);
    }
    /** Milliseconds that a 429 asks for. `Ratelimit-Reset` is in seconds, whatever the documentation says. */
    function limitMs({ headers }) {
        const [after, reset] = ['retry-after', 'ratelimit-reset'].map((name) => secondsOf(headers[name]));
        const seconds = after ?? reset;
        if (seconds === undefined)
            return undefined;
        const relative = seconds > 1e9 ? seconds - Date.now() / 1000 : seconds;
        return Math.max(0.5, relative) * 1000 + random() * 1000;
    }
}
function secondsOf(header) {
    return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined;
}
function tooLate(trouble) {
    const last = trouble === '' ? '' : ` The last trouble with Render: ${trouble}.`;
    return new failure/* Failure */.HR('deadline', `Time ran out before Render was done.${last}`, 'raise `deadline` if it needs longer.');
}
function readOutcome({ status, body }) {
    const value = parse(body.toString('utf8'));
    if (status >= 200 && status < 300)
        return { kind: 'done', status, value: value };
    const { message } = (value ?? {});
    return { kind: 'refused', status, message: typeof message === 'string' ? message : `HTTP ${status}` };
}
function parse(body) {
    try {
        return body === '' ? undefined : JSON.parse(body);
    }
    catch {
        return undefined;
    }
}
function valueIn(outcome) {
    accept(outcome);
    if (outcome.kind === 'done' && outcome.value !== undefined)
        return outcome.value;
    throw new failure/* Failure */.HR('render-answer', 'Render answered without the JSON that was asked for.', 'see whether api-url is right.');
}
function accept(outcome) {
    if (outcome.kind === 'refused')
        throw client_refusal(outcome.status, outcome.message);
}
/** The failure that a refusal stands for. */
function client_refusal(status, message) {
    const [code, mend] = refusals[status] ?? ['render-refused', 'see what Render says to it.'];
    return new failure/* Failure */.HR(code, `Render refused: ${message} (${status}).`, mend);
}
/** Has something done that the rest does not depend on: what Render refuses of it is said, and holds nothing up. */
async function unlessRefused(work, warn, what, done = () => { }) {
    try {
        await work;
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR) || ['deadline', 'interrupted'].includes(error.code))
            throw error;
        return warn(`${what}: ${error.message.split('\n')[0]} Do it at Render.`);
    }
    done();
}
const refusals = {
    401: ['render-key', 'give an API key of Render that is valid.'],
    403: ['render-key', 'give the key of a user who may deploy this service.'],
    404: ['service-missing', 'see whether its id or name is right, and whether the user of the key can see it.'],
    410: ['service-missing', 'the service was deleted; name another one.'],
};

;// CONCATENATED MODULE: ./actions/deploy-render/src/auto-deploy.ts

/**
 * Switches it off, or the next push would bring back what a service goes back from. What Render refuses of that is said,
 * and holds nothing up.
 * @param what what the next push would bring back, to the end of the sentence
 */
async function pauseAutoDeploy({ id, name }, client, warn, what) {
    await unlessRefused(client.pauseAutoDeploy(id), warn, `${name}: auto-deploy could not be switched off`, () => warn(`${name}: auto-deploy is off now, or the next push would bring back ${what}`));
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/follow.ts



/** Often while a deploy is young: one of an image takes seconds, a build minutes. */
const pollMs = (ageMs) => Math.min(5000, 1000 + ageMs / 12);
/** A deploy that was just made may not be found at once, nor one that was seen, for a moment. */
const missingMs = 60_000;
function lost(id) {
    return new failure/* Failure */.HR('deploy-lost', `Render does not know the deploy ${id} any more.`, 'look at its dashboard.');
}
/** Asks for a deploy until it has ended, and tells of each change of its status. */
async function follow(client, service, id, onStatus) {
    const { clock, random } = client.bounds;
    const began = clock.now();
    let seen = began;
    let before = '';
    for (;;) {
        const deploy = await client.deploy(service, id);
        if (deploy)
            seen = clock.now();
        else if (clock.now() - seen > missingMs)
            throw lost(id);
        if (deploy && deploy.status !== before) {
            before = deploy.status;
            onStatus(deploy.status, isKnown(deploy.status));
        }
        if (deploy && isTerminal(deploy.status))
            return deploy;
        await pause(client.bounds, pollMs(clock.now() - began) * (0.8 + random() * 0.4));
    }
}

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

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:stream/promises"
const external_node_stream_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
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
        await (0,external_node_stream_promises_namespaceObject.pipeline)(response, hashing, (0,external_node_fs_.createWriteStream)(file, { mode: 0o600 }), { signal: asked.signal });
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
const client_attemptMs = 15_000;
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
        return client_ask({ method: 'GET', url: urlOf(path, query), headers, timeoutMs: client_attemptMs, signal }, true);
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
                timeoutMs: client_attemptMs,
                signal,
            };
            return read(await client_ask(asked, repeatable));
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
        const passing = outcome instanceof request_NoAnswer || (!(outcome instanceof Error) && outcome.status >= 500);
        if (!passing || attempt === attempts || signal.aborted)
            throw new failure/* Failure */.HR('download-failed', `The artifact could not be downloaded from ${url.host}: ${what}.`);
        await (0,src_clock/* sleep */.y)(500 * 2 ** attempt, signal);
    }
}
/** Asks, again where that can help and can do no harm. */
async function client_ask(asked, repeatable) {
    for (let attempt = 1;; attempt++) {
        const last = attempt === attempts || asked.signal.aborted;
        const outcome = await request_request(asked, maxBytes).catch((error) => {
            if (error instanceof request_NoAnswer)
                return error;
            throw error;
        });
        if (outcome instanceof request_NoAnswer) {
            if (last || (outcome.sent && !repeatable))
                throw unreachable(asked.url, outcome);
            await (0,src_clock/* sleep */.y)(500 * 2 ** (attempt - 1), asked.signal);
            continue;
        }
        const wait = waitOf(outcome, attempt, repeatable);
        if (wait === undefined)
            return accepted(outcome, asked);
        if (last || wait > longestWaitMs)
            return accepted(outcome, asked);
        await (0,src_clock/* sleep */.y)(wait, asked.signal);
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
    const { message = '', errors = [] } = client_parse(body.toString('utf8'));
    const details = Array.isArray(errors) ? errors.map((error) => JSON.stringify(error)).join(', ') : '';
    return `${message || 'no word why'}${details && ` (${details})`}`.replace(/[^\x20-\x7e]/g, ' ').slice(0, 300);
}
function read(answer) {
    const value = client_parse(answer.body.toString('utf8'));
    // A 202 is no result: such as a merge that was made instead of a deployment.
    if (answer.status !== 202 && typeof value === 'object' && value !== null)
        return value;
    throw new client_GitHubRefusal(answer.status, 'github-unexpected-answer', `What answered (HTTP ${answer.status}) is not what GitHub's API answers: ${messageIn(answer)}.`, 'look at a proxy between the runner and GitHub.');
}
function client_parse(text) {
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
        if (error instanceof client_GitHubRefusal && error.status === 404)
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
        if (error instanceof GitHubRefusal && error.status < 500)
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





;// CONCATENATED MODULE: ./actions/deploy-render/src/commits.ts



/**
 * Asks GitHub. Both trees are compared whole: GitHub's own comparison of commits ends at 300 files. Each live commit is
 * asked about once.
 */
function githubCommits(github, sha) {
    const relations = new Map();
    const changes = new Map();
    const trees = new Map();
    return {
        relation: (live) => remember(relations, live, () => relationOf(github, live, sha)),
        changed: (live) => remember(changes, live, async () => {
            const [before, after] = await Promise.all([treeOf(live), treeOf(sha)]);
            return before && after && changedPaths(before, after);
        }),
    };
    function treeOf(commit) {
        return remember(trees, commit, async () => {
            try {
                const tree = await github.get(`/git/trees/${commit}`, { recursive: 1 });
                return tree.truncated ? undefined : tree;
            }
            catch (error) {
                // A commit that a force push has removed.
                if (error instanceof client_GitHubRefusal && error.status === 404)
                    return undefined;
                throw error;
            }
        });
    }
}
/** Without a token nothing is known. */
const noCommits = {
    relation: async () => {
        throw new failure/* Failure */.HR('order-unknown', 'Without github-token nobody can tell whether the released commit is older than the live one.', 'give github-token, or allow-older: true.');
    },
    changed: async () => undefined,
};
function remember(known, key, ask) {
    const found = known.get(key) ?? ask();
    known.set(key, found);
    return found;
}
/** Files that were added, removed or changed, modes included. Pure. */
function changedPaths(before, after) {
    const filesOf = ({ tree }) => new Map(tree.filter(({ type }) => type !== 'tree').map(({ path, mode, sha }) => [path, `${mode} ${sha}`]));
    const [old, fresh] = [filesOf(before), filesOf(after)];
    return [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => old.get(path) !== fresh.get(path));
}
/**
 * Whether one of these paths belongs to a service: it lies in its root directory, or its build filter includes it, and
 * the filter does not ignore it. Paths of a filter are relative to the repository. Pure.
 */
function touches(service, paths) {
    const root = (service.rootDir ?? '').replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '');
    const included = service.buildFilter?.paths ?? [];
    const ignored = service.buildFilter?.ignoredPaths ?? [];
    const inRoot = (path) => (root === '' ? included.length === 0 : path.startsWith(`${root}/`));
    const isIn = (globs, path) => globs.some((glob) => matches(path, glob));
    // A folder by its plain name: a deploy too many is better than a change that is left out.
    const isBelow = (folders, path) => folders.some((folder) => path.startsWith(`${commits_plain(folder).replace(/\/$/, '')}/`));
    return paths.some((path) => !isIn(ignored, path) && (inRoot(path) || isIn(included, path) || isBelow(included, path)));
}
/** Unlike Node's globs, those of Render take a name with a dot in front for a name like any other. */
function matches(path, glob) {
    const undotted = (text) => text.replace(/(^|\/)\./g, '$1\u0001');
    return (0,external_node_path_.matchesGlob)(undotted(path), undotted(commits_plain(glob)));
}
function commits_plain(glob) {
    return glob.replace(/^\.?\/+/, '');
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/plan.ts

/** Plans a release from what was seen. Pure. */
function planRelease(groups, { allowOlder, clearCache }) {
    const looks = groups.flat();
    return {
        groups: groups.map((group) => group.map((look) => planService(look, clearCache))),
        refusals: looks.flatMap((look) => refusalsOf(look, allowOlder)),
        warnings: looks.filter(({ service }) => deploysByItself(service)).map(({ service }) => autoDeploys(service)),
    };
}
function planService(look, clearCache) {
    const live = liveOf(look.deploys);
    const doing = doingOf(look, live, clearCache);
    return { ...look, live, doing, line: `${look.service.name}: ${plan_words(look, live, doing)}` };
}
/** The deploy that is live; the newest where Render shows two for a moment. */
function liveOf(deploys) {
    return deploys.find(({ status }) => status === 'live');
}
function doingOf(look, live, clearCache) {
    const { deploys, changed, healthy } = look;
    const content = joinable(look, clearCache);
    if (!content)
        return { do: 'deploy' };
    const newest = newestUnderWay(deploys);
    if (newest && brings(newest, content))
        return { do: 'join', deploy: newest.id };
    // What is under way will replace what is live now, so that says nothing.
    if (newest || !live)
        return { do: 'deploy' };
    if (brings(live, content))
        return healthy ? { do: 'nothing', why: 'live' } : { do: 'deploy' };
    return changed === false ? { do: 'nothing', why: 'untouched' } : { do: 'deploy' };
}
/**
 * What is to be done once the turn of a service comes: where somebody has begun the same meanwhile, or has brought it
 * live, that is joined. Pure.
 */
function doingNow(planned, deploys, clearCache) {
    const { doing, live } = planned;
    const content = joinable(planned, clearCache);
    if (doing.do !== 'deploy' || !content)
        return doing;
    const newest = newestUnderWay(deploys);
    if (newest)
        return brings(newest, content) ? { do: 'join', deploy: newest.id } : doing;
    const now = liveOf(deploys);
    return now && now.id !== live?.id && brings(now, content) ? { do: 'join', deploy: now.id } : doing;
}
/** The content, where somebody else's deploy of it is as good: what is set, or built anew, needs one of its own. */
function joinable({ content, variables }, clearCache) {
    return variables.length === 0 && !clearCache && content && isExact(content) ? content : undefined;
}
function newestUnderWay(deploys) {
    return deploys.find(({ status }) => !isTerminal(status));
}
function plan_words({ content, variables }, live, doing) {
    const before = live ? (live.commit?.id?.slice(0, 12) ?? live.image?.ref ?? live.id) : 'nothing';
    const after = content ? objects_nameOf(content) : 'what its branch has';
    const set = variables.length > 0 ? `, setting ${variables.join(', ')}` : '';
    switch (doing.do) {
        case 'deploy':
            return `${before} → ${after}${set}`;
        case 'rollback':
            return `${before} → ${after}, back`;
        case 'join':
            return `${before} → ${after}, by the deploy ${doing.deploy} that is under way already`;
        case 'nothing':
            return doing.why === 'live'
                ? `${after} is live and well; nothing to do`
                : `nothing of it has changed since ${before}; left alone`;
    }
}
function refusalsOf(look, allowOlder) {
    const { service, relation, content } = look;
    const refused = [];
    if (service.suspended === 'suspended')
        refused.push(`${service.name} is suspended; resume it first`);
    if (service.imagePath && !content)
        refused.push(`${service.name} runs the image ${service.imagePath}; give the version of it in the input image`);
    if (!allowOlder && (relation === 'behind' || relation === 'diverged')) {
        const how = relation === 'behind' ? 'is older than' : 'does not descend from';
        refused.push(`${service.name}: the released commit ${how} the live one; allow-older: true releases it all the same`);
    }
    return refused;
}
function autoDeploys({ name }) {
    return `${name} deploys by itself on every push (auto-deploy is on), beside and before this release; turn it off in Render.`;
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/look.ts





/** Looks at every service; changes nothing. */
async function lookAtAll(client, inputs, groups, commits, isHealthy) {
    refuseStrayImages(inputs.images, groups.flat());
    return Promise.all(groups.map((group) => Promise.all(group.map((named) => lookAt(client, inputs, named, commits, isHealthy)))));
}
async function lookAt(client, inputs, { asked, service }, commits, isHealthy) {
    const wanted = inputs.variables.filter((one) => one.service === undefined || one.service === asked);
    const [deploys, now] = await Promise.all([
        client.deploys(service.id),
        wanted.length > 0 ? client.env(service.id) : Promise.resolve([]),
    ]);
    const content = contentFor(service, inputs);
    const live = liveOf(deploys);
    const env = differing(wanted, now);
    const commit = live?.commit?.id;
    const other = content !== undefined && 'commit' in content && commit ? commit : undefined;
    const isLive = content !== undefined && live !== undefined && brings(live, content);
    const [relation, paths] = other !== undefined && !isLive
        ? await Promise.all([inputs.allowOlder ? undefined : commits.relation(other), commits.changed(other)])
        : [undefined, undefined];
    return {
        asked,
        service,
        deploys,
        content,
        env,
        variables: env.map(({ key }) => key),
        relation,
        changed: paths && touches(service, paths),
        healthy: isLive && (await isHealthy(asked, service)),
    };
}
/** Of the wanted variables those that hold something else now; of several settings of one the last. */
function differing(wanted, now) {
    const before = new Map(now.map(({ key, value }) => [key, value]));
    return [...new Map(wanted.map(({ key, value }) => [key, value]))]
        .filter(([key, value]) => before.get(key) !== value)
        .map(([key, value]) => ({ key, value, before: before.get(key) }));
}
function contentFor(service, { images, release }) {
    if (service.imagePath) {
        const path = service.imagePath;
        const image = images.find((one) => repositoryOf(one) === repositoryOf(path));
        return image === undefined ? undefined : { image: spelledAs(path, image) };
    }
    // Render takes no commit for a cron job.
    return service.type === 'cron_job' ? undefined : { commit: release.sha };
}
/** @throws Failure where an image is of none of the services: it would silently not be released */
function refuseStrayImages(images, named) {
    const known = new Set(named.map(({ service }) => repositoryOf(service.imagePath ?? '')));
    const stray = images.filter((image) => !known.has(repositoryOf(image)));
    if (stray.length === 0)
        return;
    const theirs = named.flatMap(({ service }) => service.imagePath ? [`${service.name} runs ${service.imagePath}`] : []);
    throw new failure/* Failure */.HR('image-mismatch', `No service runs the image ${stray.join(', ')}; ${theirs.join(', ') || 'all of them are built from git'}.`, 'give images of the repository that the service is set up with; only tag and digest may differ.');
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/order.ts




/**
 * So long after it was asked for a deploy may show up first. Render's own client looks for a minute; only after this is
 * one that nobody heard of taken for never accepted.
 */
const appearsWithinMs = 120_000;
const lookEveryMs = 3000;
/** Notes what is there before a deploy is asked for. */
function noteBefore(client, deploys, trigger, content) {
    return {
        trigger,
        content,
        known: deploys.map(({ id }) => id),
        newest: deploys[0]?.createdAt ?? '',
        at: client.bounds.clock.now(),
    };
}
/**
 * Asks for one deploy, and for no second one: where the answer is lost it looks for what may have come of it before it
 * asks again. Returns the deploy's id.
 * @param save writes down, before each request, what is needed to find what comes of it; undefined where Render
 *   has certainly not taken it, so that no undo looks for what cannot be
 */
async function orderOnce(client, service, what, asked, save) {
    for (;;) {
        const now = { ...asked, at: client.bounds.clock.now() };
        save(now);
        const outcome = await client.order(service, what).catch((error) => {
            if (error instanceof failure/* Failure */.HR)
                save(undefined);
            throw error;
        });
        if (outcome.kind === 'refused') {
            save(undefined);
            throw client_refusal(outcome.status, outcome.message);
        }
        if (outcome.kind === 'done' && outcome.value?.id)
            return outcome.value.id;
        const found = await searchFor(client, service, { ...now, at: client.bounds.clock.now() });
        if (found)
            return found.id;
        // Accepted, and yet nowhere: asking again could be the second.
        if (outcome.kind === 'done')
            throw order_lost();
    }
}
function order_lost() {
    return new failure/* Failure */.HR('deploy-lost', `Render queued the deploy behind another one and did not show it within ${appearsWithinMs / 1000} s.`, 'look at the deploys of the service; when none is running, run this again.');
}
/**
 * Looks for what came of a request until it is found, or could not appear any more. Looks once more after that moment,
 * whatever the answers before it were.
 */
async function searchFor(client, service, asked) {
    const { clock } = client.bounds;
    for (;;) {
        const last = clock.now() >= asked.at + appearsWithinMs;
        const found = findAsked(await client.deploys(service), asked);
        if (found || last)
            return found;
        await pause(client.bounds, lookEveryMs);
    }
}
/** Before it has begun a deploy may not tell what it brings; once it is live that is compared. */
function saysNothingYet(deploy) {
    return contentOf(deploy) === undefined && !isTerminal(deploy.status);
}
/** The deploy that a request led to; the oldest where there are several. Pure. */
function findAsked(deploys, { known, newest, trigger, content }) {
    const before = new Set(known);
    return deploys.findLast((deploy) => !before.has(deploy.id) &&
        (newest === '' || Date.parse(deploy.createdAt) >= Date.parse(newest)) &&
        deploy.trigger === trigger &&
        (content === undefined || brings(deploy, content) || saysNothingYet(deploy)));
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/reason.ts

/** Reads the real reason out of the events, newest first. Pure. */
function readReason(events, deploy) {
    const mine = events.filter(({ details }) => details?.deployId === deploy.id);
    const end = mine.find(({ type }) => type === 'deploy_ended')?.details;
    const others = events.flatMap(({ type, details }) => plainReason(type, details ?? {}));
    const failure = end?.reason?.failure ? failureWords(end.reason.failure) : [];
    return { why: [...others, ...failure].join('; '), newDeploy: end?.reason?.newDeploy?.id ?? undefined };
}
function plainReason(type, details) {
    if (type === 'image_pull_failed')
        return [`the image ${reason_text(details.imageURL)} could not be pulled: ${reason_text(details.message)}`];
    if (type === 'pipeline_minutes_exhausted')
        return ['the workspace has no build minutes left'];
    if (type === 'branch_deleted')
        return ['the branch was deleted'];
    if (type === 'suspender_added')
        return ['the service was suspended'];
    return [];
}
function failureWords(failure) {
    const { oomKilled, evictionReason, timedOutSeconds, timedOutReason } = failure;
    const limit = typeof oomKilled === 'object' ? oomKilled?.memoryLimit : undefined;
    return [
        ...(oomKilled ? [`it ran out of memory${limit ? ` (limit ${reason_text(limit)})` : ''}`] : []),
        ...(failure.nonZeroExit ? [`it ended with status ${failure.nonZeroExit}`] : []),
        ...(failure.earlyExit ? ['it ended by itself although it should have stayed'] : []),
        ...(timedOutSeconds
            ? [`it was not ready within ${timedOutSeconds} s${timedOutReason ? `: ${reason_text(timedOutReason)}` : ''}`]
            : []),
        ...(failure.unhealthy ? [`its health check failed: ${reason_text(failure.unhealthy)}`] : []),
        ...(failure.evicted ? [`it was evicted${evictionReason ? `: ${reason_text(evictionReason)}` : ''}`] : []),
    ];
}
function reason_text(value) {
    return printable(String(value ?? ''), 300);
}
/** Where a deploy failed, by its status. */
const failedAt = {
    build_failed: 'the build failed',
    pre_deploy_failed: 'its pre-deploy command failed',
    update_failed: 'the new version did not start',
    canceled: 'it was cancelled by hand',
};
/** Shorter values are words of everybody's; hiding them would hide half of the log. */
const shortestSecret = 6;
/** Log lines fit for the job log: without colours, without values of the environment, and starting no command. Pure. */
function shownLines(lines, values) {
    const secrets = values
        .flatMap((value) => [value, ...value.split(/\r?\n/)])
        .filter((value) => value.trim().length >= shortestSecret)
        // A value that holds another one must be hidden as a whole.
        .toSorted((a, b) => b.length - a.length);
    return lines.map(({ message, timestamp }) => {
        const plain = withoutColours(message);
        const masked = secrets.reduce((line, secret) => line.replaceAll(secret, '***'), plain);
        return `${timestamp.slice(11, 19)} ${printable(masked.trimEnd(), 500)}`;
    });
}
function withoutColours(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what begins a colour.
    return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '');
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/saved.ts

/**
 * Seals a value with the API key, which post has as well: the journal lies on the runner's disk, where the values of
 * variables must not be read.
 */
function seal(value, apiKey) {
    const salt = (0,external_node_crypto_namespaceObject.randomBytes)(16);
    const cipher = (0,external_node_crypto_namespaceObject.createCipheriv)('aes-256-gcm', keyFrom(apiKey, salt), salt.subarray(0, 12));
    const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([salt, cipher.getAuthTag(), sealed]).toString('base64');
}
/** @throws Error where it was sealed with another key */
function unseal(sealed, apiKey) {
    const bytes = Buffer.from(sealed, 'base64');
    const salt = bytes.subarray(0, 16);
    const decipher = (0,external_node_crypto_namespaceObject.createDecipheriv)('aes-256-gcm', keyFrom(apiKey, salt), salt.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(16, 32));
    return decipher.update(bytes.subarray(32), undefined, 'utf8') + decipher.final('utf8');
}
function keyFrom(apiKey, salt) {
    return Buffer.from((0,external_node_crypto_namespaceObject.hkdfSync)('sha256', apiKey, salt, 'belay deploy-render variables', 32));
}
/** Tells whether a value is the one that was set, without holding it. */
function digestOf(value, apiKey) {
    return (0,external_node_crypto_namespaceObject.createHash)('sha256').update(`${apiKey}\0${value}`).digest('base64').slice(0, 22);
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/successor.ts



/**
 * The deploy that took the place of one that ended as `deactivated` or `canceled`; undefined where none did: it failed,
 * or somebody cancelled it by hand.
 */
async function successorOf(client, service, ended) {
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/group.ts













/**
 * Releases the services of a group at the same time. Returns a sentence where another deploy has overtaken one.
 * @throws the first failure, once the others have stopped
 */
async function releaseGroup(work, places) {
    const stop = new AbortController();
    const { bounds } = work.client;
    const signal = AbortSignal.any([bounds.signal, stop.signal]);
    const client = openClient(work.world.transport(work.inputs.api), { ...bounds, signal });
    const failures = [];
    const overtaken = await Promise.all(places.map((place) => releaseService({ ...work, client }, place).catch((error) => {
        failures.push(error);
        stop.abort();
        return undefined;
    })));
    if (failures.length > 0)
        throw failures[0];
    return overtaken.find((sentence) => sentence !== undefined);
}
async function releaseService(work, place) {
    const { planned, report } = place;
    if (planned.doing.do === 'nothing')
        return undefined;
    const { clock } = work.world;
    const began = clock.now();
    try {
        const overtaken = await startDeploy(work, place);
        if (overtaken)
            return overtaken;
        return await followDeploy(work, place);
    }
    catch (error) {
        throw naming(planned.service.name, error);
    }
    finally {
        report.seconds = Math.round((clock.now() - began) / 1000);
    }
}
/** A failure of Render's whole API says of which service it was, where several are under way. */
function naming(name, error) {
    if (!(error instanceof failure/* Failure */.HR) || error instanceof failure/* Interrupted */.j$ || error.message.includes(name))
        return error;
    return new failure/* Failure */.HR(error.code, `${name}: ${error.message}`, undefined, { cause: error });
}
/** Compares with what was planned, sets variables, and has the deploy made or joins the one that is there. */
async function startDeploy(work, place) {
    const { client, step, inputs } = work;
    const { planned, look, mine, save } = place;
    const { service, content } = planned;
    phase(work, place, 'trigger');
    const deploys = await client.deploys(service.id);
    const live = liveOf(deploys);
    if (live && live.id !== planned.live?.id && !(content && brings(live, content)))
        return `${service.name}: ${live.id} (${nameOfDeploy(live)}) went live meanwhile.`;
    // Minutes may have passed since the plan, and undo puts back what was there last.
    const env = look.env.length > 0 ? differing(look.env, await client.env(service.id)) : [];
    if (env.length > 0) {
        const { key } = inputs.api;
        mine.env = env.map((one) => ({
            key: one.key,
            before: one.before === undefined ? undefined : seal(one.before, key),
            set: digestOf(one.value, key),
        }));
        save();
        for (const one of env)
            await client.setEnv(service.id, one.key, one.value);
    }
    const doing = doingNow(planned, deploys, inputs.clearCache);
    if (doing.do === 'join')
        mine.deployId = doing.deploy;
    else if (doing.do === 'rollback') {
        const warn = (text) => step.warn(text);
        if (mine.autoDeploy)
            await pauseAutoDeploy(mine, client, warn, 'what it goes back from.');
        const asked = noteBefore(client, deploys, 'rollback', content);
        mine.deployId = await orderOnce(client, service.id, { rollbackTo: doing.deploy }, asked, (now) => {
            mine.asked = now;
            save();
        });
    }
    else {
        const what = {
            ...(content && 'commit' in content && { commitId: content.commit }),
            ...(content && 'image' in content && { imageUrl: content.image }),
            ...(inputs.clearCache && !service.imagePath && { clearCache: 'clear' }),
        };
        const asked = noteBefore(client, deploys, 'api', content);
        mine.deployId = await orderOnce(client, service.id, what, asked, (now) => {
            mine.asked = now;
            save();
        });
    }
    save();
    return undefined;
}
/** Follows the deploy to its end, and whatever took its place with the same content; then the service is checked. */
async function followDeploy(work, place) {
    const { client, step } = work;
    const { planned, look, mine, report, save } = place;
    const { service, content } = planned;
    for (;;) {
        const id = mine.deployId ?? '';
        report.deploy = id;
        phase(work, place, 'follow');
        const ended = await follow(client, service.id, id, (status, known) => {
            report.status = status;
            step.info(`${service.name}: ${printable(status, 60)} (${id})`);
            if (!known)
                step.warn(`Render has a status that Belay does not know, "${printable(status, 60)}"; it is waited for.`);
        });
        if (ended.status === 'live' && content && contentOf(ended) && !brings(ended, content))
            return `${service.name}: ${id}, which is live, brings something else (${nameOfDeploy(ended)}).`;
        if (ended.status === 'live')
            break;
        const successor = await successorOf(client, service.id, ended);
        if (!successor)
            throw await failureOf(work, service, ended);
        if (!content || !brings(successor, content))
            return `${service.name}: ${id} was overtaken by ${successor.id} (${nameOfDeploy(successor)}).`;
        step.info(`${service.name}: ${id} was overtaken by ${successor.id}, which brings the same; that one is followed.`);
        mine.deployId = successor.id;
        save();
    }
    phase(work, place, 'check');
    await checkReleased(work, look.asked, service, content);
    return undefined;
}
function nameOfDeploy(deploy) {
    const content = contentOf(deploy);
    return content ? objects_nameOf(content) : (deploy.trigger ?? 'of unknown content');
}
function phase({ step }, { planned }, name) {
    step.record({ event: 'phase', phase: name, host: planned.service.name });
}
/** The failure with the reason that Render's events give; the last lines of the log go to the job log. */
async function failureOf(work, service, ended) {
    const { step } = work;
    const { bounds } = work.client;
    // Reasons and logs are worth a moment, and not the failure's being told at all.
    const until = Math.min(bounds.until, bounds.clock.now() + 20_000);
    const client = openClient(work.world.transport(work.inputs.api), { ...bounds, until });
    const quietly = (ask, none) => ask.catch((error) => {
        step.info(`${service.name}: what Render knows of it could not be read: ${(0,failure/* messageOf */.bD)(error)}`);
        return none;
    });
    const [events, lines, env] = await Promise.all([
        quietly(client.events(service.id, ended.createdAt), []),
        quietly(client.lastLogs(service, ended.createdAt, ended.finishedAt ?? undefined), []),
        // Unless the values are known, they cannot be hidden in the log.
        quietly(client.env(service.id), undefined),
    ]);
    if (env)
        for (const line of shownLines(lines, env.map(({ value }) => value)))
            step.info(`  ${service.name} | ${line}`);
    const { why } = readReason(events, ended);
    const where = failedAt[ended.status] ?? `it ended as ${printable(ended.status, 60)}`;
    return new failure/* Failure */.HR(codes[ended.status] ?? 'deploy-failed', `${service.name}: ${where}${why === '' ? '' : `, for ${why}`} (deploy ${ended.id}).`, `read the last lines of its log above, or all of it at ${service.dashboardUrl ?? 'Render'}.`);
}
const codes = {
    build_failed: 'build-failed',
    pre_deploy_failed: 'pre-deploy-failed',
    update_failed: 'start-failed',
    canceled: 'deploy-cancelled',
};

;// CONCATENATED MODULE: ./actions/deploy-render/src/last-look.ts



/**
 * Looks once more at all services together: while later groups were deployed, somebody may have replaced what an
 * earlier one had got. Returns a sentence where that is so; what brings the same is taken for ours, once it is well too.
 * @throws Failure `check-failed`
 */
async function lastLook(work, plan, looks, saved) {
    const { client, step } = work;
    step.record({ event: 'phase', phase: 'last-look' });
    const ours = new Map(saved.groups.flat().map((mine) => [mine.id, mine]));
    const asked = new Map(looks.flat().map((look) => [look.service.id, look.asked]));
    const sentences = await Promise.all(plan.groups.flat().map(async ({ service, content, doing, live: before }) => {
        if (doing.do === 'nothing' && doing.why === 'untouched')
            return undefined;
        const live = liveOf(await client.deploys(service.id));
        const mine = ours.get(service.id);
        if (live && live.id === (mine?.deployId ?? before?.id))
            return undefined;
        if (!live || !content || !brings(live, content))
            return `${service.name}: ${live ? `${live.id} is live instead of what was released` : 'nothing is live any more'}.`;
        step.info(`${service.name}: ${live.id}, which brings the same, has taken its place.`);
        if (mine?.deployId !== undefined) {
            mine.deployId = live.id;
            step.save(saved);
        }
        await checkReleased(work, asked.get(service.id) ?? service.name, service, content);
        return undefined;
    }));
    return sentences.find((sentence) => sentence !== undefined);
}

// EXTERNAL MODULE: ./packages/action-kit/src/mask.ts
var mask = __nccwpck_require__(477);
;// CONCATENATED MODULE: ./actions/deploy-render/src/inputs.ts



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
        to: readGoals(read, command),
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
        read.mistake('api-key', 'has characters that no key has', 'Give one key.');
    return key;
}
function readGroups(read) {
    const id = read.text('service-id');
    const groups = read.lines('services').map((line) => line.split(/[\s,]+/).filter((name) => name !== ''));
    const all = groups.flat();
    const twice = all.filter((name, index) => all.indexOf(name) !== index);
    if (id !== '' && all.length > 0)
        read.mistake('services', 'stands beside service-id', 'Give one of the two.');
    if (id === '' && all.length === 0)
        read.mistake('services', 'names no service', 'Give names or ids of services of Render, or one id in service-id.');
    if (id !== '' && !isId(id))
        read.mistake('service-id', `is "${id}"`, 'Give an id such as srv-ctq…, or use services.');
    if (twice.length > 0)
        read.mistake('services', `names "${twice[0]}" twice`, 'Give every service once.');
    return id === '' ? groups : [[id]];
}
function isId(text) {
    return /^(srv|crn)-[0-9a-v]{10,30}$/.test(text);
}
function readOwner(read) {
    const owner = read.text('owner-id');
    if (owner !== '' && !/^(tea|usr)-[0-9a-z]+$/.test(owner))
        read.mistake('owner-id', `is "${owner}"`, 'Give the id of a workspace, such as tea-cph1….');
    return owner;
}
function readGoals(read, command) {
    const lines = read.lines('to');
    const goals = lines.map((line) => line.split(/\s+/));
    const wrong = goals.find((words) => words.length !== 2 || !/^dep-[0-9a-v]{10,30}$/.test(words[1] ?? ''));
    if (wrong)
        read.mistake('to', `has the line "${wrong.join(' ')}"`, 'Give SERVICE and the id of a deploy, dep-…, a line each.');
    if (command === 'rollback' && lines.length === 0)
        read.mistake('to', 'names no deploy to go back to', "Give SERVICE DEPLOY, a line each; release knows them where GitHub's deployments tell what was live before.");
    if (command !== 'rollback' && lines.length > 0)
        read.mistake('to', `stands beside command: ${command}`, 'Give it with command: rollback only.');
    return goals.map(([service = '', deploy = '']) => ({ service, deploy }));
}
function readImages(read) {
    const images = read.lines('image');
    for (const image of images) {
        if (!/^[a-z0-9][\w.:/-]*(:[\w.-]+|@sha256:[0-9a-f]{64})$/.test(image))
            read.mistake('image', `"${image}" names no version of an image`, 'Give name@sha256:…, or at least name:tag.');
    }
    return images;
}
function readVariables(read, services) {
    return read.lines('env').flatMap((line) => {
        const [, service, key, value] = /^(?:([^\s=]+)\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
        if (key === undefined || value === undefined) {
            // The line may hold a secret.
            read.mistake('env', 'has a line that is not KEY=value', 'Give KEY=value, or SERVICE KEY=value, a line each.');
            return [];
        }
        checkNamed(read, 'env', service, services);
        if (value.length >= longEnoughToMask)
            (0,mask/* mask */.d)(value);
        return [{ service, key, value }];
    });
}
/** Shorter values are words of everybody's; masks of them would hide half of the log. */
const longEnoughToMask = 12;
function readChecks(read, services) {
    return read.lines('checks').flatMap((line) => {
        const words = line.split(/\s+/);
        const place = words.pop() ?? '';
        const [service] = words;
        if (words.length > 1 ||
            !(place.startsWith('/') || /^https?:\/\//.test(place)) ||
            !URL.canParse(place, 'http://x')) {
            read.mistake('checks', `has the line "${line.replace(/\?.*$/, '?…')}"`, 'Give SERVICE /path, or SERVICE URL, a line each.');
            return [];
        }
        if (service === undefined && services.length > 1)
            read.mistake('checks', `does not say whose ${place.replace(/\?.*$/, '?…')} is`, 'Give SERVICE /path, a line each.');
        checkNamed(read, 'checks', service, services);
        return [{ service, place }];
    });
}
function readVersionFrom(read) {
    const text = read.text('version-from', { default: 'sha' });
    if (text === 'none')
        return undefined;
    const source = parseVersionSource(text);
    if (!source)
        read.mistake('version-from', `is "${text}"`, 'Give a path in the JSON that is answered, such as sha or build.commit, header:X-Version, or none.');
    return source;
}
function readUndoDisks(read, services) {
    const names = read.lines('undo-disks').flatMap((line) => line.split(/[\s,]+/));
    for (const name of names)
        checkNamed(read, 'undo-disks', name, services);
    return names;
}
function checkNamed(read, input, service, services) {
    if (service === undefined || services.includes(service) || services.length === 0)
        return;
    read.mistake(input, `names "${service}", which is not among the services`, `Give one of: ${services.join(', ')}.`);
}
function readApiUrl(read) {
    const text = read.text('api-url', { default: renderUrl }).replace(/\/+$/, '');
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol))
        read.mistake('api-url', `is "${text}", not a web address`, `Leave it out, or give one like ${renderUrl}.`);
    else if (url.protocol === 'http:' && !/^(localhost|\[::1\]|127(\.\d+){3})$/.test(url.hostname))
        read.mistake('api-url', `is "${text}", which would send the key unencrypted`, 'Give an https:// address.');
    return text;
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/resolve.ts


/** Finds all services. @throws Failure with every one that was not found, or that is not the only one of its name */
async function resolveServices(client, { groups, owner }) {
    const wrong = [];
    const found = await Promise.all(groups.map((group) => Promise.all(group.map(async (asked) => {
        const services = isId(asked) ? [await client.service(asked)] : await client.services(asked, owner);
        const [service] = services;
        if (service && services.length === 1)
            return [{ asked, service }];
        wrong.push(service ? several(asked, services) : `${asked}: there is no service of this name`);
        return [];
    }))));
    if (wrong.length > 0)
        throw new failure/* Failure */.HR('service-missing', `Not every service was found; nothing was touched.\n${wrong.map((line) => `  - ${line}`).join('\n')}`, "give the names as Render's dashboard shows them, and owner-id where several workspaces have the same.");
    const named = found.map((group) => group.flat());
    refuseTwice(named.flat());
    return named;
}
function several(asked, services) {
    return `${asked}: is the name of ${services.map(({ id, ownerId }) => `${id} of ${ownerId}`).join(' and ')}`;
}
function refuseTwice(named) {
    const twice = named.find(({ service }, index) => named.findIndex((one) => one.service.id === service.id) !== index);
    if (twice)
        throw new failure/* Failure */.HR('inputs', `services: names ${twice.service.name} twice, by its name and its id.`, 'name it once.');
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/tell.ts
function tell_tell(step, reports) {
    step.output('services', JSON.stringify(reports));
    step.summary([
        '| service | status | deploy | seconds |',
        '|---|---|---|---|',
        ...reports.map(({ name, status, deploy, seconds }) => `| ${name} | ${status} | ${deploy} | ${seconds} |`),
    ].join('\n'));
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/deploy.ts










/** Releases the services group by group; each is live and checked before the next group begins. */
async function deploy(inputs, step, world) {
    const release = joinRelease(step, inputs.release);
    step.output('release-id', release.id);
    const { clock, random } = world;
    const bounds = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 };
    const work = { inputs, step, world, client: openClient(world.transport(inputs.api), bounds) };
    const { plan, looks } = await deploy_look(work);
    if (inputs.dryRun) {
        step.info('Nothing was changed.');
        return { result: 'unchanged' };
    }
    return releaseAll(work, plan, looks);
}
/** Looks at everything, says what would be done, and refuses what must not be. */
async function deploy_look(work) {
    const { client, inputs, step, world } = work;
    step.record({ event: 'phase', phase: 'resolve' });
    const named = await resolveServices(client, inputs);
    for (const { asked, service } of named.flat())
        questionsOf(asked, service, inputs, inputs.release.sha);
    step.record({ event: 'phase', phase: 'plan' });
    const commits = world.commits(inputs.github, inputs.release.sha, step.signal);
    const looks = await lookAtAll(client, inputs, named, commits, (asked, service) => isWell(questionsOf(asked, service, inputs, inputs.release.sha), client.bounds, world.targetOf));
    const plan = planRelease(looks, inputs);
    for (const warning of plan.warnings)
        step.warn(warning);
    for (const { line } of plan.groups.flat())
        step.info(line);
    if (plan.refusals.length > 0)
        throw new failure/* Failure */.HR('refused', `Nothing was touched.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`);
    return { plan, looks };
}
/** Releases what was planned, group by group, and looks at all once more. */
async function releaseAll(work, plan, looks) {
    const { step } = work;
    const reports = plan.groups.flat().map((one) => ({
        name: one.service.name,
        id: one.service.id,
        url: one.service.serviceDetails?.url ?? '',
        deploy: one.doing.do === 'nothing' ? (one.live?.id ?? '') : '',
        status: one.doing.do === 'nothing' ? one.doing.why : 'not begun',
        seconds: 0,
    }));
    try {
        step.output('sha', commitOfAll(plan));
        if (plan.groups.flat().every(({ doing }) => doing.do === 'nothing'))
            return { result: 'noop' };
        deploy_refuseTwice(step, plan);
        const saved = savedFor(work, plan);
        step.save(saved);
        for (const [index, group] of plan.groups.entries()) {
            const places = group.map((planned, at) => ({
                planned,
                look: looks[index]?.[at],
                mine: saved.groups[index]?.[at],
                report: reports.find(({ id }) => id === planned.service.id),
                save: () => step.save(saved),
            }));
            const overtaken = await releaseGroup(work, places);
            if (overtaken)
                return superseded(step, overtaken);
        }
        const overtaken = await lastLook(work, plan, looks, saved);
        return overtaken ? superseded(step, overtaken) : { result: 'pending' };
    }
    finally {
        tell_tell(step, reports);
    }
}
/** The commit that every service serves once the plan is done; empty where they differ, or where it is not known. */
function commitOfAll(plan) {
    const commits = plan.groups.flat().map(({ doing, content, live }) => {
        if (doing.do === 'nothing')
            return live?.commit?.id ?? '';
        return content && 'commit' in content ? content.commit : '';
    });
    const [first = ''] = commits;
    return commits.every((commit) => commit === first) ? first : '';
}
/** @throws Failure where an earlier step of this job deployed the same: each would undo into the other's work */
function deploy_refuseTwice(step, plan) {
    const earlier = step.journal
        .read()
        .steps.filter(({ id, action, undo }) => id !== step.id && action === 'deploy-render' && undo !== undefined)
        .flatMap(({ undo }) => undo.groups.flat().map(({ id }) => id));
    const twice = plan.groups.flat().find(({ service, doing }) => doing.do !== 'nothing' && earlier.includes(service.id));
    if (!twice)
        return;
    throw new failure/* Failure */.HR('deployed-twice', `An earlier step of this job already deployed ${twice.service.name}.`, 'name every service in one step of a job only.');
}
/** What overtook was built upon what is there now: nothing is taken from under it. */
function superseded(step, overtaken) {
    step.warn(`${overtaken} Nothing more is deployed by this step, and what it has deployed is left as it is.`);
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
            autoDeploy: deploysByItself(service),
            keeps: hasDisk(service) && !inputs.undoDisks.some((name) => name === service.name || name === service.id),
        }))),
    };
}
function hasDisk({ serviceDetails }) {
    return serviceDetails?.disk !== undefined && serviceDetails.disk !== null;
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/live.ts



/** `command: look`: what is live at Render, so that it can be kept where it outlives this runner. Changes nothing. */
async function lookOnly(inputs, step, world) {
    const { clock, random } = world;
    const bounds = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 };
    const client = openClient(world.transport(inputs.api), bounds);
    const named = (await resolveServices(client, inputs)).flat();
    const live = await Promise.all(named.map(async ({ service: { id, name, dashboardUrl } }) => {
        const deploy = liveOf(await client.deploys(id));
        step.info(`${name}: ${deploy ? `${deploy.id} (${deploy.commit?.id?.slice(0, 12) ?? 'an image'})` : 'nothing'} is live`);
        return { id, name, url: dashboardUrl ?? '', deploy: deploy?.id ?? '', commit: deploy?.commit?.id ?? '' };
    }));
    step.output('live', JSON.stringify(live));
    return { result: 'unchanged' };
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/rollback.ts







/**
 * `command: rollback`: every service that `to` names goes back to a deploy that it had, without a build, the last group
 * first. It is final at its own end; one that fails goes back to what was live when it began.
 */
async function rollback(inputs, step, world) {
    const release = joinRelease(step, inputs.release);
    step.output('release-id', release.id);
    const { clock, random } = world;
    const bounds = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 };
    const work = { inputs, step, world, client: openClient(world.transport(inputs.api), bounds) };
    step.record({ event: 'phase', phase: 'resolve' });
    const named = await resolveServices(work.client, inputs);
    step.record({ event: 'phase', phase: 'plan' });
    const looks = (await Promise.all(named.map((group) => lookAtGroup(work.client, inputs, group)))).toReversed();
    const plan = planRollback(looks, inputs);
    for (const { line } of plan.groups.flat())
        step.info(line);
    if (plan.refusals.length > 0)
        throw new failure/* Failure */.HR('refused', `Nothing was touched.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`);
    if (inputs.dryRun) {
        step.info('Nothing was changed.');
        return { result: 'unchanged' };
    }
    const { result } = await releaseAll(work, plan, looks);
    return { result: result === 'pending' ? 'committed' : result };
}
function lookAtGroup(client, inputs, group) {
    return Promise.all(group.map(async ({ asked, service }) => {
        const wanted = inputs.to.find((goal) => goal.service === service.id || goal.service === service.name)?.deploy;
        const deploys = await client.deploys(service.id);
        const goal = deploys.find(({ id }) => id === wanted) ?? (wanted && (await client.deploy(service.id, wanted)));
        const look = { asked, service, deploys, env: [], variables: [], relation: undefined, changed: undefined };
        const content = goal ? contentOf(goal) : undefined;
        if (content && 'commit' in content)
            questionsOf(asked, service, inputs, content.commit);
        return { ...look, content, healthy: true, wanted, goal: goal || undefined };
    }));
}
/** Plans a way back from what was seen. Pure. */
function planRollback(groups, { undoDisks }) {
    return {
        groups: groups.map((group) => group.map(rollback_planService)),
        refusals: groups.flat().flatMap((look) => rollback_refusalsOf(look, undoDisks)),
        warnings: [],
    };
}
function rollback_planService(look) {
    const { service, deploys, goal, wanted } = look;
    const live = liveOf(deploys);
    const there = isThere(look);
    const before = live ? rollback_nameOfDeploy(live) : 'nothing';
    const line = wanted === undefined
        ? `${service.name}: it had no deploy then; left alone`
        : there
            ? `${service.name}: ${before} is live already; nothing to do`
            : `${service.name}: ${before} → ${goal ? rollback_nameOfDeploy(goal) : wanted}, back`;
    if (wanted === undefined)
        return { ...look, live, doing: { do: 'nothing', why: 'untouched' }, line };
    return { ...look, live, doing: there ? { do: 'nothing', why: 'live' } : { do: 'rollback', deploy: wanted }, line };
}
/** A rollback made a deploy of its own, which brings the same. */
function isThere({ deploys, goal, wanted, content }) {
    const live = liveOf(deploys);
    if (live === undefined)
        return false;
    return live.id === wanted || (goal !== undefined && content !== undefined && brings(live, content));
}
function rollback_refusalsOf(look, undoDisks) {
    const { service, goal, wanted } = look;
    if (wanted === undefined || isThere(look))
        return [];
    const mayGo = !hasDisk(service) || [service.name, service.id].some((name) => undoDisks.includes(name));
    return [
        ...(service.suspended === 'suspended' ? [`${service.name} is suspended; resume it first`] : []),
        ...(goal ? [] : [`${service.name}: Render does not know the deploy ${wanted} any more; ${anew(service)}`]),
        ...(goal && !['live', 'deactivated'].includes(goal.status)
            ? [`${service.name}: the deploy ${wanted} is ${goal.status} and was never live; ${anew(service)}`]
            : []),
        ...(mayGo
            ? []
            : [
                `${service.name} has a disk, and old code need not understand new data; name it in undo-disks if it may go back`,
            ]),
    ];
}
function anew({ imagePath }) {
    return imagePath
        ? 'deploy the former image instead'
        : 'deploy the former commit instead, with allow-older: true, which builds it anew';
}
function rollback_nameOfDeploy(deploy) {
    const content = contentOf(deploy);
    return `${content ? objects_nameOf(content) : 'of unknown content'} (${deploy.id})`;
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/undo.ts










const undo_lookEveryMs = 3000;
/**
 * Takes back what was deployed, the last group first, each to the deploy that was live before. A group that takes longer
 * than its share of the time is left told, and the next one is told. Never throws, may be called again at any point:
 * what there is to do follows from what Render shows.
 * @param until by the world's clock, in milliseconds
 */
async function undoDeploys(saved, apiKey, world, until, voice) {
    const { clock, random } = world;
    const transport = world.transport({ url: saved.apiUrl, key: apiKey });
    const touched = saved.groups.map((group) => group.filter(wasTouched)).filter((group) => group.length > 0);
    if (touched.length === 0)
        return [{ target: 'Render', service: saved.service, result: 'unchanged', detail: 'nothing was asked of it' }];
    const { signal } = new AbortController();
    const undoAll = (services, end) => {
        const client = openClient(transport, { clock, random, signal, until: end });
        return Promise.all(services.map((mine) => undoService(mine, saved, apiKey, client, voice)));
    };
    const settled = [];
    for (const [index, group] of touched.toReversed().entries()) {
        const share = Math.max(0, until - clock.now()) / (touched.length - index);
        settled.push(...(await undoAll(group, clock.now() + share)));
    }
    // What the others left of the time may be enough to see the end of those that were only told.
    const services = touched.toReversed().flat();
    const seen = await Promise.all(settled.map(async (one, index) => one.result === 'undo-started' ? await undoAll(services.slice(index, index + 1), until) : [one]));
    return seen.flat();
}
function wasTouched({ asked, deployId, env }) {
    return asked !== undefined || deployId !== undefined || env !== undefined;
}
async function undoService(mine, saved, apiKey, client, voice) {
    const base = { target: `${mine.name} on Render`, service: saved.service };
    // An earlier look of this job may have told it already.
    const progress = { told: mine.backId !== undefined };
    try {
        return { ...base, ...(await goBack(mine, apiKey, client, voice, progress)) };
    }
    catch (error) {
        const why = firstLine((0,failure/* messageOf */.bD)(error));
        return progress.told
            ? { ...base, result: 'undo-started', detail: `told to go back, not seen to be through (${why}); ${undo_byHand(mine)}` }
            : { ...base, result: 'mixed', detail: `could not be told to go back: ${why} ${undo_byHand(mine)}` };
    }
}
async function goBack(mine, apiKey, client, voice, progress) {
    const ours = await findOurs(mine, client, voice);
    if (!ours) {
        await restoreEnv(mine, apiKey, client, voice);
        return { result: 'unchanged', detail: 'no deploy of this job has come to be there' };
    }
    const { ended, deploys } = await endOfAll(ours, mine, client, voice, progress);
    const live = liveOf(deploys);
    if (live?.id === ended.id)
        return replaceLive(mine, apiKey, client, voice, progress, deploys);
    if (live && live.id === mine.backId)
        return { result: 'rolled-back', detail: `back to ${formerName(mine)}` };
    if (mine.backAsked && ended.status === 'deactivated') {
        const back = await searchFor(client, mine.id, mine.backAsked);
        if (back && live?.id === back.id)
            return { result: 'rolled-back', detail: `back to ${formerName(mine)}` };
    }
    if (live && live.id !== mine.previous?.id && isReplaced(ended) && bringsSame(live, mine))
        return replaceLive(mine, apiKey, client, voice, progress, deploys);
    if (live && live.id !== mine.previous?.id)
        return { result: 'superseded', detail: `${live.id} of somebody else is live; it is left as it is` };
    await restoreEnv(mine, apiKey, client, voice);
    const other = deploys.find(({ status }) => !isTerminal(status));
    const beside = other ? `; ${other.id} of somebody else is under way and was left alone` : '';
    const end = `the deploy ended as ${ended.status}${beside}`;
    if (live)
        return { result: 'rolled-back', detail: `${end}; ${formerName(mine)} has stayed live` };
    return mine.previous
        ? { result: 'mixed', detail: `${end}, and nothing is live any more. ${undo_byHand(mine)}` }
        : { result: 'rolled-back', detail: `${end}; as before, nothing is live` };
}
/** Our deploy; one that was asked for and never heard of is looked for as long as it could still appear. */
async function findOurs(mine, client, voice) {
    if (mine.deployId !== undefined)
        return waitFor(mine.deployId, mine, client);
    if (!mine.asked)
        return undefined;
    const found = await searchFor(client, mine.id, mine.asked);
    if (!found)
        return undefined;
    mine.deployId = found.id;
    voice.save();
    return found;
}
/**
 * A deploy that Render has named exists, also where it is not found at once.
 * @throws Failure `deploy-lost`
 */
async function waitFor(id, mine, client) {
    const { clock } = client.bounds;
    for (const began = clock.now();;) {
        const deploy = await client.deploy(mine.id, id);
        if (deploy)
            return deploy;
        if (clock.now() - began > missingMs)
            throw lost(id);
        await pause(client.bounds, undo_lookEveryMs);
    }
}
/**
 * Ends our deploy, and then whatever has taken its place and brings the same: a push whose deploy cancelled ours would
 * bring back what is taken back.
 */
async function endOfAll(first, mine, client, voice, progress) {
    for (let ours = first;;) {
        const ended = await endOf(ours, mine, client, progress);
        const deploys = await client.deploys(mine.id);
        const successor = deploys.find((one) => one.id !== mine.backId && one.trigger !== 'rollback' && !isTerminal(one.status) && bringsSame(one, mine));
        const mayGo = isReplaced(ended) || (ended.status === 'live' && !mine.keeps);
        if (!successor || !mayGo)
            return { ended, deploys };
        ours = successor;
        mine.deployId = successor.id;
        voice.save();
    }
}
function isReplaced({ status }) {
    return status === 'deactivated' || status === 'canceled';
}
function bringsSame(deploy, { content }) {
    return content !== undefined && brings(deploy, content);
}
/** Cancels a deploy as long as it is under way. Render takes no cancel for one that waits behind another. */
async function endOf(ours, mine, client, progress) {
    for (let deploy = ours;;) {
        if (isTerminal(deploy.status))
            return deploy;
        if (await client.cancel(mine.id, deploy.id))
            progress.told = true;
        deploy = (await client.deploy(mine.id, deploy.id)) ?? deploy;
        if (!isTerminal(deploy.status))
            await pause(client.bounds, undo_lookEveryMs);
    }
}
/** Our deploy is live: the former one comes back by a rollback, unless that must not be. */
async function replaceLive(mine, apiKey, client, voice, progress, deploys) {
    // It may have been told to stop, and has not.
    progress.told = mine.backId !== undefined;
    const underWay = deploys.find(({ id, status }) => !isTerminal(status) && id !== mine.backId);
    if (mine.keeps)
        return {
            result: 'committed',
            stays: true,
            detail: `it has a disk and is not named in undo-disks: the new release stays. ${undo_byHand(mine)}`,
        };
    if (!mine.previous)
        return { result: 'mixed', detail: `nothing was live before, so there is nothing to go back to. ${undo_byHand(mine)}` };
    if (underWay && !(mine.backAsked && underWay.trigger === 'rollback'))
        return {
            result: 'mixed',
            detail: `${underWay.id} of somebody else is under way; nothing was done. ${undo_byHand(mine)}`,
        };
    const what = 'what was taken back. Turn it on when main is good again.';
    if (mine.autoDeploy)
        await pauseAutoDeploy(mine, client, voice.warn, what);
    await restoreEnv(mine, apiKey, client, voice);
    const back = await followBack(await rollBack(mine, client, voice, deploys), mine, client, progress);
    if (back.status === 'live')
        return { result: 'rolled-back', detail: `back to ${formerName(mine)}` };
    const { why } = readReason(await client.events(mine.id, back.createdAt), back);
    return {
        result: 'mixed',
        detail: `the rollback ${back.id} ended as ${back.status}${why && `, for ${why}`}. ${undo_byHand(mine)}`,
    };
}
/** Asks for the rollback once, whoever asked before; returns its id. */
async function rollBack(mine, client, voice, deploys) {
    const earlier = mine.backId ?? (mine.backAsked && (await searchFor(client, mine.id, mine.backAsked))?.id);
    if (earlier !== undefined) {
        mine.backId = earlier;
        return earlier;
    }
    const asked = noteBefore(client, deploys, 'rollback', undefined);
    mine.backId = await orderOnce(client, mine.id, { rollbackTo: mine.previous?.id ?? '' }, asked, (now) => {
        mine.backAsked = now;
        voice.save();
    });
    voice.save();
    return mine.backId;
}
async function followBack(id, mine, client, progress) {
    progress.told = true;
    for (;;) {
        const deploy = await client.deploy(mine.id, id);
        if (deploy && isTerminal(deploy.status))
            return deploy;
        await pause(client.bounds, undo_lookEveryMs);
    }
}
/** Puts variables back that still hold what this job set; others were changed by somebody else, and that is said. */
async function restoreEnv(mine, apiKey, client, voice) {
    if (!mine.env || mine.env.length === 0)
        return;
    const now = new Map((await client.env(mine.id)).map(({ key, value }) => [key, value]));
    for (const { key, before, set } of mine.env) {
        const value = now.get(key);
        const former = formerValue(before, apiKey);
        if (former === 'sealed') {
            voice.warn(`${mine.name}: the variable ${key} keeps its new value: the API key is another one than at the start.`);
            continue;
        }
        if (value === former?.value)
            continue;
        if (value === undefined || digestOf(value, apiKey) !== set)
            voice.warn(`${mine.name}: the variable ${key} was changed by somebody else meanwhile and is left as it is.`);
        else {
            const back = former === undefined ? client.removeEnv(mine.id, key) : client.setEnv(mine.id, key, former.value);
            await unlessRefused(back, voice.warn, `${mine.name}: the variable ${key} could not be put back`);
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
function formerName({ previous }) {
    return previous ? `${previous.name.slice(0, 12)} (${previous.id})` : 'nothing';
}
function undo_byHand({ name, previous, dashboardUrl }) {
    const what = previous ? `roll ${name} back to ${previous.id}` : `look at ${name}`;
    return `By hand: ${what}${dashboardUrl && ` at ${dashboardUrl}`}.`;
}
function firstLine(text) {
    return text.split('\n')[0] ?? '';
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/transport.ts

/** A list of a hundred deploys or log lines is far shorter. */
const transport_maxBytes = 5_000_000;
/** Requests to Render's API. */
function httpTransport(apiUrl, key) {
    const headers = { authorization: `Bearer ${key}`, accept: 'application/json', 'user-agent': 'belay' };
    return ({ method, path, body }, timeoutMs, signal) => {
        const asked = { method, url: new URL(`${apiUrl}${path}`), headers, timeoutMs, signal };
        if (body === undefined)
            return request_request(asked, transport_maxBytes);
        const typed = { ...headers, 'content-type': 'application/json' };
        return request_request({ ...asked, headers: typed, body: JSON.stringify(body) }, transport_maxBytes);
    };
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/world.ts





const realWorld = {
    clock: machineClock,
    random: Math.random,
    transport: ({ url, key }) => httpTransport(url, key),
    commits: (github, sha, signal) => (github.token === '' ? noCommits : githubCommits(openGitHub(github, signal), sha)),
    targetOf: overHttp,
};

;// CONCATENATED MODULE: ./actions/deploy-render/src/action.ts








const action_commands = { deploy: deploy, rollback: rollback, look: lookOnly };
const deployRender = {
    name: 'deploy-render',
    inputs: readRenderInputs,
    variables: { 'api-key': 'render-api-key', 'api-url': 'render-api-url' },
    main: (inputs, step) => action_commands[inputs.command](inputs, step, realWorld),
    transaction: {
        mutates: ({ command, dryRun }) => !dryRun && command !== 'look',
        startsAfterFailure: ({ command }) => command === 'rollback',
        service: ({ release }) => release.service,
        undo(saved, step, until) {
            const { clock } = realWorld;
            const left = (until - (0,src_clock/* monotonicSeconds */.m)()) * 1000;
            const voice = { save: () => step.save(saved), warn: (text) => step.warn(text) };
            return undoDeploys(saved, (0,inputs/* fromEnvironment */.A)('api-key').trim(), realWorld, clock.now() + left, voice);
        },
        keeper,
        close: async () => { },
    },
};
/** What earlier steps armed on hosts is asked over the connections that they left open: this step has no key to them. */
function keeper(step) {
    return keeper_hostKeeper(() => ({ key: '', passphrase: '' }), step.journal.recordPath);
}


/***/ }),

/***/ 685:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(69);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(375);


await (0,_belay_action_kit__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)(_action_js__WEBPACK_IMPORTED_MODULE_0__/* .deployRender */ .Y);

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

/***/ 221:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ fromEnvironment),
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./packages/action-kit/src/mask.ts
var mask = __nccwpck_require__(477);
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
                (0,mask/* mask */.d)(value);
            return required(name, value, options.required);
        },
    };
}


/***/ }),

/***/ 878:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OW: () => (/* binding */ jobFolder),
/* harmony export */   Qc: () => (/* binding */ childEnvironment),
/* harmony export */   xh: () => (/* binding */ currentRun)
/* harmony export */ });
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

/***/ 477:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ mask)
/* harmony export */ });
/* unused harmony export maskedForms */
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(426);

/**
 * Hides a secret in all later output of the job: whole, URL-encoded, and line by line, because the runner compares
 * masks with single lines of the log (facts: slack-github-api, D).
 */
function mask(secret) {
    for (const form of maskedForms(secret))
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(form);
}
/** All forms of a secret that must not be seen. Lines shorter than 4 characters would hide half the log. */
function maskedForms(secret) {
    const lines = secret.split(/\r?\n/).map((line) => line.trim());
    const forms = [secret, encodeURIComponent(secret), ...lines, ...lines.map(encodeURIComponent)];
    return [...new Set(forms)].filter((form) => form.trim().length >= 4);
}


/***/ }),

/***/ 69:
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
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./packages/action-kit/src/journal.ts



/** Opens the job's journal, and makes it if this is the first action of the job. */
function openJournal(folder) {
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const path = (0,external_node_path_.join)(folder, 'journal.jsonl');
    return {
        folder,
        recordPath: (0,external_node_path_.join)(folder, 'record.jsonl'),
        append: (entry) => (0,external_node_fs_.appendFileSync)(path, (0,src/* jsonLine */.rF)(entry), { mode: 0o600 }),
        read: () => foldJournal((0,src/* readJsonLines */.sS)(path)),
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
        return (0,src/* worst */.QZ)([...step.settled.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
    }
    if (!step.ended || step.ended.result === 'pending')
        return 'unknown';
    return step.ended.result;
}
/** The job's result: the worst of its mutating steps' (`BELAY_RESULT`). */
function jobResult(job) {
    return (0,src/* worst */.QZ)(job.steps.filter((step) => step.mutates).map(resultOf));
}

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
    const missing = await keeper.missing(job.steps.flatMap(unsettled));
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
    const open = journal.read().steps.flatMap(unsettled);
    if (open.length === 0)
        return [];
    const settled = await keeper.confirm(open);
    journal.append({ step, event: 'settled', settled });
    return settled;
}

// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 1 modules
var src_inputs = __nccwpck_require__(221);
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
    const journal = openJournal((0,job/* jobFolder */.OW)());
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
            releaseTo: releaseUnderWay(journal.read())?.environment,
        });
        mutates = transaction?.mutates(inputs) ?? false;
        const service = transaction?.service(inputs);
        if (transaction && mutates)
            refuseTooLate(journal, transaction.startsAfterFailure(inputs));
        journal.append({ step: id, event: 'began', action: action.name, mutates, ...(service && { service }) });
        step.record({ event: 'step-began', action: action.name, mutates, ...(service && { service }) });
        if (mutates)
            core/* exportVariable */.dN('BELAY_RESULT', jobResult(journal.read()));
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
        core/* exportVariable */.dN('BELAY_RESULT', jobResult(step.journal.read()));
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
        core/* exportVariable */.dN('BELAY_RESULT', jobResult(journal.read()));
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
    const { step, flush } = makeStep(id, 'post', openJournal(folder));
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
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(job));
    step.record({ event: 'result', result: jobResult(job) });
    step.summary(outcomeTable(action.name, decided.why, mine));
    complain(mine ? resultOf(mine) : 'unknown', decided, jobStatus);
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
    return !['rolled-back', 'unchanged', 'committed', 'noop'].includes(resultOf(step));
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
    return `**${action}**: ${step ? resultOf(step) : 'unknown'}, because ${why}.${table}`;
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
  Bf: () => (/* reexport */ releaseId),
  QZ: () => (/* reexport */ worst)
});

// UNUSED EXPORTS: compareSemver, parseSemver, readRecord, results, tagByHand

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
var node_modules_tunnel = __nccwpck_require__(770);
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
/******/ var __webpack_exports__ = __nccwpck_require__(685);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
