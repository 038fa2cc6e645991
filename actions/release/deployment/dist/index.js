import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 648:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  b: () => (/* binding */ releaseDeployment)
});

// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 3 modules
var inputs = __nccwpck_require__(499);
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

// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
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
        assertShape(isSha(sha), `the sha of ${version}`);
        return sha;
    }
    catch (error) {
        if (!(error instanceof GitHubError) || ![404, 422].includes(error.status))
            throw error;
        throw new Failure('no-such-version', `${github.repository} has no tag "${version}".`, 'give a tag, the 40 digits of a commit, or `previous`. In a private repository the job needs `contents: read` to see its tags.');
    }
}
/** Whether it is the 40 hex digits of a commit. */
function isSha(value) {
    return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);
}
const relations = (/* unused pure expression or super */ null && (['identical', 'ahead', 'behind', 'diverged']));
/** Commits without a common ancestor count as diverged. */
async function relationOf(github, base, head) {
    if (base === head)
        return 'identical';
    const basehead = `${base}...${head}`;
    try {
        const { status } = await github.ask(({ rest }, repository) => rest.repos.compareCommitsWithBasehead({ ...repository, basehead, per_page: 1 }));
        assertShape(relations.includes(status), `how ${head} stands to ${base}`);
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

;// CONCATENATED MODULE: ./packages/github/src/failure.ts

/** GitHub refused, or the answer is not from GitHub. */
class failure_GitHubError extends failure/* Failure */.HR {
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
    return new failure_GitHubError(status, 'github-unexpected-answer', `The answer (HTTP ${status}) is not from GitHub's API: ${what}.`, 'check GITHUB_API_URL, and any proxy between the runner and GitHub.');
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
        return new failure_GitHubError(status, 'github-token-refused', `GitHub does not accept the token (${asked}: ${reason}).`);
    if (status === 403)
        return new failure_GitHubError(status, 'github-permission', `The token has no permission for ${asked}: ${reason}.`, 'give the job the permissions that the README of release lists.');
    const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused';
    return new failure_GitHubError(status, code, `GitHub answered HTTP ${status} to ${asked}: ${reason}.`);
}

;// CONCATENATED MODULE: ./packages/github/src/deployments.ts


/** How many deployments are searched for the live one. */
const maxListed = 100;
/** Belay's deployments of a service in an environment, newest first. */
async function listDeployments(github, environment, service) {
    const task = taskOf(service);
    const listed = await github.ask(({ rest }, repository) => rest.repos.listDeployments({ ...repository, environment, task, per_page: maxListed }));
    failure_assertShape(Array.isArray(listed), 'the list of deployments');
    return listed.flatMap(({ id, payload, created_at }) => {
        const ours = payloadOf(payload);
        return ours?.service === service ? [{ id, payload: ours, createdAt: created_at }] : [];
    });
}
/** Each service has its own task: several may share an environment. */
function taskOf(service) {
    return `deploy:${service}`;
}
/** The payload is an object, or JSON as text. Any author is possible. */
function payloadOf(payload) {
    const value = typeof payload === 'string' ? parse(payload) : payload;
    const ours = value?.belay;
    const whole = ours && [ours.service, ours.release, ours.version, ours.sha].every((text) => typeof text === 'string');
    return whole && isSha(ours.sha) ? ours : undefined;
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/**
 * How many statuses are requested at once, from the newest on until one is `success`, and how many at most. A job's token
 * has a thousand requests an hour for the whole repository.
 */
const batchSize = 5;
const maxAsked = 30;
/**
 * Finds what is live: of the newest deployments whose last status is `success`, the one that got it last. The creation
 * order says nothing about releases that were in progress at the same time: they wait for each other.
 * @returns also the other ones whose status is still `success`, which a new success ends
 */
async function findLive(github, deployments) {
    for (let from = 0; from < Math.min(deployments.length, maxAsked); from += batchSize) {
        const some = deployments.slice(from, from + batchSize);
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
/** Whether a deployment ever had the status `success`, whatever it has now. */
async function wasLive(github, id) {
    return (await statusesOf(github, id, 100)).some(({ state }) => state === 'success');
}
/** The last deployment that a run made for the service, in any attempt, unless it was ended. */
async function findDeploymentOfRun(github, deployments, runId) {
    const mine = deployments.find(({ payload }) => payload.run.split('/')[0] === runId);
    const status = mine && (await newestStatus(github, mine.id));
    return status === undefined || ['in_progress', 'queued', 'pending'].includes(status.state) ? mine : undefined;
}
async function newestStatus(github, id) {
    return (await statusesOf(github, id, 1))[0];
}
/** The newest statuses of a deployment, newest first. */
async function statusesOf(github, id, count) {
    const statuses = await github.ask(({ rest }, repository) => rest.repos.listDeploymentStatuses({ ...repository, deployment_id: id, per_page: count }));
    failure_assertShape(Array.isArray(statuses), 'the list of statuses');
    return statuses;
}
/**
 * Creates the one deployment of a release, in progress. GitHub is asked not to merge the default branch into it, which
 * would answer without a deployment, and not to wait for checks (docs/research/github.md#deployments).
 */
async function createDeployment(github, environment, payload, logUrl) {
    const made = await createOnce(github, environment, payload);
    await setStatus(github, made.id, 'in_progress', 'In progress.', { environment, logUrl });
    return made;
}
/** Where the answer was lost, the deployment may exist: it is searched for, so that it is not made twice. */
async function createOnce(github, environment, payload) {
    const body = {
        ref: payload.sha,
        task: taskOf(payload.service),
        auto_merge: false,
        required_contexts: [],
        environment,
        production_environment: environment.startsWith('production'),
        description: describe(`${payload.service} ${payload.version}`),
        payload: { belay: { ...payload } },
    };
    try {
        const made = await github.ask(({ rest }, repository) => rest.repos.createDeployment({ ...repository, ...body }));
        failure_assertShape('id' in made && Number.isInteger(made.id), 'the id of the deployment');
        return { id: made.id, payload, createdAt: made.created_at };
    }
    catch (error) {
        if (error instanceof failure_GitHubError && error.status >= 400 && error.status < 500)
            throw error;
        const listed = await listDeployments(github, environment, payload.service);
        // The live release may be released again, under its own id: only the run distinguishes the two.
        const stands = listed.find(({ payload: { release, run } }) => release === payload.release && run === payload.run);
        if (stands)
            return stands;
        throw error;
    }
}
/**
 * Adds a status. `auto_inactive` is off, as it would end the deployments of other services in the same environment.
 */
async function setStatus(github, id, state, description, { environment, logUrl }) {
    const body = { state, description: describe(description), environment, log_url: logUrl, auto_inactive: false };
    const request = { repeatable: true };
    await github.ask(({ rest }, repository) => rest.repos.createDeploymentStatus({ ...repository, deployment_id: id, ...body, request }));
}
/** A description of 140 characters at most: GitHub refuses a longer one. */
function describe(text) {
    const line = text.replace(/\s+/g, ' ').trim();
    const characters = [...line];
    return characters.length <= 140 ? line : `${characters.slice(0, 139).join('')}…`;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var clock = __nccwpck_require__(563);
;// CONCATENATED MODULE: ./packages/action-kit/src/retry.ts


/**
 * Repeats `once` until it succeeds, until a retry is useless or might do it twice, or until the attempts or the time are
 * used up or the signal is aborted. Returns the last attempt; undefined where there was no time for one. Throws what
 * `once` throws.
 */
async function retry(once, rules) {
    const { signal, leftMs = () => Number.POSITIVE_INFINITY, leastMs = 0 } = rules;
    const { pause = (ms) => (0,clock/* sleep */.y)(ms, signal) } = rules;
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
            : { kind: 'answer', answer: { ...answer, data: request_rules_parse(text) } };
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
function request_rules_parse(text) {
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
        const { getOctokit } = await import('../../../toolkit/dist/index.js');
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

// EXTERNAL MODULE: ./packages/action-kit/src/job-state.ts
var job_state = __nccwpck_require__(146);
// EXTERNAL MODULE: ./packages/release-model/src/result.ts
var result = __nccwpck_require__(432);
;// CONCATENATED MODULE: ./actions/release/deployment/src/final-status.ts


/** The result of one service in a job, by its own steps; undefined where no step of it changes anything. */
function resultOfService({ steps }, service) {
    const own = steps.filter((step) => step.mutates && step.service === service);
    return own.length > 0 ? (0,result/* worstResult */.N)(own.map(job_state/* resultOf */.Bg)) : undefined;
}
/** The commit that the last gate observed; undefined where it observed none. */
function seenVersion(record) {
    const last = record.findLast((line) => line.event === 'gate');
    return last?.event === 'gate' && /^[0-9a-f]{40}$/.test(last.version ?? '') ? last.version : undefined;
}
/**
 * The final state of a deployment and its description. The hosts know which release they roll back to; GitHub only
 * assumes it. Where a gate observed another version, the description says so. Pure.
 */
function finalStatusOf(result, jobStatus, saved, seen) {
    const replaces = result === 'committed' || result === 'noop';
    if (replaces && saved.way === 'rollback' && seen !== undefined && seen !== saved.sha)
        return {
            state: 'error',
            description: `The hosts rolled back to ${seen.slice(0, 12)}, not to ${saved.version}.`,
            replaces,
        };
    return { ...describeResult(result, jobStatus, saved), replaces };
}
function describeResult(result, jobStatus, { version, previous }) {
    const before = previous ? `${previous} serves again` : 'what the job changed was undone';
    switch (result) {
        case 'committed':
            return { state: 'success', description: `${version} serves and stays.` };
        case 'noop':
            return { state: 'success', description: `${version} was live already.` };
        case 'rolled-back':
            return { state: 'failure', description: `${version} was rolled back: ${before}.` };
        case 'superseded':
            return { state: 'inactive', description: `A newer version than ${version} is live already.` };
        case 'mixed':
            return { state: 'error', description: 'Mixed: old and new serve together. The log of the run names the hosts.' };
        case 'undo-started':
            return { state: 'error', description: 'The rollback was started, and its end was not observed.' };
        case 'unchanged':
            return { state: 'failure', description: `${version} was not released; nothing was changed.` };
        case undefined:
            return {
                state: jobStatus === 'success' ? 'inactive' : 'failure',
                description: `${version} was not released; nothing was changed.`,
            };
        default:
            return { state: 'error', description: 'The result is unknown. The log of the run names the hosts.' };
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
    const text = read.text('before', { multiline: true });
    if (text === '')
        return [];
    try {
        const list = JSON.parse(text);
        return list.map(({ id = '', name = '', url = '', deploy = '', commit = '' }) => ({ id, name, url, deploy, commit }));
    }
    catch {
        read.issue('before', 'is not the JSON that deploy-render gives', "Give the output live of deploy-render's command look.");
        return [];
    }
}
function readTags(read) {
    const text = read.text('tags-before', { multiline: true });
    if (text === '')
        return undefined;
    try {
        const { image, digest, tags } = JSON.parse(text);
        return { image, digest, tags: tags.map((one) => ({ tag: one.tag, digest: one.digest })) };
    }
    catch {
        read.issue('tags-before', 'is not the JSON that build-image gives', "Give the output tags-before of build-image's command promote.");
        return undefined;
    }
}
/** Kept as it was written: aftercare parses it as the gate does, and the gate refuses what is invalid. */
function readLook(read) {
    return {
        urls: read.lines('urls'),
        versionFrom: read.text('version-from', { default: 'sha' }),
        confirmSeconds: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
    };
}

;// CONCATENATED MODULE: ./actions/release/deployment/src/payload.ts

/**
 * The payload of a release's deployment. A rollback gets the payload of the release that it restores, with that one's
 * own `previous`: a second rollback goes further back, as it does on the hosts. Pure.
 * `runFacts`: what belongs to this run, `tags` included, as no other run restores tags that this one moved.
 * `before`: what is live at Render now.
 * @returns undefined where GitHub does not know what the hosts roll back to
 */
function payloadFor(release, way, live, deployments, runFacts, before = []) {
    if (way === 'rollback') {
        const target = targetOf(release, live, deployments);
        return target && { ...target, ...runFacts, ...atRender(before, target.render?.former) };
    }
    const { service, version, sha } = release;
    // To release what is live already leaves `previous` as it is.
    const again = live?.payload.sha === sha;
    const previous = again ? live.payload.previous : live && payload_shorten(live.payload);
    const former = again ? live.payload.render?.former : before;
    const own = { service, release: again ? live.payload.release : release.id, version, sha, previous };
    return { ...own, ...runFacts, ...atRender(before, former) };
}
function atRender(before, former = []) {
    return before.length > 0 ? { render: { before, former } } : {};
}
/**
 * What was live at Render with the release to roll back to; empty where no deployment has it. The payload of the next
 * release holds it. Pure.
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
        : isReleaseId(version)
            ? ({ payload }) => payload.release === version
            : ({ payload }) => payload.sha === sha;
    return deployments.find(wanted)?.payload;
}
function payload_shorten({ release, version, sha }) {
    return { release, version, sha };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./actions/release/deployment/src/saved-deployment.ts


function saveDeployment(journal, step, deployment) {
    (0,external_node_fs_.writeFileSync)(fileOf(journal, step), JSON.stringify(deployment), { mode: 0o600 });
}
function readSavedDeployment(journal, step) {
    const file = fileOf(journal, step);
    return (0,external_node_fs_.existsSync)(file) ? JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8')) : undefined;
}
function fileOf(journal, step) {
    return (0,external_node_path_.join)(journal.folder, `${step}.json`);
}

;// CONCATENATED MODULE: ./actions/release/deployment/src/action.ts






/** The deadline for GitHub in each stage, in milliseconds: all posts of a cancelled job share five minutes. */
const budgetMs = { main: 30_000, post: 15_000 };
/**
 * The one deployment of a release. Aftercare needs it after a lost runner: its payload names the previous release and
 * the Slack message. It only reports; a failure of GitHub never stops the release.
 */
const releaseDeployment = {
    name: 'release-deployment',
    inputs: readDeploymentInputs,
    async main(inputs, step) {
        step.output('deployment-id', '');
        // Without a deployment only this runner knows the state that nothing else restores.
        const matters = inputs.before.length > 0 || inputs.tags !== undefined;
        if (inputs.github.token === '')
            (matters ? step.warn : step.info)('No github-token is given, so no GitHub deployment is created.');
        else
            await warnOnError(step, () => begin(inputs, step), matters);
        return { result: 'unchanged' };
    },
    async end(step) {
        await warnOnError(step, () => finish((0,inputs/* readInputs */.K)(readDeploymentInputs), step));
    },
};
async function begin({ release: requested, way, github: access, slack, look, before: atRender, tags }, step) {
    const release = joinRelease(step, requested);
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
        step.info('GitHub does not know which release the hosts roll back to, so no GitHub deployment is created.');
        return saveDeployment(step.journal, step.id, {
            ...before,
            id: undefined,
            sha: undefined,
            version: '',
            previous: undefined,
        });
    }
    const { id } = await createDeployment(github, environment, payload, run.url);
    const { version, sha, previous } = payload;
    // Hosts know which release they roll back to; for services on Render only GitHub knows it.
    if (way === 'rollback' && atRender.length > 0)
        step.record({ event: 'chosen', service, release: { id: payload.release, version, sha } });
    saveDeployment(step.journal, step.id, { ...before, id, sha, version, previous: previous?.version });
    step.output('deployment-id', String(id));
}
async function finish({ github: access, jobStatus }, step) {
    const saved = readSavedDeployment(step.journal, step.id);
    if (!saved)
        return;
    const github = action_open(access, step);
    const place = { environment: saved.environment, logUrl: (0,job/* currentRun */.xh)().url };
    const result = resultOfService(step.journal.read(), saved.service);
    const finalStatus = finalStatusOf(result, jobStatus, saved, seenVersion(step.journal.record()));
    if (saved.id !== undefined) {
        await setStatus(github, saved.id, finalStatus.state, finalStatus.description, place);
        step.info(`Deployment ${saved.id}: ${finalStatus.state}. ${finalStatus.description}`);
    }
    if (!finalStatus.replaces)
        return;
    for (const id of saved.live)
        await setStatus(github, id, 'inactive', 'A later release replaced it.', place);
}
/** As deploy-render's `to` takes them. */
function linesOf(deploys) {
    return deploys.flatMap(({ id, deploy }) => (deploy ? [`${id} ${deploy}`] : [])).join('\n');
}
function action_open(access, step) {
    return openGitHub(access, AbortSignal.any([step.signal, AbortSignal.timeout(budgetMs[step.stage])]));
}
/** An error in reporting never fails a release. A missing permission is a warning only if the payload `matters`. */
async function warnOnError(step, work, matters = false) {
    try {
        await work();
    }
    catch (error) {
        const text = `The GitHub deployment was not written: ${(0,failure/* messageOf */.bD)(error)}`;
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
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(866);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(648);


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
/* harmony export */   h_: () => (/* binding */ asFailure),
/* harmony export */   j$: () => (/* binding */ Interrupted)
/* harmony export */ });
/* unused harmony export firstLine */
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

/***/ 499:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ fromEnvironment),
  K: () => (/* binding */ readInputs)
});

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

// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __nccwpck_require__(210);
;// CONCATENATED MODULE: ./packages/action-kit/src/mask.ts

/**
 * Hides a secret in all later output of the job: whole, URL-encoded, and line by line, because the runner compares
 * masks with single lines of the log (docs/research/runner.md#texts).
 */
function mask(secret) {
    for (const form of maskedForms(secret))
        core/* setSecret */.Pq(form);
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


/***/ }),

/***/ 146:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bg: () => (/* binding */ resultOf),
/* harmony export */   _N: () => (/* binding */ releaseInProgress),
/* harmony export */   co: () => (/* binding */ pendingTargets),
/* harmony export */   jz: () => (/* binding */ jobResult)
/* harmony export */ });
/* unused harmony export isSuperseded */
/* harmony import */ var _belay_release_model__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(432);

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
        return (0,_belay_release_model__WEBPACK_IMPORTED_MODULE_0__/* .worstResult */ .N)([...step.outcomes.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
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
        return (0,_belay_release_model__WEBPACK_IMPORTED_MODULE_0__/* .worstResult */ .N)([...steps.filter((step) => step.mutates).map(resultOf), 'unknown']);
    const changing = steps.filter((step) => step.mutates);
    if (changing.length > 0)
        return (0,_belay_release_model__WEBPACK_IMPORTED_MODULE_0__/* .worstResult */ .N)(changing.map(resultOf));
    return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged';
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

/***/ 866:
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

// EXTERNAL MODULE: ./packages/action-kit/src/job-state.ts
var job_state = __nccwpck_require__(146);
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
    const missing = await confirmer.missing(job.steps.flatMap(job_state/* pendingTargets */.co));
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
    const open = journal.read().steps.flatMap(job_state/* pendingTargets */.co);
    if (open.length === 0)
        return [];
    const outcomes = await confirmer.confirm(open);
    journal.append(...outcomeEntries(step, outcomes));
    return outcomes;
}

// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 3 modules
var src_inputs = __nccwpck_require__(499);
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
    if (![...steps.values()].some((step) => (0,job_state/* pendingTargets */.co)(step).length > 0))
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
    return `**${action}**: ${step ? (0,job_state/* resultOf */.Bg)(step) : 'unknown'}, because ${plainMarkdown(why)}.${table}`;
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

// EXTERNAL MODULE: ./packages/release-model/src/result.ts
var result = __nccwpck_require__(432);
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
        return (0,result/* worstResult */.N)(outcomes.map(({ result }) => result));
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
            releaseTo: (0,job_state/* releaseInProgress */._N)(journal.read())?.environment,
            note: step.info,
        });
        mutates = transaction?.mutates(inputs) ?? false;
        const service = transaction?.service(inputs);
        if (transaction && mutates)
            assertMayBegin(journal, transaction.startsAfterFailure(inputs));
        recordBegin(action, step, mutates, service);
        core/* exportVariable */.dN('BELAY_RESULT', (0,job_state/* jobResult */.jz)(journal.read()));
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
    core/* exportVariable */.dN('BELAY_RESULT', (0,job_state/* jobResult */.jz)(step.journal.read()));
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
    core/* exportVariable */.dN('BELAY_RESULT', (0,job_state/* jobResult */.jz)(step.journal.read()));
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
    return !['rolled-back', 'unchanged', 'committed', 'noop'].includes((0,job_state/* resultOf */.Bg)(step));
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
    core/* exportVariable */.dN('BELAY_RESULT', (0,job_state/* jobResult */.jz)(job));
    step.record({ event: 'result', result: (0,job_state/* jobResult */.jz)(job) });
    step.summary(outcomeTable(action.name, decided.why, own));
    if (isFirstChange(job, step.id))
        for (const one of serviceOutcomesOf(step, jobStatus))
            annotate(one);
    if (job.damaged === undefined)
        failOnBadOutcome(own ? (0,job_state/* resultOf */.Bg)(own) : 'unknown', decided, jobStatus);
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
            (0,external_node_fs_.rmSync)((0,external_node_path_.join)((0,job/* jobFolder */.OW)(), name), { recursive: true, force: true });
    }
}
function namesIn(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder);
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
            throw new src_failure/* Failure */.HR('platform', `Belay runs on Linux runners, not ${process.platform}.`);
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

/***/ 432:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ worstResult)
/* harmony export */ });
/* unused harmony export results */
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
/******/ var __webpack_exports__ = __nccwpck_require__(770);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
