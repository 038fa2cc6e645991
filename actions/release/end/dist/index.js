import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 234:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  p: () => (/* binding */ releaseEnd)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
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

// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
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

;// CONCATENATED MODULE: ./actions/release/end/src/action.ts

const releaseEnd = {
    name: 'release-end',
    inputs: readReleaseInputs,
    async main(inputs, step) {
        const release = joinRelease(step, inputs);
        step.record({ event: 'release-ended', release: release.id });
        return { result: 'unchanged' };
    },
};


/***/ }),

/***/ 262:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(124);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(234);


await (0,_belay_action_kit__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)(_action_js__WEBPACK_IMPORTED_MODULE_0__/* .releaseEnd */ .p);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

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

/***/ 124:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./packages/action-kit/src/failure.ts
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
function core_saveState(name, value) {
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
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(161);
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
        return (0,external_node_os_.uptime)();
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

;// CONCATENATED MODULE: ./packages/action-kit/src/control-character.ts
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

;// CONCATENATED MODULE: ./packages/action-kit/src/mask.ts

/**
 * Hides a secret in all later output of the job: whole, URL-encoded, and line by line, because the runner compares
 * masks with single lines of the log (docs/research/runner.md#texts).
 */
function mask(secret) {
    for (const form of maskedForms(secret))
        setSecret(form);
}
/** All forms of a secret to mask. Lines shorter than 4 characters would hide half the log. */
function maskedForms(secret) {
    const lines = secret.split(/\r?\n/).map((line) => line.trim());
    const forms = [secret, encodeURIComponent(secret), ...lines, ...lines.map(encodeURIComponent)];
    return [...new Set(forms)].filter((form) => form.trim().length >= 4);
}

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
        throw new Failure('inputs', inputError(issues));
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
    if (!(0,external_node_fs_namespaceObject.existsSync)(path))
        return [];
    const lines = [];
    for (const line of (0,external_node_fs_namespaceObject.readFileSync)(path, 'utf8').split('\n')) {
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
    (0,external_node_fs_namespaceObject.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const path = (0,external_node_path_.join)(folder, 'journal.jsonl');
    return {
        folder,
        append(...entries) {
            const at = new Date().toISOString();
            const lines = entries.map((entry) => jsonLine({ at, ...entry }));
            if (lines.length > 0)
                (0,external_node_fs_namespaceObject.appendFileSync)(path, lines.join(''), { mode: 0o600 });
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
    return (0,external_node_fs_namespaceObject.existsSync)(path) ? (0,external_node_fs_namespaceObject.readFileSync)(path) : undefined;
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
    throw new Failure('journal-lost', `${describeLoss(journal, damaged)} This step changed nothing.`, lossRemedy);
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
    const time = new Date(Date.now() + (returnsAt - monotonicSeconds()) * 1000).toISOString().slice(11, 19);
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
    const saveState = () => core_saveState(stateName, JSON.stringify(state));
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
    const text = getState(stateName);
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
    (0,external_node_fs_namespaceObject.appendFileSync)(path, `${sections.join('\n\n')}\n\n`);
}
/**
 * Keeps sections for the last post of the job. The runner shows the summaries of a job in the order of its steps; which
 * version serves is known only at the end, and must stand above all ids and digests.
 */
function saveSections(journal, stage, sections) {
    for (const section of sections)
        (0,external_node_fs_namespaceObject.appendFileSync)(pathOf(journal), jsonLine({ stage, section }), { mode: 0o600 });
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
    info: (text) => info(escapeCommands(text)),
    debug: (text) => debug(escapeCommands(text)),
    notice: (text, properties) => notice(escapeCommands(text), properties),
    warning: (text, properties) => warning(escapeCommands(text), properties),
    error: (text, properties) => error(escapeCommands(text), properties),
    /** An error annotation, and the step is red. */
    setFailed: (text) => setFailed(escapeCommands(text)),
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
    const error = asFailure(thrown);
    if (error instanceof Failure) {
        log.setFailed(error.message);
        return;
    }
    log.setFailed(`${messageOf(error)}\n  This is a bug in Belay. Please report it with the log lines below.`);
    if (error instanceof Error)
        log.info(error.stack ?? '');
}
/** For an error that may have kept the journal from being written: later steps can still read the failure code. */
function reportOutputs(error) {
    attempt(() => setOutput('failure-code', codeOf(error)));
    if (!process.env.BELAY_RESULT)
        attempt(() => exportVariable('BELAY_RESULT', 'unchanged'));
}
/** A full disk must not hide what happened before it. */
function attempt(write) {
    try {
        write();
    }
    catch (error) {
        log.debug(messageOf(error));
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
        output: (name, value) => setOutput(name, value),
        summary: (markdown) => sections.push(markdown),
        info: (text) => log.info(text),
        warn(text, host) {
            log.warning(host ? `${host}: ${text}` : text);
            record({ event: 'note', level: 'warning', text, ...(host && { host }) });
        },
        save: (undo) => record({ event: 'saved', undo }),
        arm(targets, seconds) {
            record({ event: 'armed', targets, seconds, returnsAt: monotonicSeconds() + seconds });
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
        log.error(`Rollback failed: ${messageOf(error)}`);
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
    const began = monotonicSeconds();
    const { transaction } = action;
    // Until the inputs are read: a step that cannot read them counts as one that changes something.
    let mutates = transaction !== undefined;
    try {
        const inputs = readInputs((read) => action.inputs(read), fromEnvironment, {
            ...(action.variables && { variables: action.variables }),
            releaseTo: releaseInProgress(journal.read())?.environment,
            note: step.info,
        });
        mutates = transaction?.mutates(inputs) ?? false;
        const service = transaction?.service(inputs);
        if (transaction && mutates)
            assertMayBegin(journal, transaction.startsAfterFailure(inputs));
        recordBegin(action, step, mutates, service);
        exportVariable('BELAY_RESULT', jobResult(journal.read()));
        step.output('failure-code', '');
        const outcome = await action.main(inputs, step);
        if (step.signal.aborted)
            throw new Interrupted();
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
        throw new Failure('job-failed', `An earlier step of this job ended as ${status}. This step changed nothing.`);
    assertJournal(journal);
    const { exclusive } = journal.read();
    if (exclusive)
        throw new Failure('not-exclusive', `${exclusive.step} must be the only step of its job that changes anything: ${exclusive.why}`);
    assertNotTimedOut(journal);
}
/** @throws Failure `confirm-timeout-expired` where hosts armed by this job have begun to roll back on their own. */
function assertNotTimedOut(journal) {
    const { returnsAt } = journal.read();
    if (returnsAt === undefined || monotonicSeconds() < returnsAt)
        return;
    throw new Failure('confirm-timeout-expired', 'The confirm timeout expired, and the hosts are rolling back on their own. This step changed nothing.', 'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.');
}
function recordSuccess(step, outcome, began) {
    step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) });
    step.output('result', outcome.result);
    // `undo: false` and rollback are final at the end of their own main, before any post.
    exportVariable('BELAY_RESULT', jobResult(step.journal.read()));
}
async function recordFailure(action, step, error, began, mutates) {
    reportError(error);
    // Where inputs could not be read, the step never began, and everything is unchanged.
    if (!stepState(step))
        recordBegin(action, step, mutates);
    const budgetSeconds = step.signal.aborted ? interruptBudgetMs / 1000 : postBudgetSeconds;
    const result = await undoStep(action, step, monotonicSeconds() + budgetSeconds);
    attempt(() => step.output('result', result));
    attempt(() => step.output('failure-code', codeOf(error)));
    const failure = asFailure(error);
    const reason = messageOf(failure);
    const remedy = failure instanceof Failure && failure.remedy !== undefined && { remedy: failure.remedy };
    const code = codeOf(error);
    step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code, ...remedy });
    exportVariable('BELAY_RESULT', jobResult(step.journal.read()));
    // A step that only reads is always `unchanged`; in the summary that would contradict the release's result.
    const outcomeText = mutates ? `: ${result}` : '';
    step.summary(`**${action.name} failed** (\`${code}\`)${outcomeText}\n\n${codeBlock(reason)}`);
}
function elapsed(began) {
    return Math.round((monotonicSeconds() - began) * 100) / 100;
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
        log.warning(messageOf(error));
    }
    finally {
        attempt(() => reportLoss(action.name, step, state));
        await action.transaction?.close(step).catch((error) => log.debug(messageOf(error)));
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
    const decided = await decideOnce(journal, step.id, jobStatus, confirmer, monotonicSeconds());
    log.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
    if (decided.decision === 'commit')
        await confirmAll(journal, step.id, confirmer);
    await doPostAction(postAction(journal.read(), stepState(step), decided.decision), action, step, decided.until);
    const job = journal.read();
    const own = stepState(step);
    exportVariable('BELAY_RESULT', jobResult(job));
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
    const left = Math.max(5, until - monotonicSeconds());
    return monotonicSeconds() + left / Math.max(1, waiting);
}
/** Posts run in reverse order: once the first change of the job has its outcome, all of them have. */
function isFirstChange({ steps }, id) {
    return steps.find(({ mutates }) => mutates)?.id === id;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/secret-folder.ts



/** A folder for files with secrets. It is named for this process, so that others can remove it after a kill. */
function makeSecretFolder() {
    mkdirSync(jobFolder(), { recursive: true, mode: 0o700 });
    return mkdtempSync(join(jobFolder(), `secret-${process.pid}-`));
}
/** Removes the secrets of processes that are gone. Steps may run in parallel: those of a living process stay. */
function sweepSecrets() {
    for (const name of namesIn((0,job/* jobFolder */.OW)())) {
        const [, pid] = /^secret-(\d+)-/.exec(name) ?? [];
        if (pid !== undefined && !isAlive(Number(pid)))
            (0,external_node_fs_namespaceObject.rmSync)((0,external_node_path_.join)((0,job/* jobFolder */.OW)(), name), { recursive: true, force: true });
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
            throw new Failure('platform', `Belay runs on Linux runners, not ${process.platform}.`);
        // A main that was killed during its login has left its key.
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
 * The runner does not say which stage it starts, and a main that was killed at once leaves no state. So `post:` in
 * action.yml names `dist/post.js`, which does nothing but import the one bundle.
 */
function isPost() {
    return (0,external_node_path_.basename)(process.argv[1] ?? '') === 'post.js';
}


/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

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
/******/ var __webpack_exports__ = __nccwpck_require__(262);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
