import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 910:
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
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
;// CONCATENATED MODULE: ./packages/host/src/host-lines.ts
/** Characters of a line that are kept; what a login prints without a line break is no line of a host script. */
const longestLine = 64 * 1024;
/** Bytes that a whole call may print. */
const mostBytes = 64e6;
/**
 * Reads what a host says, chunk by chunk, in time that grows with its length only: `onLine` gets each line, of one that is
 * too long nothing. Returns false once it has said more than any script does.
 */
function hostLines(onLine) {
    let rest = '';
    let skips = false;
    let total = 0;
    return (text) => {
        total += text.length;
        const parts = text.split('\n');
        for (const [index, part] of parts.entries()) {
            const ends = index < parts.length - 1;
            if (!skips && rest.length + part.length <= longestLine)
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
        return total <= mostBytes;
    };
}

// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./packages/action-kit/src/bounded.ts

/**
 * Runs a program with nothing to read to its end, bounded in time and in what is kept of its words. For what may wait on
 * a network or a disk; `runProgram` is for what is short.
 * @throws AbortError as soon as the signal is aborted, and the error of a program that could not be started (`ENOENT`)
 */
function bounded_runBounded(program, args, options) {
    const { env, keptCharacters, signal, timeoutMs, killSignal } = options;
    const child = (0,external_node_child_process_namespaceObject.spawn)(program, args, {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(signal && { signal }),
        ...(timeoutMs !== undefined && { timeout: timeoutMs }),
        ...(killSignal && { killSignal }),
    });
    const output = tailOf(child.stdout, keptCharacters);
    const errors = tailOf(child.stderr, keptCharacters);
    return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (status) => resolve({ status, output: output(), errors: errors() }));
    });
}
/** The last characters of a stream, however much it says. */
function tailOf(stream, characters) {
    let tail = '';
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
        tail = `${tail}${text}`.slice(-characters);
    });
    return () => tail;
}

// EXTERNAL MODULE: ./packages/action-kit/src/secret-folder.ts
var secret_folder = __nccwpck_require__(650);
;// CONCATENATED MODULE: ./packages/host/src/credentials.ts




/** Reads `ssh-key`, `ssh-key-passphrase` and `known-hosts`, and tries them out before any connection is made. */
function readCredentials(read, hosts) {
    const required = 'the private key of the deploy user, whole';
    const key = normaliseKey(read.secret('ssh-key', { required, multiline: true }));
    const passphrase = read.secret('ssh-key-passphrase');
    const knownHosts = read.text('known-hosts', { multiline: true }).replaceAll('\r', '');
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
 * Writes the key where OpenSSH's tools find it, as long as `use` takes. Below RUNNER_TEMP: what
 * a killed process leaves there, the next Belay step or the post removes. The passphrase is in no argument and in no
 * environment.
 */
function withSecretFiles(key, passphrase, use) {
    const folder = (0,secret_folder/* makeSecretFolder */.x)();
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

;// CONCATENATED MODULE: ./packages/host/src/connection.ts







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
        // ConnectTimeout covers the way to the login, not the login itself.
        const child = (0,external_node_child_process_namespaceObject.spawn)('ssh', [...args, 'belay'], {
            env,
            stdio: 'ignore',
            timeout: 60_000,
            killSignal: 'SIGKILL',
            ...(signal && { signal }),
        });
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
        const args = ['-F', (0,external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'];
        const options = { env: (0,job/* childEnvironment */.Qc)(), timeoutMs: 5000, keptCharacters: 1000 };
        await bounded_runBounded('ssh', args, options).catch(() => undefined);
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

;// CONCATENATED MODULE: ./packages/host/src/local.ts


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
    // At the end of a job the runner kills what carries this variable (docs/research/runner.md#cancelling), and with it
    // the countdown.
    const { RUNNER_TRACKING_ID: _, ...env } = (0,job/* childEnvironment */.Qc)();
    return { program: 'sh', args: ['-s'], env };
}

// EXTERNAL MODULE: ./packages/action-kit/src/control.ts
var src_control = __nccwpck_require__(144);
;// CONCATENATED MODULE: ./packages/host/src/quote.ts

/**
 * One word of a POSIX shell, whatever is in it. The only place where text becomes shell text: everything that a host
 * script is given goes through here. It is one line: what a host keeps and says again must never become a line of its own.
 * @throws Failure `value-unfit` for a line break or another control character; `name` says of what
 */
function quote_quote(text, name = '') {
    const control = (0,src_control/* controlIn */.X)(text);
    if (control)
        throw new failure/* Failure */.HR('value-unfit', `A value for a host${name && ` (${name})`} has ${control}; nothing was sent.`, 'give plain text of one line.');
    return shellWord(text);
}
/** NUL cannot be in a shell variable. */
function shellWord(text) {
    if (text.includes('\0'))
        throw new TypeError('a value for a host contains a NUL byte');
    return `'${text.replaceAll("'", "'\\''")}'`;
}
/**
 * The values of several lines: a script, assignments that this file made, a list that is read line by line, and the
 * record, which is a file of its own. No host says one of them again.
 */
const severalLines = new Set(['b_text', 'b_params', 'b_shared', 'b_record']);
/**
 * Assignments as lines of shell. Each name is unset first: a name that the login's environment exported already would
 * else carry its new value to every child's environment (docs/research/hosts.md#values-by-standard-input).
 * @throws Failure `value-unfit` where a value is not one line
 */
function quote_assignments(prefix, values) {
    return Object.entries(values)
        .map(([key, value]) => {
        const name = `${prefix}${key}`;
        const word = severalLines.has(name) ? shellWord(String(value)) : quote_quote(String(value), key);
        return `unset ${name}\n${name}=${word}\n`;
    })
        .join('');
}
/** Words as one list that `eval "set -- …"` gives back unchanged. */
function words(list) {
    return list.map((word) => quote_quote(word)).join(' ');
}

;// CONCATENATED MODULE: ./packages/host/src/call.ts





const prefix = '@belay ';
/** Milliseconds until a host script says that it has begun. */
const ackMs = 30_000;
/**
 * Runs one command of a host script over an open connection. The remote command is the constant `exec sh -s`; the
 * script and its values go by standard input, and only lines with Belay's prefix are read back
 * (docs/research/hosts.md#a-script-by-standard-input).
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
    child.stderr.setEncoding('utf8').on('data', (text) => {
        errors = `${errors}${text}`.slice(-2000);
    });
    // A login that never comes to the script is not waited for as long as its command may take.
    const unheard = setTimeout(() => child.kill('SIGKILL'), Math.min(ackMs, options.timeoutMs));
    const read = hostLines((line) => {
        if (!line.startsWith(prefix))
            return;
        const [word = '', ...words] = line.slice(prefix.length).split(' ');
        // What a start-up file prints before the script has begun is no answer.
        if (lines.length === 0 && word !== 'ack')
            return;
        clearTimeout(unheard);
        lines.push([word, words.join(' ')]);
        options.onLine?.(word, words.join(' '));
    });
    let noisy = false;
    child.stdout.setEncoding('utf8').on('data', (text) => {
        if (noisy || read(text))
            return;
        noisy = true;
        child.kill('SIGKILL');
        // What it started may hold the other end open.
        child.stdout.destroy();
        child.stderr.destroy();
    });
    // The far end may be gone before all of it is written; the exit says so.
    child.stdin.on('error', () => { });
    child.stdin.end(`${quote_assignments('b_', { command, ...values })}${script}\nmain </dev/null\nexit\n`);
    const ended = await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (status) => resolve({ status, killed: child.killed }));
    }).finally(() => clearTimeout(unheard));
    if (noisy)
        throw tooNoisy(name);
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
function tooNoisy(name) {
    return new failure/* Failure */.HR('no-shell', `${name} printed more than ${mostBytes / 1e6} MB, which no host script does.`, 'see what the start-up files of the deploy user print (.bashrc, .profile, .ssh/rc): a login without a terminal should print nothing.');
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
    'not-a-file': 'move it away: Belay writes a plain file there by itself.',
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

;// CONCATENATED MODULE: ./packages/host/src/host-script.ts

/** The part of every host script that all actions share. */
const host_script_hostScript = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "host.sh", 'utf8');

;// CONCATENATED MODULE: ./packages/host/src/contract.ts



/**
 * Notes on a host, beside the releases of `base`, that releases older than `oldest` cannot live with the schema any more:
 * deploy, rollback and switch refuse them from then on. A migration that is noted already is noted anew.
 */
async function rememberContract(connection, base, contract) {
    const [migration, oldest] = [oneWord(contract.migration), oneWord(contract.oldest)];
    await call(connection, hostScript, 'contract', { base, migration, oldest }, { timeoutMs: 20_000 });
}
/**
 * The opposite, where the migration was not applied after all. Another job's lock is waited for, `seconds` at most.
 * @throws Failure `lock-held` where it is held for longer
 */
async function forgetContract(connection, base, migration, seconds = 5) {
    const wait = Math.max(1, Math.floor(seconds));
    const values = { base, migration: oneWord(migration), wait };
    await call(connection, hostScript, 'forget', values, { timeoutMs: (wait + 15) * 1000 });
}
/** The command that removes what was noted of migrations, for a person on the host. */
function forgetByHand(base, migrations) {
    const literal = (name) => oneWord(name).replaceAll(/[.*[\]^$/\\]/g, '\\$&');
    const lines = migrations.map((name) => ` -e ${quote(`/^${literal(name)} /d`)}`);
    return `sed -i${lines.join('')} ${quote(`${base}/.belay/contracts`)}`;
}
/** The names of migrations as a host keeps them: one list with a space between, so none inside. */
function schemaText(migrations) {
    return migrations.map(oneWord).join(' ');
}
function oneWord(name) {
    return name.trim().replaceAll(/\s+/g, '_');
}

;// CONCATENATED MODULE: ./packages/host/src/fleet.ts





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
/**
 * `ssh -O check` calls a connection well that a firewall has forgotten: only an answer counts
 * (docs/research/hosts.md#connections).
 */
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
 * Takes all or none (rule 4): tried at once on every host; after a refusal all are given back and tried again, until `timeout`
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

;// CONCATENATED MODULE: ./packages/host/src/release-process.ts




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
    const values = { ...orderOf(held, 'armed'), window: options.window, wait: options.wait };
    const reply = await call(connection, hostScript, 'arm', values, {
        timeoutMs: (options.wait + 15) * 1000,
        signal: options.signal,
        onLine: (word, text) => word === 'phase' && options.onPhase?.(text),
    });
    return hostState(reply);
}
/** Whether the host is still armed (`armed`), else its state; `dead` where its process is gone. Prolongs by 60 s once. */
async function ask(connection, held) {
    const reply = await call_call(connection, host_script_hostScript, 'ask', orderOf(held, ''), { timeoutMs: 15_000 });
    return reply.last('state');
}
/** Makes the change final. The host's marker decides, so that a lost reply can be settled by confirming again. */
async function release_process_confirm(connection, held, record) {
    const values = { ...orderOf(held, 'confirmed'), record };
    return hostState(await call_call(connection, host_script_hostScript, 'confirm', values, { timeoutMs: 15_000 }));
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
        back: reply.last('back'),
        unproved: reply.last('unproved'),
        tail: reply.all('tail'),
        unread: reply.all('unread'),
    };
}

;// CONCATENATED MODULE: ./packages/host/src/keeper.ts







/** The hosts of a service's change as armed targets; `nameOf` names a host among those of the job. */
function keeper_armedTargets({ service, held, moves }, nameOf) {
    return held.map((host) => {
        const move = moves?.[host.host];
        return { name: nameOf(host.host), service, handle: host, ...(move && { move }) };
    });
}
/** The host of an armed target, as the journal holds it. */
function keeper_heldOf(target) {
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
            const answers = await Promise.all(targets.map((target) => whyMissing(keeper_heldOf(target), key)));
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
    const held = keeper_heldOf(target);
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
    const script = { name: '', text: host_script_hostScript };
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

;// CONCATENATED MODULE: ./packages/host/src/countdown.ts





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
    step.arm(armedTargets(saved, way.target), window);
    step.info(`Unless this job confirms, ${order.otherwise} at ${inSeconds(window)}.`);
    return onAll(fleet, ({ connection, held }) => arm(connection, held, { window, wait, signal, onPhase: (text) => order.onPhase(text, held.host) }), signal);
}
/** @throws Failure with every host whose change is not made, and the code of the first one's phase: `check-failed`. */
function refuseUnarmed(fleet, states, mend) {
    const failed = states.flatMap((state, index) => {
        if (state.worked && state.state === 'armed')
            return [];
        const [phase = '', ...why] = state.failed.split(' ');
        const text = `${fleet[index]?.held.host}: ${phase ? `${phase} failed: ${why.join(' ')}` : howItStands(state)}`;
        return [{ code: phase || 'switch', text }];
    });
    const [first] = failed;
    if (!first)
        return;
    throw new Failure(`${first.code}-failed`, failed.map(({ text }) => text).join('\n'), mend);
}
function howItStands({ state, who, worked }) {
    if (state === 'armed')
        return 'its change was not through in time; its process is still at work';
    if (state === 'dead')
        return `its process ended ${worked ? 'after' : 'before'} its change was made`;
    return `is ${state} (${who})`;
}
/**
 * Makes a change final now, at the end of its own main (`undo: false`, rollback), and with it all that earlier steps of
 * the job changed for that service on these hosts (rule 14); after the first confirm no way back.
 * @throws Failure `not-confirmed`
 */
async function confirmFleet(step, saved, way, key, mend) {
    step.save({ ...saved, confirming: true });
    const targets = [...earlierTargets(step, saved), ...armedTargets(saved, way.target)];
    const settled = await hostKeeper(() => key, step.journal.recordPath).confirm(targets);
    step.settle(settled);
    for (const one of settled)
        step.record({ event: 'settled', ...one });
    const late = settled.filter(({ result }) => result !== 'committed');
    if (late.length === 0)
        return;
    throw new Failure('not-confirmed', late.map(({ target, detail }) => `${target} ${detail}`).join('\n'), mend);
}
/** What earlier steps of the job armed for the service on the same hosts, such as the slot below a switch. */
function earlierTargets(step, { service, held }) {
    const hosts = new Set(held.map(({ host }) => host));
    return unsettledSteps(step, service)
        .flatMap(unsettled)
        .filter((target) => hosts.has(heldOf(target).host));
}
function inSeconds(seconds) {
    return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`;
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./packages/host/src/forward.ts



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
/** Never throws: an ssh that cannot be started has no status either. */
async function control({ folder }, words) {
    try {
        const { status, errors } = await runBounded('ssh', ['-F', join(folder, 'config'), ...words, 'belay'], {
            env: childEnvironment(),
            timeoutMs: 10_000,
            killSignal: 'SIGKILL',
            keptCharacters: 1000,
        });
        return { status, said: errors };
    }
    catch (error) {
        return { status: null, said: messageOf(error) };
    }
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

;// CONCATENATED MODULE: ./packages/host/src/lock.ts



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
/**
 * Renews the locks of hosts that are not armed yet, as long as the work before the switch takes. The work gets a signal
 * that is aborted when the lock of a host is lost: past that, somebody else may change it.
 * @throws Failure `not-held` where it was lost
 */
async function withLease(fleet, outer, task) {
    const lost = new AbortController();
    const timer = setInterval(() => {
        for (const { connection, held } of fleet)
            void renew(connection, held).catch((error) => {
                // Any other failure is the connection's trouble: the work itself will say so.
                if (error instanceof Failure && error.code === 'not-held')
                    lost.abort(error);
            });
    }, renewalMs);
    try {
        return await task(AbortSignal.any([outer, lost.signal]));
    }
    catch (error) {
        throw lost.signal.aborted && !outer.aborted ? lost.signal.reason : error;
    }
    finally {
        clearInterval(timer);
    }
}

;// CONCATENATED MODULE: ./packages/host/src/look.ts



/** Looks at a host, with the eyes of an action's script where that knows more than every action does. */
async function look(connection, { release = {}, needKib = 0, keep = 0, ...what }, signal, script = hostScript) {
    const values = { ...what, need: needKib, keep, params: assignments('r_', release) };
    const reply = await call(connection, script, 'inspect', values, { timeoutMs: 60_000, signal });
    const about = (word) => new Map(reply.all(word).map(firstWord));
    const facts = about('fact');
    const [schemas, misfits] = [about('schema'), about('misfit')];
    const fact = (key) => facts.get(key) ?? '';
    const number = (key) => (/^\d+$/.test(fact(key)) ? Number(fact(key)) : Number.NaN);
    // What a host says of itself goes into no script for root: a taken-over login could write there what it likes.
    const user = connection.target.user || fact('user');
    return {
        host: connection.target.name,
        user,
        ...(fact('user') !== user && { reported: fact('user') }),
        root: fact('uid') === '0',
        tools: new Set(reply.all('tool')),
        exists: fact('exists') === 'yes',
        readOnly: reply.all('read-only'),
        freeKib: number('free-kib'),
        prunableKib: number('prunable-kib') || 0,
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
        missing: reply.all('missing').map(coded),
        found: reply.all('found'),
        doubts: reply.all('doubt').map(coded),
    };
}
/** Reads what every look says of the host's lock. `fact` gives the text under a key. */
function lockFacts(fact) {
    return { held: fact('lock') === 'held', holder: fact('holder'), endsInSeconds: Number(fact('ends-in') || 0) };
}
function coded(line) {
    const [code, text] = firstWord(line);
    return { code, text };
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

;// CONCATENATED MODULE: ./packages/host/src/target.ts

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

;// CONCATENATED MODULE: ./packages/host/src/undo.ts




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
    const back = way.back(saved.moves?.[held.host]?.from);
    switch (state.state) {
        case 'none':
        case 'released':
            return { result: 'unchanged', detail: way.untouched };
        case 'undone':
            return saved.differed
                ? { result: 'mixed', detail: `${back}, which differed from the other hosts before${by}` }
                : { result: 'rolled-back', detail: `${state.back || back}${by}` };
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

;// CONCATENATED MODULE: ./packages/host/src/index.ts























;// CONCATENATED MODULE: ./packages/release-model/src/identity.ts
/** Makes a release id, which no other job can have. `sha` is 40 lower-case hex digits. */
function releaseId(now, sha, { run, attempt, nonce }) {
    const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
    return `${time}-${sha.slice(0, 12)}-${run}-${attempt}-${nonce}`;
}
/** Whether a text has the form of a release id. */
function isReleaseId(text) {
    return /^\d{8}T\d{6}Z-[0-9a-f]{12}-[^/-]+-\d+-[0-9a-f]{8}$/.test(text);
}
/** Letters, digits, `.`, `_` and `-`, not starting with `.` or `-`: safe as one part of a path and of a unit's name. */
function isName(text) {
    return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,62}$/.test(text);
}
/**
 * Whether a caller's workflow takes a text for a release id: GitHub's expressions know no patterns, so callers ask
 * `startsWith(version, '20') && contains(version, 'Z-')`, in any case of letters. What is so and is no release id may
 * never be released: the caller has let it pass without an approval.
 */
function resemblesReleaseId(text) {
    return /^20.*z-/i.test(text);
}
/**
 * Whether a version names a release that only the hosts know: `previous`, or a release id. GitHub need not be asked for
 * its commit, and going to it is going back.
 */
function isKeptRelease(version) {
    return version === 'previous' || isReleaseId(version);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/release.ts



/** Reads `service`, `environment`, `version` and the commit of the run. Every action that changes production takes these. */
function readReleaseInputs(read, env = process.env) {
    const repository = env.GITHUB_REPOSITORY?.split('/')[1] ?? '';
    const service = read.text('service', { default: repository, required: 'the name of what is released' });
    const environment = read.text('environment', { required: 'where it is released to, such as qa or production' });
    const runSha = (env.GITHUB_SHA ?? '').toLowerCase();
    const version = read.text('version', { default: runSha });
    for (const [name, value] of [['service', service], ['environment', environment]]) {
        if (value !== '' && !isName(value))
            read.mistake(name, `is "${value}"`, 'Give letters, digits, ".", "_" and "-", 63 at most.');
    }
    if (!/^[0-9a-f]{40}$/.test(runSha))
        read.mistake('version', `GITHUB_SHA is "${runSha}"`, 'Run this step in a workflow.');
    const runIsOfVersion = version === runSha || (env.GITHUB_REF_TYPE === 'tag' && env.GITHUB_REF_NAME === version);
    return { service, environment, version, runSha, runIsOfVersion };
}
/** The release of this service that an earlier step of the job began; undefined where none did. */
function earlierRelease({ journal }, { service, environment }) {
    return journal.read().releases.find((one) => one.service === service && one.environment === environment);
}
/**
 * The release of this service in this job: the one an earlier step made, or a new one, in journal and record. The only
 * place where an action learns id, version and commit of what it releases.
 * @param sha the commit that the version stands for, where that is known; else it is the run's
 */
function joinRelease(step, { service, environment, version, runSha }, sha = runSha) {
    const earlier = earlierRelease(step, { service, environment });
    if (earlier)
        return earlier;
    const release = { id: releaseId(new Date(), sha, jobIdentity(step)), service, environment, version, sha };
    step.journal.append({ step: step.id, event: 'release-began', release });
    step.record({ event: 'release-began', release, run: (0,job/* currentRun */.xh)() });
    return release;
}
/** What a job is known by on its targets: the same for all its steps, and no other job's. */
function jobIdentity({ id, journal }) {
    // Steps that run beside each other may both draw one: the first line of the journal that has one holds for all.
    if (journal.read().nonce === undefined)
        journal.append({ step: id, event: 'identified', nonce: (0,external_node_crypto_.randomBytes)(4).toString('hex') });
    const { id: run, attempt } = (0,job/* currentRun */.xh)();
    return { run, attempt, nonce: journal.read().nonce };
}

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
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
    // Loaded here and not before: most runs that could make a request make none, and it is a fifth of the start.
    const { Agent, request } = process.getBuiltinModule(secure ? 'node:https' : 'node:http');
    const agent = new Agent({ keepAlive: false, ...agentOptions(proxyFor(url, process.env)) });
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

;// CONCATENATED MODULE: ./packages/github/src/download.ts






const attempts = 4;
const attemptMs = 600_000;
/**
 * Writes what a URL of GitHub's storage holds to a file, as it comes. The storage is another server: it is not asked by
 * octokit, and does not see the token. Returns the SHA-256 of it.
 * @throws Failure `download-failed`
 */
async function saveFrom(url, file, signal) {
    for (let attempt = 1;; attempt++) {
        const asked = { method: 'GET', url, headers: { 'user-agent': 'belay' }, timeoutMs: attemptMs, signal };
        const outcome = await saveAnswer(asked, file).catch((error) => error);
        if (!(outcome instanceof Error) && outcome.status === 200)
            return outcome.sha256;
        const what = outcome instanceof Error ? outcome.message : `HTTP ${outcome.status}`;
        const passing = outcome instanceof NoAnswer || (!(outcome instanceof Error) && outcome.status >= 500);
        if (!passing || attempt === attempts || signal.aborted)
            throw new failure/* Failure */.HR('download-failed', `The artifact could not be downloaded from ${url.host}: ${what}.`);
        await (0,src_clock/* sleep */.y)(500 * 2 ** attempt, signal);
    }
}
/** Writes what is answered to a file. Returns the status and the SHA-256 of what was written. @throws NoAnswer */
async function saveAnswer(asked, file) {
    return request_open(asked, async (response) => {
        const hash = (0,external_node_crypto_.createHash)('sha256');
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

;// CONCATENATED MODULE: ./packages/github/src/failure.ts

/** GitHub answered that it would not, or what answered is not GitHub. */
class GitHubRefusal extends failure/* Failure */.HR {
    /** HTTP status. */
    status;
    constructor(status, code, message, mend) {
        super(code, message, mend);
        this.name = 'GitHubRefusal';
        this.status = status;
    }
}
/** There was no whole answer. `why` is one line. */
function unreachable({ host, pathname }, why) {
    return new failure/* Failure */.HR('github-unreachable', `GitHub could not be asked (${host}${pathname}): ${why}.`, 'look at the status of GitHub, and at HTTPS_PROXY where the runner needs it; then run the job again.');
}
/** What answered is not what GitHub's API answers: such as the page of a proxy. */
function unexpectedAnswer(status, what) {
    return new GitHubRefusal(status, 'github-unexpected-answer', `What answered (HTTP ${status}) is not what GitHub's API answers: ${what}.`, 'look at GITHUB_API_URL, and at a proxy between the runner and GitHub.');
}
/** @throws GitHubRefusal `github-unexpected-answer` where what was answered has not the shape that it must have */
function failure_assertShape(fits, what) {
    if (!fits)
        throw unexpectedAnswer(200, `${what} is missing or is not what it must be`);
}
/** An answer of 400 or more. @param asked such as `GET /repos/acme/api` */
function failure_refusal(status, limited, asked, said) {
    if (limited)
        return new failure/* Failure */.HR('github-rate-limited', `GitHub lets this repository ask no more for now (${asked}: ${said}).`, 'run the job again later.');
    if (status === 401)
        return new GitHubRefusal(status, 'github-token-refused', `GitHub does not know the token (${asked}: ${said}).`);
    if (status === 403)
        return new GitHubRefusal(status, 'github-permission', `The token may not do ${asked}: ${said}.`, 'give the job the permissions that the README of release names.');
    const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused';
    return new GitHubRefusal(status, code, `GitHub answered HTTP ${status} to ${asked}: ${said}.`);
}

;// CONCATENATED MODULE: ./packages/github/src/request-rules.ts


/** How often a request is sent at most, and how long one of them may take, its answer included. */
const request_rules_attempts = 4;
const request_rules_attemptMs = 15_000;
/** A comparison of two commits is the longest answer; it may hold the text of hundreds of changed files. */
const maxBytes = 20_000_000;
/** The longest that is waited for a limit to end; the limit of an hour is not waited for. */
const longestWaitMs = 60_000;
/**
 * Belay's rules for every request to GitHub, as the one hook around octokit's `request`. A request is bounded in time
 * and size, is sent again where that can help and can do no harm, and follows no redirect. An answer that breaks off, and
 * one that is not JSON, is no answer. In place of octokit's retry plugin: that repeats a POST whose answer was lost
 * (docs/research/github.md#a-lost-answer-to-a-post).
 * @param urlOf gives a request's URL, its parameters filled in
 * @throws Failure `github-unreachable`, `github-rate-limited`, or GitHubRefusal
 */
function requestRules(signal, urlOf) {
    return async (send, options) => {
        const repeatable = options.method === 'GET' || options.request.repeatable === true;
        for (let attempt = 1;; attempt++) {
            const outcome = await sendOnce(send, options, signal);
            const wait = waitOf(outcome, attempt, repeatable);
            if (wait === undefined || wait > longestWaitMs || attempt === request_rules_attempts || signal.aborted)
                return settle(outcome, options, new URL(urlOf(options)));
            await (0,src_clock/* sleep */.y)(wait, signal);
        }
    };
}
async function sendOnce(send, options, signal) {
    const timeout = AbortSignal.timeout(request_rules_attemptMs);
    // In place: octokit's own hook, for the token, is given this object, whatever is passed on here.
    options.headers = {
        ...options.headers,
        'x-github-api-version': '2022-11-28',
        // One that is kept open may be closed by the other side while a request is on its way.
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
            return { kind: 'refused', answer: response, message };
        const why = timeout.aborted ? `no answer within ${request_rules_attemptMs} ms` : message || codeOf(error) || 'no answer';
        return { kind: 'lost', sent: !unsent.includes(codeOf(error)), why };
    }
}
/** All of it; undefined where it is too long. */
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
/** The codes of errors after which nothing of a request can have reached the server. */
const unsent = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];
/** The code of an error or of what caused it; empty where there is none. */
function codeOf(error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause)
        if ('code' in cause && typeof cause.code === 'string')
            return cause.code;
    return '';
}
/** How long to wait before the same request may go well, in milliseconds; undefined where it never will. */
function waitOf(outcome, attempt, repeatable) {
    const soon = 500 * 2 ** (attempt - 1);
    if (outcome.kind === 'lost')
        return repeatable || !outcome.sent ? soon : undefined;
    if (outcome.kind !== 'refused')
        return undefined;
    const { answer } = outcome;
    if (isLimited(answer)) {
        const after = Number(answer.headers['retry-after']);
        if (Number.isFinite(after) && after > 0)
            return after * 1000;
        const reset = Number(answer.headers['x-ratelimit-reset']) * 1000 - Date.now();
        return Number.isFinite(reset) ? Math.max(1000, reset) : 1000 * 2 ** attempt;
    }
    return answer.status >= 500 && repeatable ? soon : undefined;
}
function isLimited({ status, headers }) {
    if (status === 429)
        return true;
    return status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0');
}
/** The answer, if it is one. */
function settle(outcome, { method, request }, url) {
    const asked = `${method} ${url.pathname}`;
    if (outcome.kind === 'lost')
        throw unreachable(url, outcome.why);
    if (outcome.kind === 'unusable')
        throw unexpectedAnswer(outcome.status, `to ${asked} ${outcome.why}`);
    const { answer } = outcome;
    const { status, headers, data } = answer;
    if (outcome.kind === 'refused') {
        // Without JSON it is the page of something in between, and no reason.
        const said = isObject(data) ? oneLine(outcome.message) : 'no word why';
        throw failure_refusal(status, isLimited(answer), asked, said);
    }
    if (request.wantsLocation && status === 302 && headers.location)
        return answer;
    if (status >= 300)
        throw unexpectedAnswer(status, `${asked} was redirected`);
    // A 202 is no result: such as a merge that was made instead of a deployment.
    if (status === 202)
        throw unexpectedAnswer(status, `${asked} was put off: ${messageIn(data)}`);
    if (!isObject(data))
        throw unexpectedAnswer(status, `${asked} was answered without JSON`);
    return answer;
}
function isObject(data) {
    return typeof data === 'object' && data !== null;
}
function messageIn(data) {
    return oneLine(String(data?.message ?? 'no word why'));
}
function oneLine(text) {
    return text.replace(/[^\x20-\x7e]/g, ' ').slice(0, 300);
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
/** Opens the API of one repository. Nothing is loaded or sent before the first question. */
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
        // The name is left as it is by the bundler; scripts/build.ts puts the path of the shared bundle in its place.
        const { getOctokit } = await import('../../toolkit/dist/index.js');
        const log = { debug() { }, info() { }, warn() { }, error() { } };
        const octokit = getOctokit(token, { baseUrl: apiUrl.href.replace(/\/$/, ''), userAgent: 'belay', log });
        const rules = requestRules(signal, (options) => octokit.request.endpoint({ ...options }).url);
        octokit.hook.wrap('request', rules);
        return octokit;
    }
    catch (error) {
        // Such as a proxy's URL that no client can use.
        if (error instanceof failure/* Failure */.HR)
            throw error;
        throw unreachable(apiUrl, (0,failure/* messageOf */.bD)(error));
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
        const ref = `tags/${version}`;
        const { sha } = await github.ask(({ rest }, repository) => rest.repos.getCommit({ ...repository, ref, per_page: 1 }));
        failure_assertShape(isSha(sha), `the sha of ${version}`);
        return sha;
    }
    catch (error) {
        if (!(error instanceof GitHubRefusal) || ![404, 422].includes(error.status))
            throw error;
        throw new failure/* Failure */.HR('no-such-version', `${github.repository} has no tag "${version}".`, 'give a tag, the 40 digits of a commit, or `previous`. In a private repository the job needs `contents: read` to see its tags.');
    }
}
/** Whether it is the 40 hex digits of a commit. */
function isSha(value) {
    return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);
}
const relations = ['identical', 'ahead', 'behind', 'diverged'];
/** Commits without a common ancestor count as diverged. */
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
        if (error instanceof GitHubRefusal && error.status === 404)
            return 'diverged';
        throw error;
    }
}
/** So many commits are asked for at most, by pages of a hundred. */
const mostPages = 3;
/** What `head` has and `base` has not, oldest first; `total` counts also those that were not asked for. */
async function commitsBetween(github, base, head) {
    const basehead = `${base}...${head}`;
    const commits = [];
    let total = 0;
    for (let page = 1; page <= mostPages; page++) {
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
/** Release branches that are asked at most, the newest by name first. */
const mostBranches = 30;
/** Whether a commit is on the default branch, and, where it is not, the branch below `release/` that holds it. */
async function branchesHolding(github, sha, defaultBranch) {
    if (await holds(github, defaultBranch, sha))
        return { default: true, release: undefined };
    const names = await releaseBranches(github);
    const newest = names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, mostBranches);
    for (const branch of newest)
        if (await holds(github, branch, sha))
            return { default: false, release: branch };
    return { default: false, release: undefined };
}
/** The names of all branches below `release/`. */
async function releaseBranches(github) {
    const refs = await github.ask(async ({ paginate, rest }, repository) => ({
        data: await paginate(rest.git.listMatchingRefs, { ...repository, ref: 'heads/release/', per_page: 100 }),
    }));
    return refs.flatMap(({ ref }) => /^refs\/heads\/(release\/.+)$/.exec(ref)?.[1] ?? []);
}
async function holds(github, branch, sha) {
    const relation = await relationOf(github, sha, branch);
    return relation === 'ahead' || relation === 'identical';
}

;// CONCATENATED MODULE: ./packages/github/src/version.ts




/** All that GitHub may take to say which commit a tag stands for, in milliseconds. */
const budgetMs = 60_000;
/**
 * The commit that a version stands for; undefined for `previous` and a release id, which only the hosts know. Without a
 * token a name is the name of the commit that the run is for.
 * @throws Failure `no-such-version`, or why GitHub could not be asked
 */
async function commitAskedFor({ version, runSha }, github, signal) {
    if (isKeptRelease(version))
        return undefined;
    if (isSha(version))
        return version;
    if (github.token === '')
        return runSha;
    return commitOf(openGitHub(github, AbortSignal.any([signal, AbortSignal.timeout(budgetMs)])), version);
}
/**
 * The release of this service in this job, for an action that may be used alone: where no earlier step began it, GitHub
 * says which commit its version stands for. A run that was started from the tag is not asked about.
 * @throws Failure as `commitAskedFor`
 */
async function joinReleaseOfVersion(step, asked, github) {
    const known = asked.runIsOfVersion || earlierRelease(step, asked) !== undefined;
    return joinRelease(step, asked, known ? undefined : await commitAskedFor(asked, github, step.signal));
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

;// CONCATENATED MODULE: ./packages/probe/src/http-request.ts



/** There was no answer, or no whole one. `code` is Node's or OpenSSL's; its message is not kept, it may quote data. */
class http_request_NoAnswer extends Error {
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
function http_request_request(url, way, signal) {
    return new Promise((resolve, reject) => {
        let phase = 'connect';
        const fail = (error) => {
            reject(new http_request_NoAnswer(phase, signal.aborted ? 'ABORTED' : (error.code ?? 'UNKNOWN')));
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
        return assess(await http_request_request(url, way, signal), expected);
    }
    catch (fault) {
        if (fault instanceof http_request_NoAnswer)
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

;// CONCATENATED MODULE: ./packages/http/src/retry.ts
/**
 * Tries until it is done, until trying again would be of no use or might do it twice, or until attempts, time or signal
 * are spent. Returns how the last attempt ended; undefined where there was no time for one. Throws what `once` throws.
 */
async function retry(once, rules) {
    const { signal, pause, leftMs = () => Number.POSITIVE_INFINITY, leastMs = 0 } = rules;
    let last;
    for (let attempts = 1; !signal.aborted && leftMs() >= leastMs; attempts++) {
        last = await once();
        if ('value' in last || !mayRepeat(last.trouble, rules.repeatable) || attempts === rules.attempts)
            return last;
        const wait = Math.min(last.trouble.waitMs ?? rules.backoffMs(attempts), rules.longestPauseMs ?? Number.POSITIVE_INFINITY);
        // A pause after which no time is left for an attempt only delays the end.
        if (signal.aborted || wait + leastMs > leftMs())
            return last;
        rules.onPause?.(last.trouble, wait);
        await pause(wait);
    }
    return last;
}
function mayRepeat({ passing, perhapsDone }, repeatable) {
    return passing && (repeatable || !perhapsDone);
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/answers.ts

/** The fields of Render's objects without which nothing can be done with them; all are text. */
const fields = {
    service: ['id', 'name', 'type', 'ownerId'],
    deploy: ['id', 'status', 'createdAt'],
    envVar: ['key', 'value'],
    event: ['type', 'timestamp'],
    log: ['message', 'timestamp'],
};
/** Reads an object of Render's. @throws Failure `render-answer` where it is none */
function readObject(value, kind) {
    if (answers_isObject(value) && fields[kind].every((name) => typeof value[name] === 'string'))
        return value;
    throw notRender(`the answer is no ${kind}`);
}
/** Reads a list whose entries hold an object each, as most of Render's do. @throws Failure `render-answer` */
function readPage(value, kind) {
    return readList(value, kind).map((entry) => readObject(answers_isObject(entry) ? entry[kind] : entry, kind));
}
/** Where the next page begins; empty where none does. */
function cursorOf(value) {
    const last = Array.isArray(value) ? value.at(-1) : undefined;
    return answers_isObject(last) && typeof last.cursor === 'string' ? last.cursor : '';
}
/** Reads the lines of a log. @throws Failure `render-answer` */
function readLogs(value) {
    return readList(answers_isObject(value) ? value.logs : value, 'log').map((line) => readObject(line, 'log'));
}
function readList(value, kind) {
    if (Array.isArray(value))
        return value;
    throw notRender(`the answer is no list of ${kind}s`);
}
function answers_isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function notRender(what) {
    return new failure/* Failure */.HR('render-answer', `What answered is not what Render's API answers: ${what}.`, 'see whether api-url is right, and whether a proxy stands between.');
}

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
const client_attemptMs = 15_000;
/** What is left less than this is not worth a request. */
const leastMs = 50;
const longestPauseMs = 30_000;
function openClient(transport, bounds) {
    const { clock, signal, until, random } = bounds;
    return {
        bounds,
        async services(name, owner) {
            const query = new URLSearchParams({ name, limit: '100', ...(owner && { ownerId: owner }) });
            const found = readPage(await get(`/services?${query}`), 'service');
            // The filter is taken for an exact one, and not relied on.
            return found.filter((service) => service.name === name);
        },
        service: async (id) => readObject(await get(`/services/${encodeURIComponent(id)}`), 'service'),
        async deploys(service) {
            const path = `/services/${service}/deploys`;
            const list = async (query) => readPage(await get(`${path}?${query}`), 'deploy');
            const last = await list('limit=100');
            const isLive = last.some(({ status }) => status === 'live');
            // Whoever tries a hundred times in vain has something live all the same, and undo must know it.
            const older = last.length < 100 || isLive ? [] : await list('status=live&limit=1');
            return [...last, ...older].toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
        },
        async deploy(service, id) {
            const outcome = await repeat({ method: 'GET', path: `/services/${service}/deploys/${id}` });
            if (outcome.kind === 'refused' && outcome.status === 404)
                return undefined;
            return readObject(valueIn(outcome), 'deploy');
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
            const patch = async (body) => readObject(valueIn(await repeat({ method: 'PATCH', path: `/services/${service}`, body })), 'service');
            if (!deploysByItself(await patch({ autoDeploy: 'no' })))
                return;
            // Where the newer field rules.
            if (!deploysByItself(await patch({ autoDeployTrigger: 'off' })))
                return;
            throw new failure/* Failure */.HR('render-answer', 'Render says that auto-deploy is still on.', 'switch it off at its dashboard.');
        },
        async env(service) {
            const all = [];
            for (let cursor = '';;) {
                const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) });
                const answer = await get(`/services/${service}/env-vars?${query}`);
                const page = readPage(answer, 'envVar');
                all.push(...page);
                const next = cursorOf(answer);
                // The same place once more would go on for ever.
                if (page.length < 100 || next === '' || next === cursor)
                    return all;
                cursor = next;
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
        return valueIn(await repeat({ method: 'GET', path }));
    }
    /** For what may be done twice: sent until there is an answer that says something. */
    async function repeat(request) {
        const tried = await send(request, true);
        if (tried && 'value' in tried)
            return tried.value;
        throw whyStopped(tried?.trouble);
    }
    /** For what must not be done twice. */
    async function once(request) {
        const tried = await send(request, false);
        if (tried && 'value' in tried)
            return tried.value;
        if (tried?.trouble.perhapsDone)
            return { kind: 'perhaps', why: tried.trouble.why };
        throw whyStopped(tried?.trouble);
    }
    function send(request, repeatable) {
        const leftMs = () => until - clock.now();
        return retry(() => tryOnce(request, Math.min(client_attemptMs, leftMs())), {
            repeatable,
            leftMs,
            leastMs,
            backoffMs: backoff,
            pause: (ms) => pause(bounds, ms),
            signal,
        });
    }
    async function tryOnce(request, timeoutMs) {
        try {
            const answer = await transport(request, timeoutMs, signal);
            // It certainly did nothing.
            if (answer.status === 429)
                return troubleOf('Render said 429, too many requests', false, limitMs(answer));
            if (answer.status >= 500)
                return troubleOf(`Render said ${answer.status}`, true);
            return { value: readOutcome(answer) };
        }
        catch (error) {
            if (!(error instanceof NoAnswer))
                throw error;
            return troubleOf(error.message, error.sent);
        }
    }
    function whyStopped(trouble) {
        return signal.aborted ? new failure/* Interrupted */.j$() : tooLate(trouble?.why ?? '');
    }
    function backoff(failed) {
        return Math.min(longestPauseMs, 1000 * 2 ** (failed - 1)) * (0.5 + random() / 2);
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
function troubleOf(why, perhapsDone, waitMs) {
    return { trouble: { why, passing: true, perhapsDone, waitMs } };
}
function secondsOf(header) {
    return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined;
}
function tooLate(trouble) {
    const last = trouble === '' ? '' : ` The last trouble with Render: ${trouble}.`;
    return new failure/* Failure */.HR('deadline', `Time ran out before Render was done.${last}`, 'raise `deadline` if it needs longer.');
}
function readOutcome({ status, body }) {
    const value = client_parse(body.toString('utf8'));
    if (status >= 200 && status < 300)
        return { kind: 'done', status, value: value };
    const { message } = (value ?? {});
    return { kind: 'refused', status, message: typeof message === 'string' ? message : `HTTP ${status}` };
}
function client_parse(body) {
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
    return new failure/* Failure */.HR(code, `Render refused: ${printable(message, 300)} (${status}).`, mend);
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

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./actions/deploy-render/src/reason.ts


/** Reads the real reason out of the events, newest first. Pure. */
function readReason(events, deploy) {
    const mine = events.filter(({ details }) => details?.deployId === deploy.id);
    const end = mine.find(({ type }) => type === 'deploy_ended')?.details;
    const others = events.flatMap(({ type, details }) => plainReason(type, details ?? {}));
    const failure = end?.reason?.failure ? failureWords(end.reason.failure) : [];
    return { why: [...others, ...failure].join('; '), newDeploy: end?.reason?.newDeploy?.id ?? undefined };
}
/**
 * Why an instance failed after a moment of Render's clock, in words that follow "it failed"; undefined where none did.
 * Pure.
 */
function instanceFailedSince(events, since) {
    const failed = events.find(({ type, timestamp }) => type === 'server_failed' && Date.parse(timestamp) >= Date.parse(since));
    if (!failed)
        return undefined;
    const reason = failed.details?.reason;
    return failureWords(typeof reason === 'object' && reason !== null ? reason : {}).join('; ');
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
        const plain = (0,external_node_util_namespaceObject.stripVTControlCharacters)(message);
        const masked = secrets.reduce((line, secret) => line.replaceAll(secret, '***'), plain);
        return `${timestamp.slice(11, 19)} ${printable(masked.trimEnd(), 500)}`;
    });
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/check.ts




const overHttp = ({ url, expected }) => httpTarget(url, expected);
const well = [{ from: 200, to: 299 }];
/** Without a path that is known to be healthy: whatever a service says to `/` that is no fault of its own. */
const noFault = [{ from: 200, to: 499 }];
const anyVersion = { text: 'sha', path: ['sha'] };
/**
 * What to ask a service that is to serve the commit `sha` (undefined: not known). What the workflow names must report
 * that commit, so that an old instance that still answers does not pass. Without that, what is public is asked all the
 * same: Render's own health path and a static site's first page must answer well, any other web service must answer.
 */
function questionsOf(asked, service, { checks, versionFrom }, sha) {
    const own = checks.filter((check) => check.service === undefined || check.service === asked);
    const version = versionFrom ? sha : undefined;
    if (own.length > 0)
        return own.map(({ place }) => ({
            url: placeOf(service, place),
            expected: { statuses: well, version, versionFrom: versionFrom ?? anyVersion },
        }));
    if (!isPublic(service))
        return [];
    const path = service.serviceDetails?.healthCheckPath;
    const statuses = path || service.type === 'static_site' ? well : noFault;
    return [{ url: placeOf(service, path || '/'), expected: { statuses, version: undefined, versionFrom: anyVersion } }];
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
 * Waits until a service answers well, with the commit that was brought to it, else the release's. Where its answer names
 * no commit, Render's events must not say that an instance failed since the deploy went live: what answers may be the
 * instance before it. Returns, and says, what all that shows.
 * @param asked its name or id as the inputs have it
 * @param live the deploy that brought it
 * @throws Failure `check-failed`
 */
async function checkReleased(work, asked, service, content, live) {
    const { client, inputs, step, world } = work;
    const sha = content && 'commit' in content ? content.commit : work.sha;
    const questions = questionsOf(asked, service, inputs, sha);
    await check(questions, service.name, client.bounds, world.targetOf);
    const verified = verifiedBy(questions);
    if (verified !== 'version')
        await checkInstances(work, service, live);
    step.info(`${service.name}: ${shows(verified, questions, live, sha)}`);
    return verified;
}
function verifiedBy(questions) {
    if (questions.some(({ expected }) => expected.version !== undefined))
        return 'version';
    return questions.length > 0 ? 'answer' : 'render';
}
function shows(verified, [question], { id }, sha) {
    const word = `that the new release runs is Render's word (${id} is live)`;
    if (verified === 'version')
        return `it reports the commit ${sha?.slice(0, 12)}`;
    if (verified === 'render')
        return `it has no address to ask; ${word}`;
    return `it answers at ${question?.url.origin}${question?.url.pathname}, and does not say its version: ${word}`;
}
/** Waits until every question is answered well. @throws Failure `check-failed` */
async function check(questions, name, bounds, targetOf) {
    if (questions.length === 0)
        return;
    const report = await gate(questions, bounds, targetOf, rules);
    if (report.verdict === 'pass')
        return;
    throw unwell(`${name} is live at Render and not well: ${report.reason}`, 'read what it logged; if it does not report its commit, say where with version-from, or version-from: none.');
}
/** @throws Failure `check-failed` where an instance failed since the deploy went live */
async function checkInstances({ client, step }, service, live) {
    let events = [];
    const ask = client.events(service.id, live.createdAt).then((found) => {
        events = found;
    });
    await unlessRefused(ask, (text) => step.warn(text), `${service.name}: its events could not be read`);
    const why = instanceFailedSince(events, live.finishedAt ?? live.createdAt);
    if (why === undefined)
        return;
    throw unwell(`${service.name} is live at Render and not well: an instance failed after it went live${why && `, for ${why}`}`, `read what it logged at ${service.dashboardUrl ?? 'Render'}.`);
}
function unwell(message, mend) {
    return new failure/* Failure */.HR('check-failed', message, mend);
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
                const asked = { tree_sha: commit, recursive: '1' };
                const tree = await github.ask(({ rest }, repository) => rest.git.getTree({ ...repository, ...asked }));
                failure_assertShape(Array.isArray(tree.tree), `the tree of ${commit}`);
                return tree.truncated ? undefined : tree;
            }
            catch (error) {
                // A commit that a force push has removed.
                if (error instanceof GitHubRefusal && error.status === 404)
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
async function lookAtAll(client, wanted, groups, commits, isHealthy) {
    refuseStrayImages(wanted.images, groups.flat());
    return Promise.all(groups.map((group) => Promise.all(group.map((named) => lookAt(client, wanted, named, commits, isHealthy)))));
}
async function lookAt(client, wanted, { asked, service }, commits, isHealthy) {
    const variables = wanted.variables.filter((one) => one.service === undefined || one.service === asked);
    const [deploys, now] = await Promise.all([
        client.deploys(service.id),
        variables.length > 0 ? client.env(service.id) : Promise.resolve([]),
    ]);
    const content = contentFor(service, wanted);
    const live = liveOf(deploys);
    const env = differing(variables, now);
    const commit = live?.commit?.id;
    const other = content !== undefined && 'commit' in content && commit ? commit : undefined;
    const isLive = content !== undefined && live !== undefined && brings(live, content);
    const [relation, paths] = other !== undefined && !isLive
        ? await Promise.all([wanted.allowOlder ? undefined : commits.relation(other), commits.changed(other)])
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
function contentFor(service, { images, sha }) {
    if (service.imagePath) {
        const path = service.imagePath;
        const image = images.find((one) => repositoryOf(one) === repositoryOf(path));
        return image === undefined ? undefined : { image: spelledAs(path, image) };
    }
    // Render takes no commit for a cron job.
    return service.type === 'cron_job' ? undefined : { commit: sha };
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
 * So long after it was asked for a deploy may show up first (docs/research/render-api.md#asking-for-a-deploy). Only after
 * this is one without an answer taken for never accepted.
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
        const id = outcome.kind === 'done' ? outcome.value?.id : undefined;
        if (typeof id === 'string' && id !== '')
            return id;
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/saved.ts

/**
 * Seals a value with the API key, which post has as well: the journal lies on the runner's disk, where the values of
 * variables must not be read.
 */
function seal(value, apiKey) {
    const salt = (0,external_node_crypto_.randomBytes)(16);
    const cipher = (0,external_node_crypto_.createCipheriv)('aes-256-gcm', keyFrom(apiKey, salt), salt.subarray(0, 12));
    const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([salt, cipher.getAuthTag(), sealed]).toString('base64');
}
/** @throws Error where it was sealed with another key */
function unseal(sealed, apiKey) {
    const bytes = Buffer.from(sealed, 'base64');
    const salt = bytes.subarray(0, 16);
    const decipher = (0,external_node_crypto_.createDecipheriv)('aes-256-gcm', keyFrom(apiKey, salt), salt.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(16, 32));
    return decipher.update(bytes.subarray(32), undefined, 'utf8') + decipher.final('utf8');
}
function keyFrom(apiKey, salt) {
    return Buffer.from((0,external_node_crypto_.hkdfSync)('sha256', apiKey, salt, 'belay deploy-render variables', 32));
}
/** Tells whether a value is the one that was set, without holding it. */
function digestOf(value, apiKey) {
    return (0,external_node_crypto_.createHash)('sha256').update(`${apiKey}\0${value}`).digest('base64').slice(0, 22);
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
    let live;
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
        live = ended;
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
    report.verified = await checkReleased(work, look.asked, service, content, live);
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
        await checkReleased(work, asked.get(service.id) ?? service.name, service, content, live);
        return undefined;
    }));
    return sentences.find((sentence) => sentence !== undefined);
}

// EXTERNAL MODULE: ./packages/action-kit/src/mask.ts
var mask = __nccwpck_require__(477);
;// CONCATENATED MODULE: ./packages/http/src/shown-url.ts
/**
 * A text that should have been a URL, for an error that is printed: without what may be a login (all that stands before
 * an `@`, whatever the slashes look like) and without a query, which may hold a key.
 */
function shownUrl(text) {
    return text.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
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
            read.mistake('checks', `has the line "${shownUrl(line)}"`, 'Give SERVICE /path, or SERVICE URL, a line each.');
            return [];
        }
        if (service === undefined && services.length > 1)
            read.mistake('checks', `does not say whose ${shownUrl(place)} is`, 'Give SERVICE /path, a line each.');
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
    const shown = shownUrl(text);
    if (!url || !['http:', 'https:'].includes(url.protocol))
        read.mistake('api-url', `is "${shown}", not a web address`, `Leave it out, or give one like ${renderUrl}.`);
    else if (shown !== text)
        read.mistake('api-url', `is "${shown}", with a login or a query`, `Leave that out, as in ${renderUrl}.`);
    else if (url.protocol === 'http:' && !/^(localhost|\[::1\]|127(\.\d+){3})$/.test(url.hostname))
        read.mistake('api-url', `is "${shown}", which would send the key unencrypted`, 'Give an https:// address.');
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
const tell_words = {
    version: 'version verified',
    answer: 'answers, version not verified',
    render: "not verified: Render's word",
    '': '',
};
function tell_tell(step, reports) {
    step.output('services', JSON.stringify(reports));
    step.summary([
        '| service | status | verified | deploy | seconds |',
        '|---|---|---|---|---|',
        ...reports.map(({ name, status, verified, deploy, seconds }) => `| ${name} | ${status} | ${tell_words[verified]} | ${deploy} | ${seconds} |`),
    ].join('\n'));
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/deploy.ts











/** Releases the services group by group; each is live and checked before the next group begins. */
async function deploy(inputs, step, world) {
    const release = await joinReleaseOfVersion(step, inputs.release, inputs.github);
    step.output('release-id', release.id);
    const { clock, random } = world;
    const bounds = { clock, random, signal: step.signal, until: clock.now() + inputs.deadline * 1000 };
    const work = { inputs, step, world, client: openClient(world.transport(inputs.api), bounds), sha: release.sha };
    const { plan, looks } = await deploy_look(work, release.sha);
    if (inputs.dryRun) {
        step.info('Nothing was changed.');
        return { result: 'unchanged' };
    }
    return releaseAll(work, plan, looks);
}
/** Looks at everything, says what would be done, and refuses what must not be. */
async function deploy_look(work, sha) {
    const { client, inputs, step, world } = work;
    step.record({ event: 'phase', phase: 'resolve' });
    const named = await resolveServices(client, inputs);
    for (const { asked, service } of named.flat())
        questionsOf(asked, service, inputs, sha);
    step.record({ event: 'phase', phase: 'plan' });
    const commits = world.commits(inputs.github, sha, step.signal);
    const looks = await lookAtAll(client, { ...inputs, sha }, named, commits, (asked, service) => isWell(questionsOf(asked, service, inputs, sha), client.bounds, world.targetOf));
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
        verified: '',
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
    const work = { inputs, step, world, client: openClient(world.transport(inputs.api), bounds), sha: undefined };
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
            return request(asked, transport_maxBytes);
        const typed = { ...headers, 'content-type': 'application/json' };
        return request({ ...asked, headers: typed, body: JSON.stringify(body) }, transport_maxBytes);
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
    variables: {
        'api-key': 'render-api-key',
        'api-url': 'render-api-url',
        checks: 'render-checks',
        env: 'render-env',
    },
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
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(50);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(910);


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

/***/ 144:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ controlIn)
/* harmony export */ });
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

/***/ 221:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ fromEnvironment),
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: ./packages/action-kit/src/control.ts
var src_control = __nccwpck_require__(144);
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
        const control = (0,src_control/* controlIn */.X)(value);
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
                    (0,mask/* mask */.d)(form);
            if (!options.multiline)
                oneLine(name, value);
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
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(210);

/**
 * Hides a secret in all later output of the job: whole, URL-encoded, and line by line, because the runner compares
 * masks with single lines of the log (docs/research/runner.md#texts).
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

/***/ 50:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var src_failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __nccwpck_require__(210);
// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var clock = __nccwpck_require__(563);
;// CONCATENATED MODULE: ./packages/release-model/src/result.ts
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

;// CONCATENATED MODULE: ./packages/action-kit/src/job-state.ts

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
        return worst([...step.settled.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
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
        return worst([...steps.filter((step) => step.mutates).map(resultOf), 'unknown']);
    const changing = steps.filter((step) => step.mutates);
    if (changing.length > 0)
        return worst(changing.map(resultOf));
    return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged';
}

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
    const missing = await keeper.missing(job.steps.flatMap(unsettled));
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
    const open = journal.read().steps.flatMap(unsettled);
    if (open.length === 0)
        return [];
    const settled = await keeper.confirm(open);
    journal.append({ step, event: 'settled', settled });
    return settled;
}

// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 1 modules
var src_inputs = __nccwpck_require__(221);
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

// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./packages/release-model/src/record.ts

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
    if (![...steps.values()].some((step) => unsettled(step).length > 0))
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
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const path = (0,external_node_path_.join)(folder, 'journal.jsonl');
    return {
        folder,
        recordPath: (0,external_node_path_.join)(folder, 'record.jsonl'),
        append: (entry) => (0,external_node_fs_.appendFileSync)(path, jsonLine(entry), { mode: 0o600 }),
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
    return (0,external_node_fs_.existsSync)(path) ? (0,external_node_fs_.readFileSync)(path) : undefined;
}
function markOf(text) {
    return { bytes: text.length, sum: (0,external_node_crypto_.hash)('sha256', text) };
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
    return `The journal of this job (${(0,external_node_path_.join)(folder, 'journal.jsonl')}) is not as Belay left it: ${why}. A step of this job emptied or changed RUNNER_TEMP.`;
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
    const time = new Date(Date.now() + (returnsAt - (0,clock/* monotonicSeconds */.m)()) * 1000).toISOString().slice(11, 19);
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
    const keep = () => core/* saveState */.LZ(stateName, JSON.stringify(state));
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
    const text = core/* getState */.Gu(stateName);
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
    (0,external_node_fs_.appendFileSync)(path, `${sections.join('\n\n')}\n\n`);
}
/**
 * Keeps sections for the last post of the job: the runner shows the summaries of a job in the order of its steps, and
 * which version serves, known at the very end, has to stand above all ids and digests.
 */
function keepSections(journal, stage, sections) {
    for (const section of sections)
        (0,external_node_fs_.appendFileSync)(pathOf(journal), jsonLine({ stage, section }), { mode: 0o600 });
}
/** All that was kept: of the posts first, the newest above, for they say how it ended. */
function keptSections(journal) {
    const kept = readJsonLines(pathOf(journal));
    const of = (stage) => kept.filter((one) => one.stage === stage).map(({ section }) => section);
    return [...of('post').reverse(), ...of('main')];
}
function pathOf({ folder }) {
    return (0,external_node_path_.join)(folder, 'summary.jsonl');
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
    info: (text) => core/* info */.pq(defuse(text)),
    debug: (text) => core/* debug */.Yz(defuse(text)),
    notice: (text, properties) => core/* notice */.lm(defuse(text), properties),
    warning: (text, properties) => core/* warning */.$e(defuse(text), properties),
    error: (text, properties) => core/* error */.z3(defuse(text), properties),
    /** An error annotation, and the step is red. */
    setFailed: (text) => core/* setFailed */.C1(defuse(text)),
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
    attempt(() => core/* setOutput */.uH('failure-code', (0,src_failure/* codeOf */.$N)(error)));
    if (!process.env.BELAY_RESULT)
        attempt(() => core/* exportVariable */.dN('BELAY_RESULT', 'unchanged'));
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
    return conclude({ job: journal.read(), record: readRecord(journal.recordPath), status, actor: (0,job/* currentRun */.xh)().actor });
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
    return `**${action}**: ${step ? resultOf(step) : 'unknown'}, because ${plainMarkdown(why)}.${table}`;
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
        output: (name, value) => core/* setOutput */.uH(name, value),
        summary: (markdown) => sections.push(markdown),
        info: (text) => log.info(text),
        warn(text, host) {
            log.warning(host ? `${host}: ${text}` : text);
            record({ event: 'note', level: 'warning', text, ...(host && { host }) });
        },
        save: (undo) => journal.append({ step: id, event: 'saved', undo }),
        arm(targets, seconds) {
            journal.append({ step: id, event: 'armed', targets: [...targets], returnsAt: (0,clock/* monotonicSeconds */.m)() + seconds });
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
        return worst(settled.map(({ result }) => result));
    }
    catch (error) {
        log.error(`Rollback failed: ${(0,src_failure/* messageOf */.bD)(error)}`);
        return 'mixed';
    }
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/main.ts















async function main(action) {
    const opened = openJournal((0,job/* jobFolder */.OW)());
    const id = nextStep(opened, action.name);
    // Before inputs are read: post runs whatever happens from here on, and must find the journal.
    const journal = keptForPost(opened, id);
    noteEarlierLoss(journal, id);
    const { step, flush } = makeStep(id, 'main', journal);
    const began = (0,clock/* monotonicSeconds */.m)();
    const { transaction } = action;
    // Until the inputs say otherwise: one that cannot read them would have changed something.
    let mutates = transaction !== undefined;
    try {
        const inputs = (0,src_inputs/* readInputs */.K)((read) => action.inputs(read), src_inputs/* fromEnvironment */.A, {
            ...(action.variables && { variables: action.variables }),
            releaseTo: releaseUnderWay(journal.read())?.environment,
            note: step.info,
        });
        mutates = transaction?.mutates(inputs) ?? false;
        const service = transaction?.service(inputs);
        if (transaction && mutates)
            refuseTooLate(journal, transaction.startsAfterFailure(inputs));
        begin(action, journal, id, mutates, service);
        step.record({ event: 'step-began', action: action.name, mutates, ...(service && { service }) });
        core/* exportVariable */.dN('BELAY_RESULT', jobResult(journal.read()));
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
    if (returnsAt === undefined || (0,clock/* monotonicSeconds */.m)() < returnsAt)
        return;
    throw new src_failure/* Failure */.HR('window-passed', 'What this job changed earlier was not confirmed in time and returns by itself; nothing more is changed.', 'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.');
}
function endWell(step, outcome, began) {
    step.journal.append({ step: step.id, event: 'ended', ok: true, result: outcome.result });
    step.output('result', outcome.result);
    step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) });
    // `undo: false` and rollback are final at the end of their own main: no post has to say so.
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(step.journal.read()));
}
async function endBadly(action, step, error, began, mutates) {
    reportError(error);
    const { journal } = step;
    // Inputs that could not be read: the step never began, which is a way of leaving everything unchanged.
    if (!find(step))
        begin(action, journal, step.id, mutates);
    const hurry = step.signal.aborted ? interruptBudgetMs / 1000 : postsShareSeconds;
    const result = await undoNow(action, step, (0,clock/* monotonicSeconds */.m)() + hurry);
    attempt(() => step.output('result', result));
    attempt(() => step.output('failure-code', (0,src_failure/* codeOf */.$N)(error)));
    journal.append({ step: step.id, event: 'ended', ok: false, result });
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(journal.read()));
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
    return Math.round(((0,clock/* monotonicSeconds */.m)() - began) * 100) / 100;
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
    return !['rolled-back', 'unchanged', 'committed', 'noop'].includes(resultOf(step));
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
    const { decided, here } = await decideOnce(journal, step.id, jobStatus, keeper, (0,clock/* monotonicSeconds */.m)());
    if (here)
        step.record({ event: 'decided', decision: decided.decision, why: decided.why });
    log.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
    if (decided.decision === 'commit')
        for (const settled of await confirmAll(journal, step.id, keeper))
            step.record({ event: 'settled', ...settled });
    await doPostAction(postAction(journal.read(), find(step), decided.decision), action, step, decided.until);
    const job = journal.read();
    const mine = find(step);
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(job));
    step.record({ event: 'result', result: jobResult(job) });
    step.summary(outcomeTable(action.name, decided.why, mine));
    if (isFirstChange(job, step.id))
        for (const one of conclusionsOf(step, jobStatus))
            annotate(one);
    if (job.damaged === undefined)
        complain(mine ? resultOf(mine) : 'unknown', decided, jobStatus);
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
    const left = Math.max(5, until - (0,clock/* monotonicSeconds */.m)());
    return (0,clock/* monotonicSeconds */.m)() + left / Math.max(1, waiting);
}
/** Posts run in reverse order: once the first change of the job is settled, all of them are. */
function isFirstChange({ steps }, id) {
    return steps.find(({ mutates }) => mutates)?.id === id;
}

// EXTERNAL MODULE: ./packages/action-kit/src/secret-folder.ts
var secret_folder = __nccwpck_require__(650);
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
        (0,secret_folder/* sweepSecrets */.W)();
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
    return (0,external_node_path_.basename)(process.argv[1] ?? '') === 'post.js';
}


/***/ }),

/***/ 650:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ sweepSecrets),
/* harmony export */   x: () => (/* binding */ makeSecretFolder)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _job_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(878);



/** A folder for files of secrets, named for this process: one that is killed cannot remove it, and others must know. */
function makeSecretFolder() {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)((0,_job_js__WEBPACK_IMPORTED_MODULE_2__/* .jobFolder */ .OW)(), { recursive: true, mode: 0o700 });
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_job_js__WEBPACK_IMPORTED_MODULE_2__/* .jobFolder */ .OW)(), `secret-${process.pid}-`));
}
/** Removes the secrets of processes that are gone. Steps may run beside each other: those of a living one stay. */
function sweepSecrets() {
    for (const name of namesIn((0,_job_js__WEBPACK_IMPORTED_MODULE_2__/* .jobFolder */ .OW)())) {
        const [, pid] = /^secret-(\d+)-/.exec(name) ?? [];
        if (pid !== undefined && !isAlive(Number(pid)))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_job_js__WEBPACK_IMPORTED_MODULE_2__/* .jobFolder */ .OW)(), name), { recursive: true, force: true });
    }
}
function namesIn(folder) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder);
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


/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

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

/***/ 210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yz: () => (/* binding */ debug),
  z3: () => (/* binding */ error),
  dN: () => (/* binding */ exportVariable),
  Gu: () => (/* binding */ getState),
  pq: () => (/* binding */ info),
  lm: () => (/* binding */ notice),
  LZ: () => (/* binding */ saveState),
  C1: () => (/* binding */ setFailed),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ setSecret),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, endGroup, getBooleanInput, getIDToken, getInput, getMultilineInput, group, isDebug, markdownSummary, platform, setCommandEcho, startGroup, summary, toPlatformPath, toPosixPath, toWin32Path

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
