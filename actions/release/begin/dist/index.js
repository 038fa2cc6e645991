import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    626: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            z: () => (releaseBegin)
        });
        var external_node_path_ = __nccwpck_require__(760);
        var external_node_crypto_ = __nccwpck_require__(598);
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
        function release_earlierRelease({ journal }, { service, environment }) {
            return journal.read().releases.find((one) => one.service === service && one.environment === environment);
        }
        function release_joinRelease(step, { service, environment, version, runSha }, sha = runSha) {
            const earlier = release_earlierRelease(step, { service, environment });
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
        var failure = __nccwpck_require__(95);
        var external_node_fs_ = __nccwpck_require__(24);
        ;
        const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
        ;
        const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
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
            const tried = (await retry(once, { repeatable: true, attempts, backoffMs: doubling(1000), signal })) ?? (await once());
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
        class failure_GitHubError extends failure.HR {
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
            return new failure_GitHubError(status, 'github-unexpected-answer', `The answer (HTTP ${status}) is not from GitHub's API: ${what}.`, 'check GITHUB_API_URL, and any proxy between the runner and GitHub.');
        }
        function failure_assertShape(fits, what) {
            if (!fits)
                throw unexpectedAnswer(200, `${what} is missing or has the wrong form`);
        }
        function refusalOf(status, limited, asked, reason) {
            if (limited)
                return new failure.HR('github-rate-limited', `GitHub's rate limit for this repository is reached (${asked}: ${reason}).`, 'run the job again later.');
            if (status === 401)
                return new failure_GitHubError(status, 'github-token-refused', `GitHub does not accept the token (${asked}: ${reason}).`);
            if (status === 403)
                return new failure_GitHubError(status, 'github-permission', `The token has no permission for ${asked}: ${reason}.`, 'give the job the permissions that the README of release lists.');
            const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused';
            return new failure_GitHubError(status, code, `GitHub answered HTTP ${status} to ${asked}: ${reason}.`);
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
                const tried = (await retry(once, { repeatable, attempts: request_rules_attempts, backoffMs, signal })) ?? (await once());
                return answerOrThrow('value' in tried ? tried.value : tried.trouble.outcome, options, new URL(urlOf(options)));
            };
        }
        const soonMs = doubling(500);
        const afterLimitMs = doubling(2000);
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
                const { getOctokit } = await import('../../../toolkit/dist/index.js');
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
                if (!(error instanceof failure_GitHubError) || ![404, 422].includes(error.status))
                    throw error;
                throw new failure.HR('no-such-version', `${github.repository} has no tag "${version}".`, 'give a tag, the 40 digits of a commit, or `previous`. In a private repository the job needs `contents: read` to see its tags.');
            }
        }
        function isSha(value) {
            return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);
        }
        const relations = (null && (['identical', 'ahead', 'behind', 'diverged']));
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
        function shownUrl(text) {
            return text.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
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
        function readCanary(read, { command, hasManifests, conflicting }) {
            const given = read.text('canary');
            if (given === '' || command === 'inspect')
                return undefined;
            const [, digits] = /^(\d{1,3})%$/.exec(given) ?? [];
            const percent = Number(digits);
            if (digits === undefined || percent < 1 || percent > 100)
                read.issue('canary', `is "${given}"`, 'Give a percentage of the pods, from 1% to 100%: 25%.');
            for (const name of conflicting)
                read.issue('canary', `is given together with ${name}`, 'Give only one of the two.');
            if (command === 'rollback')
                read.issue('canary', 'is given for a rollback', 'Leave it out: a rollback goes to all pods at once.');
            else if (!hasManifests && conflicting.length === 0)
                read.issue('canary', 'is given without manifests', 'Give the files of the objects too.');
            return percent;
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
        function readCanaryInputs(read, given, target) {
            const inputs = {
                canary: read.text('canary'),
                metrics: read.lines('metrics').join('\n'),
                metricsUrl: read.text('metrics-url'),
            };
            if (!given.known)
                return inputs;
            if (target !== 'kubernetes')
                return { canary: '', metrics: '', metricsUrl: '' };
            if (inputs.canary === '')
                return withoutCanary(read, inputs);
            const conflicting = ['slots', 'chart'].filter((name) => given.has(name));
            readCanary(read, { command: 'deploy', hasManifests: given.has('manifests'), conflicting });
            if (inputs.metrics === '')
                read.issue('metrics', 'is missing', 'Say what judges the canary, as NAME: QUERY < NUMBER, or leave canary out.');
            else
                readMetrics(read);
            return inputs;
        }
        function withoutCanary(read, inputs) {
            const remedy = 'Give canary too, or give them to a step with health-gate after this one.';
            if (inputs.metrics !== '')
                read.unneeded('metrics', 'is given without canary', remedy);
            if (inputs.metricsUrl !== '')
                read.unneeded('metrics-url', 'is given without canary', remedy);
            return { canary: '', metrics: '', metricsUrl: '' };
        }
        var variables = __nccwpck_require__(644);
        ;
        function readGivenInputs(read) {
            const names = new Set(read.text('given', { multiline: true }).split(/\s+/));
            const settings = (0, variables.P$)(read.text('settings', { multiline: true })) ?? new Map();
            for (const name of settings.keys()) {
                const inputError = (0, variables.w3)(name);
                if (inputError)
                    read.issue(name, inputError.problem, inputError.remedy);
            }
            return {
                known: !names.has(''),
                inWorkflow: (input) => names.has(input),
                settings,
                has: (input) => names.has(input) || (settings.get((0, variables.Qn)(input)) ?? '').trim() !== '',
            };
        }
        ;
        const targets = ['ssh', 'render', 'kubernetes'];
        const needed = {
            ssh: {
                hosts: 'the servers, a line each (for services on Render: target: render; in a cluster: target: kubernetes)',
                'known-hosts': 'the host keys of the servers, as ssh-keyscan prints them, compared with those at the console',
                'ssh-key': 'the private key of the deploy user, whole',
            },
            render: { services: 'the names or ids of the services, a line each', 'render-api-key': 'an API key of Render' },
            kubernetes: { namespace: 'the namespace to release to' },
        };
        function ownInputs(target) {
            return Object.values(variables.zy).flatMap((kind) => [...kind[target]]);
        }
        function readTarget(read, given) {
            const target = read.choice('target', { default: 'ssh', of: targets });
            if (!given.known)
                return target;
            for (const [name, what] of Object.entries(needed[target]))
                if (!given.has(name))
                    read.issue(name, 'is missing', `Give ${what}.`);
            if (target === 'kubernetes' && !['manifests', 'chart', 'image'].some((name) => given.has(name)))
                read.issue('manifests', 'is missing, and chart and image too', 'Give the files of the objects, a chart, or an image.');
            for (const [name, owners] of othersOf(target))
                if (given.inWorkflow(name))
                    read.issue(name, `has no meaning with target: ${target}`, hints[target]?.[name] ?? `Leave it out, or give target: ${owners.join(' or ')}.`);
            return target;
        }
        function othersOf(target) {
            const own = ownInputs(target);
            const pairs = targets.flatMap((other) => ownInputs(other).map((name) => ({ name, other })));
            const foreign = Map.groupBy(pairs.filter(({ name }) => !own.includes(name)), ({ name }) => name);
            return new Map([...foreign].map(([name, found]) => [name, found.map(({ other }) => other)]));
        }
        const migrateBefore = 'Leave it out, and run a step with migrate-db before this one.';
        const hints = {
            render: {
                slots: 'Leave it out: Render always starts a new release beside the old one.',
                'database-url': migrateBefore,
            },
            kubernetes: {
                'database-url': 'Leave it out, and give via: job:FILE, or run a step with migrate-db before this one.',
            },
        };
        ;
        function waitsOf(times) {
            const check = checkOf(times);
            const gate = times.gate ? [{ what: 'gate-deadline', seconds: times.gateDeadline }] : [];
            if (times.inCluster)
                return [gate];
            if (!times.hasSlots)
                return [[check, ...gate]];
            const held = { what: `${times.weights} weights × hold ${times.hold} s`, seconds: times.weights * times.hold };
            const drain = { what: 'drain-timeout', seconds: times.drainTimeout };
            return [[check], [...(times.weights > 0 ? [held] : []), drain, ...gate]];
        }
        function checkOf({ compose, checkTimeout }) {
            if (!compose)
                return { what: 'check-timeout', seconds: checkTimeout };
            const what = `2 × check-timeout ${checkTimeout} s (the containers, then the check)`;
            return { what, seconds: 2 * checkTimeout };
        }
        function readTimes(read, release) {
            const weights = read.lines('weights').flatMap((line) => line.split(/[\s,]+/)).length;
            const confirm = read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 });
            const waits = waitsOf({
                ...release,
                compose: read.text('restart').startsWith('compose:'),
                checkTimeout: read.seconds('check-timeout', { default: '60s', min: 1, max: 1800 }),
                gateDeadline: read.seconds('gate-deadline', { default: '2m', min: 1, max: 21_600 }),
                drainTimeout: read.seconds('drain-timeout', { default: '10s', min: 0, max: 3600 }),
                weights: read.text('driver') === 'haproxy' ? weights : 0,
                hold: read.seconds('hold', { default: '30s', min: 1, max: 3600 }),
            });
            const longest = waits.map((spans) => ({ spans, seconds: sum(spans) })).sort((a, b) => b.seconds - a.seconds)[0];
            if (!release.waits || !longest || longest.seconds < confirm)
                return;
            read.issue('confirm-timeout', `is ${confirm} s, and Belay's own steps may take ${arithmetic(longest.spans)}`, `Give more than ${longest.seconds} s plus what your own later steps take, or shorten those steps. After this time the ${release.inCluster ? 'cluster moves the traffic' : 'hosts roll'} back.`);
        }
        function sum(spans) {
            return spans.reduce((total, { seconds }) => total + seconds, 0);
        }
        function arithmetic(spans) {
            const parts = spans.map(({ what, seconds }) => (what.includes('×') ? what : `${what} ${seconds} s`));
            return spans.length === 1 && !parts[0]?.includes('×') ? parts.join('') : `${parts.join(' + ')} = ${sum(spans)} s`;
        }
        ;
        function readBeginInputs(read) {
            const release = readReleaseInputs(read);
            if (resemblesReleaseId(release.version) && !isReleaseId(release.version))
                read.issue('version', `is "${release.version}", which resembles a release id and is not one`, 'Give the whole id from the hosts or the messages, such as 20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081. A tag must not resemble a release id.');
            const given = readGivenInputs(read);
            const target = readTarget(read, given);
            const [phase, until] = [read.text('phase'), read.text('until')];
            const hasSlots = read.lines('slots').length > 0;
            const inCluster = target === 'kubernetes';
            const hostsWait = target === 'ssh' && phase !== 'contract' && until !== 'gate';
            const clusterWaits = doesClusterWait(read, given, { inCluster, hasSlots });
            const waits = given.known && (hostsWait || clusterWaits);
            readTimes(read, { hasSlots, inCluster, gate: given.has('urls'), waits });
            return {
                target,
                driver: inCluster ? 'service' : read.text('driver'),
                proxyCheck: readProxyCheck(read),
                urls: readProbeUrls(read),
                ...readCanaryInputs(read, given, target),
                settings: given.settings,
                release,
                github: readGitHubInputs(read),
            };
        }
        function doesClusterWait(read, given, { inCluster, hasSlots }) {
            const hasImage = read.text('confirm-image') !== '';
            if (!inCluster)
                return false;
            if (hasImage && !hasSlots)
                read.unneeded('confirm-image', 'is given without slots', 'Give slots too: the pod moves traffic between slots.');
            if (!hasImage && given.has('confirm-timeout'))
                read.unneeded('confirm-timeout', 'is given without confirm-image', 'Give an image with kubectl too.');
            return hasImage && hasSlots;
        }
        function readProxyCheck(read) {
            const check = read.text('check');
            return read.lines('proxy-hosts').length > 0 ? check : '';
        }
        ;
        const releaseBegin = {
            name: 'release-begin',
            inputs: readBeginInputs,
            async main(inputs, step) {
                step.output('settings', JSON.stringify(Object.fromEntries(inputs.settings)));
                const release = release_earlierRelease(step, inputs.release) ??
                    release_joinRelease(step, inputs.release, await requestedCommit(inputs.release, inputs.github, step.signal));
                step.record({ event: 'release-joined', release: release.id });
                step.output('release-id', release.id);
                step.output('service', release.service);
                step.output('target', inputs.target);
                step.output('driver', inputs.driver);
                step.output('proxy-check', inputs.proxyCheck);
                step.output('urls', inputs.urls.join('\n'));
                step.output('canary', inputs.canary);
                step.output('metrics', inputs.metrics);
                step.output('metrics-url', inputs.metricsUrl);
                step.output('sha', isKeptRelease(release.version) ? '' : release.sha);
                step.output('artifact-folder', (0, external_node_path_.join)((0, job.OW)(), 'artifacts', `${release.id}-${release.service}`));
                step.info(`Release ${release.id}: ${release.service} ${release.version} to ${release.environment}`);
                return { result: 'unchanged' };
            },
            async end() { },
        };
    }),
    610: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(481);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(626);
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.e)(_action_js__WEBPACK_IMPORTED_MODULE_0__.z);
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
    878: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            OW: () => (jobFolder),
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
    481: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            e: () => (run)
        });
        var external_node_path_ = __nccwpck_require__(760);
        var src_failure = __nccwpck_require__(95);
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
        function core_saveState(name, value) {
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
        ;
        function findControlCharacter(text) {
            const [found] = /[\x00-\x08\n-\x1f\x7f]/.exec(text) ?? [];
            if (found === undefined)
                return undefined;
            if (found === '\n' || found === '\r')
                return 'a line break';
            return `a control character (U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')})`;
        }
        ;
        function mask(secret) {
            for (const form of maskedForms(secret))
                setSecret(form);
        }
        function maskedForms(secret) {
            const lines = secret.split(/\r?\n/).map((line) => line.trim());
            const forms = [secret, encodeURIComponent(secret), ...lines, ...lines.map(encodeURIComponent)];
            return [...new Set(forms)].filter((form) => form.trim().length >= 4);
        }
        var src_variables = __nccwpck_require__(644);
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
            const settings = (0, src_variables.P$)(text);
            const releaseName = (name) => (name in variables ? variables[name] : name);
            const known = (name) => (releaseTo === undefined ? name : (releaseName(name) ?? name));
            const kind = (name) => (0, src_variables.I)(releaseName(name) ?? '');
            const variable = (name) => (kind(name) === 'variable' ? (0, src_variables.Qn)(releaseName(name) ?? '') : undefined);
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
                            mask(form);
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
            const text = getState(stateName);
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
            info: (text) => info(escapeCommands(text)),
            debug: (text) => debug(escapeCommands(text)),
            notice: (text, properties) => notice(escapeCommands(text), properties),
            warning: (text, properties) => warning(escapeCommands(text), properties),
            error: (text, properties) => error(escapeCommands(text), properties),
            setFailed: (text) => setFailed(escapeCommands(text)),
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
            attempt(() => setOutput('failure-code', (0, src_failure.$N)(error)));
            if (!process.env.BELAY_RESULT)
                attempt(() => exportVariable('BELAY_RESULT', 'unchanged'));
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
                output: (name, value) => setOutput(name, value),
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
            exportVariable('BELAY_RESULT', jobResult(step.journal.read()));
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
            exportVariable('BELAY_RESULT', jobResult(step.journal.read()));
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
        ;
        function makeSecretFolder() {
            mkdirSync(jobFolder(), { recursive: true, mode: 0o700 });
            return mkdtempSync(join(jobFolder(), `secret-${process.pid}-`));
        }
        function sweepSecrets() {
            for (const name of namesIn((0, job.OW)())) {
                const [, pid] = /^secret-(\d+)-/.exec(name) ?? [];
                if (pid !== undefined && !isAlive(Number(pid)))
                    (0, external_node_fs_.rmSync)((0, external_node_path_.join)((0, job.OW)(), name), { recursive: true, force: true });
            }
        }
        function namesIn(folder) {
            try {
                return (0, external_node_fs_.readdirSync)(folder);
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
        ;
        async function run(action) {
            process.once('uncaughtException', (error) => {
                reportError(error);
                process.exit(1);
            });
            try {
                if (process.platform !== 'linux')
                    throw new src_failure.HR('platform', `Belay runs on Linux runners, not ${process.platform}.`);
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
            process.exit();
        }
        function isPost() {
            return (0, external_node_path_.basename)(process.argv[1] ?? '') === 'post.js';
        }
    }),
    644: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            I: () => (kindOf),
            P$: () => (parseSettings),
            Qn: () => (variableOf),
            w3: () => (variableIssue),
            zy: () => (releaseInputs)
        });
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
var __webpack_exports__ = __nccwpck_require__(610);
__webpack_exports__ = await __webpack_exports__;
