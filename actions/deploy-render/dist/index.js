import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 149:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ deployRender)
});

// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var src_clock = __nccwpck_require__(563);
// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 1 modules
var inputs = __nccwpck_require__(221);
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
;// CONCATENATED MODULE: ./packages/action-kit/src/retry.ts


/**
 * Repeats `once` until it succeeds, until a retry is useless or might do it twice, or until the attempts or the time are
 * used up or the signal is aborted. Returns the last attempt; undefined where there was no time for one. Throws what
 * `once` throws.
 */
async function retry(once, rules) {
    const { signal, leftMs = () => Number.POSITIVE_INFINITY, leastMs = 0 } = rules;
    const { pause = (ms) => (0,src_clock/* sleep */.y)(ms, signal) } = rules;
    let last;
    for (let attempts = 1; !signal?.aborted && leftMs() >= leastMs; attempts++) {
        last = await once();
        if ('value' in last || !mayRepeat(last.trouble, rules.repeatable) || attempts === rules.attempts)
            return last;
        const wait = Math.min(last.trouble.waitMs ?? rules.backoffMs(attempts, last.trouble), rules.longestPauseMs ?? Number.POSITIVE_INFINITY);
        // A pause after which no time is left for an attempt only delays the end.
        if (signal?.aborted || wait + leastMs > leftMs())
            return last;
        rules.onPause?.(last.trouble, wait);
        await pause(wait);
    }
    return last;
}
/**
 * As `retry`, for what fails by throwing, and may be done twice.
 * @throws what the last attempt threw; Interrupted where the signal is aborted
 */
async function retry_retryErrors(once, rules) {
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
        throw new failure/* Interrupted */.j$();
    throw tried.trouble.error;
}
/**
 * Milliseconds to wait after so many failed attempts: `firstMs`, then twice as long each time, `longestMs` at most.
 * `factor` spreads what many jobs would do at the same moment. Pure but for it.
 */
function doubling(firstMs, { longestMs = Number.POSITIVE_INFINITY, factor = () => 1 } = {}) {
    return (failed) => Math.min(longestMs, firstMs * 2 ** (failed - 1)) * factor();
}
function mayRepeat({ retryable: passing, maybeDelivered }, repeatable) {
    return passing && (repeatable || !maybeDelivered);
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./packages/action-kit/src/bounded.ts


/** How long a program has to end after it was asked to, in milliseconds: after a cancel the runner leaves seven seconds. */
const graceMs = 3000;
/**
 * Runs a program to its end, with all that it starts. Its time and the output that is kept are limited. It is the leader
 * of a process group, so that whatever ends it ends its children, too: first by `killSignal`, 3 s later by SIGKILL; and
 * by SIGKILL where this process ends first. For programs that may wait on a network or a disk; `runProgram` is for short
 * ones.
 * @throws Interrupted where the signal was aborted, once the program has ended; and the error of a program that could
 *   not be started (`ENOENT`)
 */
async function runBounded(program, args, options) {
    const { env, cwd, input, keptCharacters, signal, timeoutMs, killSignal = 'SIGTERM' } = options;
    if (signal?.aborted)
        throw new failure/* Interrupted */.j$();
    const stream = keptCharacters > 0 ? 'pipe' : 'ignore';
    const child = (0,external_node_child_process_namespaceObject.spawn)(program, args, {
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
    // A program may end before it has read all of it.
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
            throw new failure/* Interrupted */.j$();
        return { status, ...printed(), ...(exceeded && { exceeded }) };
    }
    finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        stopSweeping();
    }
}
/** Reads both streams; the function returns what is kept of them. */
function collect({ stdout, stderr }, { keptCharacters, whole, merged, onText }, onTooMuch) {
    const kept = { output: '', errors: '' };
    const read = (stream, name) => {
        const into = merged ? 'output' : name;
        stream?.setEncoding('utf8').on('data', (text) => {
            const all = `${kept[into]}${text}`;
            // Cut only now and then: cutting copies all that is kept.
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
/** Ends a program and its children. Once it is gone, its children are killed, and what they print is not waited for. */
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
        // It has ended already.
    }
}
const running = new Set();
/** However this process ends, none of its programs may go on: an upload, a push. */
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

// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
// EXTERNAL MODULE: ./packages/action-kit/src/secret-folder.ts
var secret_folder = __nccwpck_require__(650);
;// CONCATENATED MODULE: ./packages/host/src/credentials.ts




/** Reads `ssh-key`, `ssh-key-passphrase` and `known-hosts`, and checks them before any connection is made. */
function readCredentials(read, hosts) {
    const required = 'the private key of the deploy user, whole';
    const key = normaliseKey(read.secret('ssh-key', { required, multiline: true }));
    const passphrase = read.secret('ssh-key-passphrase');
    const knownHosts = read.text('known-hosts', { multiline: true }).replaceAll('\r', '');
    if (knownHosts === '')
        read.issue('known-hosts', 'is missing', howToPin(hosts));
    else
        for (const problem of pinningIssues(knownHosts, hosts))
            read.issue('known-hosts', problem, howToPin(hosts));
    const badKey = key === '' ? undefined : keyIssue(key, passphrase);
    if (badKey)
        read.issue(badKey.input, badKey.wrong, badKey.remedy);
    return { key, passphrase, knownHosts: `${knownHosts}\n` };
}
/** Only the key, for post: other inputs may have changed since main. */
function keyFromInputs() {
    return { key: normaliseKey((0,inputs/* fromEnvironment */.A)('ssh-key')), passphrase: (0,inputs/* fromEnvironment */.A)('ssh-key-passphrase') };
}
/** OpenSSH says "error in libcrypto" to CRLF line ends and to a missing last newline; both come from copying. */
function normaliseKey(text) {
    const key = text.replaceAll('\r\n', '\n').trim();
    return key === '' ? '' : `${key}\n`;
}
function keyIssue(key, passphrase) {
    return withSecretFiles(key, passphrase, (file, env) => {
        try {
            // Never by -P: every user can read arguments. ssh-keygen asks the askpass program instead.
            execFileSync('ssh-keygen', ['-y', '-f', file], { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
            return undefined;
        }
        catch (error) {
            const said = String(error.stderr ?? '');
            if (/incorrect passphrase|bad passphrase|bad decrypt/i.test(said)) {
                return passphrase
                    ? { input: 'ssh-key-passphrase', wrong: 'does not open ssh-key', remedy: 'Give the passphrase of this key.' }
                    : {
                        input: 'ssh-key-passphrase',
                        wrong: 'is missing, and ssh-key is encrypted',
                        remedy: 'Give its passphrase.',
                    };
            }
            const remedy = 'Give the whole file, from -----BEGIN to END-----, with its line breaks; not the .pub file.';
            return { input: 'ssh-key', wrong: 'is not a private key that OpenSSH can read', remedy: remedy };
        }
    });
}
/**
 * Writes the key to a file for OpenSSH's tools, as long as `use` takes. It is below RUNNER_TEMP, where the next Belay
 * step or the post removes what a killed process leaves. The passphrase is in no argument and in no environment.
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
function pinningIssues(knownHosts, hosts) {
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







/** Equal for connections to the same host, with the same key and the same known-hosts. */
function connectionKey(target, credentials) {
    const { key, knownHosts } = credentials;
    return createHash('sha256')
        .update(JSON.stringify([target.name, key, knownHosts]))
        .digest('hex');
}
/** A folder for a new connection; journalled before it is opened, so that a kill leaves none behind. */
function connectionFolder() {
    return (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'belay-'));
}
/**
 * Opens a connection and leaves it open in the background: `ssh -MNf` ends when the login is complete. The key is on
 * disk only until then.
 * @throws Failure `unreachable`, `host-key-changed`, `login-refused`
 */
async function connect(target, credentials, folder, signal) {
    const log = (0,external_node_path_.join)(folder, 'log');
    const ended = await withSecretFiles(credentials.key, credentials.passphrase, async (keyFile, env) => {
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'known_hosts'), credentials.knownHosts);
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'config'), clientConfig(target, folder));
        const args = ['-F', (0,external_node_path_.join)(folder, 'config'), '-M', '-N', '-f', '-E', log, '-i', keyFile, '-o', 'ProxyCommand=none'];
        // ConnectTimeout covers the connection, not the login itself. Nothing is read: the ssh that stays in the background
        // would hold it open.
        const limits = { timeoutMs: 60_000, killSignal: 'SIGKILL', keptCharacters: 0 };
        const running = runBounded('ssh', [...args, 'belay'], { env, ...limits, ...(signal && { signal }) });
        return running.catch((error) => error);
    });
    if (ended instanceof failure/* Interrupted */.j$)
        throw ended;
    if (ended instanceof Error)
        throw new failure/* Failure */.HR('ssh-missing', `ssh could not be started: ${ended.message}`, 'install openssh-client.');
    if (ended.status !== 0)
        throw connectFailure(target, (0,external_node_fs_.existsSync)(log) ? (0,external_node_fs_.readFileSync)(log, 'utf8') : '');
    return { target, folder };
}
/** As `connect`, with retries where the network failed; a refused login or a changed key is final. */
async function connectWithRetry(target, credentials, folder, tries, signal) {
    return retryErrors(() => connect(target, credentials, folder, signal), {
        attempts: tries,
        backoffMs: () => 500,
        isRetryable: isUnreachable,
        ...(signal && { signal }),
    });
}
/** Whether the network failed: neither a refused login nor a changed key. */
function isUnreachable(error) {
    return error instanceof failure/* Failure */.HR && error.code === 'unreachable';
}
function reopen(target, folder) {
    return { target, folder };
}
/** Ends a connection and removes its folder. Never throws: the connection may be gone already. */
async function disconnect({ folder }) {
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'socket'))) {
        const args = ['-F', (0,external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'];
        const options = { env: (0,job/* childEnvironment */.Qc)(), timeoutMs: 5000, keptCharacters: 1000 };
        await runBounded('ssh', args, options).catch(() => undefined);
    }
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
}
/** As `disconnect`, for a process that is about to end and cannot wait. */
function disconnectNow({ folder }) {
    const args = ['-F', (0,external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'];
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'socket')))
        (0,external_node_child_process_namespaceObject.spawnSync)('ssh', args, { env: (0,job/* childEnvironment */.Qc)(), timeout: 2000 });
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
}
/** Arguments before the remote command, for everything that goes over an open connection. */
function connectionArguments({ folder }) {
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
            'if it was not, somebody may intercept the connection: do not deploy.');
    }
    if (/Permission denied|Too many authentication failures|no mutual signature/i.test(log)) {
        return new failure/* Failure */.HR('login-refused', `${target.name} does not accept ssh-key for user ${target.user}.`, `add its public half to ~${target.user}/.ssh/authorized_keys on the host.`);
    }
    const why = said || 'no answer';
    return new failure/* Failure */.HR('unreachable', `${target.name} cannot be reached: ${why}`, 'check address, port and firewall.');
}

;// CONCATENATED MODULE: ./packages/host/src/values.ts
/** One line: of what a host says, all that is left of the line. */
const line = { kind: 'line' };
/** Several lines, which no host says again: a script, a list that is read line by line, a file. */
const lines = { kind: 'lines' };
/** Not known to the host: NaN. */
const number = { kind: 'number' };
/** Words without spaces, with a space between. */
const list = { kind: 'list' };
/** A command as words, which the host splits again as they were (`eval "set -- …"`). */
const quotedWords = { kind: 'words' };
/** One word of what a host says; it says `-` for an empty one. */
const word = { kind: 'word' };
/** A host says `yes` or `no`. */
const yes = { kind: 'yes' };
/** One of these words; empty where the host says another, or nothing. */
function oneOf(...of) {
    return { kind: 'choice', of };
}
function optional(value) {
    return { ...value, optional: true };
}
/** The name of a value in a host script: `checkTimeout` is `check_timeout` there. */
function shellName(name) {
    return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
/** The name of a word or of a fact that a host says: `undoFailed` is `undo-failed` there. */
function spokenName(name) {
    return shellName(name).replaceAll('_', '-');
}
/** Names with a space between, as a list. */
function names(...texts) {
    return texts.join(' ').split(' ');
}

;// CONCATENATED MODULE: ./packages/host/src/protocol.ts

// What runs on a host has this protocol, and this file is the only place that declares it: commands with their values,
// what scripts say back, the state file of a change, refusals. A test (test/contracts/protocol.test.ts) fails where a host
// script and this file differ. A value has one name: `checkTimeout` here is `check_timeout` in a script, after `b_` for a
// value of a command and `r_` for one of the state file; a word `undoFailed` is `undo-failed` there.
/**
 * The number of this protocol. It grows with a change of it that another number would misunderstand. Steps with different
 * numbers refuse each other on a host while a release is open there (docs/decisions/host-protocol.md).
 */
const protocol_protocol = 1;
/** The states of a release on a host; each is the end of its file's name. */
const states = ['held', 'armed', 'confirmed', 'undoing', 'undone', 'mixed', 'released'];
/** Instead of a state: it never got there; its file is not there any more; armed, and its process is gone. */
const otherStates = ['none', 'gone', 'dead'];
// ---- shared by every action
const where = { base: line };
/** `id` is the release id: known to the runner before the host numbers the release. */
const release = { ...where, id: line };
/** `by` names the job, for people. */
const decision = { ...release, by: line };
const stateSays = { state: oneOf(...states, ...otherStates), who: line };
/** What is said of a change while it is made or undone. */
const changeSays = {
    ...stateSays,
    phase: line,
    failed: { failure: word, why: line },
    worked: line,
    undoFailed: line,
    /** Of an undo that succeeded. */
    back: line,
    /** What passed the check without being identified as the new release. */
    unproved: line,
    /** The last lines of the service: for the job log only. */
    tail: line,
    /** Which of its logs cannot be read. */
    unread: line,
    /** From here on the lines are of the undo. */
    going: line,
};
/** What every inspection says of login, lock and system. */
const commonFacts = {
    ...{ user: line, uid: line },
    ...{ lock: oneOf('free', 'held'), holder: line, endsIn: number, newest: line, state: line },
    ...{ killsProcesses: line, recoveryUnit: line, recoveryCron: line },
};
const finding = { code: word, text: line };
/** What a host says to every command: that it has begun, and why it refuses. */
const alwaysSays = { ack: line, refused: finding };
const protocol_sharedCommands = {
    /** Answers, and nothing else. */
    hello: { in: where },
    inspect: {
        in: { ...where, unit: line, recovery: line, need: number, keep: number, params: lines },
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
            /** The idle slot, or why there is none. */
            slot: line,
            noSlot: finding,
        },
    },
    /** Takes the lock, ends what a dead process left open, begins a release. */
    hold: {
        changes: true,
        in: { ...release, keep: number, owner: line, lease: number, script: line, text: lines, params: lines },
        says: {
            held: word,
            committed: line,
            manifest: line,
            version: line,
            sha: line,
            live: line,
            slot: line,
            /** What a lost run had left open, and how it ended. */
            settled: { end: oneOf(...states), name: line },
        },
    },
    renew: { changes: true, in: { ...release, lease: number }, says: stateSays },
    /** Makes the change; from here on the host undoes it unless it is confirmed within `window` seconds. */
    arm: { changes: true, in: { ...decision, window: number, wait: number }, says: changeSays },
    ask: { changes: true, in: release, says: stateSays },
    confirm: { changes: true, in: { ...decision, record: lines }, says: stateSays },
    undo: { changes: true, in: { ...decision, wait: number }, says: changeSays },
    /** Records a compatibility limit, or removes it. */
    contract: { changes: true, in: { ...where, migration: word, oldest: word } },
    forget: { changes: true, in: { ...where, migration: word, wait: number } },
};
/** What every state file has. What is written there keeps its name and its meaning: closed ones are read later. */
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
/** Besides the codes of each action, every host script refuses with these. */
const protocol_sharedRemedies = {
    'lock-held': 'wait until it ends, which it does on its own; `command: status` shows it.',
    'path-not-writable': 'run `command: preflight`: it prints what root must prepare.',
    'disk-full': 'free space on that disk; releases beyond keep-releases are removed at the start of each release.',
    'not-held': 'run the job again: it did not renew the lock for longer than the host keeps it.',
    'state-damaged': 'that file is incomplete, perhaps after a power cut: check what `current` serves, then move the file away.',
    'not-a-file': 'move it away: Belay makes what it needs there.',
    gone: 'a file below .belay/ was removed on that host; check what `current` serves.',
    'schema-ahead': 'release a version that fits; an old version can be built again with what the migration needs.',
    'protocol-differs': 'use one commit of Belay for all steps of a job. What is open there ends by itself; if its process is gone, `sh PATH/.belay/NAME.sh recover restart` on that host ends it.',
    'current-outside': 'make `current` point to a folder below releases/, or set another path.',
};
const sharedProtocol = {
    commands: protocol_sharedCommands,
    state: sharedState,
    failures: [],
    phases: [],
    findings: [],
    hostWords: ['serve', 'recover', 'finish'],
};
// ---- deploy-ssh: a release
const protocol_deployProtocol = {
    commands: {
        /** The upload is complete: links shared paths into it, and gives it its name. `shared` has PATH UP in each line. */
        prepare: { changes: true, in: { ...release, params: lines, shared: lines } },
        /** Checks what is live now, once. */
        check: { in: { ...where, params: lines }, says: { healthy: { yes: yes, why: line } } },
        /** Pulls the image. Without a token, as the host is logged in itself. */
        pull: {
            changes: true,
            in: { ...release, registry: line, registryUser: line, registryToken: line },
            says: { phase: line },
        },
    },
    state: {
        sent: {
            ...sharedState.sent,
            schema: line,
            restartKind: oneOf('systemd', 'command', 'compose', 'none'),
            /** A unit, quoted words, or a folder. */
            restart: line,
            checkKind: oneOf('url', 'command', 'none'),
            check: line,
            checkTimeout: number,
            slots: list,
            stop: quotedWords,
            activate: quotedWords,
            deactivate: quotedWords,
        },
        /** With Compose. */
        found: { project: optional(line), compose: optional(line) },
    },
    failures: ['swap', 'fill', 'restart', 'check'],
    phases: ['swap', 'link', 'restart', 'check', 'undo', 'image-here'],
    findings: names('tools-missing program-missing unit-elsewhere docker-missing docker-refused docker-down compose-missing', 'compose-folder env-missing first-release check-answered-by-other check-fails-live live-fails', 'unit-not-reloaded unit-unknown lines-unread'),
    hostWords: ['tell', 'disable', 'stop', 'holds', 'answers', 'fits'],
};
// ---- blue-green-switch: a move of traffic
const protocol_switchProtocol = {
    commands: {
        see: {
            in: { ...where, recovery: line, params: lines },
            says: {
                slot: { port: word, weight: word, listening: yes, release: word, sha: word, version: line },
                /** A committed switch. */
                past: { release: word, sha: word },
                /** Where the last committed switch took the traffic from. */
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
        /** Verifies the slot that traffic is to go to. */
        prove: { changes: true, in: release },
        /** Where nothing moves: checks the active slot, and corrects the marks of both. */
        agree: { changes: true, in: release, says: { told: { port: word, role: oneOf('active', 'idle') } } },
    },
    state: {
        sent: {
            ...sharedState.sent,
            kind: oneOf('switch', 'rollback'),
            slots: list,
            driver: oneOf('nginx', 'haproxy'),
            proxyKind: oneOf('systemd', 'command', 'compose', 'socket'),
            /** nginx: its folder; its unit, quoted words, or the folder of its Compose file; its name there. */
            upstream: optional(line),
            proxy: optional(line),
            proxyService: optional(line),
            /** HAProxy */
            socket: optional(line),
            backend: optional(line),
            stateFile: optional(line),
            check: line,
            weights: list,
            hold: number,
            drain: number,
            retain: number,
            successes: number,
        },
        found: { from: line, fromAlive: line, fromRelease: line, fromSha: line, fromVersion: line },
    },
    failures: ['gate', 'apply', 'confirm', 'persist', 'tell'],
    phases: ['weight-', 'switched', 'drained', 'undo', 'unlocked', 'still-enabled', 'not-saved'],
    findings: names('tools-missing proxy-invalid proxy-not-loaded not-persistent upstream-missing upstream-shared'),
    hostWords: ['active'],
};
// ---- migrate-db: a dump beside the service
const dump = { ...where, folder: line, major: number };
const migrateProtocol = {
    commands: {
        backupRoom: { in: dump, facts: { freeKib: number } },
        backup: {
            in: {
                ...dump,
                ...{ file: line, prefix: line, keep: number },
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

;// CONCATENATED MODULE: ./packages/host/src/host-script.ts


const words = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "words.sh", 'utf8');
const host_script_process = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "process.sh", 'utf8');
const state = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "state.sh", 'utf8');
const protocolPart = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "protocol.sh", 'utf8');
const lock = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "lock.sh", 'utf8');
const schema = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "schema.sh", 'utf8');
const hooks = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "hooks.sh", 'utf8');
const prune = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "prune.sh", 'utf8');
const serve = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "serve.sh", 'utf8');
const hold = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "hold.sh", 'utf8');
const commands = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "commands.sh", 'utf8');
const inspect = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "inspect.sh", 'utf8');
const main = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "main.sh", 'utf8');
/** A file uses only files before it, and the hooks. */
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
/** The part of every host script that all actions share, alone. */
const host_script_sharedScript = {
    name: '',
    text: sharedText,
    protocol: protocol_protocol,
    commands: protocol_sharedCommands,
    remedies: protocol_sharedRemedies,
};
/**
 * Joins an action's part (`do_change`, `undo_change`, `undo_change_at_boot`) to the shared one, with its own commands and
 * the remedies of its own codes.
 */
function composeHostScript(name, part, own) {
    return {
        name,
        // Started as a file (by the detached process, by a boot hook) it runs the command in its arguments.
        text: `${sharedText}\n${part}\n[ -z "\${1-}" ] || main "$@"\n`,
        protocol,
        commands: { ...sharedCommands, ...own.commands },
        remedies: { ...sharedRemedies, ...own.remedies },
    };
}

;// CONCATENATED MODULE: ./packages/host/src/answer.ts

/** Reads what a host said. A word of several values has them in the order of the protocol, the last to the line's end. */
function readAnswer(command, reply) {
    const all = (word) => reply.all(spokenName(word)).map((text) => readSaid(command, word, text));
    const said = new Map(reply.all('fact').map(firstWord));
    const facts = Object.entries(command.facts ?? {}).map(([name, shape]) => [
        name,
        read(shape, said.get(spokenName(name)) ?? ''),
    ]);
    // The table that the types come from is the one that is read here.
    return { all, last: (word) => all(word).at(-1), facts: Object.fromEntries(facts) };
}
/** Reads the text of one line with this word. */
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
/** A line's first word, and what follows it. */
function firstWord(text) {
    const [first = '', ...rest] = text.split(' ');
    return [first, rest.join(' ')];
}

;// CONCATENATED MODULE: ./packages/host/src/host-lines.ts
/** The longest line that is kept, in characters: longer output of a login is not a line of a host script. */
const maxLineLength = 64 * 1024;
/** Bytes that a whole call may print. */
const maxOutputBytes = 64e6;
/**
 * Reads the output of a host, chunk by chunk, in linear time. `onLine` gets each line but those that are too long. The
 * reader returns false once the output is longer than that of any host script.
 */
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

;// CONCATENATED MODULE: ./packages/host/src/local.ts


/** The runner itself as a host: the same host script, by the same standard input, without ssh. */
const localTarget = { user: '', address: 'local', port: 0, name: 'local' };
/** No address of a host that ssh could reach has port 0. */
function isLocal({ address, port }) {
    return address === localTarget.address && port === localTarget.port;
}
/** The command that runs a host script there: program, arguments, environment. */
function hostShell(connection) {
    if (!isLocal(connection.target))
        return { program: 'ssh', args: [...connectionArguments(connection), 'exec sh -s'], env: (0,job/* childEnvironment */.Qc)() };
    // At the end of a job the runner kills every process that has this variable (docs/research/runner.md#cancelling): also
    // the one that runs the confirm timeout.
    const { RUNNER_TRACKING_ID: _, ...env } = (0,job/* childEnvironment */.Qc)();
    return { program: 'sh', args: ['-s'], env };
}

// EXTERNAL MODULE: ./packages/action-kit/src/control-character.ts
var control_character = __nccwpck_require__(402);
;// CONCATENATED MODULE: ./packages/host/src/quote.ts

/**
 * Quotes a text as one word of a POSIX shell. The only place where text becomes shell text: every value for a host
 * script goes through here. The text is one line, so that a value which a host prints again can never be a second line.
 * @throws Failure `value-unfit` for a line break or another control character; `name` names the value in the message
 */
function quote(text, name = '') {
    const control = (0,control_character/* findControlCharacter */.A)(text);
    if (control)
        throw new failure/* Failure */.HR('value-unfit', `A value for a host${name && ` (${name})`} has ${control}; nothing was sent.`, 'give plain text of one line.');
    return shellWord(text);
}
/** A shell variable cannot hold NUL. */
function shellWord(text) {
    if (text.includes('\0'))
        throw new TypeError('a value for a host contains a NUL byte');
    return `'${text.replaceAll("'", "'\\''")}'`;
}
/**
 * Assignments as lines of shell. Each name is unset first: a name that the login's environment exports already would
 * otherwise pass its new value to every child (docs/research/hosts.md#values-by-standard-input). Only the values named in
 * `several` may have several lines; no host says one of them again.
 * @throws Failure `value-unfit` where another value is not one line
 */
function assignments(prefix, values, several = new Set()) {
    return Object.entries(values)
        .map(([key, value]) => {
        const name = `${prefix}${key}`;
        const word = several.has(key) ? shellWord(String(value)) : quote(String(value), key);
        return `unset ${name}\n${name}=${word}\n`;
    })
        .join('');
}
/** Quotes words as one list, which `eval "set -- …"` splits into the same words. */
function quoteWords(list) {
    return list.map((word) => quote(word)).join(' ');
}

;// CONCATENATED MODULE: ./packages/host/src/refusal.ts

/** The failure of a command that a host refused: `text` is the code, then why. */
function refusalFailure(name, text, remedies) {
    const [code = '', ...why] = text.split(' ');
    return new failure/* Failure */.HR(code, `${name}: ${why.join(' ')}`, remedies[code]);
}

;// CONCATENATED MODULE: ./packages/host/src/call-host.ts






const prefix = '@belay ';
/** Milliseconds until a host script must report that it has begun. */
const ackTimeoutMs = 30_000;
/**
 * Runs one command of a host script over an open connection, with the `assigned` values (`runCommand` makes them by the
 * protocol). The remote command is the constant `exec sh -s`; the script and its values go by standard input, and only lines with Belay's prefix are read back
 * (docs/research/hosts.md#a-script-by-standard-input).
 * @throws Failure `unreachable` (no answer, or the connection broke), `no-shell` (something else answered), or the code
 *   that the script refused with.
 */
async function callHost(connection, script, command, assigned, options) {
    const { name } = connection.target;
    const lines = [];
    const { program, args, env } = hostShell(connection);
    // Not by runBounded: it would end what the script started, which at `local` is the process of the release.
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
    // A login that never starts the script gets less time than its command may take.
    const ackTimer = setTimeout(() => child.kill('SIGKILL'), Math.min(ackTimeoutMs, options.timeoutMs));
    const read = lineReader((line) => {
        if (!line.startsWith(prefix))
            return;
        const [word = '', ...words] = line.slice(prefix.length).split(' ');
        // Output of a start-up file, before the script has begun, is not an answer.
        if (lines.length === 0 && word !== 'ack')
            return;
        clearTimeout(ackTimer);
        lines.push([word, words.join(' ')]);
        options.onLine?.(word, words.join(' '));
    });
    let isTooMuch = false;
    child.stdout.setEncoding('utf8').on('data', (text) => {
        if (isTooMuch || read(text))
            return;
        isTooMuch = true;
        child.kill('SIGKILL');
        // Its children may hold the other end open.
        child.stdout.destroy();
        child.stderr.destroy();
    });
    // The other end may close before all of it is written; the exit status shows that.
    child.stdin.on('error', () => { });
    child.stdin.end(`${assignments('b_', { command })}${assigned}${script.text}\nmain </dev/null\nexit\n`);
    const exit = await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (status) => resolve({ status, killed: child.killed }));
    }).finally(() => clearTimeout(ackTimer));
    if (isTooMuch)
        throw tooMuchOutputFailure(name);
    const said = lines.map(([word]) => word);
    if (!said.includes('ack'))
        throw noReplyFailure(name, exit, errors);
    // A script that was cut off has done an unknown part of its work.
    if (exit.status === null || exit.status === 255)
        throw new failure/* Failure */.HR('unreachable', `The connection to ${name} broke while the host ran the command "${command}".`, unreachableRemedy);
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
        return new failure/* Failure */.HR('unreachable', `${name} did not answer in time.`, unreachableRemedy);
    if (exit.status === 255)
        return new failure/* Failure */.HR('unreachable', `The connection that this job had opened to ${name} is gone.`, unreachableRemedy);
    return new failure/* Failure */.HR('no-shell', `${name} accepted the login but did not run "sh -s"${said ? `: ${said}` : ''}. Nothing was changed there.`, 'give the deploy user a plain login shell (sh, bash, dash, zsh), and no start-up file that reads standard input.');
}
function tooMuchOutputFailure(name) {
    return new failure/* Failure */.HR('no-shell', `${name} printed more than ${maxOutputBytes / 1e6} MB, which no host script does.`, 'check what the start-up files of the deploy user print (.bashrc, .profile, .ssh/rc): a login without a terminal should print nothing.');
}
function scriptFailure(name, command, status, errors) {
    const said = errors.trim().split('\n').at(-1) ?? '';
    return new failure/* Failure */.HR('host-script-failed', `${name}: the host script stopped at "${command}" with status ${status}: ${said}`, 'this is a bug in Belay, or that host is very unusual; please report it with this line.');
}

;// CONCATENATED MODULE: ./packages/host/src/encode.ts



/** For an inspection that is about no change. */
const noState = '';
/** The values of a release, as its state file will have them. */
function releaseState(values) {
    return encode('r_', deployProtocol.state.sent, values);
}
/** The values of a switch, as its state file will have them. */
function switchState(values) {
    return encode('r_', switchProtocol.state.sent, values);
}
/** Assigns the values of a command or of a state file, by their names in a host script, in the order of their fields. */
function encode(prefix, fields, values) {
    const given = Object.entries(fields).filter(([name]) => values[name] !== undefined);
    const several = new Set(given.flatMap(([name, { kind }]) => (kind === 'lines' ? [shellName(name)] : [])));
    const texts = given.map(([name, field]) => [shellName(name), textOf(field, values[name])]);
    return assignments(prefix, Object.fromEntries(texts), several);
}
/** The types of the callers say what a value is. */
function textOf({ kind }, value) {
    if (kind === 'list')
        return value.join(' ');
    if (kind === 'words')
        return quoteWords(value);
    if (kind === 'yes')
        return value ? 'yes' : 'no';
    return String(value);
}

;// CONCATENATED MODULE: ./packages/host/src/run-command.ts




/**
 * Runs one command of a host script over an open connection, by the protocol: names, values and words are those of
 * protocol.ts. A command that changes something has the protocol's number with it.
 * @throws Failure as `callHost` does
 */
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

;// CONCATENATED MODULE: ./packages/host/src/host-commands.ts



/** Seconds for which a host keeps the lock of a runner that does not renew it. */
const leaseSeconds = 30;
/** The text that names the acting job in files on the host. */
function actorText(verb) {
    const run = (0,job/* currentRun */.xh)();
    return `${verb} by ${run.repository} run ${run.id} attempt ${run.attempt} job ${run.job}`;
}
/** Takes the host's lock for a release. The host first ends what a dead process left open. */
async function lockOnHost(connection, script, { base, id }, { keep, owner, state }, signal) {
    const { name, text } = script;
    const values = { base, id, keep, owner, lease: leaseSeconds, script: name, text, params: state };
    // Undoing what a lost run left may restart a service and wait for its check.
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
/** Renews the lease of a release that is not armed yet. */
async function renewOnHost(connection, { base, id }) {
    await runCommand(connection, sharedScript, 'renew', { base, id, lease: leaseSeconds }, { timeoutMs: 20_000 });
}
/**
 * Starts the change: from here on the host rolls back on its own after `confirmTimeout` seconds unless it is confirmed.
 * Follows until the change is complete or the host has rolled back.
 */
async function armOnHost(connection, lease, options) {
    const { confirmTimeout, changeTimeout, signal, onPhase } = options;
    const values = { ...commandValues(lease, 'armed'), window: confirmTimeout, wait: changeTimeout };
    const answer = await runCommand(connection, sharedScript, 'arm', values, {
        timeoutMs: (changeTimeout + 15) * 1000,
        signal,
        onLine: { phase: (phase) => onPhase?.(phase) },
    });
    return hostState(answer);
}
/** `armed` where the host still is, else its state; `dead` where its process is gone. Extends the timeout by 60 s once. */
async function askOnHost(connection, lease) {
    const answer = await run_command_runCommand(connection, host_script_sharedScript, 'ask', lease, { timeoutMs: 15_000 });
    return answer.last('state') ?? '';
}
/** Confirms the change. The host's state decides, so after a lost reply it is safe to confirm again. */
async function confirmOnHost(connection, lease, record) {
    const values = { ...commandValues(lease, 'confirmed'), record };
    return decisionOf(await run_command_runCommand(connection, host_script_sharedScript, 'confirm', values, { timeoutMs: 15_000 }));
}
/** Starts the undo and follows it for `wait` seconds. Where the release's process is dead, this call does its work. */
async function undoOnHost(connection, lease, script, wait, onPhase) {
    const values = { ...commandValues(lease, 'ended'), wait: Math.max(1, Math.ceil(wait)) };
    // The log begins with the change; only the lines of the undo are reported.
    let back = false;
    const answer = await run_command_runCommand(connection, script, 'undo', values, {
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
function decisionOf(answer) {
    return { state: answer.last('state') ?? '', decidedBy: answer.last('who') ?? '' };
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

;// CONCATENATED MODULE: ./packages/host/src/confirmer.ts






/** The kind of armed target that is a host. */
const hostKind = 'ssh';
/** The hosts of a service's change as armed targets; `nameOf` gives a host's target name, unique in the job. */
function armedTargets({ service, leases, moves }, nameOf) {
    return leases.map((host) => {
        const move = moves?.[host.host];
        return { name: nameOf(host.host), service, handle: { kind: hostKind, ...host }, ...(move && { move }) };
    });
}
/** The host of an armed target of that kind, as the journal holds it. */
function leaseOf({ handle }) {
    return handle;
}
function isOnHost({ handle }) {
    return handle.kind === hostKind;
}
/**
 * Does something on a host over the connection that its main left open, else over a new one with this step's key. Tries
 * up to three times in all where a connection breaks.
 */
async function withHost(lease, key, task) {
    const target = { user: lease.user, address: lease.address, port: lease.port, name: lease.host };
    let isFirst = true;
    const once = () => {
        if (!isFirst)
            return overNewConnection(target, () => ({ ...key(), knownHosts: lease.knownHosts }), task);
        isFirst = false;
        return task(reopen(target, lease.folder));
    };
    return retry_retryErrors(once, {
        attempts: 3,
        // The first one broke on a connection that may be long gone.
        backoffMs: (failed) => (failed === 1 ? 0 : 1000),
        isRetryable: (error) => isUnreachable(error) && !isLocal(target),
    });
}
async function overNewConnection(target, credentials, task) {
    const connection = reopen(target, connectionFolder());
    // The process may end before this is done, where its caller stopped waiting.
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
/** Asks and confirms hosts, whichever step of the job armed them. `key` is read only where a connection must be made. */
function hostConfirmer(key, journal) {
    return {
        async missing(targets) {
            const answers = await Promise.all(targets.map((target) => whyMissing(leaseOf(target), key)));
            return targets.flatMap((target, index) => {
                const why = answers[index];
                return why ? [{ target: target.name, why }] : [];
            });
        },
        confirm: (targets) => Promise.all(targets.map((target) => confirmTarget(target, key, journal))),
    };
}
/**
 * The confirmer of a post: with the key from its own inputs. Without one, as in an action that has no hosts, it asks over
 * the connections that the mains of other steps left open.
 */
function postConfirmer({ journal }) {
    return hostConfirmer(keyFromInputs, journal);
}
/** Being asked extends a confirm timeout by 60 s: an answer that takes longer than this says nothing about the present state. */
const askSeconds = 40;
async function whyMissing(lease, key) {
    try {
        const late = (0,src_clock/* sleep */.y)(askSeconds * 1000).then(() => 'silent');
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
        return (0,failure/* messageOf */.bD)(error);
    }
}
async function confirmTarget(target, key, journal) {
    const lease = leaseOf(target);
    const base = { target: target.name, service: target.service };
    if (lease.shadow)
        return { ...base, ...(await concludeShadowRelease(lease, key)) };
    try {
        const { state, decidedBy: who } = await withHost(lease, key, (connection) => confirmOnHost(connection, lease, recordText(journal)));
        if (state === 'confirmed')
            return { ...base, result: 'committed', detail: 'confirmed' };
        return { ...base, result: 'mixed', detail: `could not be confirmed: it is ${state || 'gone'} (${who})` };
    }
    catch (error) {
        const detail = `whether it was confirmed is not known (${(0,failure/* firstLine */.TM)((0,failure/* messageOf */.bD)(error))}); if not, it rolls back on its own`;
        return { ...base, result: 'mixed', detail };
    }
}
/** Seconds that a slot's stop may take, and the wait for a switch that is under way. */
const shadowUndoSeconds = 180;
/** When the job commits, a shadow release has served its purpose: its slot is made idle again. */
async function concludeShadowRelease(lease, key) {
    // The part that can undo is on the host, in the release's process or in the script that is kept there.
    try {
        return shadowOutcome(await withHost(lease, key, (connection) => undoOnHost(connection, lease, host_script_sharedScript, shadowUndoSeconds)));
    }
    catch (error) {
        const detail = `whether its slot is idle again is not known (${(0,failure/* firstLine */.TM)((0,failure/* messageOf */.bD)(error))}); the host makes it idle on its own`;
        return { result: 'mixed', detail };
    }
}
/** The outcome of a shadow release after its undo. */
function shadowOutcome({ state, undoFailed }) {
    if (state === 'undone' || state === 'released' || state === 'none')
        return { result: 'unchanged', detail: 'a shadow release: its slot is idle again, and no user saw it' };
    return { result: 'mixed', detail: `a shadow release that is ${state}: ${undoFailed || 'its slot is not idle again'}` };
}
/** The record as a host keeps it. */
function recordText(journal) {
    return journal
        .record()
        .map((line) => JSON.stringify(line))
        .join('\n');
}

;// CONCATENATED MODULE: ./packages/confirmers/src/index.ts

/** Every kind of target that a step of a job may arm. A new kind is added here and nowhere else. */
const confirmers = { ssh: postConfirmer };

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./packages/http/src/proxy.ts

/**
 * The proxy that the environment names for a URL (`https_proxy`, `http_proxy`, `no_proxy`, in lower or upper case), if
 * any. `no_proxy` is a list of names, each with its subdomains, addresses or `*`, each with or without a port. Requests to
 * this machine itself never go through a proxy: they would reach another machine.
 * @throws Error where the environment names something that is not an address
 */
function proxyFor(url, env) {
    const scheme = url.protocol.slice(0, -1);
    const proxy = env[`${scheme}_proxy`] || env[`${scheme.toUpperCase()}_PROXY`];
    if (!proxy || isLoopback(url.hostname) || isExcepted(url, env.no_proxy || env.NO_PROXY || ''))
        return undefined;
    const text = /^[a-z]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
    // The address may hold a password, so it is not shown.
    if (!URL.canParse(text))
        throw new Error(`${scheme}_proxy is not the address of a proxy, such as http://HOST:PORT`);
    return new URL(text);
}
/** Options that make Node's agent use this proxy only: Node's own rules for `no_proxy` do not cover subdomains. */
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

/** No complete answer came. `sent` is false only where the other side certainly never got the request. */
class NoResponseError extends Error {
    sent;
    constructor(message, sent) {
        super(message);
        this.name = 'NoResponseError';
        this.sent = sent;
    }
}
/**
 * Sends one request and reads the whole answer, of `maxBytes` at most. Follows no redirect and does not retry.
 * @throws NoResponseError, also where the signal is aborted
 */
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
/**
 * Sends one request and passes the answer to `read` as a stream.
 *
 * Over a new connection, because one that is kept open may be closed by the other side during a request; by node:https,
 * which honours the runner's proxies and loads 25 ms faster than the global fetch.
 * @throws NoResponseError, also for what `read` throws
 */
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
function startRequest({ method, url, headers, body }, signal, progress) {
    const secure = url.protocol === 'https:';
    // Loaded only here: most runs that could make a request make none, and loading it takes a fifth of the start.
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
 * Streams a URL of GitHub's storage to a file. The storage is another server: octokit is not used, and it does not get
 * the token. Returns the SHA-256 of the file.
 * @throws Failure `download-failed`
 */
async function saveFrom(url, file, signal) {
    const asked = { method: 'GET', url, headers: { 'user-agent': 'belay' }, timeoutMs: attemptMs, signal };
    const once = () => saveOnce(asked, file);
    // Where the signal is aborted already, the download fails at once, and says so.
    const tried = (await retry(once, { repeatable: true, attempts, backoffMs: doubling(1000), signal })) ?? (await once());
    if ('value' in tried)
        return tried.value;
    throw new failure/* Failure */.HR('download-failed', `The artifact could not be downloaded from ${url.host}: ${tried.trouble.why}.`);
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
        return { trouble: { ...again, retryable: error instanceof NoResponseError, why: (0,failure/* messageOf */.bD)(error) } };
    }
}
/** Writes the answer to a file. Returns the status and the SHA-256 of the file. @throws NoResponseError */
async function saveAnswer(asked, file) {
    return streamRequest(asked, async (response) => {
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

/** GitHub refused, or the answer is not from GitHub. */
class GitHubError extends failure/* Failure */.HR {
    /** HTTP status. */
    status;
    constructor(status, code, message, remedy) {
        super(code, message, remedy);
        this.name = 'GitHubError';
        this.status = status;
    }
}
/** No complete answer came. `why` is one line. */
function unreachable({ host, pathname }, why) {
    return new failure/* Failure */.HR('github-unreachable', `The request to GitHub failed (${host}${pathname}): ${why}.`, "check GitHub's status page, and HTTPS_PROXY if the runner needs a proxy; then run the job again.");
}
/** The answer is not from GitHub's API, but for example the page of a proxy. */
function unexpectedAnswer(status, what) {
    return new GitHubError(status, 'github-unexpected-answer', `The answer (HTTP ${status}) is not from GitHub's API: ${what}.`, 'check GITHUB_API_URL, and any proxy between the runner and GitHub.');
}
/** @throws GitHubError `github-unexpected-answer` where the answer does not have the shape that it must have */
function failure_assertShape(fits, what) {
    if (!fits)
        throw unexpectedAnswer(200, `${what} is missing or has the wrong form`);
}
/** An answer of 400 or more. @param asked such as `GET /repos/acme/api` */
function refusalOf(status, limited, asked, reason) {
    if (limited)
        return new failure/* Failure */.HR('github-rate-limited', `GitHub's rate limit for this repository is reached (${asked}: ${reason}).`, 'run the job again later.');
    if (status === 401)
        return new GitHubError(status, 'github-token-refused', `GitHub does not accept the token (${asked}: ${reason}).`);
    if (status === 403)
        return new GitHubError(status, 'github-permission', `The token has no permission for ${asked}: ${reason}.`, 'give the job the permissions that the README of release lists.');
    const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused';
    return new GitHubError(status, code, `GitHub answered HTTP ${status} to ${asked}: ${reason}.`);
}

;// CONCATENATED MODULE: ./packages/github/src/request-rules.ts


/** How often a request is sent at most, and how long each may take, with its answer. */
const request_rules_attempts = 4;
const request_rules_attemptMs = 15_000;
/** A comparison of two commits is the longest answer; it may hold the text of hundreds of changed files. */
const maxBytes = 20_000_000;
/** The longest wait for the end of a rate limit; the limit of an hour is not waited for. */
const longestWaitMs = 60_000;
/**
 * Belay's rules for every request to GitHub, as the one hook around octokit's `request`. A request is limited in time
 * and size, is sent again where that can help and does no harm, and follows no redirect. An answer that is cut off, or is
 * not JSON, does not count. Used instead of octokit's retry plugin, which repeats a POST whose answer was lost
 * (docs/research/github.md#a-lost-answer-to-a-post).
 * @param urlOf gives a request's URL, its parameters filled in
 * @throws Failure `github-unreachable`, `github-rate-limited`, or GitHubError
 */
function requestRules(signal, urlOf) {
    return async (send, options) => {
        const repeatable = options.method === 'GET' || options.request.repeatable === true;
        const once = async () => triedOf(await sendOnce(send, options, signal));
        // Where the signal is aborted already, the request fails at once, and says so.
        const tried = (await retry(once, { repeatable, attempts: request_rules_attempts, backoffMs, signal })) ?? (await once());
        return answerOrThrow('value' in tried ? tried.value : tried.trouble.outcome, options, new URL(urlOf(options)));
    };
}
const soonMs = doubling(500);
const afterLimitMs = doubling(2000);
function backoffMs(failed, { limited }) {
    return limited ? afterLimitMs(failed) : soonMs(failed);
}
/** What an outcome says about a retry. A limit certainly did nothing; it is waited for only if it ends soon. */
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
    // Changed in place: octokit's own hook, for the token, gets this object, whatever is passed on here.
    options.headers = {
        ...options.headers,
        'x-github-api-version': '2022-11-28',
        // A connection that is kept open may be closed by the other side during a request.
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
        return { kind: 'lost', sent: !unsentCodes.includes(codeOf(error)), why };
    }
}
/** Reads the whole body; undefined where it is too long. */
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
/** The codes of errors where nothing of a request can have reached the server. */
const unsentCodes = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];
/** The code of an error or of what caused it; empty where there is none. */
function codeOf(error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause)
        if ('code' in cause && typeof cause.code === 'string')
            return cause.code;
    return '';
}
/** When a limit of requests ends, in milliseconds from now; undefined where GitHub does not say. */
function limitEndsInMs({ headers }) {
    const after = Number(headers['retry-after']);
    if (Number.isFinite(after) && after > 0)
        return after * 1000;
    const reset = Number(headers['x-ratelimit-reset']) * 1000 - Date.now();
    return Number.isFinite(reset) ? Math.max(1000, reset) : undefined;
}
function isLimited({ status, headers }) {
    if (status === 429)
        return true;
    return status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0');
}
/** Returns a valid answer, else throws. */
function answerOrThrow(outcome, { method, request }, url) {
    const asked = `${method} ${url.pathname}`;
    if (outcome.kind === 'lost')
        throw unreachable(url, outcome.why);
    if (outcome.kind === 'unusable')
        throw unexpectedAnswer(outcome.status, `to ${asked} ${outcome.why}`);
    const { answer } = outcome;
    const { status, headers, data } = answer;
    if (outcome.kind === 'refused') {
        // Without JSON it is the page of a proxy, and gives no reason.
        const reason = isObject(data) ? oneLine(outcome.message) : 'no reason given';
        throw refusalOf(status, isLimited(answer), asked, reason);
    }
    if (request.wantsLocation && status === 302 && headers.location)
        return answer;
    if (status >= 300)
        throw unexpectedAnswer(status, `${asked} was redirected`);
    // A 202 is not a result, but for example a merge that was made instead of a deployment.
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
function oneLine(text) {
    return text.replace(/[^\x20-\x7e]/g, ' ').slice(0, 300);
}

;// CONCATENATED MODULE: ./packages/github/src/client.ts




/** Reads `github-token`; the rest comes from the runner's variables. */
function readGitHubInputs(read, env = process.env) {
    const token = read.secret('github-token').trim();
    const apiUrl = new URL(env.GITHUB_API_URL || 'https://api.github.com');
    if (!apiUrl.pathname.endsWith('/'))
        apiUrl.pathname += '/';
    if (token !== '' && !/^[\x21-\x7e]+$/.test(token))
        read.issue('github-token', 'has characters that are not allowed in a token', 'Leave it out, or give one token.');
    return { token, repository: env.GITHUB_REPOSITORY ?? '', apiUrl };
}
/** Opens the API of one repository. Nothing is loaded or sent before the first request. */
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
        // The bundler leaves the name unchanged; scripts/build.ts replaces it by the path of the shared bundle.
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
        if (!(error instanceof GitHubError) || ![404, 422].includes(error.status))
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
        if (error instanceof GitHubError && error.status === 404)
            return 'diverged';
        throw error;
    }
}
/** How many pages of a hundred commits are requested at most. */
const maxPages = 3;
/** The commits of `head` that `base` does not have, oldest first; `total` counts also those that were not requested. */
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
/** How many release branches are checked at most, the newest by name first. */
const maxBranches = 30;
/** Whether a commit is on the default branch; where it is not, the branch below `release/` that contains it. */
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
/** The names of all branches below `release/`. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/commits.ts



/**
 * Asks GitHub, once for each live commit. Both trees are compared whole: GitHub's own comparison of commits ends at 300
 * files.
 */
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
                // A commit that a force push has removed.
                if (error instanceof GitHubError && error.status === 404)
                    return undefined;
                throw error;
            }
        });
    }
}
/** Without a token nothing is known. */
const unknownCommits = {
    relation: async () => {
        throw new failure/* Failure */.HR('order-unknown', 'Without github-token Belay cannot check whether the released commit is older than the live one.', 'give github-token, or set allow-older: true.');
    },
    changed: async () => undefined,
};
function memoize(known, key, ask) {
    const found = known.get(key) ?? ask();
    known.set(key, found);
    return found;
}
/** Paths of files that were added, removed or changed (content or mode). Pure. */
function changedPaths(before, after) {
    const filesOf = ({ tree }) => new Map(tree.filter(({ type }) => type !== 'tree').map(({ path, mode, sha }) => [path, `${mode} ${sha}`]));
    const [old, fresh] = [filesOf(before), filesOf(after)];
    return [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => old.get(path) !== fresh.get(path));
}
/**
 * Whether one of these paths belongs to a service: the root directory contains it or the build filter includes it, and
 * the filter does not ignore it. Paths of a filter are relative to the repository. Pure.
 */
function affectsService(service, paths) {
    const root = (service.rootDir ?? '').replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '');
    const included = service.buildFilter?.paths ?? [];
    const ignored = service.buildFilter?.ignoredPaths ?? [];
    const inRoot = (path) => (root === '' ? included.length === 0 : path.startsWith(`${root}/`));
    const isIn = (globs, path) => globs.some((glob) => matches(path, glob));
    // A filter may name a folder without a glob. An unnecessary deploy is better than a change that is not deployed.
    const isBelow = (folders, path) => folders.some((folder) => path.startsWith(`${withoutLeadingSlash(folder).replace(/\/$/, '')}/`));
    return paths.some((path) => !isIn(ignored, path) && (inRoot(path) || isIn(included, path) || isBelow(included, path)));
}
/** Unlike Node's globs, Render's globs match names that start with a dot. */
function matches(path, glob) {
    const undotted = (text) => text.replace(/(^|\/)\./g, '$1\u0001');
    return (0,external_node_path_.matchesGlob)(undotted(path), undotted(withoutLeadingSlash(glob)));
}
function withoutLeadingSlash(glob) {
    return glob.replace(/^\.?\/+/, '');
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/deadline.ts

/** The machine's monotonic clock, the same for main and post. */
const machineClock = {
    now: () => (0,src_clock/* monotonicSeconds */.m)() * 1000,
    sleep: (ms, signal) => (0,src_clock/* sleep */.y)(ms, signal),
};
/** Waits, but never past the deadline. */
function pause({ clock, until, signal }, ms) {
    return clock.sleep(Math.max(0, Math.min(ms, until - clock.now())), signal);
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
 * Whether this machine has a route to an address. Connecting a datagram socket makes the kernel look for a route and
 * sends nothing; without a route it fails (ENETUNREACH where the machine has no address of that family).
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
 * Reads a path such as `sha`, `build.commit`, `$.a.b[0]` or `$['git.commit']`. Wildcards, filters and the like are
 * refused, as they do not lead to *one* value.
 * @returns undefined where the text is not such a path.
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
        // A dot stands before every name but the first, and nowhere else.
        if (name !== undefined && whole.startsWith('.') === (at === 0))
            return undefined;
        if (name === '*')
            return undefined;
        path.push(index === undefined ? (name ?? quoted.find((key) => key !== undefined) ?? '') : Number(index));
    }
    return text.length > start ? path : undefined;
}
/** The value at the path; undefined where there is none. */
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
 * Makes a text from outside safe to print: in a log it starts no workflow command (`::x::` and the older `##[x]`, which
 * the runner reads in the middle of a line too), in Markdown it ends no code, and it is one line of `length` at most.
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
 * @returns the set, and the invalid parts: a status is 100 to 599, and a range does not run backwards.
 */
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

;// CONCATENATED MODULE: ./packages/probe/src/response.ts



const bodyLimitBytes = 64 * 1024;
/** Compares an answer with what is expected. Pure. */
function assess(response, expected) {
    const found = findVersion(response, expected.versionFrom);
    const reported = 'version' in found ? { version: printableVersion(found.version) } : {};
    if (!hasStatus(expected.statuses, response.status))
        return { ...unexpected(response), ...reported };
    const { version } = expected;
    if (version === undefined)
        return { kind: 'pass', cause: 'as-expected', message: `answered ${response.status}`, ...reported };
    if ('none' in found)
        return { kind: 'error', cause: 'no-version', message: `answered ${response.status}, but ${found.none}` };
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
function unexpected({ status, headers }) {
    const { location } = headers;
    if (status < 300 || status > 399 || location === undefined)
        return { kind: 'fail', cause: 'status', message: `answered ${status}` };
    // A query may hold secrets.
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
function parseJson(body) {
    try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    }
    catch {
        return undefined;
    }
}
/** A version comes from the answer: it must be safe to print, and short. */
function printableVersion(version) {
    return printable(version, 100);
}

;// CONCATENATED MODULE: ./packages/probe/src/http-request.ts



/** No complete answer came. `code` is Node's or OpenSSL's; its message is not kept, because it may quote data. */
class ProbeFailure extends Error {
    phase;
    code;
    constructor(phase, code) {
        super(`${code} (${phase})`);
        this.phase = phase;
        this.code = code;
    }
}
/**
 * Sends one GET over a new connection; redirects are not followed. On every route the server gets the URL's host name,
 * and its certificate must be for that name.
 * @throws ProbeFailure; with the code `ABORTED` at once when the signal is aborted.
 */
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
        // The connection was closed without an answer or an error, for example by a switch of protocols.
        sent.on('close', () => {
            if (phase !== 'body')
                fail(Object.assign(new Error(), { code: 'ECONNRESET' }));
        });
        sent.on('response', (response) => {
            phase = 'body';
            readBody(response).then(({ body, cut }) => {
                // The rest of a body past the limit is not waited for.
                sent.destroy();
                resolve({ status: response.statusCode ?? 0, headers: response.headers, body, truncated: cut });
            }, fail);
        });
        sent.end();
    });
}
/** Loaded only here: it takes a fifth of the start of an action. */
function clientOf(secure) {
    return process.getBuiltinModule(secure ? 'node:https' : 'node:http');
}
function requestOptions(secure, route) {
    const { Agent } = clientOf(secure);
    if ('proxy' in route)
        return { agent: new Agent(agentOptions(route.proxy)) };
    return { agent: new Agent(), lookup: fixedLookup(route.address) };
}
/** Replaces the resolver: the connection goes to this address, and everything else stays as in the URL. */
function fixedLookup(address) {
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
        if (length > bodyLimitBytes)
            break;
    }
    return { body: Buffer.concat(chunks).subarray(0, bodyLimitBytes), cut: length > bodyLimitBytes };
}

;// CONCATENATED MODULE: ./packages/probe/src/probe-failure.ts
/** The result of a probe without a complete answer. Pure. */
function explainFailure({ phase, code }) {
    const certificate = certificateFaults[code];
    // The server did show a certificate, and waiting does not change it.
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
/** The codes of Node's TLS for a bad certificate. */
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

;// CONCATENATED MODULE: ./packages/probe/src/http-target.ts





const systemNetwork = {
    resolve: resolveAll,
    hasRoute: hasRoute,
    proxyFor: (url) => proxyFor(url, process.env),
};
/**
 * A URL as a target. Its instances are all addresses that its name resolves to and that this machine has a route to.
 * Where the environment names a proxy, the proxy selects the address, and the URL is one instance.
 */
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
/** Where a proxy's address cannot be read, the gate must not probe without the proxy. */
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
/** A URL for messages: without its query, which may hold a key. */
function nameOf(url) {
    return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/health-check-plan.ts


const httpProbeTarget = ({ url, expectation }) => httpTarget(url, expectation);
const healthyStatuses = [{ from: 200, to: 299 }];
/** For `/` without a known health path: every answer that is not a server error. */
const answeringStatuses = [{ from: 200, to: 499 }];
const anyVersion = { text: 'sha', path: ['sha'] };
/**
 * The health checks of a service that should serve the commit `sha` (undefined: not known). Endpoints from `checks` must
 * report that commit, so that an old instance that still answers does not pass. Without `checks` a public service is
 * checked as well: Render's health path and a static site's first page must answer 2xx, any other web service must answer.
 * @throws Failure `check-impossible`
 */
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
    throw new failure/* Failure */.HR('check-impossible', `checks: ${service.name} has no public address that the runner can reach (it is a ${service.type}).`, 'remove the check, or give a full URL. Without a check Belay uses only the status of the deploy.');
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/transport.ts

/** In bytes. A list of a hundred deploys or log lines is far shorter. */
const transport_maxBytes = 5_000_000;
/** Requests to Render's API. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/dependencies.ts





const defaultDependencies = {
    clock: machineClock,
    random: Math.random,
    transport: ({ url, key }) => httpTransport(url, key),
    commits: (github, sha, signal) => github.token === '' ? unknownCommits : githubCommits(openGitHub(github, signal), sha),
    probeTarget: httpProbeTarget,
};

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
 * Whether a caller's workflow takes a text for a release id: GitHub's expressions have no patterns, so callers use
 * `startsWith(version, '20') && contains(version, 'Z-')`, which ignores case. A text that matches and is not a release id
 * must never be released: the caller has let it pass without an approval.
 */
function resemblesReleaseId(text) {
    return /^20.*z-/i.test(text);
}
/**
 * Whether a version names a release that only the hosts know: `previous`, or a release id. Its commit needs no request to
 * GitHub, and to release it is a rollback.
 */
function isKeptRelease(version) {
    return version === 'previous' || isReleaseId(version);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/release.ts



/** Reads `service`, `environment`, `version` and the commit of the run: the inputs of every action that changes production. */
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
/** The release of this service that an earlier step of the job began; undefined where none did. */
function earlierRelease({ journal }, { service, environment }) {
    return journal.read().releases.find((one) => one.service === service && one.environment === environment);
}
/**
 * The release of this service in this job: the one an earlier step made, or a new one, which the journal gets. The only
 * place where an action learns id, version and commit of what it releases.
 * @param sha the commit that the version stands for, where that is known; else it is the run's
 */
function joinRelease(step, { service, environment, version, runSha }, sha = runSha) {
    const earlier = earlierRelease(step, { service, environment });
    if (earlier)
        return earlier;
    const release = { id: releaseId(new Date(), sha, jobIdentity(step)), service, environment, version, sha };
    step.record({ event: 'release-began', release, run: (0,job/* currentRun */.xh)() });
    return release;
}
/** What identifies a job on its targets: the same for all its steps, and different for every other job. */
function jobIdentity({ id, journal }) {
    // Steps that run in parallel may both draw a nonce: the first one in the journal holds for all.
    if (journal.read().nonce === undefined)
        journal.append({ step: id, event: 'identified', nonce: (0,external_node_crypto_.randomBytes)(4).toString('hex') });
    const { id: run, attempt } = (0,job/* currentRun */.xh)();
    return { run, attempt, nonce: journal.read().nonce };
}

;// CONCATENATED MODULE: ./packages/github/src/version.ts




/** The time limit for finding the commit of a tag, in milliseconds. */
const budgetMs = 60_000;
/**
 * The commit that a version stands for; undefined for `previous` and a release id, which only the hosts know. Without a
 * token every other name stands for the run's commit. A run that was started from the tag has the commit that the tag
 * stood for then.
 * @throws Failure `no-such-version`, `tag-moved`, or that of a failed request to GitHub
 */
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
/** It is not certain which commit is meant: one was approved, and the tag now names the other. */
function tagMoved(version, then, now) {
    return new failure/* Failure */.HR('tag-moved', `The tag ${version} was moved after this run was started: from ${then} to ${now}.`, `start a new run from the tag, which releases ${now.slice(0, 12)}; or give the 40 digits of a commit as version.`);
}
/**
 * The release of this service in this job, for an action that may be used alone: where no earlier step began it, GitHub
 * says which commit its version stands for. A run that was started from the tag needs no request.
 * @throws Failure as `requestedCommit`
 */
async function joinReleaseOfVersion(step, requested, github) {
    const known = requested.runIsOfVersion || earlierRelease(step, requested) !== undefined;
    return joinRelease(step, requested, known ? undefined : await requestedCommit(requested, github, step.signal));
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/api-answers.ts

/** The fields that Belay needs of Render's objects; all are text. */
const fields = {
    service: ['id', 'name', 'type', 'ownerId'],
    deploy: ['id', 'status', 'createdAt'],
    envVar: ['key', 'value'],
    event: ['type', 'timestamp'],
    log: ['message', 'timestamp'],
};
/** Reads an object of Render. @throws Failure `render-answer` where it is none */
function readObject(value, kind) {
    if (api_answers_isObject(value) && fields[kind].every((name) => typeof value[name] === 'string'))
        return value;
    throw notRender(`it is no ${kind}`);
}
/** Reads a list whose entries hold one object each, as most of Render's lists do. @throws Failure `render-answer` */
function readPage(value, kind) {
    return readList(value, kind).map((entry) => readObject(api_answers_isObject(entry) ? entry[kind] : entry, kind));
}
/** Where the next page begins; empty if this is the last page. */
function cursorOf(value) {
    const last = Array.isArray(value) ? value.at(-1) : undefined;
    return api_answers_isObject(last) && typeof last.cursor === 'string' ? last.cursor : '';
}
/** Reads the lines of a log. @throws Failure `render-answer` */
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
    return new failure/* Failure */.HR('render-answer', `The answer is not from Render's API: ${what}.`, 'check api-url, and any proxy between the runner and Render.');
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
/** The image with its repository spelled as in `path`: Render accepts only the spelling that the service has. */
function spelledAs(path, image) {
    return `${withoutVersion(path)}${versionOf(image)}`;
}
/** Whether two names, with their tags and digests, name the same image. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/api-objects.ts

/** Whether a push, or the checks of a commit, deploy the service automatically. */
function hasAutoDeploy({ autoDeploy, autoDeployTrigger }) {
    return autoDeploy === 'yes' || (typeof autoDeployTrigger === 'string' && autoDeployTrigger !== 'off');
}
/** Whether a deploy has this content. Images are compared by digest where both have one. */
function matchesContent(deploy, content) {
    if ('commit' in content)
        return deploy.commit?.id === content.commit;
    const { ref, sha } = deploy.image ?? {};
    const digest = digestIn(content.image);
    return (ref != null && sameImage(ref, content.image)) || (digest !== undefined && sha === digest);
}
/** Whether the content can never change: a tag may point to another image tomorrow. */
function isImmutable(content) {
    return 'commit' in content || digestIn(content.image) !== undefined;
}
/** The content's name in logs and messages. */
function contentName(content) {
    return 'commit' in content ? content.commit.slice(0, 12) : content.image;
}
/** The content of a deploy, as far as Render reports it; an image with the digest that its tag had then. */
function contentOf({ commit, image }) {
    if (commit?.id)
        return { commit: commit.id };
    if (!image?.ref)
        return undefined;
    const { ref, sha } = image;
    return { image: sha && digestIn(`@${sha}`) && !digestIn(ref) ? `${ref}@${sha}` : ref };
}
/** An unknown status counts as not terminal: Render may introduce new ones. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/api-client.ts






/** Timeout of one attempt, in milliseconds. */
const api_client_attemptMs = 15_000;
/** With less time left than this, in milliseconds, no request is sent. */
const minAttemptMs = 50;
const maxBackoffMs = 30_000;
function openClient(transport, deadline) {
    const { clock, signal, until, random } = deadline;
    return {
        deadline,
        async services(name, owner) {
            const query = new URLSearchParams({ name, limit: '100', ...(owner && { ownerId: owner }) });
            const found = readPage(await get(`/services?${query}`), 'service');
            // Render's filter should match exactly; Belay does not rely on that.
            return found.filter((service) => service.name === name);
        },
        service: async (id) => readObject(await get(`/services/${encodeURIComponent(id)}`), 'service'),
        async deploys(service) {
            const path = `/services/${service}/deploys`;
            const list = async (query) => readPage(await get(`${path}?${query}`), 'deploy');
            const last = await list('limit=100');
            const isLive = last.some(({ status }) => status === 'live');
            // After a hundred failed deploys an older one is still live, and undo must know it.
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
            // Safe to repeat: Render refuses the second cancel.
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
            // On some services the newer field decides.
            if (!hasAutoDeploy(await patch({ autoDeployTrigger: 'off' })))
                return;
            throw new failure/* Failure */.HR('render-answer', 'Render reports that auto-deploy is still on.', "switch it off in Render's dashboard.");
        },
        async env(service) {
            const all = [];
            for (let cursor = '';;) {
                const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) });
                const answer = await get(`/services/${service}/env-vars?${query}`);
                const page = readPage(answer, 'envVar');
                all.push(...page);
                const next = cursorOf(answer);
                // A cursor that repeats would loop for ever.
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
    /** For requests that may be sent twice: sends until there is a definite answer. */
    async function sendRepeatable(request) {
        const tried = await send(request, true);
        if (tried && 'value' in tried)
            return tried.value;
        throw whyStopped(tried?.trouble);
    }
    /** For requests that must not be sent twice. */
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
        return retry(() => tryOnce(request, Math.min(api_client_attemptMs, leftMs())), {
            repeatable,
            leftMs,
            leastMs: minAttemptMs,
            backoffMs: doubling(1000, { longestMs: maxBackoffMs, factor: () => 0.5 + random() / 2 }),
            pause: (ms) => pause(deadline, ms),
            signal,
        });
    }
    async function tryOnce(request, timeoutMs) {
        try {
            const answer = await transport(request, timeoutMs, signal);
            // A 429 certainly did nothing.
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
        return signal.aborted ? new failure/* Interrupted */.j$() : deadlineExceeded(trouble?.why ?? '');
    }
    /** Milliseconds that a 429 asks for. `Ratelimit-Reset` is in seconds, although the documentation says otherwise. */
    function rateLimitDelayMs({ headers }) {
        const [after, reset] = ['retry-after', 'ratelimit-reset'].map((name) => secondsOf(headers[name]));
        const seconds = after ?? reset;
        if (seconds === undefined)
            return undefined;
        const relative = seconds > 1e9 ? seconds - Date.now() / 1000 : seconds;
        return Math.max(0.5, relative) * 1000 + random() * 1000;
    }
}
function retryable(why, maybeDelivered, waitMs) {
    return { trouble: { why, retryable: true, maybeDelivered, waitMs } };
}
function secondsOf(header) {
    return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined;
}
function deadlineExceeded(lastError) {
    const last = lastError === '' ? '' : ` The last error was: ${lastError}.`;
    return new failure/* Failure */.HR('deadline', `The deadline passed before Render finished.${last}`, 'raise `deadline` if Render needs longer.');
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
    throw new failure/* Failure */.HR('render-answer', 'Render answered without the JSON that was requested.', 'check api-url.');
}
function assertAccepted(outcome) {
    if (outcome.kind === 'refused')
        throw refusal(outcome.status, outcome.message);
}
/** The failure for a refusal. */
function refusal(status, message) {
    const [code, remedy] = refusalCodes[status] ?? ['render-refused', "fix what Render's message names."];
    return new failure/* Failure */.HR(code, `Render refused: ${printable(message, 300)} (${status}).`, remedy);
}
/** For optional work: a refusal of Render is a warning and stops nothing. @throws Failure `deadline`, `interrupted` */
async function warnIfRefused(work, warn, what, done = () => { }) {
    try {
        await work;
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR) || ['deadline', 'interrupted'].includes(error.code))
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

;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./packages/probe/src/clock.ts

const systemClock = {
    now: () => performance.now(),
    sleep: (ms, signal) => (0,external_node_timers_promises_namespaceObject.setTimeout)(ms, undefined, { signal }).catch(() => { }),
};

;// CONCATENATED MODULE: ./packages/probe/src/verdict.ts
/**
 * The verdict that is certain before the deadline, if any: `pass` when every instance passed its last `successes` probes;
 * `fail` or `inconclusive` when waiting cannot fix what one of them did. Pure.
 */
function evaluateEarly(histories, successes) {
    const hopeless = histories.filter(({ samples }) => samples.at(-1)?.fatal);
    if (hopeless.length > 0)
        return evaluation(hopeless, successes);
    if (histories.length > 0 && histories.every((history) => passesInARow(history) >= successes))
        return passed(histories, successes);
    return undefined;
}
/**
 * The verdict at the deadline, where not all instances passed. The last `successes` probes of an instance count: `fail`
 * if one of these measured something unexpected, `inconclusive` if they measured nothing, or too little. Pure.
 */
function evaluateAtDeadline(histories, successes) {
    const open = histories.filter((history) => passesInARow(history) < successes);
    const violating = open.filter((history) => isViolating(history, successes));
    return evaluation(violating.length > 0 ? violating : open, successes);
}
function passed(histories, successes) {
    const instances = histories.length === 1 ? verdict_nameOf(histories) : `each of ${histories.length} instances`;
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
/** How many instances a reason names; the table of the job summary has all. */
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
function isViolating(history, successes) {
    return history.samples.slice(-successes).some(({ kind }) => kind === 'fail' || kind === 'wrong-version');
}
function passesInARow({ samples }) {
    return samples.length - 1 - samples.findLastIndex(({ kind }) => kind !== 'pass');
}
function lastProblem({ samples }) {
    return samples.findLast(({ kind }) => kind !== 'pass');
}
/** The versions that the instances reported last, each once. */
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

;// CONCATENATED MODULE: ./packages/probe/src/gate.ts


/**
 * Probes every instance of every target until the verdict is certain or the deadline is reached, and returns at that
 * moment. An instance has one probe at a time; a probe that the end cuts off is not a sample. An instance that has
 * passed is still probed until all have passed: it may fail again.
 * @throws the signal's reason when it is aborted.
 */
async function runGate(targets, rules, signal, observer = {}, clock = systemClock) {
    const began = clock.now();
    const end = new AbortController();
    const ended = AbortSignal.any([signal, end.signal]);
    // A target stands for its instances until they are found.
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
    /** Takes samples until the gate ends, or until `measure` returns none. */
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
            evaluated = evaluateEarly(all(), rules.successes);
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
function openHistory({ name: target }, { name, address } = { name: target, address: '' }) {
    return { name, target, address, samples: [] };
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./actions/deploy-render/src/reason.ts


/** Reads the reason from the events, newest first. Pure. */
function readReason(events, deploy) {
    const ownEvents = events.filter(({ details }) => details?.deployId === deploy.id);
    const end = ownEvents.find(({ type }) => type === 'deploy_ended')?.details;
    const others = events.flatMap(({ type, details }) => eventReasons(type, details ?? {}));
    const failure = end?.reason?.failure ? describeFailure(end.reason.failure) : [];
    return { why: [...others, ...failure].join('; '), newDeploy: end?.reason?.newDeploy?.id ?? undefined };
}
/**
 * Why an instance failed since a time by Render's clock, in words that follow "it failed: "; empty if the event gives no
 * reason, undefined if no instance failed. Pure.
 */
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
/** Where a deploy failed, by its status. */
const failedPhase = {
    build_failed: 'the build failed',
    pre_deploy_failed: 'its pre-deploy command failed',
    update_failed: 'the new version did not start',
    canceled: 'it was cancelled by hand',
};
/** In characters. Shorter values are common words; hiding them would hide half of the log. */
const shortestSecret = 6;
/** Log lines for the job log: without colours, without values of variables, and unable to start a workflow command. Pure. */
function maskedLogLines(lines, values) {
    const secrets = values
        .flatMap((value) => [value, ...value.split(/\r?\n/)])
        .filter((value) => value.trim().length >= shortestSecret)
        // The longest first: a value that contains another one must be hidden as a whole.
        .toSorted((a, b) => b.length - a.length);
    return lines.map(({ message, timestamp }) => {
        const plain = (0,external_node_util_namespaceObject.stripVTControlCharacters)(message);
        const masked = secrets.reduce((line, secret) => line.replaceAll(secret, '***'), plain);
        return `${timestamp.slice(11, 19)} ${printable(masked.trimEnd(), 500)}`;
    });
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/health-check.ts





const gateRules = { successes: 3, intervalMs: 2000, timeoutMs: 5000, deadlineMs: 120_000 };
/**
 * Waits until a service is healthy and reports the commit of its deploy, or else of the release. If its answer names no
 * commit, the answer may come from the previous instance: then Render's events must show no failed instance since the
 * deploy went live. Logs and returns the evidence.
 * @param requestedName its name or id as in the inputs
 * @param live the deploy that is checked
 * @throws Failure `check-failed`
 */
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
/** Waits until every health check passes. @throws Failure `check-failed` */
async function awaitHealthy(healthChecks, name, deadline, probeTarget) {
    if (healthChecks.length === 0)
        return;
    const report = await runHealthGate(healthChecks, deadline, probeTarget, gateRules);
    if (report.verdict === 'pass')
        return;
    throw unhealthy(`${name} is live at Render but not healthy: ${report.reason}`, 'read its log. If it reports its commit elsewhere or not at all, set version-from to that place, or to none.');
}
/** @throws Failure `check-failed` where an instance failed since the deploy went live */
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
    return new failure/* Failure */.HR('check-failed', message, remedy);
}
/** A single quick check, for at most 10 s. */
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
        throw signal.aborted ? new failure/* Interrupted */.j$() : error;
    });
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/plan.ts

/** Plans a release from the inspections. Pure. */
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
/** The live deploy; the newest one while Render shows two for a moment. */
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
    // A deploy under way will replace the live one, so the live one does not count.
    if (newest || !live)
        return { do: 'deploy' };
    if (matchesContent(live, content))
        return healthy ? { do: 'nothing', why: 'live' } : { do: 'deploy' };
    return changed === false ? { do: 'nothing', why: 'untouched' } : { do: 'deploy' };
}
/**
 * Chooses the action again when a service's turn comes. If another deploy of the same content has started or gone live
 * since the plan, that one is joined. Pure.
 */
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
/** The content, if another deploy of it may be joined; new variables and a cleared cache need a deploy of their own. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/inspection.ts





/** Inspects every service. Changes nothing. */
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
/** The wanted variables whose current value differs. If one is given several times, the last counts. */
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
    // Render accepts no commit for a cron job.
    return service.type === 'cron_job' ? undefined : { commit: sha };
}
/** @throws Failure `image-mismatch` if no service runs an image: it would silently not be released */
function assertImagesUsed(images, named) {
    const known = new Set(named.map(({ service }) => repositoryOf(service.imagePath ?? '')));
    const stray = images.filter((image) => !known.has(repositoryOf(image)));
    if (stray.length === 0)
        return;
    const theirs = named.flatMap(({ service }) => service.imagePath ? [`${service.name} runs ${service.imagePath}`] : []);
    throw new failure/* Failure */.HR('image-mismatch', `No service runs the image ${stray.join(', ')}; ${theirs.join(', ') || 'all of them are built from git'}.`, 'give an image from the repository that the service is set up with. Only tag and digest may differ.');
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/follow.ts



/** Shorter while a deploy is young: a deploy of an image takes seconds, a build minutes. In milliseconds. */
const pollDelayMs = (ageMs) => Math.min(5000, 1000 + ageMs / 12);
/** How long a deploy that exists may be missing in Render's answers, in milliseconds. */
const missingToleranceMs = 60_000;
function deployLost(id) {
    return new failure/* Failure */.HR('deploy-lost', `Render does not know the deploy ${id} any more.`, "check the service in Render's dashboard.");
}
/** Polls a deploy until it has ended, and reports each change of its status. @throws Failure `deploy-lost` */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/replacement.ts



/**
 * The deploy that replaced one that ended as `deactivated` or `canceled`; undefined if none did: then it failed or was
 * cancelled by hand.
 */
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
/** A digest to recognise the value that was set, without storing it. */
function digestOf(value, apiKey) {
    return (0,external_node_crypto_.createHash)('sha256').update(`${apiKey}\0${value}`).digest('base64').slice(0, 22);
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/trigger-deploy.ts




/**
 * A deploy may first appear this long after its request (docs/research/render-api.md#asking-for-a-deploy). Only then does
 * a request without an answer count as never accepted.
 */
const appearsWithinMs = 120_000;
const pollIntervalMs = 3000;
/** Notes which deploys exist before a deploy is requested. */
function snapshotBefore(client, deploys, trigger, content) {
    return {
        trigger,
        content,
        knownIds: deploys.map(({ id }) => id),
        newestCreatedAt: deploys[0]?.createdAt ?? '',
        requestedAtMs: client.deadline.clock.now(),
    };
}
/**
 * Requests one deploy, never a second one: if the answer is lost, it first searches for the deploy and only then requests
 * it again. Returns the deploy's id.
 * @param save writes to the journal, before each request, what is needed to find the deploy; undefined if Render has
 *   certainly not accepted the request, so that undo does not search for it
 * @throws Failure `deploy-lost`
 */
async function triggerOnce(client, service, what, request, save) {
    for (;;) {
        const now = { ...request, at: client.deadline.clock.now() };
        save(now);
        const outcome = await client.trigger(service, what).catch((error) => {
            if (error instanceof failure/* Failure */.HR)
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
        // Accepted but not found: another request could make a second deploy.
        if (outcome.kind === 'done')
            throw queuedDeployLost();
    }
}
function queuedDeployLost() {
    return new failure/* Failure */.HR('deploy-lost', `Render queued the deploy behind another one and did not show it within ${appearsWithinMs / 1000} s.`, "check the service's deploys in Render's dashboard. If none is running, run this job again.");
}
/**
 * Searches for the deploy of a request until it is found or can no longer appear. It always searches once more after that
 * time, whatever the earlier answers were.
 */
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
/** A deploy may have no content before it starts; its content is compared once it is live. */
function isContentUnknown(deploy) {
    return contentOf(deploy) === undefined && !isTerminal(deploy.status);
}
/** The deploy of a request; the oldest one if several match. Pure. */
function findTriggered(deploys, { knownIds, newestCreatedAt, trigger, content }) {
    const before = new Set(knownIds);
    return deploys.findLast((deploy) => !before.has(deploy.id) &&
        (newestCreatedAt === '' || Date.parse(deploy.createdAt) >= Date.parse(newestCreatedAt)) &&
        deploy.trigger === trigger &&
        (content === undefined || matchesContent(deploy, content) || isContentUnknown(deploy)));
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/auto-deploy.ts

/**
 * Switches auto-deploy off, because the next push would deploy again what was rolled back. A refusal of Render is a
 * warning and stops nothing.
 * @param what what the next push would deploy again, up to the end of the sentence
 */
async function pauseAutoDeploy({ id, name }, client, warn, what) {
    await warnIfRefused(client.pauseAutoDeploy(id), warn, `${name}: auto-deploy could not be switched off`, () => warn(`${name}: auto-deploy is off now. Otherwise the next push would deploy again ${what}`));
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/under-way.ts


/** Whether a deploy is the wanted one, or has the same content. Pure. */
function isWanted(deploy, { deploy: id, content }) {
    return deploy.id === id || (content !== undefined && matchesContent(deploy, content));
}
/** The deploys that have not ended and would replace the wanted one once they are live. Pure. */
function othersUnderWay(deploys, wanted) {
    return deploys.filter((deploy) => !isTerminal(deploy.status) && !isWanted(deploy, wanted));
}
/** After this time, in milliseconds, a deploy that cannot be cancelled is left: a later rollback ends after it anyway. */
const stopWithinMs = 60_000;
const under_way_pollIntervalMs = 2000;
/**
 * Cancels deploys that are under way and not wanted, until none is left. Render cannot cancel a deploy that waits behind
 * another: that one is cancelled once it has started. Returns the deploys as they are afterwards.
 * @param warn gets a sentence for each cancelled deploy
 */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/way-back.ts





function way_back_versionOf(content) {
    if (content === undefined)
        return '';
    return 'commit' in content ? content.commit : content.image;
}
/** Records for the job's report which version serves again and which one it replaces. */
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
/**
 * Starts the rollback of one service. Deploys under way are cancelled first, because they would end after the rollback.
 * Then the rollback to the wanted deploy is requested, unless that is live.
 * @returns `live` if no rollback was needed, `requested`, or a sentence if another deploy has superseded it
 */
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
    // A deploy that was under way at the start may be live now; it is rolled back as well. A later one is not.
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/release-group.ts













/**
 * Releases the services of a group at the same time. Returns a sentence if another deploy has superseded one.
 * @throws the first failure, after the other services have stopped
 */
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
/** Adds the service's name to a failure of Render's API, because several services are deployed at once. */
function withServiceName(name, error) {
    if (!(error instanceof failure/* Failure */.HR) || error instanceof failure/* Interrupted */.j$ || error.message.includes(name))
        return error;
    return new failure/* Failure */.HR(error.code, `${name}: ${error.message}`, undefined, { cause: error });
}
/** Compares with the plan, sets variables, and requests the deploy or joins an existing one. */
async function startDeploy(context, serviceDeploy) {
    const { client, inputs } = context;
    const { planned, inspection, saved, save } = serviceDeploy;
    const { service, content } = planned;
    recordPhase(context, serviceDeploy, 'trigger');
    const deploys = await client.deploys(service.id);
    const live = liveOf(deploys);
    if (live && live.id !== planned.live?.id && !(content && matchesContent(live, content)))
        return `${service.name}: ${live.id} (${deployName(live)}) went live while this step was running.`;
    // Minutes may have passed since the plan, and undo must restore the latest values.
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
/** Follows the deploy to its end, or a deploy of the same content that replaced it; then checks the service. */
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
/** The failure, with the reason from Render's events. Writes the last lines of the service's log to the job log. */
async function failureFor(context, service, ended) {
    const { step } = context;
    const { deadline } = context.client;
    // Reading reasons and logs may take 20 s, and must not stop the failure from being reported.
    const until = Math.min(deadline.until, deadline.clock.now() + 20_000);
    const client = openClient(context.dependencies.transport(context.inputs.api), { ...deadline, until });
    const quietly = (ask, none) => ask.catch((error) => {
        step.info(`${service.name}: its events, log or variables could not be read: ${(0,failure/* messageOf */.bD)(error)}`);
        return none;
    });
    const [events, lines, env] = await Promise.all([
        quietly(client.events(service.id, ended.createdAt), []),
        quietly(client.lastLogs(service, ended.createdAt, ended.finishedAt ?? undefined), []),
        // Unknown values cannot be hidden in the log: without them no log is shown.
        quietly(client.env(service.id), undefined),
    ]);
    if (env)
        for (const line of maskedLogLines(lines, env.map(({ value }) => value)))
            step.info(`  ${service.name} | ${line}`);
    const { why } = readReason(events, ended);
    const where = failedPhase[ended.status] ?? `it ended as ${printable(ended.status, 60)}`;
    return new failure/* Failure */.HR(failureCodes[ended.status] ?? 'deploy-failed', `${service.name}: ${where}${why === '' ? '' : `: ${why}`} (deploy ${ended.id}).`, `read the last lines of its log above, or the whole log at ${service.dashboardUrl ?? 'Render'}.`);
}
const failureCodes = {
    build_failed: 'build-failed',
    pre_deploy_failed: 'pre-deploy-failed',
    update_failed: 'start-failed',
    canceled: 'deploy-cancelled',
};

;// CONCATENATED MODULE: ./actions/deploy-render/src/report.ts
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




const inputs_commands = ['deploy', 'rollback', 'look'];
const renderUrl = 'https://api.render.com/v1';
function readRenderInputs(read) {
    const groups = readGroups(read);
    const versionFrom = readVersionFrom(read);
    const command = read.choice('command', { default: 'deploy', of: inputs_commands });
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
            // The line may hold a secret.
            read.issue('env', 'has a line that is not KEY=value', 'Give KEY=value, or SERVICE KEY=value, a line each.');
            return [];
        }
        requireListed(read, 'env', service, services);
        if (value.length >= longEnoughToMask)
            (0,mask/* mask */.d)(value);
        return [{ service, key, value }];
    });
}
/** In characters. Shorter values are common words; masking them would hide half of the log. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/resolve.ts


/** Finds all services. @throws Failure `service-missing` with every name that has no service, or more than one */
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
        throw new failure/* Failure */.HR('service-missing', `Not every service was found; nothing was changed.\n${wrong.map((line) => `  - ${line}`).join('\n')}`, "give the names as Render's dashboard shows them, and owner-id if several workspaces have a service of the same name.");
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
        throw new failure/* Failure */.HR('inputs', `services: names ${twice.service.name} twice, by its name and its id.`, 'name it only once.');
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/verify-live.ts




/**
 * Checks all services once more together: while later groups were deployed, another deploy may have replaced one of an
 * earlier group. Returns a sentence if so. A deploy of the same content counts as ours once it is healthy too.
 * @throws Failure `check-failed`
 */
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
        // Another job may have started the next service of its release while the earlier ones were rolled back.
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
/**
 * Checks, before the next group begins, whether the services of the earlier groups are still as this step left them: the
 * next group depends on them. Returns a sentence if one was replaced or is being rolled back.
 */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/deploy.ts












/** Releases the services group by group; each is live and checked before the next group begins. */
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
/** Inspects all services and logs the plan. @throws Failure `refused` with every refusal of the plan */
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
        throw new failure/* Failure */.HR('refused', `The deploy is refused; nothing was changed.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`);
    return { plan, inspections };
}
/** Carries out the plan, group by group, and then checks all services once more. */
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
/** The commit that every service serves after the plan; empty if they differ or if it is not known. */
function commitOfAll(plan) {
    const commits = plan.groups.flat().map(({ action, content, live }) => {
        if (action.do === 'nothing')
            return live?.commit?.id ?? '';
        return content && 'commit' in content ? content.commit : '';
    });
    const [first = ''] = commits;
    return commits.every((commit) => commit === first) ? first : '';
}
/** @throws Failure `deployed-twice`: two steps that deployed the same service would undo each other's work */
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
    throw new failure/* Failure */.HR('deployed-twice', `An earlier step of this job already deployed ${twice.service.name}.`, 'name each service in only one step of a job.');
}
/** Undoes nothing: the deploy that superseded this one may build upon what is live now. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/inspect.ts



/** `command: look`: reports what is live at Render, so that it can be saved outside of this runner. Changes nothing. */
async function inspect_inspect(inputs, step, dependencies) {
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/rollback.ts








/**
 * `command: rollback`: restores the earlier deploy that `to` names on every service, without a build, the last group
 * first. It is final at the end of its main; if it fails, it restores what was live when it began.
 */
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
        throw new failure/* Failure */.HR('refused', `The rollback is refused; nothing was changed.\n${plan.refusals.map((line) => `  - ${line}`).join('\n')}`);
    if (inputs.dryRun) {
        step.info('Nothing was changed.');
        return { result: 'unchanged' };
    }
    noteChosen(step, inputs.release.service, commitOfAll(plan));
    const { result } = await releaseAll(context, plan, inspections);
    return { result: result === 'pending' ? 'committed' : result };
}
/** GitHub's deployments know the version's name, but only Render knows its commit for certain. */
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
/** Plans a rollback from the inspections. Pure. */
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
/** Whether the target's content is live; a rollback of Render creates a new deploy with the same content. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/restore-env.ts


/** Restores variables that still hold what this job set. Warns of those that somebody else has changed. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/undo-step.ts



/**
 * Decides from what is saved and what Render shows. Pure, so an undo that was killed continues where it was.
 * @param deploys newest first
 */
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
/** For a service without any deploy of this job. */
const neverCame = end('unchanged', 'this job made no deploy', true);
/** All deploys of this job have ended: the live deploy decides. */
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
/** The release of this job is live: a rollback restores the previous deploy, unless that is not allowed. */
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
/**
 * A deploy under way with the same content, which would undo the rollback: one of a push that cancelled the job's own, or
 * one that waits behind it.
 */
function successorOf(ours, saved, deploys) {
    const mayGo = isReplaced(ours) || (ours.status === 'live' && !saved.pinnedByDisk);
    if (!mayGo)
        return undefined;
    return deploys.find((one) => one.id !== saved.rollbackId && one.trigger !== 'rollback' && !isTerminal(one.status) && bringsSame(one, saved));
}
/** The rollback that an undo requested, even if its answer was lost. */
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
/** The manual way where the undo cannot continue. */
function byHand({ name, previous, dashboardUrl }) {
    const what = previous ? `roll ${name} back to ${previous.id}` : `check ${name}`;
    return `By hand: ${what}${dashboardUrl && ` at ${dashboardUrl}`}.`;
}

;// CONCATENATED MODULE: ./actions/deploy-render/src/undo.ts










const undo_pollIntervalMs = 3000;
/**
 * Rolls each service back to the deploy that was live before, the last group first. A group that takes longer than its
 * share of the time is left with its rollback requested, and the next group begins. Never throws, and may be called again
 * at any point: each step follows from what Render shows.
 * @param until by the clock of `dependencies`, in milliseconds
 */
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
    // The time that the other groups did not use may be enough to see these rollbacks complete.
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
    // An earlier attempt of this job may have requested it.
    undo.isRequested = saved.rollbackId !== undefined;
    try {
        return { ...base, ...(await undoDeploy(undo)) };
    }
    catch (error) {
        const why = (0,failure/* firstLine */.TM)((0,failure/* messageOf */.bD)(error));
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
/** Render's deploys, newest first, and this job's own even if the list lacks them. */
async function readDeploys({ saved, client }) {
    const listed = await client.deploys(saved.id);
    const own = [saved.deployId, saved.rollbackId].filter((own) => own !== undefined);
    const unlisted = own.filter((own) => !listed.some(({ id }) => id === own));
    const found = await Promise.all(unlisted.map((id) => client.deploy(saved.id, id)));
    return [...listed, ...found.filter((deploy) => deploy !== undefined)].toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
}
/** Does one step. Returns the result if the undo ends with it. */
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
/** Waits for a deploy that Render has named. If the answer to the request was lost, searches as long as it could appear. */
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
/**
 * Waits for a deploy that Render has named: it exists, even if it is not found at once.
 * @throws Failure `deploy-lost`
 */
async function awaitDeploy(id, saved, client) {
    const { clock } = client.deadline;
    for (const began = clock.now(); !(await client.deploy(saved.id, id));) {
        if (clock.now() - began > missingToleranceMs)
            throw deployLost(id);
        await pause(client.deadline, undo_pollIntervalMs);
    }
}
/** Requests a cancel, again if Render refuses it: it refuses one for a deploy that waits behind another. */
async function cancel(undo, { id }) {
    const { saved, client } = undo;
    const taken = await client.cancel(saved.id, id);
    if (taken)
        undo.isRequested = true;
    const now = await client.deploy(saved.id, id);
    // After a refusal the deploy may have ended although Render's list does not show that yet.
    if (!taken || (now && !isTerminal(now.status)))
        await pause(client.deadline, undo_pollIntervalMs);
}
/** Searches for a requested rollback. One that does not appear was never accepted; the next step requests it again. */
async function findRollback(undo) {
    const { saved, client, reporter } = undo;
    // A cancel that was accepted does not count as the rollback.
    undo.isRequested = false;
    const found = saved.rollbackRequest && (await awaitTriggered(client, saved.id, saved.rollbackRequest));
    if (found)
        return noteRollback(undo, found.id);
    saved.rollbackRequest = undefined;
    reporter.save();
}
/** Requests the rollback once. Before that it turns auto-deploy off and restores the variables. */
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

;// CONCATENATED MODULE: ./actions/deploy-render/src/action.ts








const action_commands = { deploy: deploy, rollback: rollback, look: inspect_inspect };
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
            const left = (until - (0,src_clock/* monotonicSeconds */.m)()) * 1000;
            const reporter = { save: () => step.save(saved), warn: (text) => step.warn(text) };
            return undoDeploys(saved, (0,inputs/* fromEnvironment */.A)('api-key').trim(), defaultDependencies, clock.now() + left, reporter);
        },
        confirmers: confirmers,
        close: async () => { },
    },
};


/***/ }),

/***/ 685:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(699);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(149);


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

/***/ 402:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ findControlCharacter)
/* harmony export */ });
/**
 * Finds what a text of one line must not have: a line break, or another control character but the tab. Returns it in
 * words, or undefined. On a host such a text could be read as several lines.
 */
function findControlCharacter(text) {
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
/* harmony export */   TM: () => (/* binding */ firstLine),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   h_: () => (/* binding */ asFailure),
/* harmony export */   j$: () => (/* binding */ Interrupted)
/* harmony export */ });
/**
 * A failure that a user can act on. `code` becomes the output `failure-code`; `message` says what is wrong, where and
 * why; `remedy` says what to do about it, and is appended to the message after "How to fix:".
 */
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
/** Thrown where the runner asked the process to stop (SIGINT, SIGTERM) before its work was done. */
class Interrupted extends Failure {
    constructor() {
        super('interrupted', 'The job was cancelled while this step was running.');
        this.name = 'Interrupted';
    }
}
/** Of a text of several lines, such as the message of a failure, whose remedy stands on a line of its own. */
function firstLine(text) {
    return text.split(/\r?\n/, 1)[0] ?? '';
}
/** The text of anything thrown, one line or more, without a stack. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}
/** The `failure-code` of anything thrown: `internal` is a bug in Belay. */
function codeOf(error) {
    const failure = asFailure(error);
    return failure instanceof Failure ? failure.code : 'internal';
}
/** Turns the error of a full disk into a Failure, whichever write met it: it is not a bug. */
function asFailure(error) {
    const code = error instanceof Error && !(error instanceof Failure) && 'code' in error ? error.code : undefined;
    if (code !== 'ENOSPC' && code !== 'EDQUOT')
        return error;
    return new Failure('runner-disk-full', `No space is left on the runner: ${messageOf(error)}.`, `free disk space below RUNNER_TEMP (${process.env.RUNNER_TEMP ?? 'not set'}): remove files that earlier steps of the job left.`, { cause: error });
}


/***/ }),

/***/ 221:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ fromEnvironment),
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: ./packages/action-kit/src/control-character.ts
var control_character = __nccwpck_require__(402);
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./packages/action-kit/src/mask.ts
var mask = __nccwpck_require__(477);
;// CONCATENATED MODULE: ./packages/action-kit/src/variables.ts
/**
 * Every input of `release`, by where its value may come from and by the target that it applies to. What describes
 * servers and services can be a variable of the environment. What belongs to one run, or to the commit, stands in the
 * workflow: a variable that is left behind would apply to every later release as well.
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
        ssh: ['until', 'phase', 'oldest-compatible-version', 'accept-risk', 'first-release'],
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
/** The kind of an input of `release`; undefined for any other name. */
function kindOf(input) {
    return kinds.get(input);
}
/**
 * Reads `toJSON(vars)`. Only names with Belay's prefix count: an organisation may have its own IMAGE or TARGET.
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
/** What is wrong with a variable that has Belay's prefix, and how to fix it; undefined where it is valid. */
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
    // Half of another name is not a misspelling of it.
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
 * Runs `read` over the inputs and returns its result. An empty input is taken from its variable in `settings` (the JSON
 * of all variables); a secret or a decision of one run never is.
 * @throws Failure `inputs` with every issue, a line each: the input or the variable, what is wrong, how to fix it.
 */
function readInputs(read, raw = fromEnvironment, context = {}) {
    const issues = [];
    const ignored = new Set();
    const value = read(inputReader(sourcesOf(raw, context), issues, ignored));
    for (const text of ignored)
        context.note?.(text);
    if (issues.length > 0)
        throw new failure/* Failure */.HR('inputs', inputError(issues));
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
        const control = (0,control_character/* findControlCharacter */.A)(value);
        if (control)
            issue(name, `has ${control}`, 'Give plain text without it.');
    };
    const within = (name, value, min, max, unit) => {
        if (value < min || value > max)
            issue(name, `is ${value}${unit}`, `Give ${min} to ${max}${unit}.`);
        return value;
    };
    // A composite passes an input on empty where its own caller left it out: that counts as not set.
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
            // Some users mean minutes and others seconds, so no unit is assumed.
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
/** The folder that the actions of this job share. The runner empties RUNNER_TEMP after the posts. */
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
/** All forms of a secret to mask. Lines shorter than 4 characters would hide half the log. */
function maskedForms(secret) {
    const lines = secret.split(/\r?\n/).map((line) => line.trim());
    const forms = [secret, encodeURIComponent(secret), ...lines, ...lines.map(encodeURIComponent)];
    return [...new Set(forms)].filter((form) => form.trim().length >= 4);
}


/***/ }),

/***/ 699:
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
;// CONCATENATED MODULE: ./packages/action-kit/src/events.ts
/** Of an event that only the job needs: it is not in the record. */
const jobOnly = undefined;
/**
 * What people read of each event, in the record: these fields, or what the function makes of it. A field that is not
 * named here is never in it.
 */
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
/** What targets serve again if they roll back. */
function servedBefore(targets) {
    return Object.fromEntries(targets.flatMap(({ name, move }) => (move ? [[name, move.from]] : [])));
}
/** The outcomes of targets, as a step reports them. */
function outcomeEntries(step, outcomes) {
    return outcomes.map((outcome) => ({ step, event: 'outcome', ...outcome }));
}

;// CONCATENATED MODULE: ./packages/release-model/src/result.ts
/**
 * The results of a step or of the whole job (rule 15 of the transaction), from harmless to worst.
 * `pending` is only a main's own output: it succeeded and nothing is decided yet.
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
 * The worst of several results. `noop`, `unchanged` and `superseded` never hide another; committed on one target and
 * rolled back on another is `mixed`. Without any result: `unknown`.
 */
function worstResult(all) {
    if (all.length === 0)
        return 'unknown';
    const has = (result) => all.includes(result);
    if (has('committed') && (has('rolled-back') || has('undo-started')))
        return 'mixed';
    return all.reduce((a, b) => (results.indexOf(b) > results.indexOf(a) ? b : a));
}

;// CONCATENATED MODULE: ./packages/action-kit/src/job-state.ts

/** The release of the composite `release` whose steps run now; undefined where a step is used alone. */
function releaseInProgress({ releases, unfinishedReleases }) {
    return releases.findLast(({ id }) => unfinishedReleases.includes(id));
}
/** Whether the release in progress was superseded by a newer one: later steps then have nothing to do. */
function isSuperseded(job) {
    const service = releaseInProgress(job)?.service;
    return job.steps.some((step) => step.mutates && step.service === service && service !== undefined && step.ended?.result === 'superseded');
}
/** The armed targets of a step that have no final outcome yet. */
function pendingTargets(step) {
    const final = new Set(step.outcomes.filter(({ result }) => isFinal(result)).map(({ target }) => target));
    return step.armed.filter((target) => !final.has(target.name));
}
function isFinal(result) {
    return result === 'committed' || result === 'rolled-back' || result === 'unchanged';
}
/**
 * The result of one step (rule 15): that of its targets once their outcomes are known, else that of its main. A main
 * without a result is `unknown`, and so is an armed target without an outcome.
 */
function resultOf(step) {
    if (step.armed.length > 0) {
        const silent = step.armed.length > step.outcomes.length;
        return worstResult([...step.outcomes.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
    }
    if (!step.ended || step.ended.result === 'pending')
        return 'unknown';
    return step.ended.result;
}
/**
 * The job's result (`BELAY_RESULT`): the worst of the steps that change something. Where none was reached, nothing was
 * changed, or a newer release came first. At best `unknown` where the journal is damaged.
 */
function jobResult({ steps, damaged }) {
    if (damaged !== undefined)
        return worstResult([...steps.filter((step) => step.mutates).map(resultOf), 'unknown']);
    const changing = steps.filter((step) => step.mutates);
    if (changing.length > 0)
        return worstResult(changing.map(resultOf));
    return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged';
}

;// CONCATENATED MODULE: ./packages/action-kit/src/decision.ts


/** In seconds. All posts of a cancelled job share five minutes less 15 s (rule 13); the rest is a margin for other posts. */
const postBudgetSeconds = 240;
/**
 * Decides once for the whole job (rule 7): first by the job's journal, then by asking every armed target, which is the
 * only effect. The caller writes the decision to the journal before it acts on it.
 */
async function decide(job, jobStatus, confirmer) {
    const why = reasonToUndo(job, jobStatus);
    if (why !== undefined)
        return { decision: 'undo', why };
    const missing = await confirmer.missing(job.steps.flatMap(pendingTargets));
    if (missing.length === 0)
        return { decision: 'commit', why: 'every step succeeded and every armed target can be confirmed' };
    return { decision: 'undo', why: missing.map(({ target, why }) => `${target}: ${why}`).join('; ') };
}
/** Why the job must be undone, by what is known without asking a target; undefined where no reason is known. */
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
        // A step that failed, restored everything itself and was tolerated by the workflow does no harm.
        const harmless = ['unchanged', 'rolled-back', 'noop'].includes(step.ended.result);
        if (!step.ended.ok && !harmless)
            return `${step.id} failed and is ${step.ended.result}`;
    }
    const [unfinished] = job.unfinishedReleases;
    if (unfinished !== undefined)
        return `release ${unfinished} began and did not reach its end`;
    return undefined;
}
/** The decision of the job: the one in the journal, or a new one, which is written there first. */
async function decideOnce(journal, step, jobStatus, confirmer, now) {
    const job = journal.read();
    if (job.decided)
        return job.decided;
    const decided = { ...(await decide(job, jobStatus, confirmer)), until: now + postBudgetSeconds };
    journal.append({ step, event: 'decided', ...decided });
    return decided;
}
/**
 * Confirms at once every target that is not confirmed yet: for the post that decided, all of them; for a later post,
 * those that an interrupted post left.
 */
async function confirmAll(journal, step, confirmer) {
    const open = journal.read().steps.flatMap(pendingTargets);
    if (open.length === 0)
        return [];
    const outcomes = await confirmer.confirm(open);
    journal.append(...outcomeEntries(step, outcomes));
    return outcomes;
}

// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 1 modules
var src_inputs = __nccwpck_require__(221);
;// CONCATENATED MODULE: ./packages/action-kit/src/interrupt.ts
/**
 * A signal that is aborted when the runner asks this process to stop. The runner sends SIGINT, 7.5 s later SIGTERM and
 * 2.5 s after that kills (docs/research/runner.md#cancelling). So about seven seconds are left to start the undo.
 */
function interruptSignal() {
    const controller = new AbortController();
    const abort = () => controller.abort();
    process.on('SIGINT', abort);
    process.on('SIGTERM', abort);
    return controller.signal;
}
/** The time that a main has after SIGINT to start its own undo, in milliseconds. */
const interruptBudgetMs = 6500;

// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./packages/action-kit/src/journal-fold.ts

/** Adds up the events of a journal. Pure. */
function foldJournal(entries) {
    const steps = new Map();
    const releases = [];
    const open = new Set();
    const connections = [];
    let nonce;
    let decided;
    let returnsAt;
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
    // A step begins once; a second beginning would hide what it has to undo.
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
                returnsAt = Math.min(returnsAt ?? Number.POSITIVE_INFINITY, entry.returnsAt);
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
    // A target's outcome may come from another step's post; it belongs to the last step that armed the target. Where no
    // step armed it (a schema), it belongs to the step that changed it.
    function addOutcome(outcome, by) {
        const all = [...steps.values()];
        const step = all.findLast(({ armed }) => armed.some(({ name }) => name === outcome.target)) ?? steps.get(by);
        if (!step)
            return;
        const others = step.outcomes.filter((earlier) => earlier.target !== outcome.target);
        steps.set(step.id, { ...step, outcomes: [...others, outcome] });
    }
    // Once every armed target has its outcome, no confirm timeout limits the job.
    if (![...steps.values()].some((step) => pendingTargets(step).length > 0))
        returnsAt = undefined;
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
/** What is known of a step that began and did nothing yet. */
const newStep = {
    closes: false,
    service: undefined,
    undo: undefined,
    ended: undefined,
    armed: [],
    moved: [],
    outcomes: [],
};
/** An event without its name, and without when it was and whose it is. */
function contentOf(entry) {
    const { at: _, step: __, event: ___, ...content } = entry;
    return content;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/json-lines.ts

/** A new line, also after one that a kill or a full disk left incomplete. */
function jsonLine(value) {
    return `\n${JSON.stringify(value)}\n`;
}
/** The values of a file of JSON lines; what cannot be read is left out. */
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
            // Torn by a kill in the middle of a write: what it announced did not happen yet.
        }
    }
    return lines;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/record.ts

/** The record of a job: of its journal what people read. Pure. */
function recordOf(lines) {
    return lines.flatMap((line) => recordLineOf(line) ?? []);
}
/** What people read of a line of the journal; undefined where it is only for the job. */
function recordLineOf(line) {
    // A line may come from elsewhere: its event may be the name of an inherited property.
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

;// CONCATENATED MODULE: ./packages/action-kit/src/journal.ts






/** Opens the job's journal, and makes it if this is the first action of the job. */
function openJournal(folder) {
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const path = (0,external_node_path_.join)(folder, 'journal.jsonl');
    return {
        folder,
        append(...entries) {
            const at = new Date().toISOString();
            const lines = entries.map((entry) => jsonLine({ at, ...entry }));
            if (lines.length > 0)
                (0,external_node_fs_.appendFileSync)(path, lines.join(''), { mode: 0o600 });
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
    return (0,external_node_fs_.existsSync)(path) ? (0,external_node_fs_.readFileSync)(path) : undefined;
}
function markOf(text) {
    return { bytes: text.length, sum: (0,external_node_crypto_.hash)('sha256', text) };
}
/**
 * Reads a journal; none is an empty one. A line that a kill or a full disk left incomplete is ignored: what it announced
 * did not happen yet.
 */
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

;// CONCATENATED MODULE: ./packages/action-kit/src/lost-journal.ts



/**
 * Compares the journal with what this step's main left. Where it differs, it is marked as damaged: from then on the job
 * decides to undo and ends as `unknown`.
 */
function recordLoss(journal, state) {
    const why = journal.whyDamaged(state.mark);
    if (why === undefined || !state.mutates)
        return;
    journal.append({ step: state.step, event: 'damaged', why });
}
/**
 * The journal as a post reads it: it has the connections that its main left open also where the journal is lost. No line
 * is added: a step that only reads may be the first to find it missing, and the next step must find it missing too.
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
/** Marks the journal as damaged where a main finds none, though an earlier step of the job had one. */
function recordEarlierLoss(journal, step, env = process.env) {
    if (!env.BELAY_RESULT || journal.read().steps.length > 0)
        return;
    journal.append({ step, event: 'damaged', why: 'it is missing, and an earlier step of this job had begun one' });
}
/** @throws Failure `journal-lost` where what earlier steps of the job did is no longer known */
function assertJournal(journal) {
    const { damaged } = journal.read();
    if (damaged === undefined)
        return;
    throw new src_failure/* Failure */.HR('journal-lost', `${describeLoss(journal, damaged)} This step changed nothing.`, lossRemedy);
}
/** What post reports of a damaged journal: what happened, where, what rolls back on its own, and how to check. */
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
    return `The journal of this job (${(0,external_node_path_.join)(folder, 'journal.jsonl')}) is not as Belay left it: ${why}. A step of this job emptied or changed RUNNER_TEMP.`;
}
const lossRemedy = 'change the step that removes or changes files in RUNNER_TEMP/belay. Check which version serves, then release again.';
/** The rest of the journal may have been enough for an undo: its outcomes. */
function outcomeLines(outcomes) {
    return outcomes.map(({ target, result, detail }) => `${target} is ${result}: ${detail}.`);
}
/** The targets of the step that have no outcome. */
function leftoverLines({ step, result, armed, returnsAt }, outcomes) {
    const open = armed.filter((name) => !outcomes.some(({ target }) => target === name));
    if (outcomes.length > 0 && open.length === 0)
        return [];
    if (result !== undefined && result !== 'pending')
        return [`${step} had ended as ${result}; post did not change that.`];
    if (open.length === 0 || returnsAt === undefined)
        return [`${step} had armed nothing: nothing that it changed rolls back on its own.`];
    const time = new Date(Date.now() + (returnsAt - (0,clock/* monotonicSeconds */.m)()) * 1000).toISOString().slice(11, 19);
    return [
        `${step} could not be confirmed. Unless it is, each host rolls back on its own, at ${time} UTC at the latest: ${open.join(', ')}.`,
    ];
}

;// CONCATENATED MODULE: ./packages/action-kit/src/main-state.ts

const stateName = 'belay';
/** The journal for a main: what post needs of each line is passed to it as soon as the line is written. */
function savedForPost(journal, step) {
    let state = {
        folder: journal.folder,
        step,
        mutates: false,
        armed: [],
        connections: [],
        mark: journal.mark(),
    };
    const saveState = () => core/* saveState */.LZ(stateName, JSON.stringify(state));
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
/** A step may write lines for another one, as the aftercare of a lost runner does: they do not change its own state. */
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
/** The state that main left; undefined where it was stopped before it began. */
function mainState() {
    const text = core/* getState */.Gu(stateName);
    return text === '' ? undefined : JSON.parse(text);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/summary.ts



/** A text from outside, such as a version's name, escaped as one line of Markdown. */
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
 * Keeps sections for the last post of the job. The runner shows the summaries of a job in the order of its steps; which
 * version serves is known only at the end, and must stand above all ids and digests.
 */
function saveSections(journal, stage, sections) {
    for (const section of sections)
        (0,external_node_fs_.appendFileSync)(pathOf(journal), jsonLine({ stage, section }), { mode: 0o600 });
}
/** All kept sections: first those of the posts, the newest first, for they hold the outcome. */
function savedSections(journal) {
    const saved = readJsonLines(pathOf(journal));
    const of = (stage) => saved.filter((one) => one.stage === stage).map(({ section }) => section);
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

;// CONCATENATED MODULE: ./packages/action-kit/src/log.ts

/**
 * The only way to the job log. Almost every line holds text of hosts, tools or servers, and the runner reads workflow
 * commands from standard output and standard error alike: what is printed here can never be one.
 */
const log = {
    info: (text) => core/* info */.pq(escapeCommands(text)),
    debug: (text) => core/* debug */.Yz(escapeCommands(text)),
    notice: (text, properties) => core/* notice */.lm(escapeCommands(text), properties),
    warning: (text, properties) => core/* warning */.$e(escapeCommands(text), properties),
    error: (text, properties) => core/* error */.z3(escapeCommands(text), properties),
    /** An error annotation, and the step is red. */
    setFailed: (text) => core/* setFailed */.C1(escapeCommands(text)),
};
/** Prints a tool's output, which comes in pieces, line by line; the last line at the end. */
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
 * Changes a text of several lines so that it holds no workflow command: neither `::x::`, which the runner reads at the
 * start of a line, also after spaces, nor the older `##[x]`, which it reads in the middle of a line too. A lone carriage
 * return is a line break to the runner (docs/research/runner.md#texts). Colours stay; other control characters are written out. Pure.
 */
function escapeCommands(text) {
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

;// CONCATENATED MODULE: ./packages/release-model/src/serving.ts
/** A version for people: of a commit its first seven digits. */
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

;// CONCATENATED MODULE: ./packages/action-kit/src/service-outcome.ts


/**
 * The outcomes of a job: which version of each service serves now, and what became of the other one. Only of services
 * with a change that users see, made or planned. Pure.
 */
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
    const place = (name, move, host, otherwise) => {
        const { result = otherwise, detail = '' } = outcomes.find(({ target }) => target === name) ?? {};
        return { name, move, result, detail, host };
    };
    return [
        ...armed.flatMap(({ name, move }) => (move ? [place(name, move, true, 'unknown')] : [])),
        ...moved.map(({ name, move }) => place(name, move, false, unconfirmed(step, job))),
    ];
}
/** The result of a target that is never armed: it stays where its step succeeded, and was final or committed with the job. */
function unconfirmed({ ended }, { decided }) {
    const stays = ended?.ok && (ended.result === 'committed' || (ended.result === 'pending' && decided?.decision === 'commit'));
    return stays ? 'committed' : 'unknown';
}
/** A job that rolls back changes a target twice: its last step there counts. */
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
/** The result of the service as a whole, where all hosts serve the same version; else undefined. */
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
/** Whether the target serves what served before the job: it was restored, or never changed. */
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
    // `api on Render` and `frontend on Render` are both "on Render".
    if (!places.some(({ host }) => host))
        return `on ${[...new Set(places.map(({ name }) => name.replace(/^.* on /, '')))].join(' and ')}`;
    return places.length === 1 ? 'on 1 host' : `on ${places.length} hosts`;
}
function namesOf(targets, side) {
    const names = new Set(targets.map(({ move }) => nameOf(move[side])).filter(Boolean));
    return [...names].join(' and ');
}
function nameOf({ version }) {
    return versionName(version);
}
/** The version that serves on a host, in words; undefined where that is not known. */
function servedVersion(target) {
    if (target.result === 'committed')
        return nameOf(target.move.to);
    return servesAsBefore(target) ? nameOf(target.move.from) || 'the version from before this job' : undefined;
}
function whatServes(target) {
    const host = target.host ? target.name.replace(/^.* on /, '') : target.name;
    const version = servedVersion(target);
    if (version !== undefined)
        return `${version} serves ${target.host ? 'on' : 'as'} ${host}`;
    return target.detail === '' ? `${host}: version not known` : `${host}: ${target.detail.replace(/\s*\n\s*/g, ' ')}`;
}
/** Why a job was undone, short enough for a headline. Names the step that failed where Belay knows it. */
function whyUndone(job, record, status) {
    if (status === 'cancelled')
        return 'the job was cancelled';
    // A step that refuses to begin after the failure of another step is not the reason.
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
    return job.decided?.why ?? reasonToUndo(job, status) ?? 'not known';
}
/** The runner does not say which step failed; Belay knows only after which of its own steps it stood. */
function foreignFailure(job) {
    const last = job.steps.findLast(({ ended }) => ended);
    const after = last ? ` after ${last.action === 'release-end' ? 'release' : last.action}` : '';
    return job.unfinishedReleases.length > 0 ? `a step inside release${after} failed` : `a step${after} failed`;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/report.ts








/** Reports an error as an annotation; one that is a bug in Belay also with its stack. */
function reportError(thrown) {
    const error = (0,src_failure/* asFailure */.h_)(thrown);
    if (error instanceof src_failure/* Failure */.HR) {
        log.setFailed(error.message);
        return;
    }
    log.setFailed(`${(0,src_failure/* messageOf */.bD)(error)}\n  This is a bug in Belay. Please report it with the log lines below.`);
    if (error instanceof Error)
        log.info(error.stack ?? '');
}
/** For an error that may have kept the journal from being written: later steps can still read the failure code. */
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
/** A job that changed production and lost its journal fails, and says what is left behind. */
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
        actor: (0,job/* currentRun */.xh)().actor,
    });
}
/** Writes the one annotation of a job that says which version serves now. */
function annotate({ result, text }) {
    if (result === 'committed')
        log.notice(text, { title: 'Released' });
    else
        log.error(text, { title: titles[result] ?? 'Check which version serves' });
}
const titles = { 'rolled-back': 'Rolled back', unchanged: 'Not released' };
/** Fails a job that ends other than its steps promised, whatever the workflow tolerates. */
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
/** The last post of the job writes the summary of all steps, which version serves first; without one each writes its own. */
function flushSections({ id, stage, journal }, sections) {
    const job = journal.read();
    const last = job.steps.find(({ closes }) => closes)?.id;
    // A damaged journal no longer knows the last post.
    const isAlone = job.damaged !== undefined || last === undefined;
    if (isAlone)
        writeSummary(sections);
    else
        saveSections(journal, stage, sections);
    if (stage === 'main' || last !== id)
        return;
    const serves = serviceOutcomesOf({ journal }, process.env['INPUT_JOB-STATUS'] || 'success');
    writeSummary([...serves.map(({ text }) => `**${plainMarkdown(text)}**`), ...savedSections(journal)]);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/step.ts






function makeStep(id, stage, journal) {
    const sections = [];
    const record = (event) => journal.append({ step: id, ...event });
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
        save: (undo) => record({ event: 'saved', undo }),
        arm(targets, seconds) {
            record({ event: 'armed', targets, seconds, returnsAt: (0,clock/* monotonicSeconds */.m)() + seconds });
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
/** The runner never interrupts a post; a Ctrl-C at a terminal must not stop an undo either. */
function ignoredInterrupts() {
    interruptSignal();
    return new AbortController().signal;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/undo.ts




/** Undoes what the journal says that this step changed. Never throws. */
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
        log.error(`Rollback failed: ${(0,src_failure/* messageOf */.bD)(error)}`);
        return 'mixed';
    }
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/main.ts















async function main(action) {
    const opened = openJournal((0,job/* jobFolder */.OW)());
    const id = nextStepId(opened, action.name);
    // Before inputs are read: post runs whatever happens from here on, and must find the journal.
    const journal = savedForPost(opened, id);
    recordEarlierLoss(journal, id);
    const { step, flush } = makeStep(id, 'main', journal);
    const began = (0,clock/* monotonicSeconds */.m)();
    const { transaction } = action;
    // Until the inputs are read: a step that cannot read them counts as one that changes something.
    let mutates = transaction !== undefined;
    try {
        const inputs = (0,src_inputs/* readInputs */.K)((read) => action.inputs(read), src_inputs/* fromEnvironment */.A, {
            ...(action.variables && { variables: action.variables }),
            releaseTo: releaseInProgress(journal.read())?.environment,
            note: step.info,
        });
        mutates = transaction?.mutates(inputs) ?? false;
        const service = transaction?.service(inputs);
        if (transaction && mutates)
            assertMayBegin(journal, transaction.startsAfterFailure(inputs));
        recordBegin(action, step, mutates, service);
        core/* exportVariable */.dN('BELAY_RESULT', jobResult(journal.read()));
        step.output('failure-code', '');
        const outcome = await action.main(inputs, step);
        if (step.signal.aborted)
            throw new src_failure/* Interrupted */.j$();
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
/** A step changes nothing after a failure, nor once a target of this job has begun to roll back on its own. */
function assertMayBegin(journal, startsAfterFailure) {
    const status = process.env['INPUT_JOB-STATUS'] || 'success';
    if (status !== 'success' && !startsAfterFailure)
        throw new src_failure/* Failure */.HR('job-failed', `An earlier step of this job ended as ${status}. This step changed nothing.`);
    assertJournal(journal);
    const { exclusive } = journal.read();
    if (exclusive)
        throw new src_failure/* Failure */.HR('not-exclusive', `${exclusive.step} must be the only step of its job that changes anything: ${exclusive.why}`);
    assertNotTimedOut(journal);
}
/** @throws Failure `confirm-timeout-expired` where hosts armed by this job have begun to roll back on their own. */
function assertNotTimedOut(journal) {
    const { returnsAt } = journal.read();
    if (returnsAt === undefined || (0,clock/* monotonicSeconds */.m)() < returnsAt)
        return;
    throw new src_failure/* Failure */.HR('confirm-timeout-expired', 'The confirm timeout expired, and the hosts are rolling back on their own. This step changed nothing.', 'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.');
}
function recordSuccess(step, outcome, began) {
    step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) });
    step.output('result', outcome.result);
    // `undo: false` and rollback are final at the end of their own main, before any post.
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(step.journal.read()));
}
async function recordFailure(action, step, error, began, mutates) {
    reportError(error);
    // Where inputs could not be read, the step never began, and everything is unchanged.
    if (!stepState(step))
        recordBegin(action, step, mutates);
    const budgetSeconds = step.signal.aborted ? interruptBudgetMs / 1000 : postBudgetSeconds;
    const result = await undoStep(action, step, (0,clock/* monotonicSeconds */.m)() + budgetSeconds);
    attempt(() => step.output('result', result));
    attempt(() => step.output('failure-code', (0,src_failure/* codeOf */.$N)(error)));
    const failure = (0,src_failure/* asFailure */.h_)(error);
    const reason = (0,src_failure/* messageOf */.bD)(failure);
    const remedy = failure instanceof src_failure/* Failure */.HR && failure.remedy !== undefined && { remedy: failure.remedy };
    const code = (0,src_failure/* codeOf */.$N)(error);
    step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code, ...remedy });
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(step.journal.read()));
    // A step that only reads is always `unchanged`; in the summary that would contradict the release's result.
    const outcomeText = mutates ? `: ${result}` : '';
    step.summary(`**${action.name} failed** (\`${code}\`)${outcomeText}\n\n${codeBlock(reason)}`);
}
function elapsed(began) {
    return Math.round(((0,clock/* monotonicSeconds */.m)() - began) * 100) / 100;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/confirmers.ts
/**
 * All kinds as one. A target of a kind that this action does not know counts as missing, so that the job is undone; where
 * it is decided already, as not confirmed.
 */
function confirmerOf(confirmers, step) {
    const made = new Map(Object.entries(confirmers).map(([kind, make]) => [kind, make(step)]));
    const onEach = async (targets, act) => {
        const kinds = Map.groupBy(targets, ({ handle }) => handle.kind);
        const results = [...kinds].map(([kind, some]) => act(made.get(kind) ?? unknownKind(kind), some));
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

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/post-action.ts

/** What the post of a step has to do, by the journal. Pure. */
function postAction(job, step, decision) {
    if (isOvertaken(job, step))
        return 'mark-superseded';
    if (decision === 'commit')
        return isUnarmed(step) && isPending(step) ? 'mark-committed' : 'nothing';
    if (step?.undo === undefined && !step?.ended)
        return 'mark-unchanged';
    return needsUndo(step) ? 'undo' : 'nothing';
}
/** Whether a step has saved an undo that is not done. */
function needsUndo(step) {
    if (step?.undo === undefined)
        return false;
    return !['rolled-back', 'unchanged', 'committed', 'noop'].includes(resultOf(step));
}
/**
 * Whether a step that arms nothing (a schema) changed a service before the job found that a newer release came first.
 * Its change stays, for the newer release was built upon it.
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
        // An action that only reads reports what others did; its failure must not change the job's result.
        if (state.mutates || stepState(step)?.mutates)
            throw error;
        log.warning((0,src_failure/* messageOf */.bD)(error));
    }
    finally {
        attempt(() => reportLoss(action.name, step, state));
        await action.transaction?.close(step).catch((error) => log.debug((0,src_failure/* messageOf */.bD)(error)));
        flush();
    }
}
/** Follows the decision of the job: confirms all targets at once, or undoes this step's own; then reports the result. */
async function followDecision(action, step) {
    const { journal } = step;
    const jobStatus = process.env['INPUT_JOB-STATUS'] || 'success';
    if (!action.transaction)
        return;
    const confirmer = confirmerOf(action.transaction.confirmers, step);
    const decided = await decideOnce(journal, step.id, jobStatus, confirmer, (0,clock/* monotonicSeconds */.m)());
    log.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
    if (decided.decision === 'commit')
        await confirmAll(journal, step.id, confirmer);
    await doPostAction(postAction(journal.read(), stepState(step), decided.decision), action, step, decided.until);
    const job = journal.read();
    const own = stepState(step);
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(job));
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
    if (doing === 'mark-committed')
        return end(true, 'committed');
    if (doing === 'mark-superseded')
        return end(true, 'superseded');
    if (doing === 'mark-unchanged')
        return end(false, 'unchanged');
    const result = await undoStep(action, step, undoDeadline(step.journal, until));
    // Of a step that armed targets, their outcomes are the result.
    if (stepState(step)?.armed.length === 0)
        end(false, result);
}
/** The posts of a job share one time limit; each may use what is left, divided by the steps still to be undone. */
function undoDeadline(journal, until) {
    const waiting = journal.read().steps.filter((step) => step.mutates && needsUndo(step)).length;
    const left = Math.max(5, until - (0,clock/* monotonicSeconds */.m)());
    return (0,clock/* monotonicSeconds */.m)() + left / Math.max(1, waiting);
}
/** Posts run in reverse order: once the first change of the job has its outcome, all of them have. */
function isFirstChange({ steps }, id) {
    return steps.find(({ mutates }) => mutates)?.id === id;
}

// EXTERNAL MODULE: ./packages/action-kit/src/secret-folder.ts
var secret_folder = __nccwpck_require__(650);
;// CONCATENATED MODULE: ./packages/action-kit/src/run.ts







/**
 * Runs an action: one bundle for both stages of the runner. `main` makes the change and undoes it if it fails. `post`
 * follows the decision of the job; the first post of a changing action makes that decision.
 */
async function run(action) {
    // Node would print it unescaped.
    process.once('uncaughtException', (error) => {
        reportError(error);
        process.exit(1);
    });
    try {
        if (process.platform !== 'linux')
            throw new src_failure/* Failure */.HR('platform', `Belay runs on Linux runners, not ${process.platform}.`);
        // A main that was killed during its login has left its key.
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
 * The runner does not say which stage it starts, and a main that was killed at once leaves no state. So `post:` in
 * action.yml names `dist/post.js`, which does nothing but import the one bundle.
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



/** A folder for files with secrets. It is named for this process, so that others can remove it after a kill. */
function makeSecretFolder() {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)((0,_job_js__WEBPACK_IMPORTED_MODULE_2__/* .jobFolder */ .OW)(), { recursive: true, mode: 0o700 });
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_job_js__WEBPACK_IMPORTED_MODULE_2__/* .jobFolder */ .OW)(), `secret-${process.pid}-`));
}
/** Removes the secrets of processes that are gone. Steps may run in parallel: those of a living process stay. */
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
