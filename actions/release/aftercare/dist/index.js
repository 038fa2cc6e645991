import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    137: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            X: () => (releaseAftercare)
        });
        var failure = __nccwpck_require__(95);
        var job = __nccwpck_require__(878);
        var summary = __nccwpck_require__(813);
        var events = __nccwpck_require__(284);
        var external_node_fs_ = __nccwpck_require__(24);
        var external_node_path_ = __nccwpck_require__(760);
        ;
        function messageState(journal, step) {
            const path = (0, external_node_path_.join)(journal.folder, 'slack.json');
            let current = (0, external_node_fs_.existsSync)(path)
                ? JSON.parse((0, external_node_fs_.readFileSync)(path, 'utf8'))
                : { owner: step, deliveryUnknown: false, spentMs: 0 };
            return {
                get current() {
                    return current;
                },
                update(part) {
                    current = { ...current, ...part };
                    (0, external_node_fs_.writeFileSync)(`${path}.new`, JSON.stringify(current), { mode: 0o600 });
                    (0, external_node_fs_.renameSync)(`${path}.new`, path);
                },
            };
        }
        ;
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
        const maxListed = 100;
        async function listDeployments(github, environment, service) {
            const task = taskOf(service);
            const listed = await github.ask(({ rest }, repository) => rest.repos.listDeployments({ ...repository, environment, task, per_page: maxListed }));
            failure_assertShape(Array.isArray(listed), 'the list of deployments');
            return listed.flatMap(({ id, payload, created_at }) => {
                const ours = payloadOf(payload);
                return ours?.service === service ? [{ id, payload: ours, createdAt: created_at }] : [];
            });
        }
        function taskOf(service) {
            return `deploy:${service}`;
        }
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
        const batchSize = 5;
        const maxAsked = 30;
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
        async function wasLive(github, id) {
            return (await statusesOf(github, id, 100)).some(({ state }) => state === 'success');
        }
        async function findDeploymentOfRun(github, deployments, runId) {
            const mine = deployments.find(({ payload }) => payload.run.split('/')[0] === runId);
            const status = mine && (await newestStatus(github, mine.id));
            return status === undefined || ['in_progress', 'queued', 'pending'].includes(status.state) ? mine : undefined;
        }
        async function newestStatus(github, id) {
            return (await statusesOf(github, id, 1))[0];
        }
        async function statusesOf(github, id, count) {
            const statuses = await github.ask(({ rest }, repository) => rest.repos.listDeploymentStatuses({ ...repository, deployment_id: id, per_page: count }));
            failure_assertShape(Array.isArray(statuses), 'the list of statuses');
            return statuses;
        }
        async function createDeployment(github, environment, payload, logUrl) {
            const made = await createOnce(github, environment, payload);
            await setStatus(github, made.id, 'in_progress', 'In progress.', { environment, logUrl });
            return made;
        }
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
                assertShape('id' in made && Number.isInteger(made.id), 'the id of the deployment');
                return { id: made.id, payload, createdAt: made.created_at };
            }
            catch (error) {
                if (error instanceof GitHubError && error.status >= 400 && error.status < 500)
                    throw error;
                const listed = await listDeployments(github, environment, payload.service);
                const stands = listed.find(({ payload: { release, run } }) => release === payload.release && run === payload.run);
                if (stands)
                    return stands;
                throw error;
            }
        }
        async function setStatus(github, id, state, description, { environment, logUrl }) {
            const body = { state, description: describe(description), environment, log_url: logUrl, auto_inactive: false };
            const request = { repeatable: true };
            await github.ask(({ rest }, repository) => rest.repos.createDeploymentStatus({ ...repository, deployment_id: id, ...body, request }));
        }
        function describe(text) {
            const line = text.replace(/\s+/g, ' ').trim();
            const characters = [...line];
            return characters.length <= 140 ? line : `${characters.slice(0, 139).join('')}…`;
        }
        var external_node_crypto_ = __nccwpck_require__(598);
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
                    : { kind: 'answer', answer: { ...answer, data: request_rules_parse(text) } };
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
        function request_rules_parse(text) {
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
        function conclusionOf({ serves, detail }, { version, previous }) {
            switch (serves) {
                case 'new':
                    return { result: 'committed', state: 'success', text: `${version} serves: ${detail}` };
                case 'previous':
                    return { result: 'rolled-back', state: 'failure', text: `${previous} serves again: ${detail}` };
                case 'mixed':
                    return { result: 'mixed', state: 'error', text: `Instances serve different versions: ${detail}` };
                case 'other':
                    return { result: 'mixed', state: 'error', text: `Neither ${version} nor ${previous} serves: ${detail}` };
                case 'nobody':
                    return { result: 'unknown', state: 'error', text: `No instance answers as expected: ${detail}` };
                case 'unseen':
                    return { result: 'unknown', state: 'error', text: `What serves could not be checked: ${detail}` };
            }
        }
        ;
        function conclusionAtRender(serving, version) {
            const { serves } = serving;
            const text = `Render does not roll back on its own. ${observedText(serving)}. To undo ${version}, roll back each service listed below by hand.`;
            return { result: serves === 'mixed' ? 'mixed' : 'unknown', state: 'error', text };
        }
        function observedText({ serves, detail }) {
            return serves === 'unseen' ? 'No URLs are given to check' : `The URLs show: ${observedTexts[serves]} (${detail})`;
        }
        const observedTexts = {
            new: 'the new version serves',
            previous: 'the previous version serves, for now',
            mixed: 'instances serve different versions',
            other: 'neither the new nor the previous version serves',
            nobody: 'no instance answers as expected',
        };
        function rollbackHint({ url, deploy, commit }) {
            if (deploy === '')
                return `nothing was live before. Check ${url}`;
            return `${deploy}${commit && ` (${commit.slice(0, 12)})`} was live before. If it is not live now, roll back to it: ${url}`;
        }
        function rollbackCommands(render) {
            const known = render.before.filter(({ deploy }) => deploy !== '').toReversed();
            return known
                .map(({ id, name, deploy }) => `# ${name}\ncurl -fsS -X POST https://api.render.com/v1/services/${id}/rollback \\\n  -H "Authorization: Bearer $RENDER_API_KEY" -H 'Content-Type: application/json' \\\n  -d '{"deployId":"${deploy}"}'`)
                .join('\n');
        }
        ;
        function isSettled(restored) {
            return restored === 'rolled-back' || restored === 'noop';
        }
        function conclusionInCluster(serving, versions, namespace, restored) {
            const { version } = versions;
            if (restored === 'rolled-back')
                return afterRestoration(serving, versions, namespace);
            if (restored === 'noop')
                return conclusionOf(serving, versions);
            if (restored === 'mixed' || restored === 'undo-started')
                return {
                    result: 'mixed',
                    state: 'error',
                    text: `Namespace ${namespace} was not restored whole: the log of the job that restored names what is left. ${observedText(serving)}.`,
                };
            const text = `Kubernetes goes on with what was applied to namespace ${namespace}. ${observedText(serving)}. The next release of the service there restores what ${version} changed, and then begins: release the previous version, or this one again.`;
            return { result: serving.serves === 'mixed' ? 'mixed' : 'unknown', state: 'error', text };
        }
        function afterRestoration(serving, { version, previous }, namespace) {
            const { serves, detail } = serving;
            const restored = `namespace ${namespace} is as it was before ${version}`;
            const isSeen = serves === 'unseen' || (previous === undefined ? serves === 'nobody' : serves === 'previous');
            if (!isSeen)
                return { result: 'mixed', state: 'error', text: `Restored: ${restored}. ${observedText(serving)}.` };
            const now = previous === undefined ? 'Nothing was released before' : `${previous} serves again`;
            return { result: 'rolled-back', state: 'failure', text: `${now}: ${restored} (${detail})` };
        }
        function clusterHints({ namespace, lease, workloads = [] }) {
            const [first, ...others] = workloads;
            if (!first || lease === undefined)
                return [];
            const more = others.length > 0 ? ` and ${others.length} more` : '';
            const images = Object.values(first.images).map((image) => image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/, '$1…'));
            return [
                {
                    target: `namespace ${namespace}`,
                    detail: `${nameOf(first)} ran ${images.join(', ')} before${more}; what undoes the release lies in configmap/${lease}-undo`,
                },
            ];
        }
        function restoreCommand({ GITHUB_WORKFLOW_REF: workflow, GITHUB_REF_NAME: ref, }) {
            const [, file] = /\/\.github\/workflows\/([\w.-]+)@/.exec(workflow ?? '') ?? [];
            return file && `gh workflow run ${file}${ref ? ` --ref ${ref}` : ''} --field version=previous`;
        }
        function clusterState({ namespace, lease = '', workloads = [] }, command) {
            return [
                ...(command ? [`# restores what was committed before:\n${command}`] : []),
                ...workloads.map((one) => {
                    const images = Object.entries(one.images).map(([container, image]) => `  ${container}: ${image}`);
                    return [nameOf(one), ...images].join('\n');
                }),
                `# what undoes the release, as long as no later one has done so:\nkubectl get configmap ${lease}-undo -n ${namespace} -o yaml`,
            ].join('\n');
        }
        function nameOf({ kind, name, revision }) {
            return `${kind.toLowerCase()}/${name}${revision && ` (revision ${revision})`}`;
        }
        ;
        function identity_releaseId(now, sha, { run, attempt, nonce }) {
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
            step.record({ event: 'release-began', release, run: currentRun() });
            return release;
        }
        function jobIdentity({ id, journal }) {
            if (journal.read().nonce === undefined)
                journal.append({ step: id, event: 'identified', nonce: randomBytes(4).toString('hex') });
            const { id: run, attempt } = currentRun();
            return { run, attempt, nonce: journal.read().nonce };
        }
        ;
        function readAftercareInputs(read) {
            return {
                release: readReleaseInputs(read),
                releaseResult: read.text('release-result'),
                restored: read.text('restored'),
                github: readGitHubInputs(read),
            };
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
            const name = http_target_nameOf(url);
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
        function http_target_nameOf(url) {
            return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
        }
        ;
        const finalProbeMs = 30_000;
        async function observeServing(query, signal) {
            const { urls, sha, previous, waitSeconds } = query;
            if (urls.length === 0)
                return { serves: 'unseen', detail: 'no URLs are given to check' };
            const ends = (0, clock.m)() + waitSeconds;
            if (waitSeconds > 0 && previous !== undefined && previous !== sha) {
                const back = await runProbe(query, previous, waitSeconds * 1000, signal);
                if (back.verdict === 'pass')
                    return { serves: 'previous', detail: back.reason };
            }
            await (0, clock.y)(Math.max(0, ends - (0, clock.m)()) * 1000, signal);
            signal.throwIfAborted();
            const { histories, reason } = await runProbe(query, sha, finalProbeMs, signal);
            return { serves: classify(histories.map(lastVersion), sha, previous), detail: reason };
        }
        function runProbe({ urls, versionFrom }, version, deadlineMs, signal) {
            const expected = { statuses: [{ from: 200, to: 299 }], version, versionFrom };
            const rules = { successes: 5, intervalMs: 2000, timeoutMs: 5000, deadlineMs };
            return runGate(urls.map((url) => httpTarget(url, expected)), rules, signal);
        }
        function lastVersion({ samples }) {
            const last = samples.at(-1);
            return last?.kind === 'pass' || last?.kind === 'wrong-version' ? last.version : undefined;
        }
        function classify(versions, sha, previous) {
            const [first, ...others] = versions;
            if (versions.every((version) => version === undefined))
                return 'nobody';
            if (others.some((version) => version !== first))
                return 'mixed';
            if (first === sha)
                return 'new';
            return first === previous ? 'previous' : 'other';
        }
        var src_result = __nccwpck_require__(432);
        ;
        function retagCommand(image, tag, digest) {
            return `docker buildx imagetools create --tag ${image}:${tag} ${image}@${digest}`;
        }
        ;
        function withTagWarning({ result, text }, { image }) {
            const conclusion = (0, src_result.N)([result, 'unknown']);
            return { result: conclusion, state: 'error', text: `${text} Whether tags of ${image} were moved is unknown.` };
        }
        function tagHints({ image, digest, tags }) {
            const short = digest.slice(0, 'sha256:'.length + 12);
            return tags.map(({ tag, digest: before }) => ({
                target: `${image}:${tag}`,
                detail: `if it names ${short}… now, restore it: ${retagCommand(image, tag, before)}`,
            }));
        }
        function tagCommands({ image, digest, tags }) {
            return [
                `# only where the tag names ${digest} now: docker buildx imagetools inspect ${image}:TAG`,
                ...tags.map(({ tag, digest: before }) => retagCommand(image, tag, before)),
            ].join('\n');
        }
        ;
        const graceSeconds = 60 + 30;
        const restoredSeconds = 30;
        const budgetMs = 60_000;
        const conclusiveResults = ['committed', 'rolled-back', 'noop', 'unchanged', 'superseded', 'mixed'];
        const releaseAftercare = {
            name: 'release-aftercare',
            inputs: readAftercareInputs,
            async main(inputs, step) {
                step.output('lost', 'false');
                if (conclusiveResults.includes(inputs.releaseResult)) {
                    step.info(`The release reported its result, ${inputs.releaseResult}. Nothing is left to do.`);
                    return { result: 'unchanged' };
                }
                const lost = await lostDeployment(inputs, step);
                if (!lost) {
                    step.info('The release left no GitHub deployment open: it ended before it changed anything, or it could not create one.');
                    return { result: 'unchanged' };
                }
                await reportLostRelease(inputs, lost, step);
                return { result: 'unchanged' };
            },
        };
        async function lostDeployment({ github, release }, step) {
            if (github.token === '')
                throw new failure.HR('github-token', 'No github-token is given.', 'give the token of the job as github-token.');
            const api = openFor(github, step);
            const deployments = await listDeployments(api, release.environment, release.service);
            return findDeploymentOfRun(api, deployments, (0, job.xh)().id);
        }
        async function reportLostRelease(inputs, { id, payload }, step) {
            step.output('lost', 'true');
            const query = servingQuery(payload, inputs.restored);
            step.info(`The release of ${payload.version} did not report its end. Checking what serves, for up to ${query.waitSeconds} s.`);
            const serving = await observeServing(query, step.signal);
            const findings = findingsOf(payload, serving, inputs.restored);
            const { result, state, text } = findings.conclusion;
            step.output('serves', serving.serves);
            step.summary(`**release-aftercare**: the runner was lost; ${result}. ${plain(text)}`);
            step.info(`${result}: ${text}`);
            reportManualSteps(payload, findings, step);
            recordLostRelease(inputs, payload, findings, step);
            const { environment } = inputs.release;
            await setStatus(openFor(inputs.github, step), id, state, `The runner was lost. ${text}`, {
                environment,
                logUrl: (0, job.xh)().url,
            });
        }
        function findingsOf(payload, serving, restored) {
            const { render, kubernetes, tags } = payload;
            const observed = observedOf(payload, serving, restored);
            if (observed.result === 'committed')
                return { observed, conclusion: observed, remaining: [] };
            const atRender = (render?.before ?? []).map((one) => ({ target: `${one.name} on Render`, detail: rollbackHint(one) }));
            return {
                observed,
                conclusion: tags ? withTagWarning(observed, tags) : observed,
                remaining: [
                    ...atRender,
                    ...(kubernetes && !isSettled(restored) ? clusterHints(kubernetes) : []),
                    ...(tags ? tagHints(tags) : []),
                ],
            };
        }
        function observedOf(payload, serving, restored) {
            const { version, previous, render, kubernetes } = payload;
            const versions = { version, previous: previous?.version };
            if (render)
                return conclusionAtRender(serving, version);
            if (kubernetes)
                return conclusionInCluster(serving, versions, kubernetes.namespace, restored);
            return conclusionOf(serving, versions);
        }
        function reportManualSteps({ render, kubernetes, tags }, { remaining }, step) {
            if (remaining.length === 0)
                return;
            for (const { target, detail } of remaining)
                step.info(`${target}: ${detail}`);
            if (render)
                step.summary(`To roll back by hand, with an API key of Render:\n\n${(0, summary.DV)(rollbackCommands(render), 'sh')}`);
            if (kubernetes?.workloads?.length && remaining.some(({ target }) => target.startsWith('namespace ')))
                step.summary(`What was live in the cluster before:\n\n${(0, summary.DV)(clusterState(kubernetes, restoreCommand(process.env)), 'sh')}`);
            if (tags)
                step.summary(`To roll back by hand, with a login that may push:\n\n${(0, summary.DV)(tagCommands(tags), 'sh')}`);
        }
        function servingQuery(payload, restored) {
            const { sha, previous, look, render, kubernetes } = payload;
            const versionFrom = parseVersionSource(look?.versionFrom ?? 'sha') ?? { text: 'sha', path: ['sha'] };
            const urls = (look?.urls ?? []).flatMap((line) => {
                const parsed = parseProbeUrl(line);
                return 'url' in parsed ? [parsed.url] : [];
            });
            const confirmSeconds = (look?.confirmSeconds ?? 0) + graceSeconds;
            const waitSeconds = render || kubernetes ? (restored === 'rolled-back' ? restoredSeconds : 0) : confirmSeconds;
            return { urls, versionFrom, sha, previous: previous?.sha, waitSeconds };
        }
        function recordLostRelease({ release: { environment } }, payload, { observed, conclusion: { result }, remaining }, step) {
            const { journal } = step;
            const { service, version, sha } = payload;
            const release = { id: payload.release, service, environment, version, sha };
            const lost = 'lost-release-1';
            const outcomes = [
                { target: 'service URLs', service, result: observed.result, detail: observed.text },
                ...remaining.map((one) => ({ ...one, service, result: 'unknown' })),
            ];
            journal.append({ step: lost, event: 'release-began', release, run: (0, job.xh)() }, { step: lost, event: 'release-lost', service, result }, ...(0, events.X)(lost, outcomes));
            step.warn('The runner of the release was lost before it could report its result. Aftercare found this result afterwards.');
            step.output('slack-channel-id', payload.slack?.channel ?? '');
            if (payload.slack)
                messageState(journal, 'notify-slack-1').update({ posted: payload.slack });
        }
        function openFor(github, step) {
            return openGitHub(github, AbortSignal.any([step.signal, AbortSignal.timeout(budgetMs)]));
        }
        function plain(text) {
            return text.replaceAll('<', '&lt;').replaceAll('|', '\\|');
        }
    }),
    204: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(705);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(137);
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.e)(_action_js__WEBPACK_IMPORTED_MODULE_0__.X);
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
    284: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            X: () => (outcomeEntries),
            z: () => (recordFields)
        });
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
    545: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            r: () => (jsonLine),
            s: () => (readJsonLines)
        });
        var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
        var node_fs__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
        function jsonLine(value) {
            return `\n${JSON.stringify(value)}\n`;
        }
        function readJsonLines(path) {
            if (!(0, node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path))
                return [];
            const lines = [];
            for (const line of (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8').split('\n')) {
                try {
                    if (line)
                        lines.push(JSON.parse(line));
                }
                catch {
                }
            }
            return lines;
        }
    }),
    705: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
        var events = __nccwpck_require__(284);
        var result = __nccwpck_require__(432);
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
                return (0, result.N)([...step.outcomes.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
            }
            if (!step.ended || step.ended.result === 'pending')
                return 'unknown';
            return step.ended.result;
        }
        function jobResult({ steps, damaged }) {
            if (damaged !== undefined)
                return (0, result.N)([...steps.filter((step) => step.mutates).map(resultOf), 'unknown']);
            const changing = steps.filter((step) => step.mutates);
            if (changing.length > 0)
                return (0, result.N)(changing.map(resultOf));
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
            journal.append(...(0, events.X)(step, outcomes));
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
        var json_lines = __nccwpck_require__(545);
        ;
        function recordOf(lines) {
            return lines.flatMap((line) => recordLineOf(line) ?? []);
        }
        function recordLineOf(line) {
            const fields = Object.hasOwn(events.z, line.event) ? events.z[line.event] : undefined;
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
                    const lines = entries.map((entry) => (0, json_lines.r)({ at, ...entry }));
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
        var summary = __nccwpck_require__(813);
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
            step.summary(`**${action}**: the journal was lost\n\n${(0, summary.DV)(report)}`);
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
            const rows = (step?.outcomes ?? []).map(({ target, result, detail, stays }) => `| ${(0, summary.EO)(target)} | ${stays ? 'stays' : result} | ${(0, summary.EO)(detail)} |`);
            const table = rows.length > 0 ? `\n\n| target | result | |\n|---|---|---|\n${rows.join('\n')}` : '';
            return `**${action}**: ${step ? resultOf(step) : 'unknown'}, because ${(0, summary.EO)(why)}.${table}`;
        }
        function flushSections({ id, stage, journal }, sections) {
            const job = journal.read();
            const last = job.steps.find(({ closes }) => closes)?.id;
            const isAlone = job.damaged !== undefined || last === undefined;
            if (isAlone)
                (0, summary.Sy)(sections.map(({ markdown }) => markdown));
            else
                (0, summary.Ix)(journal, sections);
            if (stage === 'main' || last !== id)
                return;
            const report = (0, summary.uY)(journal, 'first');
            const serves = serviceOutcomesOf({ journal }, process.env['INPUT_JOB-STATUS'] || 'success')
                .map(({ text }) => (0, summary.EO)(text))
                .filter((text) => !report.some((section) => section.includes(text)));
            (0, summary.Sy)([
                ...serves.map((text) => `**${text}**`),
                ...report,
                ...(0, summary.uY)(journal, 'post'),
                ...(0, summary.uY)(journal, 'main'),
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
                recordOutcomes: (outcomes) => journal.append(...(0, events.X)(id, outcomes)),
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
                return (0, result.N)(outcomes.map(({ result }) => result));
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
                return (0, result.N)(outcomes.map(({ result }) => result));
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
            step.summary(`**${action.name} failed** (\`${code}\`)${outcomeText}\n\n${(0, summary.DV)(reason)}`);
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
    813: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            DV: () => (codeBlock),
            EO: () => (plainMarkdown),
            Ix: () => (saveSections),
            Sy: () => (writeSummary),
            uY: () => (savedSections)
        });
        var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
        var node_fs__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
        var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
        var node_path__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
        var _json_lines_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(545);
        function plainMarkdown(text) {
            return text
                .replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
                .replace(/[\\`*_{}[\]<>#|~&!]/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`));
        }
        function writeSummary(sections) {
            const path = process.env.GITHUB_STEP_SUMMARY;
            if (!path || sections.length === 0)
                return;
            (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(path, `${sections.join('\n\n')}\n\n`);
        }
        function saveSections(journal, sections) {
            for (const section of sections)
                (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(pathOf(journal), (0, _json_lines_js__WEBPACK_IMPORTED_MODULE_2__.r)(section), { mode: 0o600 });
        }
        function savedSections(journal, place) {
            const saved = (0, _json_lines_js__WEBPACK_IMPORTED_MODULE_2__.s)(pathOf(journal)).filter((one) => one.place === place);
            const texts = saved.map(({ markdown }) => markdown);
            return place === 'post' ? texts.reverse() : texts;
        }
        function pathOf({ folder }) {
            return (0, node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'summary.jsonl');
        }
        function codeBlock(text, language = '') {
            const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
            const fence = '`'.repeat(longest + 1);
            return `${fence}${language}\n${text}\n${fence}`;
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
var __webpack_exports__ = __nccwpck_require__(204);
__webpack_exports__ = await __webpack_exports__;
