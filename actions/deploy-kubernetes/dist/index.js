import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    916: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            w: () => (deployKubernetes)
        });
        ;
        const confirmers = {
            async ssh(step) {
                const { postConfirmer } = await Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 901));
                return postConfirmer(step);
            },
        };
        var src_release = __nccwpck_require__(776);
        var client = __nccwpck_require__(694);
        var access_inputs = __nccwpck_require__(842);
        var src_images = __nccwpck_require__(830);
        ;
        function readImages(read) {
            const images = read.lines('images').flatMap((line) => {
                const image = (0, src_images.zZ)(line);
                if (!image)
                    read.issue('images', `"${line}" is not an image by its digest`, "Give name@sha256:…, such as build-image's output ref.");
                return image ? [image] : [];
            });
            const names = images.map(({ name }) => (0, src_images._M)(name));
            const twice = names.find((name, index) => names.indexOf(name) !== index);
            if (twice !== undefined)
                read.issue('images', `names ${twice} twice`, 'Give every image once.');
            return images;
        }
        ;
        function readSlotWords(read) {
            const words = read.lines('slots').flatMap((line) => line.split(/\s+/));
            if (words.length === 0)
                return undefined;
            const [one = '', other = ''] = words;
            const isWord = (word) => /^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/.test(word);
            if (words.length === 2 && one !== other && isWord(one) && isWord(other))
                return [one, other];
            read.issue('slots', `is "${words.join(' ')}"`, 'Give two different words of small letters: blue green.');
            return undefined;
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
        const validName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
        const longestName = 53;
        function readChart(read, images, service, conflicting) {
            const chart = read.text('chart');
            const values = read.lines('values');
            const lines = read.lines('set');
            const given = read.text('helm-release');
            if (chart === '') {
                for (const [name, isGiven] of [
                    ['values', values.length > 0],
                    ['set', lines.length > 0],
                    ['helm-release', given !== ''],
                ])
                    if (isGiven)
                        read.issue(name, 'is given without chart', 'Give chart too, or leave it out.');
                return undefined;
            }
            for (const name of conflicting)
                read.issue('chart', `is given together with ${name}`, `Give only one of the two: a chart knows no ${name}.`);
            if (/^[a-z]+:\/\//.test(chart) && !chart.startsWith('oci://'))
                read.issue('chart', `is "${chart}"`, 'Give a folder of the repository, or oci://….');
            return { chart, values, set: readSet(read, lines, images), name: readHelmRelease(read, service) };
        }
        function readHelmRelease(read, otherwise) {
            const name = read.text('helm-release') || otherwise;
            if (name !== '' && (name.length > longestName || !validName.test(name)))
                read.issue('helm-release', `is "${name}"`, `Give small letters, digits, "-" and ".", ${longestName} at most.`);
            return name;
        }
        function readSet(read, lines, images) {
            for (const line of lines)
                if (!/^[^=\s]+=/.test(line))
                    read.issue('set', `"${line}" is not KEY=VALUE`, 'Give one value a line.');
            const uses = lines.some((line) => /\{(image|digest)\}/.test(line));
            if (uses && images.length !== 1)
                read.issue('set', `has {image} or {digest}, and images has ${images.length} lines`, 'Give one image.');
            if (!uses && images.length > 0)
                read.issue('images', 'is given with a chart whose set does not use it', 'Say in set where the chart takes it: image={image}, or image.digest={digest}.');
            const [image] = images;
            if (!image)
                return [...lines];
            return lines.map((line) => line.replaceAll('{image}', (0, src_images.f1)(image)).replaceAll('{digest}', image.digest));
        }
        ;
        const variables = {
            ...access_inputs.GE,
            canary: undefined,
            images: undefined,
        };
        const commands = ['deploy', 'rollback', 'restore', 'inspect', 'preflight'];
        function readKubernetesInputs(read) {
            const release = (0, src_release.$E)(read);
            const command = read.choice('command', { default: 'deploy', of: commands });
            const isRollback = command === 'rollback';
            const manifests = isRollback ? [] : read.lines('manifests');
            const images = isRollback ? [] : readImages(read);
            const needsSource = command === 'deploy' || command === 'preflight';
            const slots = readSlotWords(read);
            const others = [...(manifests.length > 0 ? ['manifests'] : []), ...(slots ? ['slots'] : [])];
            const chart = needsSource ? readChart(read, images, release.service, others) : undefined;
            if (needsSource && manifests.length === 0 && !chart && images.length === 0)
                read.issue('manifests', 'and chart and images are all missing', 'Give the files of the objects, a chart, or images by digest.');
            if (slots && needsSource && manifests.length === 0 && !chart)
                read.issue('slots', 'is given without manifests', 'Give the files of the objects too.');
            const canary = readCanary(read, {
                command,
                hasManifests: manifests.length > 0,
                conflicting: [...(slots ? ['slots'] : []), ...(chart ? ['chart'] : [])],
            });
            return {
                command,
                dryRun: read.boolean('dry-run', { default: false }),
                release: isRollback ? { ...release, version: read.text('version', { default: 'previous' }) } : release,
                access: (0, access_inputs.gM)(read),
                namespace: (0, access_inputs.oZ)(read),
                manifests,
                chart,
                helmRelease: command === 'restore' ? readHelmRelease(read, '') : '',
                images,
                slots,
                canary,
                prune: read.boolean('prune', { default: true }),
                keepReleases: read.integer('keep-releases', { default: 5, min: 2, max: 20 }),
                progressTimeout: read.seconds('progress-timeout', { default: '5m', min: 10, max: 3600 }),
                lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 1, max: 3600 }),
                deadline: read.seconds('deadline', { default: '20m', min: 30, max: 5400 }),
                github: (0, client.B)(read),
            };
        }
        ;
        const transaction = () => Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 928));
        const deployKubernetes = {
            name: 'deploy-kubernetes',
            inputs: readKubernetesInputs,
            variables: variables,
            main: async (inputs, step) => (await transaction()).main(inputs, step),
            transaction: {
                mutates: ({ command, dryRun }) => !dryRun && command !== 'preflight' && command !== 'inspect',
                startsAfterFailure: ({ command }) => command === 'rollback' || command === 'restore',
                service: ({ release }) => release.service,
                undo: async (saved, step, until) => (await transaction()).undo(saved, step, until),
                commit: async (saved, step) => (await transaction()).commit(saved, step),
                confirmers: confirmers,
                close: async (step) => (await transaction()).close(step),
            },
        };
    }),
    885: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(432);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(916);
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.e)(_action_js__WEBPACK_IMPORTED_MODULE_0__.w);
                __webpack_async_result__();
            }
            catch (e) {
                __webpack_async_result__(e);
            }
        }, 1);
    }),
    928: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.r(__webpack_exports__);
        __nccwpck_require__.d(__webpack_exports__, {
            close: () => (transaction_close),
            commit: () => (commit),
            main: () => (main),
            undo: () => (undo)
        });
        var clock = __nccwpck_require__(563);
        var external_node_child_process_ = __nccwpck_require__(421);
        var external_node_fs_ = __nccwpck_require__(24);
        var external_node_path_ = __nccwpck_require__(760);
        var failure = __nccwpck_require__(95);
        var src_job = __nccwpck_require__(878);
        var bounded = __nccwpck_require__(700);
        ;
        function kubectlEnvironment() {
            return { ...(0, src_job.Qc)(), KUBERC: 'off' };
        }
        function onPath(name) {
            const folder = (process.env.PATH ?? '').split(':').find((one) => one !== '' && (0, external_node_fs_.existsSync)((0, external_node_path_.join)(one, name)));
            return folder && (0, external_node_path_.join)(folder, name);
        }
        function findKubectl() {
            const program = onPath('kubectl');
            if (program === undefined)
                throw new failure.HR('tools', 'The runner has no kubectl.', installRemedy);
            return { program };
        }
        async function kubectlVersion({ program }, signal) {
            const { status, output, errors } = await (0, bounded.B)(program, ['version', '--client', '--output=json'], {
                env: kubectlEnvironment(),
                keptCharacters: 10_000,
                timeoutMs: 30_000,
                signal,
            });
            const version = /"gitVersion": *"v(\d+\.\d+\.\d+)/.exec(output)?.[1];
            if (status === 0 && version !== undefined)
                return version;
            throw new failure.HR('tools', `${program} does not say its version: ${errors.trim().slice(0, 300)}`, installRemedy);
        }
        const installRemedy = 'install kubectl in an earlier step, in the version of the cluster.';
        function assertSkew(kubectl, server) {
            const [major, minor] = kubectl.split('.').map(Number);
            const [serverMajor, serverMinor] = [Number.parseInt(server.major, 10), Number.parseInt(server.minor, 10)];
            if (major === serverMajor && Math.abs((minor ?? 0) - serverMinor) <= 1)
                return;
            throw new failure.HR('tools', `kubectl ${kubectl} does not fit the server's version ${serverMajor}.${serverMinor}: they may differ by one minor version. Belay downloads no kubectl, because it has no checksum for one.`, `install kubectl ${serverMajor}.${serverMinor} in an earlier step.`);
        }
        async function kustomize({ program }, folder, signal) {
            const { status, output, errors, exceeded } = await (0, bounded.B)(program, ['kustomize', folder], {
                env: kubectlEnvironment(),
                keptCharacters: 20_000_000,
                whole: true,
                timeoutMs: 120_000,
                signal,
            });
            if (status === 0 && !exceeded)
                return output;
            const why = exceeded ? `it exceeded the limit of ${exceeded}` : errors.trim().slice(-1500);
            throw new failure.HR('source', `kustomize cannot build ${folder}: ${why}`, 'run `kubectl kustomize` on that folder.');
        }
        ;
        const longestPath = 107;
        const startSeconds = 20;
        async function startProxy({ program }, folder, kubeconfig, signal) {
            const socket = (0, external_node_path_.join)(folder, 's');
            if (Buffer.byteLength(socket) > longestPath)
                throw new failure.HR('tools', `The path ${socket} is too long for a socket.`, 'use a shorter RUNNER_TEMP.');
            const given = kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`];
            const child = (0, external_node_child_process_.spawn)(program, [...given, 'proxy', `--unix-socket=${socket}`], {
                env: kubectlEnvironment(),
                stdio: ['ignore', 'ignore', 'pipe'],
                detached: true,
            });
            let printed = '';
            let ended = false;
            child.stderr.setEncoding('utf8').on('data', (text) => {
                printed = `${printed}${text}`.slice(-2000);
            });
            child.once('exit', () => {
                ended = true;
            });
            child.once('error', (error) => {
                ended = true;
                printed = error.message;
            });
            const note = noteChild(child.pid);
            const stop = () => {
                process.off('exit', stop);
                endChild(child.pid);
                (0, external_node_fs_.rmSync)(note, { force: true });
                (0, external_node_fs_.rmSync)(socket, { force: true });
            };
            process.once('exit', stop);
            const late = performance.now() + startSeconds * 1000;
            while (!ended && !(0, external_node_fs_.existsSync)(socket) && !signal.aborted && performance.now() < late)
                await (0, clock.y)(20, signal);
            if (ended || !(0, external_node_fs_.existsSync)(socket)) {
                stop();
                throw new failure.HR('tools', `kubectl proxy did not start: ${printed.trim()}`, 'check the kubeconfig that is given.');
            }
            child.unref();
            return { socket, isRunning: () => !ended, stop };
        }
        function noteChild(pid) {
            const note = (0, external_node_path_.join)((0, src_job.OW)(), `kubectl-${process.pid}`);
            (0, external_node_fs_.mkdirSync)((0, src_job.OW)(), { recursive: true, mode: 0o700 });
            (0, external_node_fs_.writeFileSync)(note, `${pid ?? 0} ${startOf(pid ?? 0)}`, { mode: 0o600 });
            return note;
        }
        function sweepProxies() {
            if (!(0, external_node_fs_.existsSync)((0, src_job.OW)()))
                return;
            for (const name of (0, external_node_fs_.readdirSync)((0, src_job.OW)())) {
                const [, owner] = /^kubectl-(\d+)$/.exec(name) ?? [];
                if (owner === undefined || (0, external_node_fs_.existsSync)(`/proc/${owner}`))
                    continue;
                const note = (0, external_node_path_.join)((0, src_job.OW)(), name);
                const [pid = '0', started = ''] = (0, external_node_fs_.readFileSync)(note, 'utf8').split(' ');
                if (started !== '' && startOf(Number(pid)) === started)
                    endChild(Number(pid));
                (0, external_node_fs_.rmSync)(note, { force: true });
            }
        }
        function startOf(pid) {
            try {
                const stat = (0, external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'utf8');
                return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
            }
            catch {
                return '';
            }
        }
        function endChild(pid) {
            if (!pid)
                return;
            try {
                process.kill(-pid, 'SIGKILL');
            }
            catch {
            }
        }
        var inputs = __nccwpck_require__(221);
        var secret_folder = __nccwpck_require__(650);
        var log = __nccwpck_require__(671);
        var mask = __nccwpck_require__(477);
        var retry = __nccwpck_require__(511);
        ;
        class ApiError extends Error {
            status;
            reason;
            causes;
            retryAfter;
            constructor(status, reason, message, { causes = [], retryAfter } = {}) {
                super(message);
                this.name = 'ApiError';
                this.status = status;
                this.reason = reason;
                this.causes = causes;
                this.retryAfter = retryAfter;
            }
        }
        ;
        const manager = 'belay';
        const undoManager = 'belay-undo';
        const requestTimeoutMs = 30_000;
        const largestAnswer = 64 * 1024 * 1024;
        function openClient({ socket, patienceMs, signal: always }) {
            let clock = { server: Date.now(), at: performance.now() };
            async function start(sent, signal) {
                const body = sent.body === undefined ? undefined : JSON.stringify(sent.body);
                const response = await startRequest(socket, sent, body, signal);
                const date = Date.parse(response.headers.date ?? '');
                if (!Number.isNaN(date))
                    clock = { server: date, at: performance.now() };
                return response;
            }
            async function ask(asked, limit = largestAnswer) {
                const sent = { ...asked, signal: asked.signal ?? always };
                const ended = performance.now() + patienceMs;
                let internal = 0;
                const tried = await (0, retry.L5)(async () => {
                    try {
                        return { value: await askOnce(sent, limit) };
                    }
                    catch (error) {
                        if (!(error instanceof ApiError) || sent.signal?.aborted)
                            throw error;
                        if (error.reason === 'InternalError')
                            internal++;
                        return { trouble: troubleOf(error, internal) };
                    }
                }, {
                    repeatable: true,
                    backoffMs: (0, retry.Bf)(200, { longestMs: 2000 }),
                    leftMs: () => ended - performance.now(),
                    ...(sent.signal && { signal: sent.signal }),
                });
                if (tried && 'value' in tried)
                    return tried.value;
                throw tried?.trouble.error ?? noAnswer('no time was left for the request');
            }
            async function askOnce(sent, limit) {
                const timeout = AbortSignal.timeout(requestTimeoutMs);
                const signal = sent.signal ? AbortSignal.any([timeout, sent.signal]) : timeout;
                try {
                    const response = await start(sent, signal);
                    const text = await readText(response, limit);
                    if (isSuccess(response))
                        return text;
                    throw errorOf(response.statusCode ?? 0, text);
                }
                catch (error) {
                    if (error instanceof ApiError)
                        throw error;
                    throw noAnswer(timeout.aborted ? `no answer within ${requestTimeoutMs / 1000} s` : error.message);
                }
            }
            async function json(sent) {
                return JSON.parse(await ask(sent));
            }
            const written = (dryRun, fieldManager) => ({
                fieldManager,
                fieldValidation: 'Strict',
                ...(dryRun && { dryRun: 'All' }),
            });
            return {
                now: () => clock.server + (performance.now() - clock.at),
                get: (path, query, signal) => json({ method: 'GET', path, query, signal }),
                text: (path, query, limit = 64 * 1024, signal = undefined) => ask({ method: 'GET', path, query, signal }, limit),
                async *watch(path, query, signal) {
                    const asked = { ...query, watch: true, allowWatchBookmarks: true };
                    const response = await start({ method: 'GET', path, query: asked }, signal).catch((error) => {
                        if (signal.aborted)
                            return undefined;
                        throw noAnswer(error.message);
                    });
                    if (!response)
                        return;
                    if (response.statusCode === 410)
                        yield gone(await readText(response, largestAnswer));
                    else if (isSuccess(response))
                        yield* eventsOf(response);
                    else
                        throw errorOf(response.statusCode ?? 0, await readText(response, largestAnswer));
                },
                create: (path, body, { dryRun, manager: name = manager, signal } = {}) => json({ method: 'POST', path, query: written(dryRun, name), body, signal }),
                apply: (path, body, { dryRun, force, manager: name = manager, signal } = {}) => json({
                    method: 'PATCH',
                    path,
                    query: { ...written(dryRun, name), ...(force && { force: true }) },
                    type: 'application/apply-patch+yaml',
                    body,
                    signal,
                }),
                patch: (path, body, { dryRun, manager: name = manager, signal } = {}) => json({
                    method: 'PATCH',
                    path,
                    query: written(dryRun, name),
                    type: 'application/json-patch+json',
                    body,
                    signal,
                }),
                async remove(path, { uid, propagation = 'Background', signal } = {}) {
                    const body = { propagationPolicy: propagation, ...(uid !== undefined && { preconditions: { uid } }) };
                    await ask({ method: 'DELETE', path, body, signal });
                },
            };
        }
        function troubleOf(error, internal) {
            const { status, reason, retryAfter } = error;
            return {
                retryable: [0, 429, 502, 503, 504].includes(status) || (reason === 'InternalError' && internal < 3),
                maybeDelivered: true,
                waitMs: retryAfter === undefined ? undefined : retryAfter * 1000,
                error,
            };
        }
        function startRequest(socketPath, { method, path, query = {}, type = 'application/json' }, body, signal) {
            const { request } = process.getBuiltinModule('node:http');
            const headers = {
                host: 'localhost',
                accept: 'application/json',
                ...(body !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
            };
            return new Promise((resolve, reject) => {
                const sending = request({ socketPath, method, path: pathWith(path, query), headers, agent: false, signal }, resolve);
                sending.on('error', reject);
                sending.end(body);
            });
        }
        function pathWith(path, query) {
            const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
            return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
        }
        function isSuccess({ statusCode = 0 }) {
            return statusCode >= 200 && statusCode < 300;
        }
        async function readText(response, limit) {
            const chunks = [];
            let length = 0;
            for await (const chunk of response) {
                chunks.push(chunk);
                length += chunk.length;
                if (length > limit)
                    break;
            }
            return Buffer.concat(chunks).subarray(0, limit).toString('utf8');
        }
        async function* eventsOf(response) {
            let rest = '';
            response.setEncoding('utf8');
            try {
                for await (const chunk of response) {
                    const lines = `${rest}${chunk}`.split('\n');
                    rest = lines.pop() ?? '';
                    for (const line of lines)
                        if (line !== '')
                            yield JSON.parse(line);
                }
            }
            catch (error) {
                if (error instanceof SyntaxError)
                    throw error;
            }
        }
        function gone(text) {
            return { type: 'ERROR', object: { kind: 'Status', metadata: { name: '' }, code: 410, message: text } };
        }
        function noAnswer(why) {
            return new ApiError(0, '', `the API server does not answer: ${why}`);
        }
        function errorOf(status, text) {
            const { kind, message, reason, details } = statusIn(text);
            if (kind !== 'Status') {
                const line = text.trim().split('\n')[0]?.slice(0, 300) ?? '';
                return status >= 500 ? noAnswer(line) : new ApiError(status, '', line || `HTTP ${status}`);
            }
            return new ApiError(status, reason ?? '', message ?? `HTTP ${status}`, {
                causes: details?.causes ?? [],
                retryAfter: details?.retryAfterSeconds,
            });
        }
        function statusIn(text) {
            try {
                return JSON.parse(text);
            }
            catch {
                return {};
            }
        }
        async function orUndefined(asked) {
            try {
                return await asked;
            }
            catch (error) {
                if (error instanceof ApiError && error.status === 404)
                    return undefined;
                throw error;
            }
        }
        var external_node_crypto_ = __nccwpck_require__(598);
        ;
        async function openRelay(socket) {
            const { createServer, request } = process.getBuiltinModule('node:http');
            const word = (0, external_node_crypto_.randomBytes)(24).toString('hex');
            (0, mask.d)(word);
            const beginning = `/${word}/`;
            const relay = createServer((incoming, outgoing) => {
                const { url = '', method, headers } = incoming;
                if (!url.startsWith(beginning))
                    return void outgoing.writeHead(404).end();
                const path = url.slice(beginning.length - 1);
                const asked = request({ socketPath: socket, method, path, headers: { ...headers, host: 'localhost' } }, (answer) => {
                    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
                    answer.on('error', () => outgoing.destroy());
                    answer.pipe(outgoing);
                });
                asked.on('error', () => outgoing.destroy());
                outgoing.on('close', () => asked.destroy());
                incoming.pipe(asked);
            });
            await new Promise((resolve, reject) => {
                relay.once('error', reject);
                relay.listen(0, '127.0.0.1', resolve);
            });
            relay.unref();
            const { port } = relay.address();
            return {
                server: `http://127.0.0.1:${port}/${word}`,
                close() {
                    relay.close();
                    relay.closeAllConnections();
                },
            };
        }
        ;
        const oldestMajor = 4;
        const longestMs = 120_000;
        const longestOutput = 60_000_000;
        async function openHelm(socket, signal) {
            const program = onPath('helm');
            if (program === undefined)
                throw new failure.HR('tools', 'The runner has no helm.', helm_installRemedy);
            const env = helmEnvironment();
            const { output } = await (0, bounded.B)(program, ['version', '--template={{.Version}}'], {
                env,
                keptCharacters: 10_000,
                timeoutMs: 30_000,
                signal,
            });
            const version = /^v(\d+\.\d+\.\d+)/.exec(output.trim())?.[1];
            if (version === undefined)
                throw new failure.HR('tools', `${program} does not say its version.`, helm_installRemedy);
            if (Number(version.split('.')[0]) < oldestMajor)
                throw new failure.HR('tools', `${program} is Helm ${version}, and Belay needs Helm ${oldestMajor}.`, helm_installRemedy);
            const folder = (0, secret_folder.x)();
            const relay = await openRelay(socket);
            const kubeconfig = (0, external_node_path_.join)(folder, 'config');
            (0, external_node_fs_.writeFileSync)(kubeconfig, JSON.stringify(configOf(relay.server)), { mode: 0o600 });
            return {
                run: (args, { signal: ends, timeoutMs = longestMs }) => (0, bounded.B)(program, args, {
                    env: {
                        ...env,
                        KUBECONFIG: kubeconfig,
                        KUBECACHEDIR: (0, external_node_path_.join)(folder, 'api'),
                        HELM_CACHE_HOME: (0, external_node_path_.join)(folder, 'cache'),
                    },
                    keptCharacters: longestOutput,
                    whole: true,
                    timeoutMs,
                    signal: ends,
                }),
                close() {
                    relay.close();
                    (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
                },
            };
        }
        const helm_installRemedy = `install Helm ${oldestMajor} in an earlier step, such as azure/setup-helm.`;
        function helmEnvironment(env = (0, src_job.Qc)()) {
            return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(KUBECONFIG|HELM_(KUBE.*|NAMESPACE|DEBUG))$/.test(name)));
        }
        function configOf(server) {
            return {
                apiVersion: 'v1',
                kind: 'Config',
                clusters: [{ name: 'c', cluster: { server } }],
                contexts: [{ name: 'c', context: { cluster: 'c', user: '' } }],
                'current-context': 'c',
            };
        }
        ;
        async function parseYaml(text) {
            const { parseAllDocuments } = await library();
            const documents = parseAllDocuments(text, {
                version: '1.1',
                merge: true,
                customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !isTime(tag)),
            });
            return documents.flatMap((document) => {
                const [error] = document.errors;
                if (error)
                    throw new Error(error.message);
                const value = document.toJS();
                return value === null || value === undefined ? [] : [value];
            });
        }
        function isTime({ tag, format }) {
            return tag === 'tag:yaml.org,2002:timestamp' || format === 'TIME';
        }
        const library = () => import('../../toolkit/dist/index.js');
        function loadYaml() {
            library().catch(() => { });
        }
        ;
        const renewMs = 180_000;
        async function openCluster(inputs, signal) {
            sweepProxies();
            const kubectl = findKubectl();
            const folder = (0, secret_folder.x)();
            let timer;
            let proxy;
            let starting;
            let helm;
            const close = () => {
                clearInterval(timer);
                helm?.close();
                proxy?.stop();
                process.off('exit', close);
                (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
            };
            process.once('exit', close);
            try {
                const { file, own, renew, server: given } = await kubeconfigFor(inputs, folder);
                starting = startProxy(kubectl, folder, file, signal);
                starting.catch(() => { });
                const server = given ?? (await assertUsable(kubectl, file, signal));
                proxy = await starting;
                if (renew) {
                    timer = setInterval(() => void renew().catch((error) => log.Rm.warning((0, failure.bD)(error))), renewMs);
                    timer.unref();
                }
                else if (own && file !== undefined)
                    (0, external_node_fs_.rmSync)(file);
                const { socket, isRunning } = proxy;
                return {
                    clientFor: (options) => openClient({ ...options, socket }),
                    kubectl,
                    socket,
                    server,
                    isOpen: isRunning,
                    helm: async (ends) => (helm ??= await openHelm(socket, ends)),
                    close,
                };
            }
            catch (error) {
                proxy = await starting?.catch(() => undefined);
                close();
                throw error;
            }
        }
        async function kubeconfigFor(inputs, folder) {
            const { kubeconfig } = inputs;
            if (inputs.server !== '')
                return kubeconfigOfServer(inputs, folder);
            if (kubeconfig === '')
                return { file: undefined, own: false };
            const isPath = !kubeconfig.includes('\n') && kubeconfig.length < 4096 && (0, external_node_fs_.existsSync)(kubeconfig);
            if (isPath)
                return { file: kubeconfig, own: false };
            const text = kubeconfigText(kubeconfig);
            await maskCredentials(text);
            const file = (0, external_node_path_.join)(folder, 'config');
            (0, external_node_fs_.writeFileSync)(file, text, { mode: 0o600 });
            return { file, own: true };
        }
        async function kubeconfigOfServer({ server, ca, token, audience }, folder) {
            const file = (0, external_node_path_.join)(folder, 'config');
            const tokenFile = (0, external_node_path_.join)(folder, 'token');
            const renew = async () => writeAtomically(tokenFile, await identityToken(audience || server));
            if (token === '')
                await renew();
            const authority = ca === '' ? {} : { 'certificate-authority-data': inBase64(ca) };
            const config = {
                apiVersion: 'v1',
                kind: 'Config',
                clusters: [{ name: 'c', cluster: { server, ...authority } }],
                users: [{ name: 'u', user: token === '' ? { tokenFile } : { token } }],
                contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
                'current-context': 'c',
            };
            (0, external_node_fs_.writeFileSync)(file, JSON.stringify(config), { mode: 0o600 });
            return { file, own: true, server, ...(token === '' && { renew }) };
        }
        async function identityToken(audience) {
            try {
                const { getIDToken } = await import('../../toolkit/dist/index.js');
                return await getIDToken(audience);
            }
            catch (error) {
                throw new failure.HR('access', `GitHub gives this job no identity token: ${(0, failure.bD)(error)}`, 'give the job `permissions: { id-token: write }`, or give the input token or kubeconfig.', { cause: error });
            }
        }
        function writeAtomically(file, text) {
            (0, external_node_fs_.writeFileSync)(`${file}.new`, text, { mode: 0o600 });
            (0, external_node_fs_.renameSync)(`${file}.new`, file);
        }
        function inBase64(ca) {
            return ca.includes('-----BEGIN') ? Buffer.from(ca).toString('base64') : ca.replace(/\s+/g, '');
        }
        function kubeconfigText(given) {
            if (/^\s*(apiVersion|kind|clusters|users|contexts|current-context|preferences|\{|---|#)/m.test(given))
                return given;
            const text = Buffer.from(given, 'base64').toString('utf8');
            if (text.includes('clusters'))
                return text;
            (0, mask.d)(given);
            throw new failure.HR('access', 'kubeconfig is neither a file of this runner, nor the text of a kubeconfig, nor that text in base64.', 'give a path, or a secret with the whole file.');
        }
        async function maskCredentials(text) {
            const secret = /^(token|password|client-key-data|id-token|refresh-token|access-token|client-secret|value)$/;
            const visit = (value, name) => {
                if (typeof value === 'string' && secret.test(name)) {
                    (0, mask.d)(value);
                    if (name === 'client-key-data')
                        (0, mask.d)(Buffer.from(value, 'base64').toString('utf8'));
                }
                else if (typeof value === 'object' && value !== null)
                    for (const [key, inner] of Object.entries(value))
                        visit(inner, key);
            };
            try {
                for (const document of await parseYaml(text))
                    visit(document.users, 'users');
            }
            catch (error) {
                (0, mask.d)(text);
                throw new failure.HR('access', `kubeconfig is not YAML: ${(0, failure.bD)(error)}`, 'give the whole file.');
            }
        }
        async function assertUsable(kubectl, file, signal) {
            const given = file === undefined ? [] : [`--kubeconfig=${file}`];
            const { status, output, errors } = await (0, bounded.B)(kubectl.program, [...given, 'config', 'view', '--minify', '--output=json'], { env: kubectlEnvironment(), keptCharacters: 200_000, timeoutMs: 30_000, signal });
            const remedy = 'give kubeconfig, or server with ca and token.';
            if (status !== 0)
                throw new failure.HR('access', `kubectl cannot read the kubeconfig: ${errors.trim().slice(-500)}`, remedy);
            const view = JSON.parse(output);
            const cluster = view.clusters?.[0]?.cluster;
            if (!cluster?.server)
                throw new failure.HR('access', 'The kubeconfig names no cluster.', remedy);
            if (cluster['insecure-skip-tls-verify'])
                throw new failure.HR('access', 'The kubeconfig has insecure-skip-tls-verify, so anyone on the way could be the server.', "give the cluster's CA instead.");
            const exec = view.users?.[0]?.user?.exec;
            if (exec)
                assertProgram(exec);
            return cluster.server;
        }
        function assertProgram({ command = '', interactiveMode }) {
            log.Rm.info(`The kubeconfig logs in by the program ${command}.`);
            if (command.includes('/') || interactiveMode === 'Always')
                throw new failure.HR('access', `The kubeconfig logs in by ${command}${interactiveMode === 'Always' ? ', which wants a terminal' : ''}.`, 'name a program of PATH that asks nothing.');
        }
        var access_inputs = __nccwpck_require__(842);
        ;
        let job_connection_open;
        async function connect(access, signal) {
            if (job_connection_open?.isOpen())
                return job_connection_open;
            closeConnection();
            job_connection_open = await openCluster(access, signal);
            return job_connection_open;
        }
        const mainPatienceMs = 60_000;
        async function connectMain(access, signal, patienceMs = mainPatienceMs) {
            const version = kubectlVersion(findKubectl(), signal);
            version.catch(() => { });
            const connection = await connect(access, signal);
            try {
                const client = connection.clientFor({ signal, patienceMs });
                assertSkew(await version, await client.get('/version'));
                return { connection, client };
            }
            catch (error) {
                closeConnection();
                throw error;
            }
        }
        const undoPatienceMs = 45_000;
        async function reconnectTo(server, signal) {
            const access = (0, inputs.K)(access_inputs.gM, inputs.A, { variables: access_inputs.GE });
            const connection = await connect(access, signal);
            if (connection.server === server)
                return connection.clientFor({ signal, patienceMs: undoPatienceMs });
            closeConnection();
            throw new failure.HR('access', `The kubeconfig leads to ${connection.server} by now, and the release changed ${server}. Nothing was changed there.`, 'leave the kubeconfig as it is until the end of the job.');
        }
        function currentConnection() {
            if (!job_connection_open)
                throw new Error('no connection is open');
            return job_connection_open;
        }
        function closeConnection() {
            job_connection_open?.close();
            job_connection_open = undefined;
        }
        ;
        const domain = 'belay-actions.github.io';
        function annotation(name) {
            return `${domain}/${name}`;
        }
        const createdBy = annotation('release');
        var compare = __nccwpck_require__(447);
        ;
        const stateName = annotation('state');
        const stateAt = `/metadata/annotations/${(0, compare.lZ)(stateName)}`;
        function openState(release) {
            return `open ${release}`;
        }
        function expiredState(release) {
            return `expired ${release}`;
        }
        function committedState(release) {
            return `committed ${release}`;
        }
        function openRelease(state) {
            return /^(?:open|expired) (.*)$/s.exec(state)?.[1];
        }
        ;
        function collection(apiVersion, plural, namespace) {
            const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
            return `${base}/namespaces/${namespace}/${plural}`;
        }
        function refName({ kind, name }) {
            return `${kind.toLowerCase()}/${name}`;
        }
        function refOf({ apiVersion, kind, path }, name) {
            return { apiVersion, kind, name, path: `${path}/${name}` };
        }
        const key = (apiVersion, kind) => `${apiVersion} ${kind}`;
        async function discover(api, objects, namespace) {
            const versions = [...new Set(objects.map(({ apiVersion = '' }) => apiVersion))];
            const found = new Map();
            const cluster = new Set();
            await Promise.all(versions.map(async (apiVersion) => {
                const list = await orUndefined(api.get(apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`));
                for (const { name: plural, kind, namespaced } of list?.resources ?? []) {
                    if (plural.includes('/'))
                        continue;
                    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
                    if (!namespaced)
                        cluster.add(key(apiVersion, kind));
                    else
                        found.set(key(apiVersion, kind), {
                            apiVersion,
                            kind,
                            group,
                            plural,
                            path: collection(apiVersion, plural, namespace),
                        });
                }
            }));
            const ofCluster = objects.filter(({ apiVersion = '', kind = '' }) => cluster.has(key(apiVersion, kind)));
            if (ofCluster.length > 0)
                throw new failure.HR('cluster-object', `These objects belong to the whole cluster, not to the namespace: ${ofCluster.map(label).join(', ')}. Nothing was changed.`, 'apply them in a release of their own, by a person who may: an undo of one service must not change others.');
            const unknown = objects.filter(({ apiVersion = '', kind = '' }) => !found.has(key(apiVersion, kind)));
            if (unknown.length > 0)
                throw new failure.HR('source', `The server knows no such kind: ${unknown.map((one) => `${one.apiVersion} ${label(one)}`).join(', ')}. Nothing was changed.`, 'correct apiVersion and kind, or install the CRD first.');
            return ({ apiVersion = '', kind = '' }) => found.get(key(apiVersion, kind));
        }
        function label({ kind = '', metadata }) {
            return refName({ kind, name: metadata.name });
        }
        async function assertNamespace(api, namespace) {
            try {
                await api.get(`/api/v1/namespaces/${namespace}`);
            }
            catch (error) {
                if (!(error instanceof ApiError) || error.status !== 404)
                    return;
                throw new failure.HR('namespace-missing', `The namespace ${namespace} does not exist. Nothing was changed.`, 'create it first: Belay creates none.');
            }
        }
        ;
        const leaseSeconds = 7200;
        const committedName = annotation('committed');
        const ofService = annotation('service');
        const ofEnvironment = annotation('environment');
        function leasePlace(namespace, { service, environment }) {
            return { namespace, name: leaseName(service, environment) };
        }
        function leaseRef(namespace, { service, environment }, holder) {
            return { ...leasePlace(namespace, { service, environment }), service, environment, holder };
        }
        function leaseName(service, environment) {
            const plain = `belay-${service}-${environment}`;
            if ([service, environment].every((word) => /^[a-z0-9]+$/.test(word)))
                return plain;
            const hash = (0, external_node_crypto_.createHash)('sha256').update(`${service}\0${environment}`).digest('hex').slice(0, 6);
            const simple = plain.toLowerCase().replace(/[^a-z0-9-]/g, '-');
            return `${simple}-${hash}`;
        }
        const pathOf = ({ namespace, name }) => `${collection('coordination.k8s.io/v1', 'leases', namespace)}/${name}`;
        const holderAt = '/spec/holderIdentity';
        const committedAt = `/metadata/annotations/${(0, compare.lZ)(committedName)}`;
        function stateOf({ metadata, spec = {} }) {
            const record = metadata.annotations?.[committedName];
            return {
                holder: spec.holderIdentity ?? '',
                state: metadata.annotations?.[stateName] ?? 'none',
                committed: record === undefined ? undefined : JSON.parse(record),
                renewTime: spec.renewTime ?? '',
                seconds: spec.leaseDurationSeconds ?? 0,
            };
        }
        async function readLease(client, ref) {
            const lease = await orUndefined(client.get(pathOf(ref)));
            return lease && stateOf(lease);
        }
        const pauseMs = 2000;
        async function takeLease(client, ref, taking) {
            const late = performance.now() + taking.timeoutSeconds * 1000;
            const isGone = askedSeldom(taking);
            let shown = '';
            for (;;) {
                if (taking.signal.aborted)
                    throw new failure.j$();
                const before = await tryLease(client, ref, isGone);
                if (before === 'again')
                    continue;
                if (!('heldBy' in before))
                    return before;
                const { heldBy } = before;
                const age = Math.round((client.now() - Date.parse(heldBy.renewTime)) / 1000);
                if (heldBy.holder !== shown)
                    taking.info(`Waiting for the lock: ${heldBy.holder} renewed it ${age} s ago.`);
                shown = heldBy.holder;
                if (performance.now() + pauseMs > late)
                    throw new failure.HR('lock-held', `${ref.service} in the namespace ${ref.namespace} is locked by ${heldBy.holder}, which renewed the lock ${age} s ago. Nothing was changed.`, `wait for that job. If it is gone for good: kubectl delete lease/${ref.name} -n ${ref.namespace}`);
                await (0, clock.y)(pauseMs, taking.signal);
            }
        }
        async function tryLease(client, ref, isGone) {
            const found = await orUndefined(client.get(pathOf(ref)));
            if (!found)
                return (await createLease(client, ref)) ? stateOf({ metadata: { name: ref.name } }) : 'again';
            assertSameService(found, ref);
            const now = stateOf(found);
            const expired = !(Date.parse(now.renewTime) + now.seconds * 1000 >= client.now());
            const free = now.holder === '' || now.holder === ref.holder || expired;
            if (!free && !(await isGone(now.holder)))
                return { heldBy: now };
            return (await replaceHolder(client, ref, now)) ? now : 'again';
        }
        function askedSeldom({ isGone, info }) {
            let next = 0;
            return async (holder) => {
                if (performance.now() < next)
                    return false;
                next = performance.now() + 10_000;
                const gone = await isGone(holder);
                if (gone)
                    info(`The job ${holder} has ended and did not release the lock: it is taken over.`);
                return gone;
            };
        }
        function assertSameService({ metadata }, { service, environment, name }) {
            const { [ofService]: s = service, [ofEnvironment]: e = environment } = metadata.annotations ?? {};
            if (s === service && e === environment)
                return;
            throw new failure.HR('lock-held', `lease/${name} belongs to ${s} in ${e}.`, 'give the service another name.');
        }
        async function createLease(client, ref) {
            const { name, namespace, service, environment, holder } = ref;
            const annotations = { [ofService]: service, [ofEnvironment]: environment, [stateName]: 'none' };
            const now = microTime(client.now());
            const body = {
                apiVersion: 'coordination.k8s.io/v1',
                kind: 'Lease',
                metadata: { name, namespace, annotations },
                spec: { holderIdentity: holder, leaseDurationSeconds: leaseSeconds, acquireTime: now, renewTime: now },
            };
            return isDone(client.create(collection('coordination.k8s.io/v1', 'leases', namespace), body), [409]);
        }
        async function replaceHolder(client, ref, now) {
            const time = microTime(client.now());
            const operations = [
                { op: 'test', path: holderAt, value: now.holder },
                { op: 'test', path: '/spec/renewTime', value: now.renewTime },
                { op: 'replace', path: holderAt, value: ref.holder },
                { op: 'add', path: '/spec/leaseDurationSeconds', value: leaseSeconds },
                { op: 'add', path: '/spec/acquireTime', value: time },
                { op: 'add', path: '/spec/renewTime', value: time },
            ];
            return isDone(client.patch(pathOf(ref), operations), [422, 404]);
        }
        async function renewLease(client, ref) {
            await change(client, ref, [{ op: 'add', path: '/spec/renewTime', value: microTime(client.now()) }]);
        }
        async function setState(client, ref, { from, to, committed }) {
            const operations = [
                { op: 'test', path: stateAt, value: from },
                { op: 'replace', path: stateAt, value: to },
                ...(committed ? [{ op: 'add', path: committedAt, value: JSON.stringify(committed) }] : []),
                { op: 'add', path: '/spec/renewTime', value: microTime(client.now()) },
            ];
            await change(client, ref, operations, to);
        }
        async function endOpen(client, ref, release, to) {
            try {
                await setState(client, ref, { from: openState(release), to });
            }
            catch (error) {
                if (!(await isExpired(client, ref, release)))
                    throw error;
                await setState(client, ref, { from: expiredState(release), to });
            }
        }
        async function isExpired(client, ref, release) {
            return (await readLease(client, ref))?.state === expiredState(release);
        }
        async function releaseLease(client, ref) {
            await isDone(client.patch(pathOf(ref), [
                { op: 'test', path: holderAt, value: ref.holder },
                { op: 'replace', path: holderAt, value: '' },
            ]), [422, 404]);
        }
        async function change(client, ref, operations, state) {
            const held = { op: 'test', path: holderAt, value: ref.holder };
            if (await isDone(client.patch(pathOf(ref), [held, ...operations]), [422, 404]))
                return;
            const now = await readLease(client, ref);
            if (now?.holder === ref.holder && now.state === state)
                return;
            throw notHeld(ref, now);
        }
        async function assertHeld(client, ref, state, otherwise = '') {
            const now = await readLease(client, ref);
            if (now?.holder !== ref.holder || (state !== undefined && now.state !== state))
                throw notHeld(ref, now, otherwise);
        }
        function notHeld({ service, namespace, holder }, now, otherwise = '') {
            const who = now === undefined
                ? 'it was deleted'
                : now.holder === holder
                    ? `its state is ${now.state}`
                    : `${now.holder || 'no job'} holds it`;
            return new failure.HR('not-held', `The lock of ${service} in the namespace ${namespace} is not this job's any more: ${who}. ${otherwise}`.trimEnd(), 'find out who took it, then release again.');
        }
        async function isDone(asked, refusals) {
            try {
                await asked;
                return true;
            }
            catch (error) {
                if (error instanceof ApiError && refusals.includes(error.status))
                    return false;
                throw error;
            }
        }
        function microTime(ms) {
            return new Date(ms).toISOString().replace('Z', '000Z');
        }
        ;
        function openCanary({ inputs, step, release }, lease) {
            const earlier = step.journal.read().steps.findLast(({ id, action, undo, ended }) => {
                const other = undo;
                if (id === step.id || action !== 'deploy-kubernetes' || other === undefined)
                    return false;
                const isOver = ended !== undefined && ['rolled-back', 'unchanged', 'noop'].includes(ended.result);
                return !isOver && other.lease.name === lease.name && other.lease.namespace === lease.namespace;
            });
            if (!earlier)
                return undefined;
            const { canary, joins, release: id } = earlier.undo;
            const isOpen = canary !== undefined && joins === undefined && earlier.ended?.ok === true;
            if (isOpen && id === release.id && inputs.command === 'deploy' && inputs.canary === undefined)
                return earlier;
            throw new failure.HR('deployed-twice', `An earlier step of this job already deployed ${lease.service} to ${lease.namespace}.`, 'release all objects of a service in one step, or give the steps different service names. A second step without canary releases to all pods what a first one with canary has begun.');
        }
        async function joinCanary({ client, step }, lease, canary) {
            const saved = canary.undo;
            await assertHeld(client, lease, openState(saved.release), 'Nothing more was changed.');
            await renewLease(client, lease);
            const joined = { ...saved, joins: canary.id };
            step.save(joined);
            step.output('previous-release', saved.committed?.release ?? '');
            return joined;
        }
        function endOf(saved, { id, journal }) {
            const later = journal.read().steps.find(({ undo }) => undo?.joins === id);
            if (!later)
                return saved;
            return later.outcomes.length > 0 ? [...later.outcomes] : later.undo;
        }
        ;
        function conflictsIn({ status, causes }) {
            if (status !== 409)
                return [];
            return causes.flatMap(({ reason, message = '', field = '' }) => {
                if (reason !== 'FieldManagerConflict')
                    return [];
                return [{ manager: /^conflict with "([^"]*)"/.exec(message)?.[1] ?? message, field }];
            });
        }
        function isOwnManager(name) {
            return name === manager || name === undoManager;
        }
        const owners = [
            { where: 'annotations', name: 'argocd.argoproj.io/tracking-id', owner: 'Argo CD' },
            { where: 'labels', name: 'kustomize.toolkit.fluxcd.io/name', owner: 'Flux' },
            { where: 'labels', name: 'helm.toolkit.fluxcd.io/name', owner: 'Flux' },
            { where: 'annotations', name: 'meta.helm.sh/release-name', owner: 'Helm' },
        ];
        function ownerOf({ metadata }) {
            const found = owners.find(({ where, name }) => metadata[where]?.[name] !== undefined);
            return found && `${found.owner} (${metadata[found.where]?.[found.name]})`;
        }
        const helmName = 'meta.helm.sh/release-name';
        const helmNamespace = 'meta.helm.sh/release-namespace';
        function withHelmOwner(object, { name, namespace }) {
            const { metadata } = object;
            const labels = { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' };
            const annotations = { ...metadata.annotations, [helmName]: name, [helmNamespace]: namespace };
            return { ...object, metadata: { ...metadata, labels, annotations } };
        }
        function notOfHelm(object, { name, namespace }) {
            const { [helmName]: ownName, [helmNamespace]: ownNamespace, ...annotations } = object.metadata.annotations ?? {};
            const other = ownerOf({ ...object, metadata: { ...object.metadata, annotations } });
            if (other !== undefined)
                return `belongs to ${other}, which would revert the change`;
            if (ownName === undefined)
                return `is there, and does not belong to the Helm release ${name}`;
            if (ownName === name && ownNamespace === namespace)
                return undefined;
            return `belongs to Helm (${ownName} in ${ownNamespace})`;
        }
        const sameEntry = (a, b) => a.manager === b.manager &&
            a.operation === b.operation &&
            a.apiVersion === b.apiVersion &&
            (a.subresource ?? '') === (b.subresource ?? '');
        function restoredManagers(saved, live) {
            const isOfObject = ({ subresource = '' }) => subresource === '';
            const restored = saved.filter(isOfObject).map((entry) => {
                const now = live.find((one) => sameEntry(one, entry));
                return isOwnManager(entry.manager) || !now
                    ? entry
                    : { ...entry, fieldsV1: { ...merged(entry.fieldsV1, now.fieldsV1) } };
            });
            const others = live.filter((entry) => !isOfObject(entry) || (!isOwnManager(entry.manager) && !saved.some((one) => sameEntry(one, entry))));
            return [...restored, ...others];
        }
        function merged(a = {}, b = {}) {
            const names = new Set([...Object.keys(a), ...Object.keys(b)]);
            return Object.fromEntries([...names].map((name) => [name, merged(a[name], b[name])]));
        }
        function owns(object, field) {
            const holders = (object.metadata.managedFields ?? []).filter(({ fieldsV1 }) => {
                const spec = fieldsV1?.['f:spec'];
                return spec !== undefined && `f:${field}` in spec;
            });
            return {
                ours: holders.some(({ manager: name, operation }) => name === manager && operation === 'Apply'),
                others: holders.some(({ manager: name }) => name !== manager),
            };
        }
        var src_images = __nccwpck_require__(830);
        ;
        const configAnnotation = annotation('config');
        const rolling = ['Deployment', 'StatefulSet', 'DaemonSet'];
        function withConfigHash(objects) {
            const contents = new Map(objects.flatMap((object) => {
                if (object.kind !== 'ConfigMap' && object.kind !== 'Secret')
                    return [];
                const { data, binaryData, stringData } = object;
                return [[`${object.kind}/${object.metadata.name}`, { data, binaryData, stringData }]];
            }));
            return objects.map((object) => {
                if (!rolling.includes(object.kind ?? ''))
                    return object;
                const [template] = (0, src_images.R7)(object);
                const used = [...new Set(references(template?.spec))].filter((name) => contents.has(name)).sort();
                if (used.length === 0)
                    return object;
                const hash = (0, external_node_crypto_.createHash)('sha256')
                    .update(canonical(used.map((name) => [name, contents.get(name)])))
                    .digest('hex')
                    .slice(0, 16);
                return annotated(object, hash);
            });
        }
        function annotated(object, hash) {
            const spec = object.spec;
            const { template = {} } = spec;
            const annotations = { ...template.metadata?.annotations, [configAnnotation]: hash };
            return { ...object, spec: { ...spec, template: { ...template, metadata: { ...template.metadata, annotations } } } };
        }
        function configurationOf(object) {
            return (0, src_images.R7)(object).flatMap(({ spec }) => references(spec));
        }
        function references(value, parent = '') {
            if (typeof value !== 'object' || value === null)
                return [];
            if (Array.isArray(value))
                return value.flatMap((one) => references(one, parent));
            const map = value;
            const name = map.name ?? map.secretName;
            const own = typeof name !== 'string'
                ? []
                : /^configMap(Ref|KeyRef)?$/.test(parent)
                    ? [`ConfigMap/${name}`]
                    : /^secret(Ref|KeyRef)?$/.test(parent)
                        ? [`Secret/${name}`]
                        : [];
            return [...own, ...Object.entries(map).flatMap(([key, inner]) => references(inner, key))];
        }
        function canonical(value) {
            return JSON.stringify(value, (_, inner) => {
                if (typeof inner !== 'object' || inner === null || Array.isArray(inner))
                    return inner;
                return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
            });
        }
        ;
        function entryFor(ref, before, after, sealedIn) {
            const changes = (0, compare.iv)(before, after);
            const isSecret = ref.kind === 'Secret';
            const ofData = ({ path }) => isSecret && /^\/(data|stringData)(\/|$)/.test(path);
            const plain = changes
                .filter((change) => !ofData(change))
                .map(({ path, before: saved, after: left }) => ({
                path,
                ...(left !== undefined && { left }),
                ...(saved !== undefined && { saved }),
            }));
            const sealed = { path: '/data', sealed: { left: digestOfValue(after.data), in: sealedIn } };
            return {
                do: 'patch',
                ref,
                uid: before.metadata.uid ?? '',
                fields: [...plain, ...(changes.some(ofData) ? [sealed] : [])],
                managers: before.metadata.managedFields ?? [],
            };
        }
        function withStored(entry, stored) {
            if (entry.do === 'delete')
                return { ...entry, uid: stored.metadata.uid ?? '' };
            const fields = entry.fields.map((field) => {
                if (field.sealed)
                    return { ...field, sealed: { ...field.sealed, left: digestOfValue(stored.data) } };
                const left = (0, compare.fK)(stored, field.path);
                const { left: _, ...others } = field;
                return left === undefined ? others : { ...others, left };
            });
            return { ...entry, fields };
        }
        function digestOfValue(value) {
            return (0, external_node_crypto_.createHash)('sha256')
                .update(canonical(value ?? null))
                .digest('hex');
        }
        function restorePlan({ uid, fields }, live, former) {
            const operations = [];
            const foreign = [];
            let needs;
            for (const field of fields) {
                const now = (0, compare.fK)(live, field.path);
                const saved = field.sealed ? former : field.saved;
                if (field.sealed && former === undefined)
                    needs = field.sealed.in;
                else if ((0, compare.n4)(now, saved))
                    continue;
                else if (field.sealed ? digestOfValue(now) !== field.sealed.left : !(0, compare.n4)(now, field.left))
                    foreign.push(field.path);
                else
                    operations.push(...operationsFor(field.path, now, saved, live));
            }
            const test = { op: 'test', path: '/metadata/uid', value: uid };
            return {
                operations: operations.length > 0 ? [test, ...withoutRepeated(operations)] : [],
                foreign,
                ...(needs !== undefined && { needs }),
            };
        }
        function operationsFor(path, now, saved, live) {
            if (now === undefined)
                return [...missingParents(path, live), { op: 'add', path, value: saved }];
            const test = { op: 'test', path, value: now };
            return saved === undefined ? [test, { op: 'remove', path }] : [test, { op: 'replace', path, value: saved }];
        }
        function missingParents(path, live) {
            const parent = path.slice(0, path.lastIndexOf('/'));
            if (parent === '' || (0, compare.fK)(live, parent) !== undefined)
                return [];
            return [...missingParents(parent, live), { op: 'add', path: parent, value: {} }];
        }
        function withoutRepeated(operations) {
            return operations.filter(({ op, path }, index) => op !== 'add' || operations.findIndex((one) => one.op === 'add' && one.path === path) === index);
        }
        function patchByHand({ uid, fields }) {
            if (fields.some(({ sealed }) => sealed))
                return undefined;
            return [
                { op: 'test', path: '/metadata/uid', value: uid },
                ...fields.flatMap(({ path, left, saved }) => {
                    const tested = left === undefined ? [] : [{ op: 'test', path, value: left }];
                    if (saved === undefined)
                        return [...tested, { op: 'remove', path }];
                    return [...tested, { op: left === undefined ? 'add' : 'replace', path, value: saved }];
                }),
            ];
        }
        function patchKey({ kind, name }) {
            return `${(0, compare.lZ)(kind.toLowerCase())}.${name.replace(/[^A-Za-z0-9._-]/g, '-')}.json`;
        }
        ;
        const undoName = (lease) => `${lease}-undo`;
        const beforeName = (lease, index) => `${lease}-before-${index}`;
        const largestConfigMap = 900_000;
        const configMaps = (namespace) => collection('v1', 'configmaps', namespace);
        const secrets = (namespace) => collection('v1', 'secrets', namespace);
        async function storeUndo(client, { namespace, name }, record) {
            const patches = record.entries.flatMap((entry) => {
                const patch = entry.do === 'patch' && !record.chart ? patchByHand(entry) : undefined;
                return patch ? [[patchKey(entry.ref), JSON.stringify(patch)]] : [];
            });
            const data = { 'undo.json': JSON.stringify(record), ...Object.fromEntries(patches) };
            if (Buffer.byteLength(JSON.stringify(data)) > largestConfigMap)
                throw new failure.HR('source', `The undo of this release has more than ${largestConfigMap / 1000} kB, which a ConfigMap cannot hold. Nothing was changed.`, 'release the objects in several steps, or move large data out of ConfigMaps.');
            const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: undoName(name), namespace }, data };
            await createOrReplace(client, configMaps(namespace), body);
        }
        async function createOrReplace(client, path, body) {
            try {
                await client.create(path, body);
            }
            catch (error) {
                if (!(error instanceof ApiError) || error.status !== 409)
                    throw error;
                const { data, binaryData, metadata } = body;
                const content = { '/metadata/annotations': metadata.annotations, '/data': data, '/binaryData': binaryData };
                const operations = Object.entries(content).flatMap(([at, value]) => value === undefined ? [] : [{ op: 'add', path: at, value }]);
                await client.patch(`${path}/${metadata.name}`, operations);
            }
        }
        async function readUndo(client, { namespace, name }) {
            const path = `${configMaps(namespace)}/${undoName(name)}`;
            const found = await orUndefined(client.get(path));
            const text = found?.data?.['undo.json'];
            return text === undefined ? undefined : JSON.parse(text);
        }
        async function storeSecret(client, namespace, name, before) {
            const body = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data: before.data ?? {} };
            await createOrReplace(client, secrets(namespace), body);
        }
        async function readSecret(client, namespace, name, signal) {
            const found = await orUndefined(client.get(`${secrets(namespace)}/${name}`, {}, signal));
            return found?.data;
        }
        async function removeUndo(client, place, { entries, fill }) {
            const sealed = entries
                .flatMap((entry) => (entry.do === 'patch' ? entry.fields : []))
                .flatMap(({ sealed: one }) => one?.in ?? []);
            const job = fill && (await readUndo(client, place))?.traffic?.confirmJob;
            if (job)
                await orUndefined(client.remove(job.path, { propagation: 'Background' }));
            await orUndefined(client.remove(`${configMaps(place.namespace)}/${undoName(place.name)}`));
            for (const name of sealed)
                await orUndefined(client.remove(`${secrets(place.namespace)}/${name}`));
        }
        ;
        const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
        function waveOf(entry) {
            if (entry.do === 'delete')
                return 3;
            if (['ConfigMap', 'Secret'].includes(entry.ref.kind))
                return 0;
            return workloads.includes(entry.ref.kind) ? 1 : 2;
        }
        async function restoreObjects(client, namespace, entries, signal) {
            const restored = [];
            for (const wave of [0, 1, 2, 3])
                restored.push(...(await Promise.all(entries.filter((entry) => waveOf(entry) === wave).map((entry) => restoreOne(client, namespace, entry, signal)))));
            return restored;
        }
        async function restoreOne(client, namespace, entry, signal) {
            const { ref } = entry;
            try {
                return entry.do === 'delete'
                    ? await removeCreated(client, entry, signal)
                    : await restoreChanged(client, namespace, entry, signal);
            }
            catch (error) {
                return { ref, result: 'failed', detail: (0, failure.bD)(error) };
            }
        }
        const kept = ['PersistentVolumeClaim', 'Namespace'];
        async function removeCreated(client, entry, signal) {
            const { ref, uid, release } = entry;
            const live = await orUndefined(client.get(ref.path, {}, signal));
            if (!live || live.metadata.deletionTimestamp !== undefined)
                return { ref, result: live ? 'removed' : 'as-before', detail: 'is not there, as before' };
            const isOurs = uid === undefined ? live.metadata.annotations?.[createdBy] === release : live.metadata.uid === uid;
            if (!isOurs)
                return { ref, result: 'foreign', detail: 'was made anew by somebody else, and is left alone' };
            if (kept.includes(ref.kind))
                return { ref, result: 'kept', detail: 'was created and is kept, because it may hold data' };
            await orUndefined(client.remove(ref.path, { uid: live.metadata.uid ?? '', propagation: 'Background', signal }));
            return { ref, result: 'removed', detail: 'was created, and is removed' };
        }
        const attempts = 3;
        async function restoreChanged(client, namespace, entry, signal) {
            const { ref } = entry;
            for (let attempt = 1;; attempt++) {
                const live = await orUndefined(client.get(ref.path, {}, signal));
                if (!live)
                    return { ref, result: 'foreign', detail: 'was deleted by somebody else' };
                if (live.metadata.uid !== entry.uid)
                    return { ref, result: 'foreign', detail: 'was made anew by somebody else, and is left alone' };
                try {
                    return await restoreLive(client, entry, live, await formerData(client, namespace, entry, signal), signal);
                }
                catch (error) {
                    if (!(error instanceof ApiError) || error.status !== 422 || attempt === attempts)
                        throw error;
                }
            }
        }
        async function restoreLive(client, entry, live, former, signal) {
            const { ref } = entry;
            const { operations, foreign, needs } = restorePlan(entry, live, former);
            if (needs !== undefined)
                return { ref, result: 'failed', detail: `its former data are gone: secret/${needs} does not exist` };
            if (operations.length > 0)
                await client.patch(ref.path, operations, { manager: undoManager, signal });
            if (foreign.length > 0)
                return { ref, result: 'foreign', detail: foreignDetail(foreign, live) };
            await giveBackFields(client, entry, signal);
            return operations.length > 0
                ? { ref, result: 'restored', detail: 'is as before' }
                : { ref, result: 'as-before', detail: 'was as before' };
        }
        async function formerData(client, namespace, { fields }, signal) {
            const sealed = fields.find((field) => field.sealed)?.sealed;
            return sealed && readSecret(client, namespace, sealed.in, signal);
        }
        function foreignDetail(paths, live) {
            const last = (live.metadata.managedFields ?? [])
                .filter(({ subresource, manager = '' }) => !subresource && !manager.startsWith('belay'))
                .toSorted((a, b) => (a.time ?? '').localeCompare(b.time ?? ''))
                .at(-1);
            const who = last ? `, last changed by ${last.manager} at ${last.time}` : '';
            return `was changed by somebody else, and that is left alone: ${paths.join(', ')}${who}`;
        }
        const managerAttempts = 8;
        async function giveBackFields(client, entry, signal) {
            const { path } = entry.ref;
            for (let attempt = 1; attempt <= managerAttempts; attempt++) {
                const { metadata } = await client.get(path, {}, signal);
                const live = metadata.managedFields ?? [];
                const wanted = restoredManagers(entry.managers, live);
                if ((0, compare.n4)(wanted, live))
                    return;
                try {
                    await client.patch(path, [
                        { op: 'test', path: '/metadata/uid', value: entry.uid },
                        { op: 'test', path: '/metadata/resourceVersion', value: metadata.resourceVersion },
                        { op: 'replace', path: '/metadata/managedFields', value: wanted },
                    ], { manager: undoManager, signal });
                    return;
                }
                catch (error) {
                    if (!(error instanceof ApiError) || error.status !== 422)
                        throw error;
                }
            }
        }
        function byHand({ kind, name }, namespace, undo) {
            return `kubectl get configmap ${undo} -n ${namespace} -o jsonpath='{.data.${kind.toLowerCase()}\\.${name}\\.json}' > undo.json && kubectl patch ${refName({ kind, name })} -n ${namespace} --type=json --patch-file undo.json`;
        }
        ;
        const slot_set_slotLabel = 'slot';
        const isDeployment = ({ kind }) => kind === 'Deployment';
        function podLabels(object) {
            return without(object.spec?.template?.metadata?.labels ?? {}, slot_set_slotLabel);
        }
        function slotOfPods(object) {
            return object.spec?.template?.metadata?.labels?.[slot_set_slotLabel];
        }
        function selectorOf({ spec }) {
            return spec?.selector ?? {};
        }
        function leadsTo(selector, labels) {
            const others = Object.entries(without(selector, slot_set_slotLabel));
            return others.length > 0 && others.every(([name, value]) => labels[name] === value);
        }
        function slotted(objects) {
            return objects.filter(isDeployment);
        }
        function isTrafficService(object, objects) {
            return object.kind === 'Service' && slotted(objects).some((one) => leadsTo(selectorOf(object), podLabels(one)));
        }
        function intoSlot(objects, goal) {
            const names = new Set(slotted(objects).map(({ metadata }) => metadata.name));
            const labels = slotted(objects).map(podLabels);
            return objects.map((object) => {
                if (isDeployment(object))
                    return deploymentIn(object, goal, scalerOf(object, objects) !== undefined);
                if (isTrafficService(object, objects))
                    return withSelector(object, goal.active);
                const target = scaledName(object);
                if (target !== undefined && names.has(target))
                    return scalerIn(object, target, goal);
                const selector = object.kind === 'PodDisruptionBudget' ? matchLabels(object) : {};
                return labels.some((one) => leadsTo(selector, one)) ? budgetIn(object, goal.slot) : object;
            });
        }
        function outOfSlot(objects, words) {
            return objects.map((object) => {
                const slot = words.find((word) => slotOfObject(object) === word && object.metadata.name.endsWith(`-${word}`));
                if (slot === undefined)
                    return object;
                const plain = (name) => name.slice(0, -slot.length - 1);
                const named = {
                    ...object,
                    metadata: { ...object.metadata, name: plain(object.metadata.name), labels: without(labelsOf(object), slot_set_slotLabel) },
                };
                const target = scaledName(object);
                return target === undefined ? named : withTarget(named, plain(target));
            });
        }
        function slotOfObject(object) {
            return object.kind === 'Service' ? undefined : labelsOf(object)[slot_set_slotLabel];
        }
        function isScaled(objects) {
            return slotted(objects).some((one) => scalerOf(one, objects));
        }
        function assertSlotted(objects) {
            const deployments = slotted(objects);
            if (deployments.length > 0 && objects.some((one) => isTrafficService(one, objects)))
                return;
            throw new failure.HR('source', deployments.length === 0
                ? 'slots are given, and manifests have no Deployment. Nothing was changed.'
                : 'slots are given, and manifests have no Service that leads to a Deployment of theirs. Nothing was changed.', 'add it to manifests, or leave slots out.');
        }
        function deploymentIn(object, { slot, replicas }, scaled) {
            const spec = object.spec ?? {};
            const template = spec.template ?? {};
            const active = replicas.get(object.metadata.name);
            const number = scaled || spec.replicas !== undefined || active === undefined ? {} : { replicas: active };
            return {
                ...named(object, slot),
                spec: {
                    ...spec,
                    ...number,
                    selector: { ...spec.selector, matchLabels: { ...spec.selector?.matchLabels, [slot_set_slotLabel]: slot } },
                    template: {
                        ...template,
                        metadata: { ...template.metadata, labels: { ...template.metadata?.labels, [slot_set_slotLabel]: slot } },
                    },
                },
            };
        }
        function withSelector(object, active) {
            return { ...object, spec: { ...object.spec, selector: { ...selectorOf(object), [slot_set_slotLabel]: active } } };
        }
        function scalerIn(object, target, { slot, replicas }) {
            const { minReplicas = 1 } = object.spec;
            const least = Math.max(minReplicas, replicas.get(target) ?? 1);
            const moved = withTarget(named(object, slot), `${target}-${slot}`);
            return { ...moved, spec: { ...moved.spec, minReplicas: least } };
        }
        function budgetIn(object, slot) {
            const { selector, ...spec } = object.spec;
            return {
                ...named(object, slot),
                spec: { ...spec, selector: { ...selector, matchLabels: { ...matchLabels(object), [slot_set_slotLabel]: slot } } },
            };
        }
        function named(object, slot) {
            const { name } = object.metadata;
            const labels = { ...labelsOf(object), [slot_set_slotLabel]: slot };
            return { ...object, metadata: { ...object.metadata, name: `${name}-${slot}`, labels } };
        }
        function scalerOf(deployment, objects) {
            return objects.find((one) => scaledName(one) === deployment.metadata.name);
        }
        function scaledName({ spec }) {
            const { scaleTargetRef: { kind = 'Deployment', name } = {} } = (spec ?? {});
            return kind === 'Deployment' ? name : undefined;
        }
        function withTarget(object, name) {
            const spec = object.spec;
            return { ...object, spec: { ...spec, scaleTargetRef: { ...spec.scaleTargetRef, name } } };
        }
        function matchLabels({ spec }) {
            return spec?.selector?.matchLabels ?? {};
        }
        function labelsOf({ metadata }) {
            return metadata.labels ?? {};
        }
        function without(labels, name) {
            const { [name]: _, ...others } = labels;
            return others;
        }
        ;
        async function slotsOfServices(client, namespace, services) {
            return Promise.all(services.map(async (name) => {
                const ref = serviceRef(namespace, name);
                const live = await orUndefined(client.get(ref.path));
                return { ref, live, slot: live && selectorOf(live)[slot_set_slotLabel] };
            }));
        }
        function serviceRef(namespace, name) {
            return { apiVersion: 'v1', kind: 'Service', name, path: `${collection('v1', 'services', namespace)}/${name}` };
        }
        function movePatch(uid, from, to) {
            const path = `/spec/selector/${escapePointer(slotLabel)}`;
            return [
                { op: 'test', path: '/metadata/uid', value: uid },
                { op: 'test', path, value: from },
                { op: 'replace', path, value: to },
            ];
        }
        async function readyPods(client, namespace, selector, slot, signal) {
            const labelSelector = Object.entries({ ...selector, [slot_set_slotLabel]: slot })
                .map(([name, value]) => `${name}=${value}`)
                .join(',');
            const { items } = await client.get(collection('v1', 'pods', namespace), { labelSelector }, signal);
            return items
                .filter(({ metadata, status }) => metadata.deletionTimestamp === undefined &&
                status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'))
                .map(({ metadata }) => metadata.name);
        }
        async function endpointsOf(client, namespace, service, signal) {
            const path = collection('discovery.k8s.io/v1', 'endpointslices', namespace);
            const labelSelector = `kubernetes.io/service-name=${service}`;
            const { items } = await client.get(path, { labelSelector }, signal);
            return items.flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ conditions, targetRef }) => conditions?.ready === false ? [] : (targetRef?.name ?? [])));
        }
        async function strayEndpoints(client, namespace, { ref, live }, slot, signal) {
            const [endpoints, pods] = await Promise.all([
                endpointsOf(client, namespace, ref.name, signal),
                readyPods(client, namespace, selectorOf(live), slot, signal),
            ]);
            const others = endpoints.filter((name) => !pods.includes(name));
            return endpoints.length > 0 && others.length === 0 ? undefined : others;
        }
        const drainMs = 3000;
        const followMs = 10_000;
        const traffic_pauseMs = 100;
        async function moveBack(client, namespace, move, signal) {
            const ended = await Promise.all(move.entries.map((entry) => moveServiceBack(client, namespace, entry, move, signal)));
            const restored = ended.flat();
            if (restored.some(isRestored))
                await (0, clock.y)(drainMs, signal);
            return restored;
        }
        const isRestored = ({ result }) => result === 'restored';
        async function moveServiceBack(client, namespace, entry, { from, fromNothing }, signal) {
            const { ref } = entry;
            try {
                const live = await orUndefined(client.get(ref.path, {}, signal));
                const isAway = live !== undefined && selectorOf(live)[slot_set_slotLabel] !== from && !fromNothing;
                if (isAway && (await readyPods(client, namespace, selectorOf(live), from, signal)).length === 0)
                    return [{ ref, result: 'foreign', detail: `was left as it is: slot ${from} has no ready pod any more` }];
                const restored = await restoreObjects(client, namespace, [entry], signal);
                if (isAway && restored.some(isRestored))
                    await waitForEndpoints(client, namespace, { ref, live }, from, signal);
                return restored;
            }
            catch (error) {
                return [{ ref, result: 'failed', detail: error.message }];
            }
        }
        async function waitForEndpoints(client, namespace, service, slot, signal) {
            const inTime = AbortSignal.any([signal, AbortSignal.timeout(followMs)]);
            try {
                while (!inTime.aborted) {
                    if ((await strayEndpoints(client, namespace, service, slot, inTime)) === undefined)
                        return;
                    await (0, clock.y)(traffic_pauseMs, inTime);
                }
            }
            catch {
            }
        }
        function moveByHand(service, namespace, slot) {
            return `kubectl patch service/${service} -n ${namespace} --type=merge -p '{"spec":{"selector":{"${slotLabel}":"${slot}"}}}'`;
        }
        ;
        const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
        ;
        function recordOf({ objects: _, dropped: __, chart: ___, ...record }) {
            return record;
        }
        const keptName = (lease, slot) => `${lease}-kept-${slot}`;
        const file = 'release.json.gz';
        const kept_pathOf = ({ namespace, name }, slot) => `${collection('v1', 'configmaps', namespace)}/${keptName(name, slot)}`;
        function packRelease(kept) {
            return (0, external_node_zlib_namespaceObject.gzipSync)(JSON.stringify(kept)).toString('base64');
        }
        function unpackRelease(text) {
            return JSON.parse((0, external_node_zlib_namespaceObject.gunzipSync)(Buffer.from(text, 'base64')).toString('utf8'));
        }
        async function readKept(client, place, keep, warn) {
            const beyond = (slot) => readSlot(client, place, slot, () => { }).catch(() => undefined);
            const [within, first] = await Promise.all([
                Promise.all(Array.from({ length: keep }, (_, slot) => readSlot(client, place, slot, warn))),
                beyond(keep),
            ]);
            const found = within.flatMap((one) => one ?? []);
            for (let [next, slot] = [first, keep]; next; next = await beyond(++slot))
                found.push(next);
            return found;
        }
        async function readSlot(client, place, slot, warn) {
            const found = await orUndefined(client.get(kept_pathOf(place, slot)));
            if (!found)
                return undefined;
            try {
                return { slot, kept: unpackRelease(found.binaryData?.[file] ?? '') };
            }
            catch {
                warn(`configmap/${keptName(place.name, slot)} is not a release that Belay can read: it is not used, and replaced.`);
                return undefined;
            }
        }
        async function storeKept(client, place, slot, kept) {
            const packed = packRelease(kept);
            if (packed.length > largestConfigMap)
                throw new failure.HR('source', `The release has more than ${largestConfigMap / 1000} kB, which a ConfigMap cannot hold.`);
            const { release, version, at } = kept;
            const annotations = { [annotation('kept')]: release, [annotation('version')]: version, [annotation('at')]: at };
            await createOrReplace(client, collection('v1', 'configmaps', place.namespace), {
                apiVersion: 'v1',
                kind: 'ConfigMap',
                metadata: { name: keptName(place.name, slot), namespace: place.namespace, annotations },
                binaryData: { [file]: packed },
            });
        }
        async function removeKept(client, place, slot) {
            await orUndefined(client.remove(kept_pathOf(place, slot)));
        }
        ;
        function keptObjects(desired) {
            return desired.map(({ ref, send }) => {
                if ('patch' in send)
                    return { ref, images: send.images };
                return ref.kind === 'Secret' ? { ref } : { ref, apply: send.apply };
            });
        }
        function withNewImages(before, desired, images) {
            const changed = keptObjects(desired);
            const now = before.map((one) => {
                if (one.apply)
                    return { ...one, apply: (0, src_images.nS)(one.apply, images) };
                const same = changed.find(({ ref }) => nameOf(ref) === nameOf(one.ref));
                return one.images ? { ...one, images: { ...one.images, ...same?.images } } : one;
            });
            const known = new Set(before.map(({ ref }) => nameOf(ref)));
            return [...now, ...changed.filter(({ ref }) => !known.has(nameOf(ref)))];
        }
        function placeKept(kept, release, keep) {
            const others = kept
                .filter((one) => one.kept.release !== release)
                .toSorted((a, b) => b.kept.at.localeCompare(a.kept.at));
            const stay = others.slice(0, keep - 1);
            const taken = new Set(stay.map(({ slot }) => slot));
            const free = Array.from({ length: keep }, (_, slot) => slot).filter((slot) => !taken.has(slot));
            const moved = stay.filter(({ slot }) => slot >= keep).map((one) => ({ ...one, slot: free.pop() }));
            const own = kept.find((one) => one.kept.release === release && free.includes(one.slot));
            return { slot: own?.slot ?? free[0], stay, moved, leave: others.slice(keep - 1) };
        }
        const neverDropped = ['PersistentVolumeClaim', 'PersistentVolume', 'Namespace', 'CustomResourceDefinition'];
        const neededByPods = ['Secret', 'ConfigMap', 'ServiceAccount'];
        function droppedObjects(release, before, leave, stay, fill) {
            if (!before)
                return [];
            const names = (releases) => new Set(releases.flatMap(({ objects }) => objects.map(({ ref }) => nameOf(ref))));
            const isLasting = ({ ref }) => (fill ? neededByPods : ['Secret']).includes(ref.kind);
            const wanted = names([release]);
            const wantedByKept = names([release, ...stay]);
            const slotOf = ({ apply }) => apply && slotOfObject(apply);
            const inSlot = (one) => fill !== undefined && slotOf(one) === fill.idle;
            const found = [
                ...before.objects.filter((one) => one.images === undefined && !(fill && slotOf(one) === fill.active)),
                ...[...leave, ...stay].flatMap(({ objects }) => objects.filter(inSlot)),
                ...before.dropped,
                ...leave.flatMap(({ objects }) => objects.filter(isLasting)),
            ].flatMap(({ ref, uid }) => (uid === undefined ? [] : [{ ref, uid }]));
            const dropped = found.filter((one) => !neverDropped.includes(one.ref.kind) && !(isLasting(one) ? wantedByKept : wanted).has(nameOf(one.ref)));
            return [...new Map(dropped.map((one) => [one.uid, one])).values()];
        }
        function planKeeping(release, { slot, moved }, kept, keep) {
            return {
                record: recordOf(release),
                writes: [
                    { slot, packed: packRelease(release) },
                    ...moved.map((one) => ({ slot: one.slot, packed: packRelease(one.kept) })),
                ],
                removed: kept.filter((one) => one.slot >= keep).map((one) => one.slot),
                dropped: release.dropped,
            };
        }
        function withUids(packed, entries) {
            const kept = unpackRelease(packed);
            const uids = new Map(entries.map(({ ref, uid }) => [ref.path, uid]));
            return {
                ...kept,
                objects: kept.objects.map((one) => {
                    const uid = uids.get(one.ref.path) ?? one.uid;
                    return { ...one, ...(uid !== undefined && { uid }) };
                }),
            };
        }
        function nameOf({ apiVersion, kind, name }) {
            const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
            return `${group} ${kind} ${name}`;
        }
        ;
        async function stillThere(client, dropped, planned, info) {
            const wanted = new Set(planned.map(({ before }) => before?.metadata.uid));
            const found = await Promise.all(dropped.map(async (one) => {
                if (wanted.has(one.uid))
                    return [];
                try {
                    const live = await orUndefined(client.get(one.ref.path));
                    if (!live || live.metadata.deletionTimestamp !== undefined)
                        return [];
                    const owner = ownerOf(live);
                    if (live.metadata.uid === one.uid && owner === undefined)
                        return [one];
                    info(`${refName(one.ref)} was dropped, and is left alone: ${owner ? `it belongs to ${owner}` : 'somebody made it anew'}.`);
                    return [];
                }
                catch (error) {
                    if (error instanceof ApiError && error.status === 403)
                        return [one];
                    throw error;
                }
            }));
            return found.flat();
        }
        async function prune(client, namespace, dropped, { info, warn }) {
            await Promise.all(dropped.map(async ({ ref, uid }) => {
                try {
                    await orUndefined(client.remove(ref.path, { uid, propagation: 'Background' }));
                    info(`${refName(ref)} was dropped by this release, and is deleted.`);
                }
                catch (error) {
                    warn(`${refName(ref)} was dropped by this release, and could not be deleted: ${(0, failure.bD)(error)}. The next release tries again; by hand: kubectl delete ${refName(ref)} -n ${namespace}`);
                }
            }));
        }
        ;
        function outcomeOf(saved, result, detail) {
            return [{ target: targetName(saved), service: saved.lease.service, result, detail }];
        }
        function targetName({ lease }) {
            return `${lease.service} on namespace ${lease.namespace}`;
        }
        ;
        const pageSize = 500;
        async function listAll(api, path, query = {}, signal) {
            const items = [];
            let token;
            let version = '';
            do {
                const page = await api.get(path, { ...query, limit: pageSize, continue: token }, signal);
                items.push(...page.items);
                version = page.metadata.resourceVersion ?? '';
                token = page.metadata.continue || undefined;
            } while (token !== undefined);
            return { items, version };
        }
        ;
        const watchSeconds = 300;
        const silentMs = 90_000;
        const firstPauseMs = 200;
        const longestPauseMs = 2000;
        const unauthorizedTries = 10;
        async function followCollection(api, path, query, observer, signal) {
            let version;
            let failed = 0;
            while (!signal.aborted) {
                const began = (0, clock.m)();
                try {
                    version ??= await list(api, path, query, observer, signal);
                    version = await watch(api, path, { ...query, resourceVersion: version }, observer, signal);
                    failed = 0;
                }
                catch (error) {
                    if (signal.aborted)
                        return;
                    version = error instanceof WatchCut ? error.version : version;
                    const cause = error instanceof WatchCut ? error.cause : error;
                    if (statusOf(cause) === 410)
                        version = undefined;
                    else if (!mayPass(cause, failed))
                        throw cause;
                    observer.reachable(statusOf(cause) === 410);
                    failed += 1;
                    await (0, clock.y)(collection_pauseMs(cause, failed), signal);
                    continue;
                }
                if ((0, clock.m)() - began < 1)
                    await (0, clock.y)(firstPauseMs, signal);
            }
        }
        async function list(api, path, query, observer, signal) {
            const { items, version } = await listAll(api, path, query, signal);
            observer.reachable(true);
            observer.listed(items);
            return version;
        }
        class WatchCut extends Error {
            version;
            constructor(version, cause) {
                super('the watch failed', { cause });
                this.version = version;
            }
        }
        async function watch(api, path, query, observer, signal) {
            let version = query.resourceVersion;
            const silence = new AbortController();
            const listen = () => setTimeout(() => silence.abort(), silentMs);
            let timer = listen();
            try {
                const options = { ...query, allowWatchBookmarks: true, timeoutSeconds: watchSeconds };
                for await (const event of api.watch(path, options, AbortSignal.any([signal, silence.signal]))) {
                    clearTimeout(timer);
                    timer = listen();
                    observer.reachable(true);
                    if (event.type === 'ERROR')
                        throw collection_errorOf(event);
                    version = event.object.metadata.resourceVersion ?? version;
                    if (event.type !== 'BOOKMARK')
                        observer.changed(event.object, event.type === 'DELETED');
                }
            }
            catch (error) {
                if (silence.signal.aborted)
                    return version;
                throw new WatchCut(version, error);
            }
            finally {
                clearTimeout(timer);
            }
            return version;
        }
        function collection_errorOf({ object }) {
            const { code = 0, reason = '', message = 'the watch ended with an error', } = object;
            return new ApiError(code, reason, message);
        }
        function statusOf(error) {
            return error instanceof ApiError ? error.status : undefined;
        }
        function mayPass(error, failed) {
            const status = statusOf(error);
            if (status === undefined)
                return false;
            if (status === 401)
                return failed < unauthorizedTries;
            return status === 0 || status === 408 || status === 429 || status >= 500;
        }
        function collection_pauseMs(error, failed) {
            const asked = error instanceof ApiError ? error.retryAfter : undefined;
            return asked !== undefined ? asked * 1000 : Math.min(longestPauseMs, firstPauseMs * 2 ** (failed - 1));
        }
        ;
        const afterEndSeconds = 10;
        const withoutProbeSeconds = 5;
        function done_isDone(workload, now) {
            if (!workload?.rollout?.complete || workload.gone || workload.changed)
                return false;
            if (workload.ref.kind === 'Job' || workload.rollout.wanted === 0)
                return true;
            if (!workload.podsListed)
                return false;
            const runs = workload.object?.spec?.minReadySeconds ?? 0;
            for (const pod of workload.pods.values())
                if (!pod.gone && isDoubtful(pod, runs, now))
                    return false;
            return true;
        }
        function isDoubtful({ pod, endedAt, readySince }, minReadySeconds, now) {
            if (endedAt !== undefined && now - endedAt < afterEndSeconds)
                return true;
            if (readySince === undefined || minReadySeconds >= withoutProbeSeconds || hasProbes(pod))
                return false;
            return now - readySince < withoutProbeSeconds;
        }
        function hasProbes({ spec }) {
            return (spec?.containers ?? []).every(({ readinessProbe }) => readinessProbe !== undefined);
        }
        ;
        function countOf(event) {
            return event.series?.count ?? event.count ?? 1;
        }
        function conditionOf(conditions, type) {
            return conditions?.find((condition) => condition.type === type);
        }
        function containersOf({ status }) {
            return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
        }
        function isReady({ status, metadata }) {
            return metadata.deletionTimestamp === undefined && conditionOf(status?.conditions, 'Ready')?.status === 'True';
        }
        ;
        function restartsOf(pod) {
            return Object.fromEntries(containersOf(pod).map(({ name, restartCount }) => [name, restartCount]));
        }
        function containerSigns(pod, before, killedByProbe) {
            return containersOf(pod).flatMap((container) => [
                ...waitingSign(container),
                ...exitSign(container, before[container.name] ?? 0, killedByProbe),
            ]);
        }
        function podSigns({ status }) {
            const signs = [];
            if (status?.phase === 'Failed')
                signs.push({
                    word: nodeReasons.has(status.reason ?? '') ? (status.reason ?? '') : 'failed',
                    message: status.message ?? '',
                });
            const scheduled = conditionOf(status?.conditions, 'PodScheduled');
            if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable')
                signs.push({ word: 'Unschedulable', message: scheduled.message ?? '' });
            return signs;
        }
        const nodeReasons = new Set([
            'Evicted',
            'NodeShutdown',
            'Terminated',
            'Shutdown',
            'Preempting',
            'NodeLost',
            'NodeAffinity',
        ]);
        function hasStarted(pod) {
            return containersOf(pod).some(({ state, lastState }) => state?.running || state?.terminated || lastState?.terminated);
        }
        function waitingSign({ name, state, lastState }) {
            const { reason = '', message = '' } = state?.waiting ?? {};
            if (reason !== '' && reason !== 'CrashLoopBackOff')
                return [{ word: reason, message, container: name }];
            const ended = state?.terminated ?? (reason === 'CrashLoopBackOff' ? lastState?.terminated : undefined);
            if (ended?.reason !== 'StartError' && ended?.reason !== 'ContainerCannotRun')
                return [];
            return [{ word: ended.reason, message: ended.message ?? '', container: name }];
        }
        function exitSign(container, before, killedByProbe) {
            const { name, state, lastState, restartCount } = container;
            const ended = state?.terminated ?? lastState?.terminated;
            const waits = state?.waiting?.reason === 'CrashLoopBackOff';
            if (!ended || (ended.exitCode === 0 && !waits))
                return [];
            const exits = restartCount - before + (state?.terminated ? 1 : 0);
            const times = waits ? Math.max(2, exits) : exits;
            if (times <= 0)
                return [];
            const word = ended.reason === 'OOMKilled' ? 'OOMKilled' : killedByProbe ? 'liveness' : 'exited';
            return [{ word, message: `exit code ${exitWords(ended.exitCode)}`, container: name, times }];
        }
        function exitWords(code) {
            const meaning = meanings[code];
            return meaning === undefined ? String(code) : `${code} (${meaning})`;
        }
        const meanings = {
            126: 'the command cannot be run',
            127: 'the command was not found',
            134: 'aborted, SIGABRT',
            137: 'killed, SIGKILL: often for its memory',
            139: 'memory fault, SIGSEGV',
            143: 'asked to end, SIGTERM',
        };
        ;
        const pulling = ['ErrImagePull', 'ImagePullBackOff', 'ImageInspectError', 'RegistryUnavailable'];
        const starting = ['CreateContainerError', 'RunContainerError', 'StartError', 'ContainerCannotRun'];
        const lastingReasons = [
            ...pulling,
            ...starting,
            'InvalidImageName',
            'ErrImageNeverPull',
            'SignatureValidationFailed',
            'CreateContainerConfigError',
        ];
        ;
        const secondSightSeconds = 30;
        const minuteSeconds = 60;
        const slow = /context deadline exceeded|timed out|is reserved for/i;
        const reasons = [
            {
                at: 'container',
                words: ['InvalidImageName'],
                patience: 'none',
                code: 'image-pull',
                what: 'the name of the image is not valid',
                remedy: 'correct the name of the image.',
            },
            {
                at: 'container',
                words: ['ErrImageNeverPull'],
                patience: 'none',
                code: 'image-pull',
                what: 'the image is not on the node, and imagePullPolicy: Never forbids to pull it',
                remedy: 'set imagePullPolicy: IfNotPresent, or put the image on every node.',
            },
            {
                at: 'container',
                words: ['SignatureValidationFailed'],
                patience: 'none',
                code: 'image-pull',
                what: 'the signature of the image is not accepted',
                remedy: 'sign the image as the policy of the nodes asks for.',
            },
            {
                at: 'container',
                words: pulling,
                message: /unauthorized|denied|forbidden|authentication required|insufficient_scope/i,
                patience: 'none',
                code: 'image-pull',
                what: 'the registry does not give the image to the cluster',
                remedy: "give the pod's service account an image pull secret that may read the image, and check the name: many registries answer so for an image that does not exist.",
            },
            {
                at: 'container',
                words: pulling,
                message: /not found|manifest unknown/i,
                patience: 'none',
                code: 'image-pull',
                what: 'the image is not in the registry',
                remedy: 'push the image before the release, or correct its name, tag or digest.',
            },
            {
                at: 'container',
                words: pulling,
                patience: 'second',
                code: 'image-pull',
                what: 'the image cannot be pulled',
                remedy: 'check that the nodes reach the registry, and that it answers; then release again.',
            },
            {
                at: 'container',
                words: ['CreateContainerConfigError'],
                message: /failed to sync|timed out/i,
                patience: 'second',
                code: 'config-missing',
                what: 'the node cannot read a ConfigMap or Secret',
                remedy: 'check that the node reaches the API server; then release again.',
            },
            {
                at: 'container',
                words: ['CreateContainerConfigError'],
                message: /run as root|runAsNonRoot|non-numeric user/i,
                patience: 'none',
                code: 'invalid',
                what: 'the image runs as root, and the pod may not',
                remedy: 'set USER in the image or runAsUser in the pod to the number of another user.',
            },
            {
                at: 'container',
                words: ['CreateContainerConfigError'],
                patience: 'none',
                code: 'config-missing',
                what: 'a ConfigMap, a Secret or a key of one is missing',
                remedy: 'add it to the manifests or create it, or correct its name in the pod template.',
            },
            {
                at: 'container',
                words: starting,
                message: slow,
                patience: 'second',
                code: 'crash',
                what: 'the node was too slow to start the container',
                remedy: 'look at the load of the node; then release again.',
            },
            {
                at: 'container',
                words: starting,
                patience: 'none',
                code: 'crash',
                what: 'the container cannot be started',
                remedy: 'correct the command, mount or option that the message names.',
            },
            {
                at: 'container',
                words: ['OOMKilled'],
                patience: 'second',
                code: 'oom',
                what: 'the container used more memory than its limit and was killed',
                remedy: 'raise resources.limits.memory, or find what uses the memory.',
                leftToJob: true,
            },
            {
                at: 'container',
                words: ['liveness'],
                patience: 'second',
                code: 'crash',
                what: 'Kubernetes restarts the container again and again, because its liveness or startup probe fails',
                remedy: 'read the log and the events below; a probe that begins too early needs a startupProbe.',
                leftToJob: true,
            },
            {
                at: 'container',
                words: ['exited'],
                patience: 'second',
                code: 'crash',
                what: 'the container ends again and again',
                whatOnce: 'the container ended',
                remedy: 'read its log below, and correct the program or its configuration.',
                leftToJob: true,
            },
            {
                at: 'pod',
                words: ['Evicted', 'NodeShutdown', 'Terminated', 'Shutdown', 'Preempting', 'NodeLost', 'NodeAffinity'],
                patience: 'progress',
                code: 'not-ready',
                what: 'a node gave the pod up',
                remedy: 'look at the node: it has too little memory or disk, or was shut down.',
            },
            {
                at: 'pod',
                words: ['failed'],
                patience: 'none',
                code: 'crash',
                what: 'the pod failed, and its containers are not started again',
                remedy: 'read its log below, and correct the program or its configuration.',
                leftToJob: true,
            },
            {
                at: 'pod',
                words: ['Unschedulable'],
                message: /persistentvolumeclaim|volume/i,
                patience: 'minute',
                code: 'volume',
                what: 'the volume of the pod is not available',
                remedy: 'create the claim that the message names, or check its storage class and its zone.',
                mayScaleUp: true,
            },
            {
                at: 'pod',
                words: ['Unschedulable'],
                patience: 'minute',
                code: 'unschedulable',
                what: 'no node can take the pod',
                remedy: "add nodes, lower the pod's requests, or correct its node selector, affinity or tolerations.",
                mayScaleUp: true,
            },
            {
                at: 'event',
                words: ['FailedMount'],
                message: /(configmap|secret|references non-existent)\b.*(not found|key)/i,
                patience: 'minute',
                code: 'config-missing',
                what: 'a ConfigMap or Secret that the pod mounts is missing',
                remedy: 'add it to the manifests or create it, or correct its name in the pod template.',
            },
            {
                at: 'event',
                words: ['FailedMount', 'FailedAttachVolume', 'FailedMapVolume'],
                patience: 'minute',
                code: 'volume',
                what: 'a volume of the pod cannot be attached or mounted',
                remedy: 'check the volume and its storage driver; another node may still hold it.',
            },
            {
                at: 'event',
                words: ['FailedCreatePodSandBox'],
                patience: 'progress',
                code: 'not-ready',
                what: 'the node cannot give the pod a network',
                remedy: "look at the node's network plugin and its free addresses.",
            },
            {
                at: 'event',
                words: ['Unhealthy'],
                patience: 'progress',
                code: 'not-ready',
                what: 'a probe of the pod fails',
                remedy: 'read the log below; correct the service, or the path, port and times of the probe.',
            },
            {
                at: 'workload',
                words: ['FailedCreate', 'ReplicaSetCreateError'],
                message: /exceeded quota/i,
                patience: 'minute',
                code: 'quota',
                what: "the namespace's quota has no room for the new pods",
                remedy: 'raise the quota, lower the requests, or set maxSurge: 0 so that an old pod goes first.',
            },
            {
                at: 'workload',
                words: ['FailedCreate'],
                message: /serviceaccount .*not found/i,
                patience: 'minute',
                code: 'config-missing',
                what: 'the service account of the pods does not exist',
                remedy: 'add the service account to the manifests, or correct serviceAccountName.',
            },
            {
                at: 'workload',
                words: ['FailedCreate'],
                message: /failed calling webhook|internal error|timeout|timed out|connection refused/i,
                patience: 'minute',
                code: 'invalid',
                what: 'the cluster cannot check new pods',
                remedy: 'look at the admission webhook that the message names.',
            },
            {
                at: 'workload',
                words: ['FailedCreate'],
                message: /forbidden|is invalid|denied/i,
                patience: 'none',
                code: 'invalid',
                what: 'the cluster refuses the new pods',
                remedy: 'correct what the message names in the pod template, or change the policy of the namespace.',
            },
            {
                at: 'workload',
                words: ['FailedCreate', 'ReplicaSetCreateError'],
                patience: 'minute',
                code: 'invalid',
                what: 'the new pods cannot be created',
                remedy: 'do what the message asks for; then release again.',
            },
            {
                at: 'workload',
                words: ['ProgressDeadlineExceeded'],
                patience: 'second',
                code: 'not-ready',
                what: 'the new pods did not become ready within progressDeadlineSeconds',
                remedy: 'read the log and the events below.',
            },
            {
                at: 'workload',
                words: ['DeadlineExceeded'],
                patience: 'none',
                code: 'kubernetes-job-failed',
                what: 'the Job ran longer than its activeDeadlineSeconds and was ended',
                remedy: 'read its log below; raise activeDeadlineSeconds if the work needs more time.',
            },
            {
                at: 'workload',
                words: ['kubernetes-job-failed'],
                patience: 'none',
                code: 'kubernetes-job-failed',
                what: 'the Job failed',
                remedy: 'read its log below, and correct the program or its configuration.',
            },
            {
                at: 'workload',
                words: ['paused'],
                patience: 'none',
                code: 'rollout-held',
                what: 'its rollout is paused, so that the new pods are not started',
                remedy: 'run `kubectl rollout resume` for it, or remove `paused: true` from the manifest.',
            },
            {
                at: 'workload',
                words: ['on-delete'],
                patience: 'none',
                code: 'rollout-held',
                what: 'its update strategy is OnDelete, so that Kubernetes replaces no pod',
                remedy: 'set updateStrategy: RollingUpdate.',
            },
            {
                at: 'workload',
                words: ['suspended'],
                patience: 'none',
                code: 'rollout-held',
                what: 'the Job is suspended',
                remedy: 'set suspend: false.',
            },
            {
                at: 'workload',
                words: ['missing'],
                patience: 'none',
                code: 'workload-missing',
                what: 'it does not exist',
                remedy: 'check its name and namespace, and what deletes it.',
            },
            {
                at: 'workload',
                words: ['changed'],
                patience: 'none',
                code: 'conflict',
                what: 'somebody changed its pod template during the release',
                remedy: 'see who it was with `kubectl get --show-managed-fields -o yaml`; release again when nothing else changes it.',
            },
            {
                at: 'workload',
                words: ['fell'],
                patience: 'none',
                code: 'not-ready',
                what: 'its new pods were all ready, and then some were not',
                remedy: 'read the log and the events below.',
            },
            {
                at: 'workload',
                words: ['stuck'],
                patience: 'none',
                code: 'not-ready',
                what: 'it made no progress within progress-timeout',
                remedy: 'read the log and the events below; raise progress-timeout if the pods need more time.',
            },
            {
                at: 'workload',
                words: ['deadline'],
                patience: 'none',
                code: 'deadline',
                what: 'it was not complete when the deadline passed',
                remedy: 'raise the input deadline if the rollout needs more time.',
            },
            {
                at: 'workload',
                words: ['interrupted'],
                patience: 'none',
                code: 'interrupted',
                what: 'the job was cancelled before it was complete',
                remedy: 'release again.',
            },
        ];
        function reasonFor(at, sign) {
            return reasons.find((row) => {
                return row.at === at && row.words.includes(sign.word) && (row.message?.test(sign.message) ?? true);
            });
        }
        ;
        function seenNow(before, at, signs, now) {
            const others = before.filter(({ reason }) => reason.at !== at);
            const own = new Map(before.filter(({ reason }) => reason.at === at).map((one) => [keyOf(one.reason, one.sign), one]));
            const next = new Map([...own].map(([key, one]) => [key, { ...one, present: false }]));
            for (const sign of signs) {
                const reason = reasonFor(at, sign);
                if (!reason)
                    continue;
                const key = keyOf(reason, sign);
                const known = own.get(key);
                const again = !known?.present || (known.sign.word !== sign.word && sign.word === reason.words[0]);
                next.set(key, {
                    reason,
                    sign,
                    since: known?.present ? known.since : now,
                    times: sign.times ?? (known?.times ?? 0) + (again ? 1 : 0),
                    present: true,
                });
            }
            return [...others, ...next.values()];
        }
        function keyOf({ code, what }, { container = '' }) {
            return `${container} ${code} ${what}`;
        }
        function eventSighting(at, { event, since }) {
            const sign = { word: event.reason ?? '', message: event.message ?? '' };
            const reason = reasonFor(at, sign);
            return reason ? [{ reason, sign, since, times: countOf(event), present: true }] : [];
        }
        ;
        function sightingsOfPod({ pod, gone, sightings }, { events }) {
            const seen = latestOfEach((events.get(pod.metadata.uid ?? '') ?? []).flatMap((one) => eventSighting('event', one)));
            const open = seen.filter(({ sign }) => (sign.word === 'Unhealthy' ? !isReady(pod) : !hasStarted(pod)));
            return [...sightings, ...open.map((one) => ({ ...one, present: !gone }))];
        }
        function sightingsOfWorkload({ object, sightings, progressAt }, { events }) {
            const seen = (events.get(object?.metadata.uid ?? '') ?? []).filter(({ earlier, last }) => !earlier && last >= progressAt);
            const open = latestOfEach(seen.flatMap((one) => eventSighting('workload', one)));
            return [...sightings, ...open.map((one) => ({ ...one, since: Math.max(one.since, progressAt) }))];
        }
        function latestOfEach(sightings) {
            const ofReason = Map.groupBy(sightings, ({ reason }) => reason);
            return [...ofReason.values()].flatMap((all) => {
                const latest = all.at(-1);
                return latest ? [{ ...latest, since: Math.min(...all.map(({ since }) => since)) }] : [];
            });
        }
        ;
        const scalingAnswerSeconds = 20;
        function evaluate(state, progressTimeout, now) {
            const ask = [];
            const failing = [];
            let done = true;
            for (const [name, workload] of state.workloads) {
                if (done_isDone(workload, now))
                    continue;
                done = false;
                const due = [
                    ...findingsOf(workload, state).filter((finding) => isDue(finding, workload, now, ask)),
                    ...workloadFindings(workload, progressTimeout, now),
                ];
                for (const finding of due)
                    failing.push({ ...finding, workload: name, explanation: explanationOf(finding, workload, state) });
            }
            const [first] = failing.sort(byTable);
            if (first)
                return { verdict: 'failed', failing: first };
            return done ? { verdict: 'done' } : { verdict: 'going', ask };
        }
        function failAll(state, word, now) {
            const names = [...state.workloads.keys()];
            const name = names.find((one) => !done_isDone(state.workloads.get(one), now)) ?? names[0] ?? '';
            return explained({ sighting: made(word, '', now), pod: undefined, workload: name, explanation: undefined }, state);
        }
        function findingsOf(workload, state) {
            const own = sightingsOfWorkload(workload, state).map((sighting) => ({ sighting, pod: undefined }));
            const ofPods = [...workload.pods.values()].flatMap((pod) => sightingsOfPod(pod, state).map((sighting) => ({ sighting, pod })));
            return [...own, ...ofPods];
        }
        function isDue({ sighting, pod }, workload, now, ask) {
            const { reason, present, since } = sighting;
            if (!present || pod?.gone || (reason.leftToJob && workload.ref.kind === 'Job'))
                return false;
            if (!isPatienceOver(sighting, now))
                return false;
            if (!reason.mayScaleUp || !pod)
                return true;
            const answer = pod.scaling;
            const fresh = answer !== undefined && answer.at >= since + minuteSeconds && now - answer.at < scalingAnswerSeconds;
            if (!fresh)
                ask.push(pod.pod.metadata.uid ?? '');
            return fresh && !answer.up;
        }
        function isPatienceOver({ reason, sign, since, times }, now) {
            switch (reason.patience) {
                case 'none':
                    return true;
                case 'second':
                    return times >= 2 || (sign.times === undefined && now - since >= secondSightSeconds);
                case 'minute':
                    return now - since >= minuteSeconds;
                case 'progress':
                    return false;
            }
        }
        function workloadFindings(workload, progressTimeout, now) {
            const { gone, changed, completed, rollout, progressAt } = workload;
            const found = (word, message, since = now) => [
                { sighting: made(word, message, since), pod: undefined },
            ];
            if (gone)
                return found('missing', '');
            if (changed)
                return found('changed', '');
            if (workload.ref.kind !== 'Job' && completed && rollout?.observed) {
                const expected = Math.min(completed.available, rollout.wanted);
                if (rollout.available < expected)
                    return found('fell', `${rollout.available} of ${expected} are available`);
            }
            if (isWorking(workload) || now - progressAt < progressTimeout)
                return [];
            return found('stuck', `${Math.round(progressTimeout)} s`, progressAt);
        }
        function isWorking({ ref, pods }) {
            if (ref.kind !== 'Job')
                return false;
            return [...pods.values()].some(({ pod, gone }) => !gone && pod.status?.phase === 'Running');
        }
        function made(word, message, since) {
            const sign = { word, message };
            const reason = reasonFor('workload', sign);
            if (!reason)
                throw new Error(`the table of reasons has no row for "${word}"`);
            return { reason, sign, since, times: 1, present: true };
        }
        const emptyWords = new Set([
            'fell',
            'stuck',
            'deadline',
            'interrupted',
            'ProgressDeadlineExceeded',
            'kubernetes-job-failed',
            'DeadlineExceeded',
        ]);
        function explained(failing, state) {
            const workload = state.workloads.get(failing.workload);
            return { ...failing, explanation: workload && explanationOf(failing, workload, state) };
        }
        function saysLittle({ sighting }) {
            return emptyWords.has(sighting.sign.word);
        }
        function explanationOf(finding, workload, state) {
            if (!saysLittle(finding))
                return undefined;
            const isJob = workload.ref.kind === 'Job';
            const found = findingsOf(workload, state).filter((one) => !saysLittle(one) && (one.sighting.present || isJob) && (!one.pod?.gone || isJob));
            return found.sort(byTable)[0];
        }
        function byTable(a, b) {
            return rankOf(a.sighting.reason) - rankOf(b.sighting.reason) || a.sighting.since - b.sighting.since;
        }
        function rankOf(reason) {
            return reasons.indexOf(reason);
        }
        function podsToShow(failing, state, most) {
            const findings = [...state.workloads.values()]
                .flatMap((workload) => findingsOf(workload, state))
                .filter(({ pod }) => pod !== undefined)
                .sort(byTable);
            const first = [failing, ...(failing.explanation ? [failing.explanation] : [])].filter(({ pod }) => pod !== undefined);
            const chosen = [];
            for (const finding of [...first, ...findings]) {
                const known = chosen.some(({ sighting, pod }) => sighting.reason === finding.sighting.reason || pod?.pod === finding.pod?.pod);
                if (!known && chosen.length < most)
                    chosen.push(finding);
            }
            return chosen;
        }
        function silentPod(failing, state) {
            const pods = [...(state.workloads.get(failing.workload)?.pods.values() ?? [])];
            return pods.find(({ pod, gone }) => !gone && !isReady(pod)) ?? pods.find(({ gone }) => !gone);
        }
        ;
        const terminal = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g;
        const passwordInUrl = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/]+@/gi;
        function plain(text) {
            return (0, log.g9)(text.replace(terminal, '')).replace(passwordInUrl, '$1***@');
        }
        function oneLine(text, bytes) {
            return shortened(plain(text).replace(/\s+/g, ' ').trim(), bytes);
        }
        function lastLines(text, bytes, lineBytes) {
            const lines = plain(text).trimEnd().split('\n');
            const kept = [];
            let left = bytes;
            for (const line of lines.reverse()) {
                const cut = shortened(line.trimEnd(), lineBytes);
                left -= Buffer.byteLength(cut) + 1;
                if (left < 0)
                    break;
                kept.push(cut);
            }
            return kept.reverse().join('\n');
        }
        function shortened(text, bytes) {
            if (Buffer.byteLength(text) <= bytes)
                return text;
            return `${new TextDecoder().decode(Buffer.from(text).subarray(0, bytes), { stream: true })}…`;
        }
        ;
        const mostPods = 3;
        const budgetMs = 8000;
        const logLines = 30;
        const logBytes = 7000;
        const readBytes = 200_000;
        const lineBytes = 400;
        const mostEvents = 6;
        const mostContainers = 6;
        async function gatherEvidence(api, namespace, failing, state) {
            const late = AbortSignal.timeout(budgetMs);
            const found = podsToShow(failing, state, mostPods).flatMap(({ pod }) => (pod ? [pod] : []));
            const ofItself = !failing.pod && !saysLittle(failing);
            const silent = found.length === 0 && !ofItself ? silentPod(failing, state) : undefined;
            const pods = silent ? [silent] : found;
            const reader = api && new EvidenceReader(api, namespace, late);
            const ofWorkload = ofItself || pods.length === 0 ? [workloadEvidence(reader, failing, state)] : [];
            return Promise.all([...ofWorkload, ...pods.map((pod) => podEvidence(reader, pod, state))]);
        }
        async function workloadEvidence(reader, { workload }, state) {
            const { object, revision } = state.workloads.get(workload) ?? {};
            const uids = [...new Set([object?.metadata.uid, revision?.owner])].filter((uid) => uid !== undefined);
            const events = await Promise.all(uids.map((uid) => evidence_eventsOf(reader, uid, state)));
            return { workload, containers: [], events: events.flat(), logs: [] };
        }
        async function podEvidence(reader, followed, state) {
            const { pod } = followed;
            const containers = containersOf(pod);
            const container = containers.find(({ name }) => followed.sightings.some(({ sign, present }) => present && sign.container === name)) ??
                containers.find(({ ready, state: { terminated } = {} }) => !ready && terminated?.exitCode !== 0);
            const [events, logs] = await Promise.all([
                evidence_eventsOf(reader, pod.metadata.uid ?? '', state),
                reader && container ? reader.logs(pod.metadata.name, container) : [],
            ]);
            return {
                workload: workloadOf(followed, state),
                pod: pod.metadata.name,
                ...(pod.spec?.nodeName !== undefined && { node: pod.spec.nodeName }),
                containers: containers.slice(0, mostContainers).map(containerLine),
                events,
                logs,
            };
        }
        function workloadOf({ pod }, { workloads }) {
            for (const [name, { pods }] of workloads)
                if (pods.has(pod.metadata.uid ?? ''))
                    return name;
            return '';
        }
        async function evidence_eventsOf(reader, uid, state) {
            const known = (state.events.get(uid) ?? []).map(({ event }) => event);
            const all = (await reader?.events(uid)) ?? known;
            return all.slice(-mostEvents).map(eventLine);
        }
        function eventLine(event) {
            const count = countOf(event);
            const times = count > 1 ? ` (${count} times)` : '';
            return oneLine(`${event.reason ?? ''}${times}: ${event.message ?? ''}`, lineBytes);
        }
        function containerLine({ name, state = {}, lastState, ready, restartCount }) {
            const parts = [`${name}: ${stateWords(state, ready)}`];
            if (restartCount > 0)
                parts.push(restartCount === 1 ? '1 restart' : `${restartCount} restarts`);
            if (lastState?.terminated)
                parts.push(`before that ${endWords(lastState.terminated)}`);
            return oneLine(parts.join('; '), lineBytes);
        }
        function stateWords({ waiting, running, terminated }, ready) {
            if (waiting)
                return ['waiting', waiting.reason, waiting.message].filter(Boolean).join(', ');
            if (terminated)
                return endWords(terminated);
            return running ? `running, ${ready ? 'ready' : 'not ready'}` : 'not started';
        }
        function endWords({ exitCode, reason }) {
            const why = reason && reason !== 'Error' && reason !== 'Completed' ? `, ${reason}` : '';
            return `ended with exit code ${exitWords(exitCode)}${why}`;
        }
        const lost = /^unable to retrieve container logs for \S+$/;
        class EvidenceReader {
            #api;
            #namespace;
            #late;
            constructor(api, namespace, late) {
                this.#api = api;
                this.#namespace = namespace;
                this.#late = late;
            }
            async events(uid) {
                const query = { fieldSelector: `involvedObject.uid=${uid},type=Warning`, limit: 100 };
                const list = await this.#inTime(this.#api.get(`/api/v1/namespaces/${this.#namespace}/events`, query, this.#late));
                return list && [...list.items].sort((a, b) => lastTime(a) - lastTime(b));
            }
            async logs(pod, container) {
                const { name, restartCount, lastState, state } = container;
                const which = [];
                if (state?.running || state?.terminated)
                    which.push('current');
                if (restartCount > 0 || lastState?.terminated)
                    which.push('previous');
                const logs = await Promise.all(which.map(async (one) => {
                    const text = await this.#log(pod, name, one === 'previous');
                    return text === undefined || text === '' || lost.test(text) ? [] : [{ container: name, which: one, text }];
                }));
                return logs.flat();
            }
            async #log(pod, container, previous) {
                const path = `/api/v1/namespaces/${this.#namespace}/pods/${pod}/log`;
                const query = { container, tailLines: logLines, previous: previous || undefined };
                const text = await this.#inTime(this.#api.text(path, query, readBytes, this.#late));
                return text === undefined ? undefined : lastLines(text, logBytes, lineBytes);
            }
            async #inTime(request) {
                const late = new Promise((resolve) => {
                    if (this.#late.aborted)
                        resolve(undefined);
                    this.#late.addEventListener('abort', () => resolve(undefined), { once: true });
                });
                return Promise.race([request.catch(() => undefined), late]);
            }
        }
        function lastTime({ lastTimestamp, metadata, ...event }) {
            const at = lastTimestamp ?? event.eventTime ?? metadata.creationTimestamp;
            return typeof at === 'string' ? Date.parse(at) : 0;
        }
        function evidenceText(evidence) {
            return evidence
                .flatMap(({ workload, pod, node, containers, events, logs }) => [
                pod === undefined ? `${workload}:` : `${workload}, pod ${pod}${node === undefined ? '' : ` on ${node}`}:`,
                ...containers.map((line) => `  ${line}`),
                ...events.map((line) => `  event ${line}`),
                ...logs.flatMap(({ container, which, text }) => [
                    `  log of ${container}${which === 'previous' ? ' before its restart' : ''}, last lines:`,
                    ...text.split('\n').map((line) => `    | ${line}`),
                ]),
            ])
                .join('\n');
        }
        ;
        function workloadName({ kind, name }) {
            return `${kind.toLowerCase()}/${name}`;
        }
        function rolloutOf(kind, workload) {
            const observed = (workload.status?.observedGeneration ?? 0) >= (workload.metadata.generation ?? 0);
            if (kind === 'Job')
                return jobRollout(workload);
            const counts = counters[kind](workload);
            const { wanted, updated, available, old } = counts;
            return { ...counts, observed, complete: observed && updated >= wanted && available >= wanted && old === 0 };
        }
        const counters = {
            Deployment({ spec, status = {} }) {
                const updated = status.updatedReplicas ?? 0;
                return {
                    wanted: spec?.replicas ?? 1,
                    updated,
                    available: status.availableReplicas ?? 0,
                    old: (status.replicas ?? 0) - updated,
                };
            },
            StatefulSet({ spec, status = {} }) {
                const replicas = spec?.replicas ?? 1;
                const kept = Math.min(replicas, spec?.updateStrategy?.rollingUpdate?.partition ?? 0);
                const updated = status.updatedReplicas ?? 0;
                const missing = replicas - (status.availableReplicas ?? 0);
                const wanted = replicas - kept;
                const turning = kept === 0 && replicas > 0 && status.updateRevision !== status.currentRevision;
                const old = Math.max(0, (status.replicas ?? 0) - updated - kept);
                return { wanted, updated, available: wanted - missing, old: old === 0 && turning ? 1 : old };
            },
            DaemonSet({ status = {} }) {
                const updated = status.updatedNumberScheduled ?? 0;
                return {
                    wanted: status.desiredNumberScheduled ?? 0,
                    updated,
                    available: status.numberAvailable ?? 0,
                    old: Math.max(0, (status.currentNumberScheduled ?? 0) - updated),
                };
            },
        };
        function jobRollout({ spec, status = {} }) {
            const complete = conditionOf(status.conditions, 'Complete')?.status === 'True';
            const updated = (status.active ?? 0) + (status.succeeded ?? 0);
            return { observed: true, complete, wanted: spec?.completions ?? 1, updated, available: status.succeeded ?? 0, old: 0 };
        }
        function workloadSigns(kind, workload) {
            const { spec, status } = workload;
            if (kind === 'Job')
                return jobSigns(workload);
            if (spec?.paused)
                return [{ word: 'paused', message: '' }];
            if (spec?.updateStrategy?.type === 'OnDelete')
                return [{ word: 'on-delete', message: '' }];
            if (!rolloutOf(kind, workload).observed)
                return [];
            const signs = [];
            const failure = conditionOf(status?.conditions, 'ReplicaFailure');
            if (failure?.status === 'True')
                signs.push({ word: failure.reason ?? '', message: failure.message ?? '' });
            const progress = conditionOf(status?.conditions, 'Progressing');
            if (progress?.status === 'False')
                signs.push({ word: progress.reason ?? '', message: progress.message ?? '' });
            return signs;
        }
        function jobSigns({ spec, status }) {
            const failed = ['FailureTarget', 'Failed'].map((type) => conditionOf(status?.conditions, type));
            const found = failed.find((condition) => condition?.status === 'True');
            if (found) {
                const word = found.reason === 'DeadlineExceeded' ? found.reason : 'kubernetes-job-failed';
                return [{ word, message: [found.reason, found.message].filter(Boolean).join(': ') }];
            }
            return spec?.suspend ? [{ word: 'suspended', message: '' }] : [];
        }
        ;
        function followState(workloads, now) {
            const started = workloads.map((ref) => [
                workloadName(ref),
                {
                    ref,
                    object: undefined,
                    gone: false,
                    rollout: undefined,
                    revision: undefined,
                    changed: false,
                    podsListed: false,
                    pods: new Map(),
                    sightings: [],
                    progressAt: now,
                    best: { updated: 0, ready: 0, available: 0, old: Number.POSITIVE_INFINITY },
                    completed: undefined,
                },
            ]);
            return { startedAt: now, workloads: new Map(started), events: new Map() };
        }
        function state_readyPods({ pods }) {
            let ready = 0;
            for (const { pod, gone } of pods.values())
                if (!gone && isReady(pod))
                    ready += 1;
            return ready;
        }
        ;
        function observe(state, observations, now) {
            const draft = new Draft(state, now);
            for (const observation of observations)
                draft.take(observation);
            return draft.finish();
        }
        class Draft {
            #workloads;
            #pods = new Map();
            #events;
            #state;
            #now;
            constructor(state, now) {
                this.#state = state;
                this.#now = now;
                this.#workloads = new Map(state.workloads);
                this.#events = new Map(state.events);
            }
            take(observation) {
                switch (observation.of) {
                    case 'workload':
                        this.#takeWorkload(observation.kind, observation.object, observation.gone ?? false);
                        break;
                    case 'workloads':
                        this.#takeWorkloads(observation.kind, observation.objects);
                        break;
                    case 'revision':
                        this.#takeRevision(observation.workload, observation.revision);
                        break;
                    case 'pod':
                        this.#takePod(observation.object, observation.gone ?? false);
                        break;
                    case 'pods':
                        this.#takePods(observation.hashes, observation.objects);
                        break;
                    case 'event':
                        this.#takeEvent(observation.object, false);
                        break;
                    case 'events':
                        for (const object of observation.objects)
                            this.#takeEvent(object, true);
                        break;
                    case 'scaling':
                        this.#takeScaling(observation.pod, observation.up);
                        break;
                }
            }
            finish() {
                for (const [name, pods] of this.#pods)
                    this.#change(name, { pods });
                for (const [name, workload] of this.#workloads)
                    this.#workloads.set(name, withProgress(workload, this.#now));
                return { startedAt: this.#state.startedAt, workloads: this.#workloads, events: this.#events };
            }
            #change(name, part) {
                const workload = this.#workloads.get(name);
                if (workload)
                    this.#workloads.set(name, { ...workload, ...part });
            }
            #takeWorkload(kind, object, gone) {
                const name = workloadName({ kind, name: object.metadata.name });
                const before = this.#workloads.get(name);
                if (!before)
                    return;
                const rollout = rolloutOf(kind, object);
                const signs = workloadSigns(kind, object);
                this.#change(name, {
                    object,
                    rollout,
                    gone: gone && !(kind === 'Job' && before.completed),
                    sightings: seenNow(before.sightings, 'workload', signs, this.#now),
                });
                const own = ownRevision(kind, object, rollout);
                if (own)
                    this.#takeRevision(name, own);
            }
            #takeWorkloads(kind, objects) {
                const listed = new Set(objects.map(({ metadata }) => workloadName({ kind, name: metadata.name })));
                for (const object of objects)
                    this.#takeWorkload(kind, object, false);
                for (const [name, { ref, completed }] of this.#workloads)
                    if (ref.kind === kind && !listed.has(name))
                        this.#change(name, { gone: !(kind === 'Job' && completed) });
            }
            #takeRevision(name, revision) {
                const before = this.#workloads.get(name);
                if (!before)
                    return;
                const changed = before.revision !== undefined && before.revision.hash !== revision.hash;
                this.#change(name, { revision, changed: before.changed || changed });
            }
            #takePod(object, gone, listed = false) {
                const name = this.#workloadOf(object);
                const uid = object.metadata.uid;
                if (name === undefined || uid === undefined)
                    return;
                const pods = this.#podsOf(name);
                const before = pods.get(uid);
                if (gone && !before)
                    return;
                const readySince = before || !listed ? readyTime(object, before, this.#now) : undefined;
                const after = followedPod({ pod: object, readySince }, before, this.#state.events.get(uid) ?? [], this.#now);
                if (!gone)
                    pods.set(uid, after);
                else if (after.sightings.length > 0)
                    pods.set(uid, { ...after, gone: true });
                else
                    pods.delete(uid);
            }
            #takePods(hashes, objects) {
                const listed = new Set(objects.map(({ metadata }) => metadata.uid));
                for (const [name, { revision, pods }] of this.#workloads) {
                    if (!revision || !hashes.includes(revision.hash))
                        continue;
                    for (const [uid, { pod, gone }] of this.#pods.get(name) ?? pods)
                        if (!gone && !listed.has(uid))
                            this.#takePod(pod, true);
                    this.#change(name, { podsListed: true });
                }
                for (const object of objects)
                    this.#takePod(object, false, true);
            }
            #takeEvent(object, listed) {
                const uid = object.involvedObject?.uid;
                if (uid === undefined || object.reason === undefined || !heard.has(object.reason))
                    return;
                const all = this.#events.get(uid) ?? [];
                const before = all.find(({ event }) => event.metadata.uid === object.metadata.uid);
                const same = before !== undefined && countOf(before.event) === countOf(object);
                const seen = {
                    event: object,
                    since: before && !before.earlier ? before.since : this.#now,
                    last: same ? before.last : this.#now,
                    earlier: before ? before.earlier && same : listed,
                };
                const others = all.filter((one) => one !== before).slice(-eventsOfAnObject);
                this.#events.set(uid, [...others, seen]);
                if (this.#events.size > objectsWithEvents)
                    this.#events.delete(this.#events.keys().next().value ?? '');
            }
            #takeScaling(uid, up) {
                for (const name of this.#workloads.keys()) {
                    const pods = this.#podsOf(name);
                    const before = pods.get(uid);
                    if (before)
                        pods.set(uid, { ...before, scaling: { at: this.#now, up } });
                }
            }
            #podsOf(name) {
                const own = this.#pods.get(name) ?? new Map(this.#workloads.get(name)?.pods);
                this.#pods.set(name, own);
                return own;
            }
            #workloadOf({ metadata }) {
                const owner = metadata.ownerReferences?.find(({ controller }) => controller)?.uid;
                const labels = Object.values(metadata.labels ?? {});
                for (const [name, { revision, ref }] of this.#workloads)
                    if (revision?.owner === owner && (ref.kind === 'Job' || labels.includes(revision?.hash ?? '')))
                        return name;
                return undefined;
            }
        }
        const eventsOfAnObject = 20;
        const objectsWithEvents = 2000;
        const heard = new Set([
            'FailedMount',
            'FailedAttachVolume',
            'FailedMapVolume',
            'FailedCreatePodSandBox',
            'Unhealthy',
            'FailedCreate',
        ]);
        function ownRevision(kind, { metadata, status }, rollout) {
            const { uid: owner = '', generation = 0 } = metadata;
            if (kind === 'Job')
                return { hash: metadata.name, owner, generation };
            if (kind !== 'StatefulSet' || !rollout.observed || !status?.updateRevision)
                return undefined;
            return { hash: status.updateRevision, owner, generation };
        }
        function followedPod({ pod, readySince }, before, events, now) {
            const restarts = before?.restarts ?? restartsOf(pod);
            const killedByProbe = events.some(({ event }) => /^(Liveness|Startup) probe/.test(event.message ?? ''));
            const leaving = pod.metadata.deletionTimestamp !== undefined;
            const found = seenNow(before?.sightings ?? [], 'container', containerSigns(pod, restarts, killedByProbe), now);
            const all = seenNow(found, 'pod', podSigns(pod), now);
            return {
                pod,
                gone: false,
                restarts,
                endedAt: hasEnded(pod, before) ? now : before?.endedAt,
                readySince,
                sightings: leaving ? all.map((sighting) => ({ ...sighting, present: false })) : all,
                scaling: before?.scaling,
            };
        }
        function readyTime(pod, before, now) {
            if (!isReady(pod))
                return undefined;
            return before && isReady(before.pod) ? before.readySince : now;
        }
        function hasEnded(pod, before) {
            const earlier = new Map(before ? containersOf(before.pod).map((container) => [container.name, container]) : []);
            return containersOf(pod).some(({ name, restartCount, state }) => {
                const known = earlier.get(name);
                const ended = Boolean(state?.terminated && state.terminated.exitCode !== 0 && !known?.state?.terminated);
                return ended || (known !== undefined && restartCount > known.restartCount);
            });
        }
        function withProgress(workload, now) {
            const { rollout, best } = workload;
            if (!rollout?.observed)
                return workload;
            const counts = {
                updated: Math.max(best.updated, rollout.updated),
                ready: Math.max(best.ready, state_readyPods(workload)),
                available: Math.max(best.available, rollout.available),
                old: Math.min(best.old, rollout.old),
            };
            const moved = counts.updated > best.updated ||
                counts.ready > best.ready ||
                counts.available > best.available ||
                counts.old < best.old;
            const completed = workload.completed ?? (done_isDone(workload, now) ? { at: now, available: rollout.available } : undefined);
            if (!moved && completed === workload.completed)
                return workload;
            return { ...workload, best: counts, completed, progressAt: moved ? now : workload.progressAt };
        }
        ;
        const messageBytes = 500;
        function failureOf(failing) {
            const { sighting, explanation, workload } = failing;
            const own = sighting.reason;
            const explained = explanation?.sighting.reason;
            const takesOver = explained && saysLittle(failing) && own.code === 'not-ready';
            const { code, remedy } = takesOver ? explained : own;
            const why = explanation ? `. ${capital(describe(explanation))}` : '';
            return { code, reason: `${workload}: ${describe(failing)}${why}.`, remedy };
        }
        function describe({ sighting: { reason, sign, times }, pod }) {
            const names = [pod && `pod ${pod.pod.metadata.name}`, sign.container && `container ${sign.container}`].filter(Boolean);
            const where = names.length > 0 ? `${names.join(', ')}: ` : '';
            const message = oneLine(sign.message, messageBytes).replace(/\.$/, '');
            const what = times < 2 ? (reason.whatOnce ?? reason.what) : reason.what;
            return [`${where}${what}`, message].filter(Boolean).join(': ');
        }
        function capital(text) {
            return text.slice(0, 1).toUpperCase() + text.slice(1);
        }
        function workloadStates(state, now) {
            return [...state.workloads.values()].map((workload) => outcome_stateOf(workload, state, now));
        }
        function outcome_stateOf(workload, { startedAt }, now) {
            const { ref, rollout, revision, completed } = workload;
            const complete = done_isDone(workload, now);
            const counts = rollout?.observed ? rollout : { wanted: rollout?.wanted ?? 0, updated: 0, available: 0, old: 0 };
            return {
                kind: ref.kind,
                name: ref.name,
                revision: revision?.hash,
                wanted: counts.wanted,
                updated: counts.updated,
                ready: ref.kind === 'Job' || complete ? counts.available : state_readyPods(workload),
                old: counts.old,
                complete,
                seconds: Math.max(0, Math.round(((complete && completed ? completed.at : now) - startedAt) * 10) / 10),
            };
        }
        ;
        const quietSeconds = 2;
        class Progress {
            #say;
            #said = new Map();
            #saidAt = Number.NEGATIVE_INFINITY;
            constructor(say) {
                this.#say = say;
            }
            report(workloads, now, last = false) {
                if (!last && now - this.#saidAt < quietSeconds)
                    return;
                const changed = workloads
                    .map((one) => [workloadName(one), progressText(one)])
                    .filter(([name, text]) => this.#said.get(name) !== text);
                if (changed.length === 0)
                    return;
                for (const [name, text] of changed)
                    this.#said.set(name, text);
                this.#saidAt = now;
                this.#say(changed.map(([name, text]) => `${name}: ${text}`).join('; '));
            }
        }
        function progressText({ kind, wanted, ready, updated, old, complete }) {
            if (kind === 'Job') {
                if (complete)
                    return 'complete';
                return updated > 0 ? `running, ${ready} of ${wanted} complete` : 'not started';
            }
            const left = old === 0 ? '' : `, ${old} old ${old === 1 ? 'pod is' : 'pods are'} left`;
            return `${ready} of ${wanted} new ${wanted === 1 ? 'pod is' : 'pods are'} ready${left}${complete ? ', complete' : ''}`;
        }
        ;
        async function findRevision(api, namespace, { kind }, workload, signal) {
            const path = `/apis/apps/v1/namespaces/${namespace}/${kind === 'DaemonSet' ? 'controllerrevisions' : 'replicasets'}`;
            const query = { labelSelector: selectorText(workload.spec?.selector) };
            const { items } = await api.get(path, query, signal);
            return newestRevision(kind, workload, items);
        }
        function newestRevision(kind, workload, objects) {
            const { uid, generation = 0 } = workload.metadata;
            const own = objects.filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid));
            const [newest] = own.sort((a, b) => numberOf(kind, b) - numberOf(kind, a));
            const hash = newest?.metadata.labels?.[hashLabel[kind]];
            const owner = kind === 'DaemonSet' ? uid : newest?.metadata.uid;
            return hash === undefined || owner === undefined ? undefined : { hash, owner, generation };
        }
        const hashLabel = {
            Deployment: 'pod-template-hash',
            StatefulSet: 'controller-revision-hash',
            DaemonSet: 'controller-revision-hash',
            Job: 'job-name',
        };
        function numberOf(kind, object) {
            if (kind === 'DaemonSet')
                return Number(object.revision ?? 0);
            return Number(object.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
        }
        function selectorText(selector = {}) {
            const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
            const expressions = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
                if (operator === 'Exists')
                    return key;
                if (operator === 'DoesNotExist')
                    return `!${key}`;
                return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
            });
            return [...labels, ...expressions].join(',');
        }
        ;
        async function followWorkloads(api, options) {
            const stop = new AbortController();
            const follower = new Follower(api, options, AbortSignal.any([options.signal, stop.signal]));
            try {
                return await follower.run();
            }
            finally {
                stop.abort();
            }
        }
        const gatherMs = 25;
        const tickMs = 250;
        const revisionPauseMs = 300;
        const explainMs = 3000;
        const collections = {
            Deployment: 'apis/apps/v1/namespaces/NS/deployments',
            StatefulSet: 'apis/apps/v1/namespaces/NS/statefulsets',
            DaemonSet: 'apis/apps/v1/namespaces/NS/daemonsets',
            Job: 'apis/batch/v1/namespaces/NS/jobs',
        };
        class Follower {
            #api;
            #options;
            #signal;
            #progress;
            #startedAt = (0, clock.m)();
            #state;
            #observations = [];
            #wake = () => { };
            #failed;
            #unreachable = new Set();
            #blindSince = 0;
            #blindSeconds = 0;
            #seeking = new Set();
            #asking = new Set();
            #podWatches = new Map();
            constructor(api, options, signal) {
                this.#api = api;
                this.#options = options;
                this.#signal = signal;
                this.#progress = new Progress(options.onProgress);
                this.#state = followState(options.workloads, 0);
            }
            async run() {
                this.#start();
                for (;;) {
                    await this.#nextObservations();
                    if (this.#options.signal.aborted)
                        return this.#fail(failAll(this.#state, 'interrupted', this.#now()));
                    if (this.#failed)
                        throw this.#failed.error;
                    this.#seekRevisions();
                    this.#watchPods();
                    const evaluation = evaluate(this.#state, this.#options.progressTimeout, this.#now());
                    this.#report(evaluation.verdict !== 'going');
                    if (evaluation.verdict === 'done')
                        return { ok: true, workloads: workloadStates(this.#state, this.#now()) };
                    if (evaluation.verdict === 'failed')
                        return this.#fail(evaluation.failing);
                    for (const pod of evaluation.ask)
                        this.#askForScaling(pod);
                    if ((0, clock.m)() - this.#startedAt >= this.#options.deadline)
                        return this.#fail(failAll(this.#state, 'deadline', this.#now()));
                }
            }
            #start() {
                const { workloads } = this.#options;
                for (const kind of new Set(workloads.map((ref) => ref.kind))) {
                    const names = workloads.filter((ref) => ref.kind === kind).map(({ name }) => name);
                    const query = names.length === 1 ? { fieldSelector: `metadata.name=${names[0]}` } : {};
                    void this.#collect(kind, this.#path(collections[kind]), query, {
                        listed: (objects) => this.#take({ of: 'workloads', kind, objects }),
                        changed: (object, gone) => this.#take({ of: 'workload', kind, object, gone }),
                    });
                }
                void this.#collect('events', this.#path('api/v1/namespaces/NS/events'), { fieldSelector: 'type=Warning' }, {
                    listed: (objects) => this.#take({ of: 'events', objects }),
                    changed: (object, gone) => gone || this.#take({ of: 'event', object }),
                });
            }
            async #collect(name, path, query, observer, signal = this.#signal) {
                const reachable = (yes) => this.#setReachable(name, yes);
                try {
                    await followCollection(this.#api, path, query, { ...observer, reachable }, signal);
                }
                catch (error) {
                    this.#failed ??= { error };
                    this.#wake();
                }
                finally {
                    reachable(true);
                }
            }
            #take(observation) {
                this.#observations.push(observation);
                this.#wake();
            }
            async #nextObservations() {
                if (this.#observations.length === 0) {
                    const woken = new AbortController();
                    this.#wake = () => woken.abort();
                    await (0, clock.y)(tickMs, AbortSignal.any([woken.signal, this.#options.signal]));
                    this.#wake = () => { };
                    if (woken.signal.aborted)
                        await (0, clock.y)(gatherMs, this.#options.signal);
                }
                const observations = this.#observations;
                this.#observations = [];
                if (observations.length > 0)
                    this.#state = observe(this.#state, observations, this.#now());
            }
            #now() {
                const until = this.#unreachable.size > 0 ? this.#blindSince : (0, clock.m)();
                return until - this.#startedAt - this.#blindSeconds;
            }
            #setReachable(name, yes) {
                const before = this.#unreachable.size;
                if (yes)
                    this.#unreachable.delete(name);
                else
                    this.#unreachable.add(name);
                if (before === 0 && this.#unreachable.size > 0) {
                    this.#blindSince = (0, clock.m)();
                    this.#options.onProgress('the API server does not answer; waiting for it');
                }
                if (before > 0 && this.#unreachable.size === 0)
                    this.#blindSeconds += (0, clock.m)() - this.#blindSince;
            }
            #seekRevisions() {
                for (const [name, { ref, object, rollout, revision }] of this.#state.workloads) {
                    if (ref.kind !== 'Deployment' && ref.kind !== 'DaemonSet')
                        continue;
                    if (!object || !rollout?.observed || revision?.generation === object.metadata.generation)
                        continue;
                    void this.#once(this.#seeking, name, async () => {
                        const found = await findRevision(this.#api, this.#options.namespace, ref, object, this.#signal);
                        if (found)
                            this.#take({ of: 'revision', workload: name, revision: found });
                        else
                            await (0, clock.y)(revisionPauseMs, this.#signal);
                    });
                }
            }
            #watchPods() {
                const hashes = Map.groupBy([...this.#state.workloads.values()].flatMap(({ ref, revision }) => revision ? [{ label: hashLabel[ref.kind], hash: revision.hash }] : []), ({ label }) => label);
                for (const [label, found] of hashes) {
                    const wanted = [...new Set(found.map(({ hash }) => hash))].sort();
                    const before = this.#podWatches.get(label);
                    if (before?.hashes === wanted.join())
                        continue;
                    before?.stop.abort();
                    const stop = new AbortController();
                    this.#podWatches.set(label, { hashes: wanted.join(), stop });
                    const labelSelector = wanted.length === 1 ? `${label}=${wanted[0]}` : `${label} in (${wanted.join()})`;
                    void this.#collect(`pods by ${label}`, this.#path('api/v1/namespaces/NS/pods'), { labelSelector }, {
                        listed: (objects) => this.#take({ of: 'pods', hashes: wanted, objects }),
                        changed: (object, gone) => this.#take({ of: 'pod', object, gone }),
                    }, AbortSignal.any([this.#signal, stop.signal]));
                }
            }
            #askForScaling(pod) {
                void this.#once(this.#asking, pod, async () => {
                    const query = { fieldSelector: `involvedObject.uid=${pod}` };
                    const path = this.#path('api/v1/namespaces/NS/events');
                    const { items } = await this.#api.get(path, query, this.#signal);
                    const up = items.some(({ reason }) => reason === 'TriggeredScaleUp' || reason === 'Nominated');
                    this.#take({ of: 'scaling', pod, up });
                });
            }
            async #once(running, name, request) {
                if (running.has(name))
                    return;
                running.add(name);
                try {
                    await request();
                }
                catch (error) {
                    const refused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
                    if (refused || !(error instanceof ApiError))
                        this.#failed ??= { error };
                    else
                        await (0, clock.y)(revisionPauseMs, this.#signal);
                }
                finally {
                    running.delete(name);
                }
            }
            #report(last) {
                this.#progress.report(workloadStates(this.#state, this.#now()), (0, clock.m)(), last);
            }
            async #explain(failing) {
                const pod = saysLittle(failing) && !failing.explanation ? silentPod(failing, this.#state) : undefined;
                if (!pod)
                    return failing;
                const query = { fieldSelector: `involvedObject.uid=${pod.pod.metadata.uid},type=Warning` };
                const path = this.#path('api/v1/namespaces/NS/events');
                const late = AbortSignal.any([this.#signal, AbortSignal.timeout(explainMs)]);
                for (;;) {
                    const list = await this.#api.get(path, query, late).catch(() => undefined);
                    if (list)
                        this.#state = observe(this.#state, [{ of: 'events', objects: list.items }], this.#now());
                    const known = explained(failing, this.#state);
                    if (known.explanation || late.aborted)
                        return known;
                    await (0, clock.y)(revisionPauseMs, late);
                }
            }
            async #fail(found) {
                const { signal, namespace } = this.#options;
                const failing = signal.aborted ? found : await this.#explain(found);
                const evidence = await gatherEvidence(signal.aborted ? undefined : this.#api, namespace, failing, this.#state);
                const workloads = workloadStates(this.#state, this.#now());
                return { ok: false, ...failureOf(failing), workload: failing.workload, evidence, workloads };
            }
            #path(path) {
                return `/${path.replace('NS', this.#options.namespace)}`;
            }
        }
        ;
        const revisionLabel = annotation('release');
        function descriptionOf(release) {
            return `belay ${release}`;
        }
        async function readHistory(helm, { name, namespace }, signal) {
            const { status, output, errors } = await helm.run(['history', name, '--namespace', namespace, '--max', '256', '--output', 'json'], { signal });
            if (status === 0)
                return JSON.parse(output);
            if (/release: not found/.test(errors))
                return [];
            throw helmFailure(`Helm does not say the history of ${name}`, errors);
        }
        async function makerOf(helm, { name, namespace }, revision, signal) {
            const { status, output } = await helm.run(['get', 'metadata', name, '--namespace', namespace, '--revision', String(revision), '--output', 'json'], { signal });
            if (status !== 0)
                return undefined;
            return JSON.parse(output).labels?.[revisionLabel];
        }
        function isPending({ status }) {
            return status.startsWith('pending-');
        }
        function lastGood(history) {
            const last = history.at(-1);
            if (!last || last.status === 'uninstalled')
                return 0;
            const newest = (status) => history.findLast((one) => one.status === status);
            return (newest('deployed') ?? newest('superseded') ?? last).revision;
        }
        function helmFailure(what, errors, remedy) {
            const said = errors
                .split('\n')
                .filter((line) => line.trim() !== '' && !/^level=|^WARNING: /.test(line))
                .join('\n')
                .replace(/^Error: /, '');
            return new failure.HR('helm-failed', `${what}: ${said.slice(-2000)}`, remedy ?? 'run the same command by hand: helm says more with --debug.');
        }
        ;
        function planChartUndo({ last, good, by, pending }, history, isOurs) {
            const later = history.filter(({ revision }) => revision > last);
            const [first, ...others] = later;
            if (!first)
                return history.length > 0 || last === 0 ? 'nothing' : 'superseded';
            const isRollback = ({ description }) => /^Rollback /.test(description);
            if (first.revision !== last + 1 || !(isOurs || (by === 'rollback' && isRollback(first))))
                return 'superseded';
            if (first.status === 'uninstalled')
                return good === 0 ? 'done' : 'superseded';
            const newest = others.at(-1);
            if (!newest && pending && !isPending(first))
                return 'superseded';
            if (!newest)
                return good === 0 ? 'uninstall' : 'rollback';
            const isUndo = (one) => one.description === `Rollback to ${good}` || /^Rollback ".*" failed/.test(one.description);
            if (!others.every(isUndo))
                return 'superseded';
            return newest.status === 'deployed' ? 'done' : 'rollback';
        }
        ;
        async function undoChart(connection, client, undo, ends) {
            const { chart, release, namespace, entries } = undo;
            const { signal } = ends;
            const helm = await connection.helm(signal);
            const place = { name: chart.name, namespace };
            const history = await readHistory(helm, place, signal);
            const isOurs = chart.pending ?? (await makerOf(helm, place, chart.last + 1, signal)) === release;
            const plan = planChartUndo(chart, history, isOurs);
            if (plan === 'superseded')
                return { stays: 'superseded', detail: supersededBy(chart, history) };
            const claims = plan === 'uninstall' ? await claimsOf(client, chart) : [];
            if (claims.length > 0)
                return {
                    stays: 'mixed',
                    detail: `${claims.map(refName).join(', ')} may hold data, and an uninstall would delete it: the Helm release ${chart.name} stays as the failed release left it. By hand: ${commandOf(chart, namespace)}`,
                };
            if (plan === 'rollback')
                await rollBack(helm, client, undo, ends);
            if (plan === 'uninstall')
                await uninstall(helm, client, undo, ends);
            const restored = await Promise.all(entries.map((entry) => undo_compare(client, entry)));
            return { restored: [...restored, ...(await Promise.all(chart.dropped.map((ref) => compareDropped(client, ref))))] };
        }
        async function claimsOf(client, { claims }) {
            return (await Promise.all(claims.map(async (ref) => ((await isThere(client, ref)) ? [ref] : [])))).flat();
        }
        function commandOf({ name, good }, namespace) {
            return `helm ${good === 0 ? `uninstall ${name}` : `rollback ${name} ${good}`} --namespace ${namespace}`;
        }
        function supersededBy({ name, last, pending }, history) {
            const newest = history.at(-1);
            if (!newest)
                return `somebody uninstalled the Helm release ${name}, so nothing was undone`;
            if (pending)
                return `the Helm release ${name} is ${newest.status} at revision ${newest.revision} by now, so nothing was undone`;
            return `the Helm release ${name} is at revision ${newest.revision} of somebody else (${newest.description}), and ours was ${last + 1}: nothing was undone`;
        }
        async function rollBack(helm, client, { chart, namespace, entries }, ends) {
            const { name, good, historyMax } = chart;
            const created = new Set(entries.flatMap((entry) => (entry.do === 'delete' ? [entry.ref.path] : [])));
            for (const ref of chart.claims)
                if (created.has(ref.path))
                    await keepClaim(client, ref, ends);
            const { status, errors } = await helm.run([
                ...['rollback', name, String(good), '--namespace', namespace],
                ...['--server-side=auto', '--wait=hookOnly', '--history-max', String(historyMax)],
            ], { signal: ends.signal, timeoutMs: undo_longestMs });
            if (status !== 0)
                throw helmFailure(`helm rollback of ${name} to revision ${good} failed`, errors, commandOf(chart, namespace));
            ends.info(`The Helm release ${name} was rolled back to revision ${good}.`);
        }
        const undo_longestMs = 600_000;
        async function keepClaim(client, ref, { signal, info }) {
            const live = await orUndefined(client.get(ref.path, {}, signal));
            if (!live)
                return;
            const name = '/metadata/annotations/helm.sh~1resource-policy';
            await client.patch(ref.path, [{ op: 'add', path: name, value: 'keep' }], { signal });
            info(`${refName(ref)} was created and is kept, because it may hold data.`);
        }
        async function uninstall(helm, client, { chart, namespace, entries }, ends) {
            const { name, last } = chart;
            const history = last > 0 ? ['--keep-history'] : [];
            const { status, errors } = await helm.run(['uninstall', name, '--namespace', namespace, ...history], {
                signal: ends.signal,
                timeoutMs: undo_longestMs,
            });
            if (status !== 0)
                throw helmFailure(`helm uninstall of ${name} failed`, errors, commandOf(chart, namespace));
            ends.info(`The Helm release ${name} was uninstalled.`);
            for (let tries = 0; tries < 20 && !ends.signal.aborted; tries++) {
                const there = await Promise.all(entries.map(({ ref }) => isThere(client, ref)));
                if (!there.includes(true))
                    return;
                await (0, clock.y)(250, ends.signal);
            }
        }
        async function isThere(client, ref) {
            const live = await orUndefined(client.get(ref.path));
            return live !== undefined && live.metadata.deletionTimestamp === undefined;
        }
        async function undo_compare(client, entry) {
            const { ref } = entry;
            try {
                const live = await orUndefined(client.get(ref.path));
                const isGone = !live || live.metadata.deletionTimestamp !== undefined;
                if (entry.do === 'delete') {
                    if (isGone)
                        return { ref, result: 'removed', detail: 'was created, and is removed' };
                    return live.metadata.annotations?.['helm.sh/resource-policy'] === 'keep'
                        ? { ref, result: 'kept', detail: 'was created and is kept, because it may hold data' }
                        : { ref, result: 'foreign', detail: 'was created, and is still there' };
                }
                if (isGone)
                    return { ref, result: 'foreign', detail: 'is not there any more' };
                const left = entry.fields.filter((field) => {
                    const now = (0, compare.fK)(live, field.path);
                    return field.sealed ? digestOfValue(now) === field.sealed.left : !(0, compare.n4)(now, field.saved);
                });
                if (left.length > 0)
                    return { ref, result: 'foreign', detail: `is not as before in ${left.map(({ path }) => path).join(', ')}` };
                return entry.fields.length > 0
                    ? { ref, result: 'restored', detail: 'is as before' }
                    : { ref, result: 'as-before', detail: 'was as before' };
            }
            catch (error) {
                return { ref, result: 'failed', detail: (0, failure.bD)(error) };
            }
        }
        async function compareDropped(client, ref) {
            return (await isThere(client, ref))
                ? { ref, result: 'restored', detail: 'was dropped, and is there again' }
                : { ref, result: 'foreign', detail: 'was dropped by the release, and is not there again' };
        }
        ;
        async function undoRecord(client, namespace, { traffic, fill, entries, chart, release }, { signal, info }) {
            if (chart)
                return undoChart(currentConnection(), client, { chart, release, entries, namespace }, { signal, info });
            const moved = traffic ? await moveBack(client, namespace, traffic, signal) : [];
            if (moved.some(({ result }) => result === 'failed'))
                return { restored: moved };
            return { restored: [...moved, ...(await restoreUnserved(client, namespace, { fill, entries }, signal))] };
        }
        async function restoreUnserved(client, namespace, { fill, entries }, signal) {
            const there = fill ? await slotsOfServices(client, namespace, fill.services) : [];
            const serving = there.filter(({ slot }) => slot !== undefined && slot === fill?.idle);
            if (serving.length === 0)
                return restoreObjects(client, namespace, entries, signal);
            const detail = `leads to slot ${fill?.idle}, so both slots stay as they are`;
            return serving.map(({ ref }) => ({ ref, result: 'foreign', detail }));
        }
        ;
        const stuck_pods_pauseMs = 1000;
        const stuck_pods_hashLabel = 'controller-revision-hash';
        async function removeStuckPods(client, namespace, workloads, signal, info) {
            const sets = workloads.filter(({ kind }) => kind === 'StatefulSet');
            while (sets.length > 0 && !signal.aborted) {
                try {
                    for (const { name } of sets)
                        await removeOne(client, namespace, name, info);
                }
                catch (error) {
                    info(`A stuck pod could not be removed: ${(0, failure.bD)(error)}`);
                }
                await (0, clock.y)(stuck_pods_pauseMs, signal);
            }
        }
        async function removeOne(client, namespace, name, info) {
            const set = await orUndefined(client.get(`${collection('apps/v1', 'statefulsets', namespace)}/${name}`));
            const { updateRevision, observedGeneration = 0 } = set?.status ?? {};
            if (!set || updateRevision === undefined || observedGeneration < (set.metadata.generation ?? 0))
                return;
            const path = collection('v1', 'pods', namespace);
            const { items } = await client.get(path, { labelSelector: stuck_pods_hashLabel });
            const own = items.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === set.metadata.uid));
            if (own.some(({ metadata }) => metadata.deletionTimestamp !== undefined))
                return;
            const ordinal = ({ metadata }) => Number(metadata.name.slice(name.length + 1));
            const [stuck] = own
                .filter(({ metadata, status }) => {
                const ready = status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True');
                return metadata.labels?.[stuck_pods_hashLabel] !== updateRevision && !ready;
            })
                .toSorted((a, b) => ordinal(b) - ordinal(a));
            if (!stuck)
                return;
            info(`pod/${stuck.metadata.name} is of the undone revision and not ready: it is deleted.`);
            await orUndefined(client.remove(`${path}/${stuck.metadata.name}`, { uid: stuck.metadata.uid ?? '' }));
        }
        ;
        const reserveMs = 1500;
        async function undoRelease(saved, step, leftMs) {
            try {
                const forMs = Math.max(1000, Math.floor(leftMs));
                const client = await reconnectTo(saved.server, AbortSignal.timeout(forMs));
                return await undoOn(client, saved, step, forMs);
            }
            catch (error) {
                const { name, namespace } = saved.lease;
                const byHand = saved.chart
                    ? commandOf(saved.chart, namespace)
                    : `the patches are in configmap/${undoName(name)} of the namespace ${namespace}`;
                const next = `the next release of ${saved.lease.service} undoes it first; by hand: ${byHand}`;
                return outcomeOf(saved, 'mixed', `the undo did not reach its end (${(0, failure.TM)((0, failure.bD)(error))}): ${next}`);
            }
        }
        async function undoOn(client, saved, step, leftMs) {
            const until = performance.now() + leftMs;
            const signal = AbortSignal.timeout(leftMs);
            const lease = await readLease(client, saved.lease);
            const held = lease?.holder === saved.lease.holder;
            if (saved.stage !== 'changing') {
                if (held && saved.stage === 'storing')
                    await removeUndo(client, saved.lease, saved);
                await releaseLease(client, saved.lease);
                return outcomeOf(saved, 'unchanged', 'no object was changed');
            }
            if (!held && lease?.holder) {
                const detail = `the lock was taken by ${lease.holder}, so Belay restores nothing more: that job has the say by now`;
                return outcomeOf(saved, 'mixed', detail);
            }
            if (saved.undone) {
                if (held)
                    await endUndo(client, saved);
                return outcomeOf(saved, saved.undone.result, saved.undone.detail);
            }
            const opened = openRelease(lease?.state ?? '') === saved.release;
            const done = await undoRecord(client, saved.lease.namespace, saved, { signal, info: step.info });
            if ('stays' in done)
                return conclude(client, saved, held, step, [done.stays, done.detail]);
            const { restored } = done;
            for (const { ref, result, detail } of restored)
                if (result !== 'as-before')
                    step.info(`${refName(ref)} ${detail}.`);
            const untouched = !opened && restored.every(({ result }) => result === 'as-before');
            const missing = untouched
                ? undefined
                : await followRestored(client, saved, restored, until - performance.now() - reserveMs, step);
            const [result, detail] = untouched ? unchanged : conclusion(saved, restored, missing);
            const isOpen = restored.some((one) => one.result === 'failed');
            const isLast = step.stage === 'post' || result === 'rolled-back' || result === 'unchanged';
            return conclude(client, saved, held && !isOpen && isLast, step, [result, detail]);
        }
        async function conclude(client, saved, isFinal, step, [result, detail]) {
            if (isFinal) {
                saved.undone = { result, detail };
                step.save(saved);
                await endUndo(client, saved);
            }
            return outcomeOf(saved, result, detail);
        }
        const unchanged = ['unchanged', 'no object was changed'];
        function conclusion({ lease }, restored, missing) {
            const left = restored.filter(({ result }) => result === 'foreign' || result === 'failed');
            if (left.length > 0) {
                const commands = left
                    .filter(({ result }) => result === 'failed')
                    .map(({ ref }) => byHand(ref, lease.namespace, undoName(lease.name)));
                const what = left.map(({ ref, detail }) => `${refName(ref)} ${detail}`).join('; ');
                const hint = commands.length > 0 ? ` By hand: ${commands.join('; ')}` : '';
                const others = left.length < restored.length ? ' All other objects are as before.' : '';
                return ['mixed', `${what}.${others}${hint}`];
            }
            const named = undo_keptObjects(restored);
            if (missing !== undefined)
                return ['undo-started', `all objects are as before; ${missing}${named}`];
            return ['rolled-back', `${undo_countOf(restored)} as before, and their pods are ready${named}`];
        }
        async function endUndo(client, saved) {
            await endOpen(client, saved.lease, saved.release, saved.stateBefore);
            await removeUndo(client, saved.lease, saved);
            await releaseLease(client, saved.lease);
        }
        const followed = ['Deployment', 'StatefulSet', 'DaemonSet'];
        function workloadsOf(entries, restored) {
            const isOld = (path) => restored.some(({ ref, result }) => ref.path === path && (result === 'restored' || result === 'as-before'));
            return entries
                .filter((entry) => entry.do === 'patch' && entry.fields.some(({ path }) => path.startsWith('/spec')))
                .filter(({ ref }) => followed.includes(ref.kind) && isOld(ref.path))
                .map(({ ref }) => ({ kind: ref.kind, name: ref.name }));
        }
        async function followRestored(client, saved, restored, leftMs, step) {
            const workloads = workloadsOf(saved.entries, restored);
            if (workloads.length === 0)
                return undefined;
            const goesOn = 'Kubernetes goes on by itself';
            if (leftMs < 500)
                return `there was no time to see their pods: ${goesOn}`;
            const { namespace } = saved.lease;
            const end = new AbortController();
            const pods = removeStuckPods(client, namespace, workloads, end.signal, step.info);
            try {
                const deadline = leftMs / 1000;
                const outcome = await followWorkloads(client, {
                    namespace,
                    workloads,
                    progressTimeout: deadline,
                    deadline,
                    signal: AbortSignal.timeout(Math.floor(leftMs)),
                    onProgress: step.info,
                });
                return outcome.ok ? undefined : `not all of their pods are ready yet (${outcome.reason}): ${goesOn}`;
            }
            catch (error) {
                return `their pods could not be seen (${(0, failure.bD)(error)}): ${goesOn}`;
            }
            finally {
                end.abort();
                await pods;
            }
        }
        function undo_countOf(restored) {
            return restored.length === 1 ? '1 object is' : `${restored.length} objects are`;
        }
        function undo_keptObjects(restored) {
            const kept = restored.filter(({ result }) => result === 'kept').map(({ ref }) => refName(ref));
            return kept.length > 0 ? `; ${kept.join(', ')} was created and is kept, because it may hold data` : '';
        }
        async function releaseLock(step) {
            const own = step.journal.read().steps.find(({ id }) => id === step.id);
            const saved = own?.undo;
            if (!saved || own?.outcomes.some(({ result }) => result !== 'mixed'))
                return;
            const client = await reconnectTo(saved.server, AbortSignal.timeout(10_000));
            await releaseLease(client, saved.lease);
        }
        ;
        const commit_budgetMs = 60_000;
        async function commitRelease(saved, step) {
            const { lease } = saved;
            try {
                const client = await reconnectTo(saved.server, AbortSignal.timeout(commit_budgetMs));
                return saved.canary && !saved.joins ? await endCanary(client, saved, step) : await commitInTime(client, saved, step);
            }
            catch (error) {
                const why = (0, failure.TM)((0, failure.bD)(error));
                const next = error instanceof failure.HR ? '' : ` If it was not, the next release of ${lease.service} undoes it first.`;
                return outcomeOf(saved, 'mixed', `the new release runs, and whether it was recorded as committed is not certain: ${why}.${next}`);
            }
        }
        async function endCanary(client, saved, step) {
            const outcomes = await undoOn(client, saved, step, commit_budgetMs);
            if (outcomes.some(({ result }) => result !== 'rolled-back'))
                return outcomes;
            const why = 'no later step of the job released to all pods, by deploy-kubernetes without canary';
            return outcomeOf(saved, 'unchanged', `the canary is removed, and the release is not committed: ${why}`);
        }
        async function commitInTime(client, saved, step) {
            try {
                return await commitOn(client, saved, step);
            }
            catch (error) {
                if (!saved.fill || !(await isExpired(client, saved.lease, saved.release)))
                    throw error;
            }
            step.warn('The confirm timeout was over before the job ended: the cluster has moved the traffic back.');
            return undoOn(client, saved, step, commit_budgetMs);
        }
        async function commitAtOnce(client, saved, step) {
            saved.committing = true;
            step.save(saved);
            step.recordOutcomes(await commitOn(client, saved, step));
            step.save();
        }
        async function finishCommit(saved, step) {
            if (!saved.committing)
                return undefined;
            try {
                const client = await reconnectTo(saved.server, AbortSignal.timeout(commit_budgetMs));
                if (!isRecorded(await readLease(client, saved.lease), saved))
                    return undefined;
                return await commitOn(client, saved, step);
            }
            catch (error) {
                return outcomeOf(saved, 'mixed', `whether it was recorded as committed is not certain: ${(0, failure.bD)(error)}`);
            }
        }
        function keepingOf({ keeping, lease }) {
            if (!keeping)
                throw new Error(`nothing of ${lease.service} was released`);
            return keeping;
        }
        function isRecorded(now, saved) {
            const { record } = keepingOf(saved);
            return now?.committed?.release === record.release && now.committed.at === record.at;
        }
        async function commitOn(client, saved, step) {
            const { record } = keepingOf(saved);
            const { lease, release } = saved;
            const now = await readLease(client, lease);
            const committed = outcomeOf(saved, 'committed', `recorded in lease/${lease.name}`);
            if (isRecorded(now, saved) && now?.holder !== lease.holder)
                return committed;
            const unmoved = isRecorded(now, saved) ? undefined : await withoutTraffic(client, saved);
            if (unmoved)
                return unmoved;
            if (!isRecorded(now, saved))
                await setState(client, lease, { from: openState(release), to: committedState(record.release), committed: record });
            await cleanUp(client, saved, step);
            return committed;
        }
        async function withoutTraffic(client, saved) {
            const { lease, fill } = saved;
            if (!fill)
                return undefined;
            const there = await slotsOfServices(client, lease.namespace, fill.services);
            const away = there.filter(({ slot }) => slot !== fill.idle);
            if (away.length === 0)
                return undefined;
            if (await isExpired(client, lease, saved.release))
                throw new Error('the cluster has moved the traffic back');
            if (away.length < there.length)
                return outcomeOf(saved, 'mixed', `the Services lead to different slots: ${away.map(({ ref }) => refName(ref))}`);
            await endUndo(client, saved);
            return outcomeOf(saved, 'unchanged', `slot ${fill.idle} is filled and has no traffic, so the release is not committed: blue-green-switch moves the traffic`);
        }
        async function cleanUp(client, saved, step) {
            const { lease, entries } = saved;
            const { writes, removed, dropped } = keepingOf(saved);
            const attempt = async (what, does) => {
                try {
                    await does();
                }
                catch (error) {
                    step.warn(`${what}: ${(0, failure.bD)(error)}`);
                }
            };
            await attempt('The release is committed, and cannot be rolled back to, because it was not kept', async () => {
                for (const [index, { slot, packed }] of writes.entries())
                    await storeKept(client, lease, slot, index === 0 ? withUids(packed, entries) : unpackRelease(packed));
            });
            await attempt('Not all was cleaned up, which the next release does', () => removeUndo(client, lease, saved));
            await prune(client, lease.namespace, dropped, step);
            await attempt('Older kept releases were not removed', async () => {
                for (const slot of removed)
                    await removeKept(client, lease, slot);
            });
            await attempt('The lock was not given back', () => releaseLease(client, lease));
        }
        var src_release = __nccwpck_require__(776);
        var identity = __nccwpck_require__(971);
        var client = __nccwpck_require__(694);
        var src_failure = __nccwpck_require__(975);
        ;
        async function commitOf(github, version) {
            if (isSha(version))
                return version;
            try {
                const ref = `tags/${version}`;
                const { sha } = await github.ask(({ rest }, repository) => rest.repos.getCommit({ ...repository, ref, per_page: 1 }));
                (0, src_failure.kl)(isSha(sha), `the sha of ${version}`);
                return sha;
            }
            catch (error) {
                if (!(error instanceof src_failure.y_) || ![404, 422].includes(error.status))
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
        const version_budgetMs = 60_000;
        async function requestedCommit({ version, runSha, runIsOfVersion }, github, signal) {
            if ((0, identity.W9)(version))
                return undefined;
            if (isSha(version))
                return version;
            if (github.token === '')
                return runSha;
            const sha = await commitOf((0, client.o)(github, AbortSignal.any([signal, AbortSignal.timeout(version_budgetMs)])), version);
            if (runIsOfVersion && sha !== runSha)
                throw tagMoved(version, runSha, sha);
            return sha;
        }
        function tagMoved(version, then, now) {
            return new failure.HR('tag-moved', `The tag ${version} was moved after this run was started: from ${then} to ${now}.`, `start a new run from the tag, which releases ${now.slice(0, 12)}; or give the 40 digits of a commit as version.`);
        }
        async function joinReleaseOfVersion(step, requested, github) {
            const known = requested.runIsOfVersion || (0, src_release.Cs)(step, requested) !== undefined;
            return (0, src_release.wS)(step, requested, known ? undefined : await requestedCommit(requested, github, step.signal));
        }
        ;
        const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
        async function readManifests(paths, namespace, kubectl, signal) {
            const objects = [];
            for (const { from, text } of (await Promise.all(paths.map((path) => textsOf(path, kubectl, signal)))).flat())
                objects.push(...(await objectsIn(text, from, namespace)));
            if (objects.length === 0)
                throw sourceError(`No object is in ${paths.join(', ')}.`);
            const names = objects.map(source_identity);
            const twice = names.find((name, index) => names.indexOf(name) !== index);
            if (twice !== undefined)
                throw sourceError(`${twice} stands twice in ${paths.join(', ')}.`);
            return objects;
        }
        async function textsOf(path, kubectl, signal) {
            if (!(0, external_node_fs_.existsSync)(path))
                throw sourceError(`${path} does not exist.`);
            if (!(0, external_node_fs_.statSync)(path).isDirectory())
                return [{ from: path, text: (0, external_node_fs_.readFileSync)(path, 'utf8') }];
            if (kustomizations.some((name) => (0, external_node_fs_.existsSync)((0, external_node_path_.join)(path, name))))
                return [{ from: path, text: await kustomize(kubectl, path, signal) }];
            const files = (0, external_node_fs_.readdirSync)(path)
                .filter((name) => /\.(ya?ml|json)$/.test(name))
                .sort();
            if (files.length === 0)
                throw sourceError(`${path} has no YAML or JSON file.`);
            return files.map((name) => ({ from: (0, external_node_path_.join)(path, name), text: (0, external_node_fs_.readFileSync)((0, external_node_path_.join)(path, name), 'utf8') }));
        }
        async function objectsIn(text, from, namespace) {
            let documents;
            try {
                documents = await parseYaml(text);
            }
            catch (error) {
                throw sourceError(`${from} is not YAML: ${(0, failure.bD)(error)}`);
            }
            return documents.flatMap(itemsOf).map((value) => checkedObject(value, from, namespace));
        }
        function itemsOf(value) {
            const { kind, items } = (value ?? {});
            return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items : [value];
        }
        function checkedObject(value, from, namespace) {
            const { apiVersion, kind, metadata } = (value ?? {});
            const meta = (metadata ?? {});
            if (typeof apiVersion !== 'string' || typeof kind !== 'string')
                throw sourceError(`${from} has a document without apiVersion or kind.`);
            if (typeof meta.name !== 'string')
                throw sourceError(`${from} has a ${kind} without metadata.name${meta.generateName ? ', only generateName' : ''}.`);
            if (!/^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$/.test(meta.name))
                throw sourceError(`${from} has a ${kind} whose name is "${meta.name}".`);
            if (meta.namespace !== undefined && meta.namespace !== namespace)
                throw sourceError(`${from}: ${refName({ kind, name: meta.name })} is for the namespace ${meta.namespace}, not ${namespace}.`);
            const { status: _, ...others } = value;
            const { managedFields: __, resourceVersion: ___, uid: ____, ...kept } = meta;
            return { ...others, metadata: { ...kept, name: meta.name, namespace } };
        }
        function source_identity({ apiVersion = '', kind = '', metadata }) {
            return `${apiVersion.split('/')[0]?.replace(/^v\d.*/, '')}${apiVersion.includes('/') ? '/' : ''}${refName({ kind, name: metadata.name })}`;
        }
        function sourceError(what) {
            return new failure.HR('source', `${what} Nothing was changed.`, 'correct the files of manifests, or the chart.');
        }
        ;
        async function renderManifests({ manifests, namespace, images }, kubectl, signal) {
            const objects = await readManifests(manifests, namespace, kubectl, signal);
            for (const object of objects)
                maskSecret(object);
            const unused = images.filter((image) => !objects.some((object) => (0, src_images.qo)(object, [image]).length > 0));
            if (unused.length > 0)
                throw new failure.HR('source', `No pod template in manifests has the image ${unused.map(({ name }) => name).join(', ')}. Nothing was changed.`, 'correct the name in images, or in the manifests.');
            return withConfigHash(objects.map((object) => (0, src_images.nS)(object, images)));
        }
        const longEnoughToMask = 8;
        function maskSecret({ kind, data = {}, stringData = {} }) {
            if (kind !== 'Secret')
                return;
            const plain = Object.values(stringData);
            const encoded = Object.values(data).map((value) => Buffer.from(String(value), 'base64').toString('utf8'));
            for (const value of [...plain, ...encoded, ...Object.values(data)])
                if (typeof value === 'string' && value.length >= longEnoughToMask)
                    (0, mask.d)(value);
        }
        async function locate(api, objects, namespace) {
            const resourceOf = await discover(api, objects, namespace);
            return objects.map((object) => {
                const resource = resourceOf(object);
                return { ref: refOf(resource, object.metadata.name), resource, send: { apply: object } };
            });
        }
        const imageKinds = [
            ['Deployment', 'deployments'],
            ['StatefulSet', 'statefulsets'],
            ['DaemonSet', 'daemonsets'],
        ].map(([kind = '', plural = '']) => ({ apiVersion: 'apps/v1', kind, group: 'apps', plural, path: '' }));
        async function imageChanges(api, { images, namespace }) {
            const found = await Promise.all(imageKinds.map(async (kind) => {
                const resource = { ...kind, path: collection(kind.apiVersion, kind.plural, namespace) };
                const { items } = await api.get(resource.path);
                return items.map((object) => ({ resource, object: { ...object, apiVersion: kind.apiVersion, kind: kind.kind } }));
            }));
            const all = found.flat().filter(({ object }) => (0, src_images.qo)(object, images).length > 0);
            const missing = images.filter(({ name }) => !all.some(({ object }) => (0, src_images.IC)(object).some(({ image }) => (0, src_images._M)(image) === (0, src_images._M)(name))));
            if (missing.length > 0)
                throw new failure.HR('workload-missing', `No Deployment, StatefulSet or DaemonSet in ${namespace} runs an image of the name ${missing.map(({ name }) => name).join(', ')}. Nothing was changed.`, 'correct the name in images, or give the manifests for the first release.');
            return all.map(({ resource, object }) => imagePatch(resource, object, (0, src_images.qo)(object, images)));
        }
        function imagePatch(resource, object, changes) {
            return {
                ref: refOf(resource, object.metadata.name),
                resource,
                send: {
                    patch: [
                        { op: 'test', path: '/metadata/uid', value: object.metadata.uid },
                        ...changes.flatMap(({ path, image, to }) => [
                            { op: 'test', path, value: image },
                            { op: 'replace', path, value: to },
                        ]),
                    ],
                    images: Object.fromEntries(changes.map(({ container, to }) => [container, to])),
                },
            };
        }
        function keptImages(api, kept) {
            return Promise.all(kept.map(async ({ ref, images }) => {
                const object = await orUndefined(api.get(ref.path));
                const found = object ? (0, src_images.IC)(object) : [];
                const missing = Object.keys(images).filter((name) => !found.some(({ container }) => container === name));
                if (!object || missing.length > 0)
                    throw new failure.HR('workload-missing', `${refName(ref)} ${object ? `has no container ${missing.join(', ')} any more` : 'is not there any more'}. Nothing was changed.`, 'choose another release, or release one with manifests.');
                const changes = found.flatMap((one) => {
                    const to = images[one.container];
                    return to === undefined ? [] : [{ ...one, to }];
                });
                return imagePatch({ ...resourceOfImages(ref), path: ref.path.slice(0, ref.path.lastIndexOf('/')) }, object, changes);
            }));
        }
        function resourceOfImages({ kind }) {
            return imageKinds.find((one) => one.kind === kind);
        }
        function bodyFor(desired, live, release, replicas) {
            const mark = live ? live.metadata.annotations?.[createdBy] : release;
            const annotations = { ...desired.metadata.annotations, ...(mark !== undefined && { [createdBy]: mark }) };
            const metadata = { ...desired.metadata, ...(Object.keys(annotations).length > 0 && { annotations }) };
            if (replicas === 'as-desired' || desired.spec === undefined)
                return { ...desired, metadata };
            const { replicas: _, ...spec } = desired.spec;
            const number = live?.spec?.replicas;
            return {
                ...desired,
                metadata,
                spec: replicas === 'as-live' && number !== undefined ? { ...spec, replicas: number } : spec,
            };
        }
        function warnOfFloatingImages(objects) {
            for (const image of (0, src_images.h_)(objects))
                log.Rm.warning(`The image ${image} is not given by its digest, so an undo may start other bytes.`);
        }
        ;
        function rights(group, resource, verbs, name) {
            return verbs.split(' ').map((verb) => ({ group, resource, verb, ...(name !== undefined && { name }) }));
        }
        async function missingRights(api, needed, namespace) {
            const base = '/apis/authorization.k8s.io/v1';
            const review = await api.create(`${base}/selfsubjectrulesreviews`, {
                apiVersion: 'authorization.k8s.io/v1',
                kind: 'SelfSubjectRulesReview',
                spec: { namespace },
            });
            const rules = review.status?.resourceRules ?? [];
            const open = unique(needed).filter((right) => !rules.some((rule) => covers(rule, right)));
            const answers = await Promise.all(open.map(async ({ group, resource, verb, name }) => {
                const [plural, subresource] = resource.split('/');
                const answer = await api.create(`${base}/selfsubjectaccessreviews`, {
                    apiVersion: 'authorization.k8s.io/v1',
                    kind: 'SelfSubjectAccessReview',
                    spec: { resourceAttributes: { namespace, group, resource: plural, verb, subresource, name } },
                });
                return answer.status?.allowed === true;
            }));
            return open.filter((_, index) => !answers[index]);
        }
        async function assertRights(api, namespace, needed, { what, role }) {
            const missing = await missingRights(api, needed, namespace);
            if (missing.length === 0)
                return;
            const names = missing.map(({ verb, group, resource }) => `${verb} ${resource}${group && `.${group}`}`);
            throw new failure.HR('forbidden', `The login may not do all that ${what} needs in ${namespace}: ${names.join(', ')}. Nothing was changed.`, `let somebody who may grant it apply this role, and bind it:\n${roleYaml(role, namespace, missing)}`);
        }
        function unique(needed) {
            return [...new Map(needed.map((right) => [JSON.stringify(right), right])).values()];
        }
        function covers({ verbs, apiGroups = [], resources = [], resourceNames = [] }, right) {
            const has = (list, value) => list.includes('*') || list.includes(value);
            const subresource = right.resource.split('/')[1];
            return (has(verbs, right.verb) &&
                has(apiGroups, right.group) &&
                (has(resources, right.resource) || (subresource !== undefined && resources.includes(`*/${subresource}`))) &&
                (resourceNames.length === 0 || (right.name !== undefined && resourceNames.includes(right.name))));
        }
        function roleYaml(name, namespace, needed) {
            const ofObject = grouped(needed, ({ group, resource, name: only = '' }) => [group, resource, only], ({ verb }) => verb);
            const rules = grouped(ofObject, ({ key: [group = '', resource = '', only = ''], values }) => [
                group,
                resource,
                values.join(', '),
                only === '' ? 'all' : 'named',
            ], ({ key: [, , only = ''] }) => only);
            const lines = rules.map(({ key: [group, resource, verbs, which], values }) => {
                const names = which === 'all' ? '' : `, resourceNames: [${values.join(', ')}]`;
                return `  - {apiGroups: ["${group}"], resources: [${resource}]${names}, verbs: [${verbs}]}`;
            });
            return [
                'apiVersion: rbac.authorization.k8s.io/v1',
                'kind: Role',
                `metadata: {name: ${name}, namespace: ${namespace}}`,
                'rules:',
                ...lines,
            ].join('\n');
        }
        function grouped(all, keyOf, nameOf) {
            const groups = new Map();
            for (const one of all) {
                const key = keyOf(one);
                const group = groups.get(JSON.stringify(key)) ?? { key, values: [] };
                if (!group.values.includes(nameOf(one)))
                    group.values.push(nameOf(one));
                groups.set(JSON.stringify(key), group);
            }
            return [...groups.values()];
        }
        ;
        const needed_rights_workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];
        function neededRights(inputs, resources) {
            return [...commonRights(inputs), ...(resources.length > 0 ? rightsOfKinds(resources) : rightsOfImages(imageKinds))];
        }
        function commonRights(inputs) {
            const { release, keepReleases, slots, canary } = inputs;
            const { service, environment } = release;
            const lease = leaseName(service, environment);
            const kept = Array.from({ length: keepReleases }, (_, slot) => keptName(lease, slot));
            return [
                ...rights('coordination.k8s.io', 'leases', 'create'),
                ...rights('coordination.k8s.io', 'leases', 'get patch', lease),
                ...rights('', 'configmaps', 'create'),
                ...[undoName(lease), ...kept].flatMap((name) => rights('', 'configmaps', 'get patch delete', name)),
                ...rights('', 'pods', 'get list watch'),
                ...rights('', 'events', 'list watch'),
                ...rights('', 'pods/log', 'get'),
                ...rights('apps', 'replicasets', 'list'),
                ...rights('autoscaling', 'horizontalpodautoscalers', 'list'),
                ...(slots ? slotRights : []),
                ...(canary === undefined ? [] : rights('', 'services', 'list')),
            ];
        }
        const slotRights = [
            ...rights('', 'services', 'get list patch'),
            ...rights('apps', 'deployments', 'list'),
            ...rights('discovery.k8s.io', 'endpointslices', 'list'),
        ];
        function rightsOfImages(resources) {
            return resources.flatMap(({ group, plural }) => rights(group, plural, 'get list watch patch'));
        }
        function rightsOfKinds(resources) {
            const kinds = new Map(resources.map((one) => [one.kind, one]));
            const ofKinds = [...kinds.values()].flatMap(({ kind, group, plural }) => rights(group, plural, needed_rights_workloads.includes(kind) ? 'get list watch create patch delete' : 'get create patch delete'));
            return [
                ...(kinds.has('DaemonSet') ? rights('apps', 'controllerrevisions', 'list') : []),
                ...(kinds.has('StatefulSet') ? rights('', 'pods', 'delete') : []),
                ...ofKinds,
            ];
        }
        function rightsOfUndo({ release: { service, environment } }, left) {
            const { entries, chart, fill, traffic } = left;
            const lease = leaseName(service, environment);
            const dropped = chart?.dropped ?? [];
            const job = traffic?.confirmJob;
            const ofEntries = [...entries, ...(traffic?.entries ?? [])].flatMap((entry) => {
                const follows = needed_rights_workloads.includes(entry.ref.kind) ? ' list watch' : '';
                return rightsOf(entry.ref, `get ${entry.do === 'delete' ? 'delete' : 'patch'}${follows}`);
            });
            const sealed = entries
                .flatMap((entry) => (entry.do === 'patch' ? entry.fields : []))
                .flatMap((one) => one.sealed ?? []);
            const has = (kind) => entries.some(({ ref }) => ref.kind === kind);
            return [
                ...rights('coordination.k8s.io', 'leases', 'get patch', lease),
                ...rights('', 'configmaps', 'get delete', undoName(lease)),
                ...rights('', 'pods', 'get list watch'),
                ...rights('', 'events', 'list watch'),
                ...rights('', 'pods/log', 'get'),
                ...rights('apps', 'replicasets', 'list'),
                ...(has('DaemonSet') ? rights('apps', 'controllerrevisions', 'list') : []),
                ...(has('StatefulSet') ? rights('', 'pods', 'delete') : []),
                ...(fill || traffic ? rights('', 'services', 'get') : []),
                ...(traffic ? rights('discovery.k8s.io', 'endpointslices', 'list') : []),
                ...(job ? rights('batch', 'jobs', 'delete', job.name) : []),
                ...sealed.flatMap((one) => rights('', 'secrets', 'get delete', one.in)),
                ...(chart ? rights('', 'secrets', 'get list create update delete') : []),
                ...(chart
                    ? [...entries.map(({ ref }) => ref), ...dropped].flatMap((ref) => rightsOf(ref, 'create patch delete'))
                    : []),
                ...ofEntries,
            ];
        }
        function rightsOf({ apiVersion, path }, verbs) {
            const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
            return rights(group, path.split('/').at(-2) ?? '', verbs);
        }
        function assertReleaseRights(client, namespace, needed) {
            return assertRights(client, namespace, needed, { what: 'the release', role: 'belay-deploy' });
        }
        ;
        async function withinDeadline(signal, seconds, task) {
            const deadline = AbortSignal.timeout(seconds * 1000);
            try {
                return await task(AbortSignal.any([signal, deadline]));
            }
            catch (cause) {
                if (!deadline.aborted || signal.aborted)
                    throw cause;
                throw new failure.HR('deadline', `The deadline of ${seconds} s passed.`, 'raise the input deadline.', { cause });
            }
        }
        ;
        function failure_failureOf(error, signal, role) {
            if (signal.aborted)
                return new failure.j$();
            if (!(error instanceof ApiError))
                return error;
            const { status, message } = error;
            if (status === 403)
                return new failure.HR('forbidden', `The API server refuses: ${message}`, role);
            return new failure.HR('access', status === 401 ? `The API server does not accept the login: ${message}` : `The API server: ${message}`, 'check kubeconfig, or server, ca and token, and whether the runner reaches the API server.');
        }
        ;
        function followFailure({ evidence, code, reason, remedy, }) {
            const text = evidenceText(evidence);
            if (text !== '')
                log.Rm.info(text);
            return new failure.HR(code, reason, remedy);
        }
        ;
        const waves = [
            ['ServiceAccount', 'ConfigMap', 'Secret', 'PersistentVolumeClaim'],
            ['Service'],
            ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
        ];
        function apply_waveOf({ ref }) {
            const found = waves.findIndex((kinds) => kinds.includes(ref.kind));
            return found < 0 ? waves.length : found;
        }
        async function applyAll(client, planned, saved, save, signal) {
            for (let wave = 0; wave <= waves.length; wave++) {
                const some = planned.flatMap((object, index) => (apply_waveOf(object) === wave ? [{ object, index }] : []));
                if (some.length === 0)
                    continue;
                await assertHeld(client, saved.lease, openState(saved.release));
                signal.throwIfAborted();
                const ended = await Promise.allSettled(some.map(async ({ object, index }) => {
                    const stored = await applyOne(client, object);
                    const entries = [...saved.entries];
                    entries[index] = withStored(entries[index], stored);
                    saved.entries = entries;
                }));
                save();
                const failed = ended.find((one) => one.status === 'rejected');
                if (failed)
                    throw failed.reason;
            }
        }
        async function applyOne(client, { ref, send, force, before }) {
            try {
                if ('patch' in send)
                    return await client.patch(ref.path, send.patch);
                if (force && before)
                    return await applyForced(client, ref.path, send.apply, before);
                return await client.apply(ref.path, send.apply);
            }
            catch (error) {
                if (!(error instanceof ApiError) || ![400, 403, 409, 422].includes(error.status))
                    throw error;
                throw new failure.HR(error.status === 409 ? 'conflict' : 'invalid', `${refName(ref)} was refused after the server had accepted it in the dry-run: ${error.message}`, 'release again: somebody has changed the object or the rules since.');
            }
        }
        const apply_attempts = 5;
        async function applyForced(client, path, body, before) {
            for (let attempt = 1;; attempt++) {
                const live = await client.get(path);
                if (!(0, compare.n4)((0, compare.iv)(before, live), []))
                    throw new ApiError(409, 'Conflict', 'somebody has changed it since the plan was made');
                const { resourceVersion = '' } = live.metadata;
                try {
                    return await client.apply(path, { ...body, metadata: { ...body.metadata, resourceVersion } }, { force: true });
                }
                catch (error) {
                    if (!(error instanceof ApiError) || error.status !== 409 || attempt === apply_attempts)
                        throw error;
                }
            }
        }
        ;
        const trackLabel = 'track';
        const canaryTrack = 'canary';
        const canaryName = (name) => `${name}-canary`;
        function canary_set_isDeployment({ ref }) {
            return ref.kind === 'Deployment';
        }
        function running(planned) {
            return planned.filter((one) => canary_set_isDeployment(one) && one.before !== undefined && podsOf(one.before) > 0);
        }
        function canaryPods(planned, percent) {
            const changed = running(planned).filter(({ changes }) => changes.some(({ path }) => path.startsWith('/spec/template')));
            return Object.fromEntries(changed.map(({ ref, before }) => [ref.name, Math.ceil((podsOf(before) * percent) / 100)]));
        }
        function podsOf({ spec }) {
            return spec?.replicas ?? 1;
        }
        function canariesOf(desired, pods) {
            return desired.flatMap((one) => {
                const replicas = pods[one.ref.name];
                if (!canary_set_isDeployment(one) || replicas === undefined || !('apply' in one.send))
                    return [];
                const { apply } = one.send;
                return [{ ...one, ref: refOf(one.resource, canaryName(one.ref.name)), send: { apply: canaryOf(apply, replicas) } }];
            });
        }
        function canaryOf({ metadata, spec = {}, ...others }, replicas) {
            const track = { [trackLabel]: canaryTrack };
            const template = spec.template ?? {};
            return {
                ...others,
                metadata: { ...metadata, name: canaryName(metadata.name), labels: { ...metadata.labels, ...track } },
                spec: {
                    ...spec,
                    replicas,
                    selector: { ...spec.selector, matchLabels: { ...spec.selector?.matchLabels, ...track } },
                    template: { ...template, metadata: { ...template.metadata, labels: { ...template.metadata?.labels, ...track } } },
                },
            };
        }
        function podLabelsOf({ spec }) {
            return spec?.template?.metadata?.labels ?? {};
        }
        function narrowServices(services, serving, canary) {
            const leads = (service, labels) => {
                const selector = Object.entries(selectorOf(service));
                return selector.length > 0 && selector.every(([name, value]) => labels[name] === value);
            };
            const found = services.filter((one) => leads(one, serving));
            return found.some((one) => leads(one, canary)) ? [] : found;
        }
        const firstKinds = ['ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap', 'Secret', 'PersistentVolumeClaim'];
        function createdFirst(planned) {
            return planned.filter(({ ref, before }) => before === undefined && firstKinds.includes(ref.kind));
        }
        function canaryEntries(entries, pods) {
            const names = Object.keys(pods).map(canaryName);
            return entries.filter((one) => one.do === 'delete' && canary_set_isDeployment(one) && names.includes(one.ref.name));
        }
        function withCanaryEntries(entries, created) {
            const at = (path) => (one) => one.ref.path === path;
            return [
                ...entries.map((entry) => created.find(at(entry.ref.path)) ?? entry),
                ...created.filter(({ ref }) => !entries.some(at(ref.path))),
            ];
        }
        ;
        async function planObjects(client, desired, namespace, { release, chart, onConflicts }) {
            const [scaled, found] = await Promise.all([
                scaledWorkloads(client, namespace),
                Promise.all(desired.map(async (one) => ({ ...one, before: await orUndefined(client.get(one.ref.path)) }))),
            ]);
            refuse(found.flatMap(({ ref, before }) => heldReasons(refName(ref), before, chart)));
            const tried = await Promise.all(found.map((one) => tryObject(client, chart ? one : { ...one, send: sendable(one, scaled, release) }, chart)));
            const conflicts = tried.flatMap((one) => ('conflicts' in one ? one.conflicts : []));
            if (conflicts.length > 0)
                onConflicts?.(conflicts);
            refuse(tried.flatMap((one) => ('refusal' in one ? [one.refusal] : [])));
            return tried.flatMap((one) => ('after' in one ? [one] : []));
        }
        async function scaledWorkloads(client, namespace) {
            const path = collection('autoscaling/v2', 'horizontalpodautoscalers', namespace);
            const { items } = await client.get(path);
            return new Set(items.map(({ spec }) => `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`));
        }
        function sendable({ send, before, ref }, scaled, release) {
            if (!('apply' in send))
                return send;
            const isScaled = before !== undefined && scaled.has(`${ref.kind}/${ref.name}`);
            if (!isScaled)
                return { apply: bodyFor(send.apply, before, release, 'as-desired') };
            const { ours, others } = owns(before, 'replicas');
            return { apply: bodyFor(send.apply, before, release, ours && !others ? 'as-live' : 'left-out') };
        }
        const refusals = {
            'owned-by': 'release it by that tool, or take the object out of manifests.',
            'rollout-held': 'resume the rollout (`kubectl rollout resume`), or use the strategy RollingUpdate.',
            conflict: 'take the field out of the manifests if that manager is to keep it. To let Belay set it, hand it over once: kubectl apply --server-side --field-manager=belay --force-conflicts -f FILE',
            'immutable-field': 'give the object a new name: a release replaces no object that holds others.',
            invalid: 'correct the manifests: the message is that of the API server.',
        };
        function refuse(found) {
            if (found.length === 0)
                return;
            const codes = Object.keys(refusals);
            const first = codes.find((one) => found.some(({ code }) => code === one)) ?? 'invalid';
            throw new failure.HR(first, `The release is refused; nothing was changed.\n${found.map(({ text }) => `  - ${text}`).join('\n')}`, refusals[first]);
        }
        function heldReasons(name, before, chart) {
            if (!before)
                return [];
            const owned = chart ? notOfHelm(before, chart.owner) : ownedByOther(before);
            if (owned !== undefined)
                return [{ code: 'owned-by', text: `${name} ${owned}.` }];
            const { paused, updateStrategy } = (before.spec ?? {});
            if (paused)
                return [{ code: 'rollout-held', text: `${name} is paused, so nothing would roll out.` }];
            if (updateStrategy?.type === 'OnDelete')
                return [{ code: 'rollout-held', text: `${name} has the strategy OnDelete, so nothing would roll out by itself.` }];
            return [];
        }
        function ownedByOther(before) {
            const owner = ownerOf(before);
            return owner && `belongs to ${owner}, which would revert the change`;
        }
        async function tryObject(client, object, chart) {
            const { ref, send, before } = object;
            const planned = (after, force) => ({
                ...object,
                force,
                after,
                changes: before ? (0, compare.iv)(before, after) : [],
            });
            try {
                if ('patch' in send)
                    return planned(await client.patch(ref.path, send.patch, { dryRun: true }), false);
                const by = chart && { manager: 'helm', force: !chart.serverSide };
                return planned(await client.apply(ref.path, send.apply, { dryRun: true, ...by }), false);
            }
            catch (error) {
                if (!(error instanceof ApiError))
                    throw error;
                const conflicts = conflictsIn(error);
                if (conflicts.length === 0)
                    return { refusal: refusalOf(refName(ref), error) };
                if ('apply' in send && !chart && conflicts.every(({ manager }) => isOwnManager(manager)))
                    return planned(await client.apply(ref.path, send.apply, { dryRun: true, force: true }), true);
                const foreign = conflicts.filter(({ manager }) => chart || !isOwnManager(manager));
                const lines = foreign.map(({ field, manager }) => `${field} is set by ${manager}`);
                return {
                    refusal: { code: 'conflict', text: `${refName(ref)}: ${lines.join('; ')}.` },
                    conflicts: foreign.map((one) => ({ object: refName(ref), ...one })),
                };
            }
        }
        function refusalOf(name, error) {
            const { status, message } = error;
            if (![400, 403, 422, 500].includes(status))
                throw error;
            const immutable = /field is immutable|may not (be changed|change)|updates to \w+ spec for fields other than|Forbidden: (may not|updates)/;
            return { code: immutable.test(message) ? 'immutable-field' : 'invalid', text: `${name}: ${message}` };
        }
        function isUnchanged({ before, changes }) {
            return before !== undefined && changes.length === 0;
        }
        function undoEntries(planned, lease, release) {
            return planned.map(({ ref, before, after }, index) => before ? entryFor(ref, before, after, beforeName(lease, index)) : { do: 'delete', ref, release });
        }
        ;
        async function readLiveSlots(client, namespace) {
            const [services, deployments] = await Promise.all([
                client.get(collection('v1', 'services', namespace)),
                client.get(collection('apps/v1', 'deployments', namespace)),
            ]);
            return { services: services.items, deployments: deployments.items };
        }
        function chooseSlots(objects, live, words) {
            const labels = slotted(objects).map(podLabels);
            assertNarrow(live.services, labels, words);
            const services = objects.filter((one) => isTrafficService(one, objects)).map(({ metadata }) => metadata.name);
            const found = live.services.filter(({ metadata }) => services.includes(metadata.name));
            const active = commonSlot(found, words) ?? words[1];
            const idle = active === words[0] ? words[1] : words[0];
            const selectors = [
                ...found,
                ...objects.filter(({ kind, metadata }) => kind === 'Service' && services.includes(metadata.name)),
            ].map(selectorOf);
            assertOwnPods(objects, live.deployments, selectors, idle);
            const serving = live.deployments.filter((one) => slotOfPods(one) === active && isOfSet(one, labels));
            const replicas = new Map(slotted(objects).flatMap(({ metadata: { name } }) => {
                const one = serving.find(({ metadata }) => [name, `${name}-${active}`].includes(metadata.name));
                const number = one?.spec?.replicas;
                return number === undefined ? [] : [[name, number]];
            }));
            return { active, idle, services, isFirst: found.length === 0, serving, replicas };
        }
        function isOfSet(deployment, labels) {
            const own = podLabels(deployment);
            return labels.some((one) => leadsTo(one, own));
        }
        function commonSlot(services, words) {
            const slots = new Set(services.map((one) => selectorOf(one)[slot_set_slotLabel]));
            const [slot] = slots;
            if (slots.size === 0)
                return undefined;
            if (slots.size === 1 && slot !== undefined && words.includes(slot))
                return slot;
            const where = services.map((one) => `${refName(withKind(one))} leads to ${selectorOf(one)[slot_set_slotLabel]}`).join('; ');
            throw new failure.HR('traffic-split', `The Services of the set lead to different slots, or to none of ${words.join(' and ')}: ${where}. Nothing was changed.`, `choose the slot that serves, and set it in all of them: kubectl patch service/NAME --type=merge -p '{"spec":{"selector":{"${slot_set_slotLabel}":"${words[0]}"}}}'`);
        }
        const withKind = ({ metadata }) => ({ kind: 'Service', name: metadata.name });
        function assertNarrow(services, labels, words) {
            const wide = services.filter((one) => {
                const selector = selectorOf(one);
                return selector[slot_set_slotLabel] === undefined && labels.some((own) => leadsTo(selector, own));
            });
            if (wide.length === 0)
                return;
            const names = wide.map((one) => refName(withKind(one))).join(', ');
            throw new failure.HR('selector-too-wide', `${names} selects pods whatever their slot, so those of an idle slot would get traffic. Nothing was changed.`, `release twice without slots: first with the label \`${slot_set_slotLabel}: ${words[0]}\` in the Deployment's pod template; then, once all pods have it, with \`${slot_set_slotLabel}: ${words[0]}\` in the selector of ${names}. From then on give slots.`);
        }
        function assertOwnPods(objects, deployments, selectors, idle) {
            const own = slotted(objects).map(({ metadata }) => `${metadata.name}-${idle}`);
            const foreign = deployments.filter((one) => slotOfPods(one) === idle &&
                !own.includes(one.metadata.name) &&
                selectors.some((selector) => leadsTo(selector, podLabels(one))));
            if (foreign.length === 0)
                return;
            const names = foreign.map(({ metadata }) => refName({ kind: 'Deployment', name: metadata.name })).join(', ');
            throw new failure.HR('selector-too-wide', `${names} has the label ${slot_set_slotLabel}: ${idle} and is not of this release, so it would get traffic with it. Nothing was changed.`, `delete it if it is left from before, or give its pods another label than ${slot_set_slotLabel}.`);
        }
        ;
        async function fillIdleSlot(context, wanted, words, droppedBy) {
            const { client, inputs, step } = context;
            assertWhole(wanted.desired);
            const plain = outOfSlot(bodiesOf(wanted.desired), words);
            assertSlotted(plain);
            const { active, idle, services, isFirst, serving, replicas } = chooseSlots(plain, await readLiveSlots(client, inputs.namespace), words);
            const goal = (slot) => ({ slot, active, replicas, services });
            const inActive = inSlot(wanted, words, goal(active));
            const drops = droppedBy(inActive.release, { active: idle, idle: active }).length > 0;
            const live = wanted.onlyChanges && !isFirst && !drops ? await served(context, inActive) : undefined;
            step.info(sentenceOf({ active, idle, isFirst, isLive: live !== undefined }));
            const fill = { active, idle, services, scaled: isScaled(plain) };
            return { wanted: live ? inActive : inSlot(wanted, words, goal(idle)), fill, serving, live };
        }
        function sentenceOf(of) {
            const { active, idle, isFirst, isLive } = of;
            if (isLive)
                return `Slot ${active} has the traffic, and is this release already.`;
            return `${isFirst ? 'No slot has traffic yet' : `Slot ${active} has the traffic`}; the release goes to slot ${idle}.`;
        }
        function assertWhole(desired) {
            const images = desired.filter(({ send }) => 'patch' in send);
            if (images.length === 0)
                return;
            throw new failure.HR('workload-missing', `That release only set the images of ${images.map(({ ref }) => refName(ref)).join(', ')}, which cannot be filled into a slot. Nothing was changed.`, 'release its version with manifests.');
        }
        async function served({ client, inputs, release }, { desired }) {
            try {
                const planned = await planObjects(client, desired, inputs.namespace, { release: release.id });
                return planned.every(isUnchanged) ? planned : undefined;
            }
            catch (error) {
                if (error instanceof failure.HR)
                    return undefined;
                throw error;
            }
        }
        function bodiesOf(desired) {
            return desired.flatMap(({ send }) => ('apply' in send ? [send.apply] : []));
        }
        function inSlot(wanted, words, goal) {
            const moved = intoSlot(outOfSlot(bodiesOf(wanted.desired), words), goal);
            const desired = wanted.desired.map((one, index) => {
                const apply = moved[index];
                return { ...one, ref: refOf(one.resource, apply.metadata.name), send: { apply } };
            });
            const { objects } = wanted.release;
            const bodies = intoSlot(outOfSlot(objects.flatMap(({ apply }) => apply ?? []), words), goal);
            const { slot, services } = goal;
            const release = { ...wanted.release, slot, services, objects: objects.map((one) => slots_kept(one, bodies)) };
            return { ...wanted, desired, release };
        }
        function slots_kept(one, bodies) {
            const apply = one.apply && bodies.shift();
            if (!apply)
                return one;
            const { name } = apply.metadata;
            if (name === one.ref.name)
                return { ...one, apply };
            const path = `${one.ref.path.slice(0, one.ref.path.lastIndexOf('/'))}/${name}`;
            return { ref: { ...one.ref, name, path }, apply };
        }
        function assertOwnConfiguration(planned, serving, whoUses = 'The slot that has traffic uses') {
            const used = new Set(serving.flatMap(configurationOf));
            const shared = planned.filter(({ ref, before, changes }) => before !== undefined &&
                used.has(`${ref.kind}/${ref.name}`) &&
                changes.some(({ path }) => /^\/(data|binaryData|stringData)/.test(path)));
            if (shared.length === 0)
                return;
            throw new failure.HR('config-shared', `${whoUses} ${shared.map(({ ref }) => refName(ref)).join(', ')}, which this release changes. Nothing was changed.`, "give it a new name with each change, as kustomize's configMapGenerator and secretGenerator do.");
        }
        ;
        const nothingChanged = 'Nothing was changed.';
        async function planCanary(context, desired, whole, percent) {
            const { client, inputs, release, step } = context;
            assertDeployment(whole);
            const pods = canaryPods(whole, percent);
            if (Object.keys(pods).length === 0) {
                const why = running(whole).length > 0 ? 'The release replaces no pods' : 'No Deployment of the manifests runs a pod yet';
                step.info(`${why}, so there is no canary.`);
                return { planned: whole.filter(isUnchanged), pods };
            }
            const shown = whole.flatMap(({ before, after }) => [...(before ? [before] : []), after]);
            assertOwnConfiguration(whole, shown, 'Pods that serve or the canary use');
            const canaries = canariesOf(desired, pods);
            await assertServed(client, inputs.namespace, whole, pods, canaries);
            await assertNew(client, canaries, desired);
            const planned = await planObjects(client, canaries, inputs.namespace, { release: release.id });
            const scaled = await scaledWorkloads(client, inputs.namespace);
            for (const [name, count] of Object.entries(pods)) {
                step.info(`deployment/${name}: the canary has ${count === 1 ? '1 pod' : `${count} pods`}.`);
                if (scaled.has(`Deployment/${name}`))
                    step.warn(`The autoscaler of deployment/${name} counts the pods of the canary too, and may start more pods.`);
            }
            return { planned: [...createdFirst(whole), ...planned], pods };
        }
        function assertDeployment(whole) {
            if (whole.some(({ ref }) => ref.kind === 'Deployment'))
                return;
            throw new failure.HR('source', `canary is given, and manifests have no Deployment. ${nothingChanged}`, 'leave it out.');
        }
        async function assertServed(client, namespace, whole, pods, canaries) {
            const { items } = await client.get(collection('v1', 'services', namespace));
            const deployments = running(whole).filter(({ ref }) => ref.name in pods);
            for (const [index, { before, after, ref }] of deployments.entries()) {
                if (podLabelsOf(after)[trackLabel] === canaryTrack)
                    throw new failure.HR('source', `${refName(ref)} has the label ${trackLabel}: ${canaryTrack} itself, by which Belay knows a canary. ${nothingChanged}`, 'give its pods another value of that label.');
                const { send } = canaries[index];
                const labels = 'apply' in send ? podLabelsOf(send.apply) : {};
                const narrow = narrowServices(items, podLabelsOf(before), labels);
                if (narrow.length > 0)
                    throw new failure.HR('selector-too-narrow', `${narrow.map(({ metadata }) => `service/${metadata.name}`).join(', ')} leads to the pods of ${refName(ref)}, and would not lead to its canary. ${nothingChanged}`, `leave out of its selector what the canary's pods do not have, such as ${trackLabel}; or release without canary.`);
            }
        }
        async function assertNew(client, canaries, desired) {
            const live = await Promise.all(canaries.map(({ ref }) => orUndefined(client.get(ref.path))));
            const there = canaries.filter(({ ref }, index) => live[index] || desired.some((one) => one.ref.path === ref.path));
            if (there.length === 0)
                return;
            const names = there.map(({ ref }) => refName(ref)).join(', ');
            throw new failure.HR('canary-exists', `${names} is there already, or in the manifests, and is not this job's. ${nothingChanged}`, `delete it if it is left from before: kubectl delete ${names.replaceAll(',', '')}`);
        }
        async function assertProved({ client, inputs, release }, desired, pods) {
            const canaries = canariesOf(desired, pods);
            const differs = await planObjects(client, canaries, inputs.namespace, { release: release.id }).then((planned) => planned
                .filter((one) => !isUnchanged(one))
                .map(({ ref, before, changes }) => before ? `${refName(ref)}: ${changes.map(({ path }) => path).join(', ')}` : `${refName(ref)} is gone`), (error) => {
                if (error instanceof failure.HR)
                    return [error.message];
                throw error;
            });
            const missing = Object.keys(pods).length - canaries.length;
            if (differs.length === 0 && missing === 0)
                return;
            throw new failure.HR('canary-changed', `The canary is not what this step releases, so nothing has proved it: ${differs.join('; ') || 'manifests lack a Deployment of it'}.`, 'give both steps the same manifests and images, and let nothing change the canary between them.');
        }
        async function removeCanary({ client, inputs, step, signal }, { entries, canary = {} }) {
            const removed = await restoreObjects(client, inputs.namespace, canaryEntries(entries, canary), signal);
            const left = removed.filter(({ result }) => result !== 'removed' && result !== 'as-before');
            if (left.length > 0)
                throw new failure.HR('canary-changed', `The canary is not removed: ${left.map(({ ref, detail }) => `${refName(ref)} ${(0, failure.TM)(detail)}`).join('; ')}.`, 'let nothing change the canary while the release runs.');
            for (const { ref } of removed)
                step.info(`${refName(ref)}: removed, because all pods are new ones.`);
        }
        ;
        const hooks_pauseMs = 500;
        async function hookJobs({ client, inputs }, names) {
            const path = collection('batch/v1', 'jobs', inputs.namespace);
            const found = await Promise.all(names.map((name) => orUndefined(client.get(`${path}/${name}`))));
            return new Map(names.map((name, index) => [name, found[index]?.metadata.uid]));
        }
        async function followHooks(context, before, signal) {
            const left = new Set(before.keys());
            while (left.size > 0 && !signal.aborted) {
                await (0, clock.y)(hooks_pauseMs, signal);
                const now = await hookJobs(context, [...left]).catch(() => before);
                const started = [...now].filter(([name, uid]) => uid !== undefined && uid !== before.get(name));
                for (const [name] of started) {
                    left.delete(name);
                    const failure = await followHook(context, name, signal).catch(() => undefined);
                    if (failure)
                        return failure;
                }
            }
            return undefined;
        }
        async function followHook({ client, inputs, step }, name, signal) {
            const outcome = await followWorkloads(client, {
                namespace: inputs.namespace,
                workloads: [{ kind: 'Job', name }],
                progressTimeout: inputs.deadline,
                deadline: inputs.deadline,
                signal,
                onProgress: step.info,
            });
            if (outcome.ok || outcome.code === 'workload-missing' || signal.aborted)
                return undefined;
            return followFailure(outcome);
        }
        ;
        const hookGraceMs = 10_000;
        async function changeByHelm(context, { args, saved, hooks }) {
            const { connection, inputs, signal } = context;
            const helm = await connection.helm(signal);
            const before = await hookJobs(context, hooks);
            const done = new AbortController();
            const hookFailed = new AbortController();
            const following = followHooks(context, before, AbortSignal.any([signal, done.signal])).then((failure) => {
                if (failure)
                    hookFailed.abort();
                return failure;
            });
            try {
                const ended = await helm
                    .run([
                    ...args,
                    ...['--namespace', inputs.namespace, '--wait=hookOnly', '--history-max', String(saved.historyMax)],
                    ...['--timeout', `${inputs.deadline}s`],
                ], { signal: AbortSignal.any([signal, hookFailed.signal]), timeoutMs: inputs.deadline * 1000 })
                    .catch((error) => {
                    if (!hookFailed.signal.aborted)
                        throw error;
                    return { status: null, output: '', errors: '' };
                });
                if (ended.status === 0)
                    return;
                const failure = await Promise.race([following, (0, clock.y)(hookGraceMs, signal).then(() => undefined)]);
                const { errors, exceeded } = ended;
                throw (failure ??
                    helmFailure(`helm ${saved.by} of ${saved.name} failed`, exceeded ? `more than its ${exceeded}` : errors));
            }
            finally {
                done.abort();
                await following;
            }
        }
        ;
        function askingJob() {
            const { id, attempt } = (0, src_job.xh)();
            return { run: id, attempt, runner: process.env.RUNNER_NAME ?? '' };
        }
        const idle = ['completed', 'waiting', 'pending'];
        async function isAtWork(github, run, attempt, asking) {
            const jobs = await github.ask(async ({ paginate, rest }, repository) => {
                const of = { ...repository, run_id: run, attempt_number: attempt, per_page: 100 };
                return { data: await paginate(rest.actions.listJobsForWorkflowRunAttempt, of) };
            });
            (0, src_failure.kl)(jobs.every(({ status }) => typeof status === 'string'), 'the jobs of a run');
            const isOwnRun = asking.run === String(run) && asking.attempt === attempt;
            return jobs.some(({ status, runner_name }) => !idle.includes(status) && !(isOwnRun && runner_name === asking.runner));
        }
        async function hasJobEnded(job, inputs, { signal, info }, asking = askingJob()) {
            const [, repository, run, attempt] = /\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)\/attempts\/(\d+)(?:#|$)/.exec(job) ?? [];
            if (inputs.token === '' || repository !== inputs.repository)
                return false;
            try {
                return !(await isAtWork((0, client.o)(inputs, signal), Number(run), Number(attempt), asking));
            }
            catch (error) {
                info(`GitHub does not say whether that job has ended: ${(0, failure.bD)(error)}`);
                return false;
            }
        }
        ;
        function holderOf(step) {
            const { url, attempt, job } = (0, src_job.xh)();
            return `${url}/attempts/${attempt}#${job}-${(0, src_release.Kv)(step).nonce}`;
        }
        ;
        async function lockService(context) {
            const { inputs, step, release, connection, client, signal } = context;
            const lease = leaseRef(inputs.namespace, inputs.release, holderOf(step));
            const canary = openCanary(context, lease);
            if (canary)
                return { saved: await joinCanary(context, lease, canary), wasOpen: false };
            const saved = {
                release: release.id,
                server: connection.server,
                lease,
                stateBefore: 'none',
                committed: undefined,
                stage: 'locking',
                entries: [],
            };
            step.save(saved);
            const before = await takeLease(client, lease, {
                timeoutSeconds: inputs.lockTimeout,
                signal,
                isGone: (holder) => hasJobEnded(holder, inputs.github, { signal, info: step.info }),
                info: step.info,
            });
            step.output('previous-release', before.committed?.release ?? '');
            saved.committed = before.committed;
            const wasOpen = openRelease(before.state) !== undefined;
            saved.stateBefore = wasOpen ? await repair(context, lease, before.state) : before.state;
            await removeLeftovers(context, lease);
            step.save(saved);
            return { saved, wasOpen };
        }
        async function removeLeftovers({ client }, lease) {
            const left = await readUndo(client, lease);
            if (left)
                await removeUndo(client, lease, left);
        }
        async function repair({ client, step, signal }, lease, state) {
            const record = await openRecord(client, lease, state);
            step.warn(`The release ${record.release} was left open by a job that is gone: it is undone first.`);
            const done = await undoRecord(client, lease.namespace, record, { signal, info: step.info });
            if ('stays' in done)
                step.warn(`${done.detail}.`);
            const restored = 'stays' in done ? [] : done.restored;
            const failed = restored.filter(({ result }) => result === 'failed');
            if (failed.length > 0)
                throw new failure.HR('undo-failed', `What an earlier job left open could not be undone: ${failed.map(({ ref, detail }) => `${refName(ref)}: ${detail}`).join('; ')}.`, 'make the API server accept it, or finish it by hand as its configmap says, then release again.');
            for (const { ref, result, detail } of restored)
                if (result === 'foreign')
                    step.warn(`${refName(ref)} ${detail}.`);
                else
                    step.info(`${refName(ref)} ${detail}.`);
            await endOpen(client, lease, record.release, record.stateBefore);
            await removeUndo(client, lease, record);
            return record.stateBefore;
        }
        async function openRecord(client, lease, state) {
            const record = await readUndo(client, lease);
            if (record && openRelease(state) === record.release)
                return record;
            throw new failure.HR('undo-failed', `The release of ${openRelease(state)} was left open by a job that is gone, and what undoes it is not in the cluster.`, `compare the objects of ${lease.service} with what they should be, then: kubectl delete lease/${lease.name} -n ${lease.namespace}`);
        }
        var summary = __nccwpck_require__(813);
        ;
        const shownCharacters = 30_000;
        function refsOf(dropped) {
            return dropped.byHelm ?? dropped.atCommit.map(({ ref }) => ref);
        }
        function diffOf(planned, dropped) {
            const changed = planned
                .filter((one) => !isUnchanged(one))
                .map(({ ref, before, changes }) => {
                if (!before)
                    return `+ ${refName(ref)} is created`;
                const lines = changes.map(({ path, before: old, after }) => {
                    const isSecret = ref.kind === 'Secret' && /^\/(data|stringData)/.test(path);
                    if (isSecret)
                        return `    ${path}: changed`;
                    return `    ${path}: ${shown(old)} → ${shown(after)}`;
                });
                return [`~ ${refName(ref)}`, ...lines].join('\n');
            });
            const when = dropped.byHelm ? 'by Helm' : 'once the release is committed';
            return [...changed, ...refsOf(dropped).map((ref) => `- ${refName(ref)} is deleted ${when}`)].join('\n');
        }
        function shown(value) {
            return value === undefined ? 'none' : JSON.stringify(value);
        }
        function reportPlan({ step, inputs }, planned, dropped) {
            const objects = [
                ...planned.map((one) => ({ kind: one.ref.kind, name: one.ref.name, change: changeOf(one) })),
                ...refsOf(dropped).map(({ kind, name }) => ({ kind, name, change: 'pruned' })),
            ];
            step.output('objects', JSON.stringify(objects));
            const diff = diffOf(planned, dropped);
            const file = (0, external_node_path_.join)(process.env.RUNNER_TEMP ?? '.', `${step.id}.diff`);
            (0, external_node_fs_.writeFileSync)(file, `${diff}\n`, { mode: 0o600 });
            step.output('diff', file);
            for (const { kind, name, change } of objects)
                step.info(`${refName({ kind, name })}: ${change}`);
            if (diff === '')
                return;
            const text = diff.length > shownCharacters ? `${diff.slice(0, shownCharacters)}\n…` : diff;
            step.summary(`${inputs.dryRun ? 'What a release would change' : 'Changes of objects'}:\n\n${(0, summary.DV)(text)}`);
        }
        function changeOf(one) {
            if (one.before === undefined)
                return 'created';
            return isUnchanged(one) ? 'unchanged' : 'changed';
        }
        function reportWorkloads(step, workloads) {
            step.output('workloads', JSON.stringify(workloads));
            if (workloads.length === 0)
                return;
            step.summary([
                '| workload | new pods ready | old pods | seconds |',
                '|---|---|---|---|',
                ...workloads.map(({ kind, name, ready, wanted, old, seconds }) => `| ${refName({ kind, name })} | ${ready} of ${wanted} | ${old} | ${seconds} |`),
            ].join('\n'));
        }
        ;
        const labels = {
            Deployment: 'pod-template-hash',
            StatefulSet: 'controller-revision-hash',
            DaemonSet: 'controller-revision-hash',
            Job: 'batch.kubernetes.io/job-name',
        };
        async function verifyDigests(client, planned, followed, namespace) {
            let [byNode, bySpec] = [0, 0];
            for (const { kind, name, revision } of followed) {
                const object = planned.find(({ ref }) => ref.kind === kind && ref.name === name);
                if (!object || revision === undefined)
                    continue;
                const wanted = new Map((0, src_images.IC)(object.after).map(({ container, image }) => [container, (0, src_images.ol)(image)]));
                const path = collection('v1', 'pods', namespace);
                const { items } = await listAll(client, path, { labelSelector: `${labels[kind]}=${revision}` });
                const verified = items
                    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
                    .flatMap((pod) => verifyPod(pod, wanted));
                byNode += verified.filter((by) => by === 'node').length;
                bySpec += verified.filter((by) => by === 'spec').length;
            }
            return { byNode, bySpec };
        }
        function verifyPod({ metadata, spec, status }, wanted) {
            return (spec?.containers ?? []).flatMap(({ name, image }) => {
                const digest = wanted.get(name);
                if (digest === undefined)
                    return [];
                const { imageID = '' } = status?.containerStatuses?.find((one) => one.name === name) ?? {};
                if (imageID.endsWith(digest))
                    return ['node'];
                if ((0, src_images.ol)(image) === digest)
                    return ['spec'];
                throw mismatch(metadata.name, name, imageID || image, digest);
            });
        }
        function mismatch(pod, container, runs, wanted) {
            return new failure.HR('version-mismatch', `pod/${pod}, container ${container}, runs ${runs}, and not ${wanted}.`, 'find out which webhook or controller changes images in this namespace.');
        }
        ;
        async function releaseObjects(inputs, step, release, source) {
            step.output('release-id', release.id);
            try {
                return await withinDeadline(step.signal, inputs.deadline, async (signal) => {
                    const { connection, client } = await connectMain(inputs.access, signal);
                    step.record({ event: 'phase', phase: 'inspect' });
                    return releaseOn({ inputs, step, release, connection, client, signal }, source);
                });
            }
            catch (error) {
                throw failure_failureOf(error, step.signal, 'run `command: preflight`, which prints the role.');
            }
        }
        async function releaseOn(context, source) {
            const { inputs, step, client, signal } = context;
            await assertNamespace(client, inputs.namespace);
            await source.prepare(context);
            if (inputs.dryRun)
                return tryOnly(context, source);
            step.record({ event: 'phase', phase: 'lock' });
            const { saved, wasOpen } = await lockService(context);
            step.record({ event: 'phase', phase: 'plan' });
            const kept = await keptReleases(context);
            const past = { committed: saved.committed, kept, wasOpen };
            const { planned, keeping, isNothing, fill, chart, canary } = await plan(context, source, past, saved.canary);
            if (isNothing)
                return endUnchanged(context, planned);
            saved.keeping = keeping;
            if (fill)
                saved.fill = fill;
            if (canary)
                saved.canary = canary;
            await release_change(context, planned, saved, chart);
            step.record({ event: 'phase', phase: 'follow' });
            const followed = await follow(context, planned);
            await verify(context, planned, followed);
            if (saved.joins)
                await removeCanary(context, saved);
            await renewLease(client, saved.lease);
            signal.throwIfAborted();
            if (saved.fill)
                step.save({ ...saved, committing: true });
            return source.end(context, saved);
        }
        function placeOf({ namespace, release }) {
            return leasePlace(namespace, release);
        }
        function keptReleases({ client, inputs, step }) {
            return readKept(client, placeOf(inputs), inputs.keepReleases, (text) => step.warn(text));
        }
        async function tryOnly(context, source) {
            const { client, inputs, step, signal } = context;
            const lease = await readLease(client, placeOf(inputs));
            const open = openRelease(lease?.state ?? '');
            const past = { committed: lease?.committed, kept: await keptReleases(context), wasOpen: open !== undefined };
            try {
                await plan(context, source, past);
            }
            catch (error) {
                if (!(error instanceof failure.HR) || open === undefined || signal.aborted)
                    throw error;
                step.warn(`The release ${open} is open: it ends or is undone before the next one begins, which tries the objects again. What is refused now: ${error.message}`);
            }
            step.info('Nothing was changed.');
            return { result: 'unchanged' };
        }
        async function plan(context, source, past, proved) {
            const { inputs, step, client } = context;
            const chosen = await source.choose(context, past);
            if (proved)
                await assertProved(context, chosen.desired, proved);
            const { kept, committed } = past;
            const place = placeKept(kept, chosen.release.release, inputs.keepReleases);
            const before = kept.find((one) => one.kept.release === committed?.release)?.kept;
            const releasesOf = (slots) => slots.map((one) => one.kept);
            const { chart } = chosen;
            const prunes = inputs.prune && !chart;
            const droppedBy = (release, to) => prunes ? droppedObjects(release, before, releasesOf(place.leave), releasesOf(place.stay), to) : [];
            const filled = inputs.slots && (await fillIdleSlot(context, chosen, inputs.slots, droppedBy));
            const wanted = filled?.wanted ?? chosen;
            const whole = filled?.live ?? (await tryAll(context, wanted));
            const canary = inputs.canary ? await planCanary(context, chosen.desired, whole, inputs.canary) : undefined;
            const planned = canary?.planned ?? whole;
            if (filled)
                assertOwnConfiguration(planned, filled.serving);
            if (prunes && committed && !before)
                step.info(`The release before, ${committed.release}, is not kept: nothing that it had and this one has not is deleted.`);
            const candidates = filled?.live || canary ? [] : droppedBy(wanted.release, filled?.fill);
            const dropped = await stillThere(client, candidates, planned, step.info);
            const keeping = planKeeping({ ...wanted.release, dropped }, place, kept, inputs.keepReleases);
            reportPlan(context, planned, chart ? { byHelm: chart.saved.dropped } : { atCommit: dropped });
            const isSame = dropped.length === 0 && !chart?.changesMore && planned.every(isUnchanged);
            const isNothing = filled ? filled.live !== undefined : wanted.onlyChanges && isSame && !proved;
            return { planned, keeping, isNothing, fill: filled?.fill, chart, canary: canary?.pods };
        }
        function tryAll({ client, inputs, release, step }, { desired, chart }) {
            return planObjects(client, desired, inputs.namespace, {
                release: release.id,
                chart,
                onConflicts: (conflicts) => step.output('conflicts', JSON.stringify(conflicts)),
            });
        }
        async function endUnchanged(context, planned) {
            const { step } = context;
            await verify(context, planned, await follow(context, planned));
            await releaseLock(step);
            step.save();
            return { result: 'noop' };
        }
        async function release_change(context, planned, saved, chart) {
            const { connection, client, step, release, signal } = context;
            step.record({ event: 'phase', phase: 'save' });
            if (chart)
                saved.chart = chart.saved;
            const own = undoEntries(planned, saved.lease.name, release.id);
            saved.entries = saved.joins ? withCanaryEntries(own, saved.entries) : own;
            if (!saved.joins)
                saved.stage = 'storing';
            step.save(saved);
            const { entries, stateBefore } = saved;
            if (!chart)
                await storeSecrets(context, planned, entries);
            const left = { ...(saved.fill && { fill: saved.fill }), ...(chart && { chart: chart.saved }) };
            await storeUndo(client, saved.lease, { release: release.id, stateBefore, entries, ...left });
            signal.throwIfAborted();
            saved.stage = 'changing';
            step.save(saved);
            try {
                if (!saved.joins)
                    await setState(client, saved.lease, { from: stateBefore, to: openState(release.id) });
            }
            catch (error) {
                if (error instanceof failure.HR)
                    step.save({ ...saved, stage: 'storing' });
                throw error;
            }
            if (!saved.fill)
                recordMove(step, saved);
            step.record({ event: 'phase', phase: 'apply' });
            if (chart)
                return changeByHelm(context, chart);
            const patient = connection.clientFor({ patienceMs: mainPatienceMs });
            await applyAll(patient, planned, saved, () => step.save(saved), signal);
            await storeUndo(client, saved.lease, { release: release.id, stateBefore, entries: saved.entries, ...left });
        }
        async function storeSecrets({ client, inputs }, planned, entries) {
            for (const [index, entry] of entries.entries())
                for (const { sealed } of entry.do === 'patch' ? entry.fields : [])
                    if (sealed)
                        await storeSecret(client, inputs.namespace, sealed.in, planned[index]?.before);
        }
        function recordMove(step, saved) {
            const of = (record) => ({
                version: record?.version ?? '',
                release: record?.release ?? '',
            });
            const move = { from: of(saved.committed), to: of(saved.keeping?.record) };
            step.record({ event: 'moved', targets: [{ name: targetName(saved), service: saved.lease.service, move }] });
        }
        const release_followed = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];
        async function follow({ inputs, step, client, signal }, planned) {
            const workloads = planned
                .filter(({ ref }) => release_followed.includes(ref.kind))
                .map(({ ref }) => ({ kind: ref.kind, name: ref.name }));
            if (workloads.length === 0)
                return [];
            const outcome = await followWorkloads(client, {
                namespace: inputs.namespace,
                workloads,
                progressTimeout: inputs.progressTimeout,
                deadline: inputs.deadline,
                signal,
                onProgress: step.info,
            });
            reportWorkloads(step, outcome.workloads);
            if (outcome.ok)
                return outcome.workloads;
            signal.throwIfAborted();
            throw followFailure(outcome);
        }
        async function verify({ inputs, step, client }, planned, followed) {
            const { byNode, bySpec } = await verifyDigests(client, planned, followed, inputs.namespace);
            if (byNode > 0)
                step.info(`${byNode} containers run the digest of the release, as their nodes report it.`);
            if (bySpec > 0)
                step.info(`${bySpec} containers were started by the digest of the release; their nodes report another name for it.`);
        }
        ;
        async function localChart(inputs, namespace, helm, signal) {
            const { chart, values } = inputs;
            const missing = values.find((file) => !(0, external_node_fs_.existsSync)(file));
            if (missing !== undefined)
                throw render_sourceError(`${missing} does not exist.`);
            if (!chart.startsWith('oci://')) {
                if (!(0, external_node_fs_.existsSync)((0, external_node_path_.join)(chart, 'Chart.yaml')))
                    throw render_sourceError(`${chart} has no Chart.yaml.`);
                return { ...inputs, path: chart, namespace, remove: () => { } };
            }
            if (!/@sha256:[0-9a-f]{64}$/.test(chart))
                log.Rm.warning(`The chart ${chart} is not given by its digest, so the next release may get other templates.`);
            const folder = (0, secret_folder.x)();
            const remove = () => (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
            const { status, errors } = await helm.run(['pull', chart, '--destination', folder], { signal });
            const [file] = (0, external_node_fs_.readdirSync)(folder);
            if (status === 0 && file !== undefined)
                return { ...inputs, path: (0, external_node_path_.join)(folder, file), namespace, remove };
            remove();
            const remedy = 'correct chart, or log in to the registry in an earlier step: helm registry login.';
            throw helmFailure(`Nothing was changed: Helm cannot pull ${chart}`, errors, remedy);
        }
        function sourceArgs({ name, path, namespace, values, set }) {
            return [
                ...[name, path, '--namespace', namespace, '--skip-crds'],
                ...values.flatMap((file) => ['--values', file]),
                ...set.flatMap((line) => ['--set', line]),
            ];
        }
        function upgradeArgs(chart) {
            return ['upgrade', ...sourceArgs(chart), '--install', '--reset-values', '--server-side=auto'];
        }
        async function templateChart(helm, chart, kubeVersion, signal) {
            const args = ['template', ...sourceArgs(chart), '--skip-tests', '--kube-version', kubeVersion];
            const { status, output, errors, exceeded } = await helm.run(args, { signal });
            if (status !== 0 || exceeded)
                throw cannotRender(chart, exceeded ?? errors);
            return objectsIn(output, chart.chart, chart.namespace);
        }
        async function renderChart(helm, chart, images, signal) {
            const args = [...upgradeArgs(chart), '--dry-run=server', '--output', 'json'];
            const { status, output, errors, exceeded } = await helm.run(args, { signal });
            if (status !== 0 || exceeded)
                throw cannotRender(chart, exceeded ?? errors);
            const rendered = await renderedIn(JSON.parse(output), chart.chart, chart.namespace);
            const all = [...rendered.objects, ...rendered.hooks];
            const digests = new Set(all.flatMap(src_images.IC).map(({ image }) => (0, src_images.ol)(image)));
            const unused = images.filter(({ digest }) => !digests.has(digest));
            if (unused.length > 0)
                throw render_sourceError(`No pod template of the chart has the image ${unused.map(src_images.f1).join(', ')}.`);
            return rendered;
        }
        async function renderedRevision(helm, { name, namespace }, revision, signal) {
            const args = ['status', name, '--namespace', namespace, '--revision', String(revision), '--output', 'json'];
            const { status, output } = await helm.run(args, { signal });
            return status === 0 ? renderedIn(JSON.parse(output), `revision ${revision} of ${name}`, namespace) : undefined;
        }
        async function renderedIn(release, from, namespace) {
            const { manifest = '', hooks = [], apply_method: method } = release;
            const objects = await objectsIn(manifest, from, namespace);
            const texts = hooks
                .filter((hook) => !/helm\.sh\/hook"?: *"?test"?\s*$/m.test(hook.manifest ?? ''))
                .map((hook) => hook.manifest ?? '');
            const ofHooks = (await Promise.all(texts.map((text) => objectsIn(text, from, namespace)))).flat();
            for (const object of [...objects, ...ofHooks])
                maskSecret(object);
            return { objects, hooks: ofHooks, hookText: texts.join('\n---\n'), serverSide: method === 'ssa' };
        }
        function cannotRender({ chart }, why) {
            const { message } = helmFailure(`Helm cannot render ${chart}`, why);
            return new failure.HR('source', `${message}\nNothing was changed.`, 'correct the chart, values or set.');
        }
        function render_sourceError(what) {
            return new failure.HR('source', `${what} Nothing was changed.`, 'correct chart, values or set.');
        }
        ;
        function rightsOfChart(resources, hooks) {
            return [
                ...rights('', 'secrets', 'get list create update delete'),
                ...rightsOfKinds(resources),
                ...hooks.flatMap(({ group, plural }) => rights(group, plural, 'get list watch create patch delete')),
            ];
        }
        ;
        function isKept({ metadata }) {
            return metadata.annotations?.['helm.sh/resource-policy'] === 'keep';
        }
        function historyMax(keepReleases) {
            return 3 * keepReleases;
        }
        async function planChart(context, name, by, render) {
            const { client, connection, inputs, signal } = context;
            const { namespace } = inputs;
            const helm = await connection.helm(signal);
            const history = await readHistory(helm, { name, namespace }, signal);
            assertNotPending(name, namespace, history);
            const { rendered, args } = await render(helm);
            const good = lastGood(history);
            const before = good > 0 ? await renderedRevision(helm, { name, namespace }, good, signal) : undefined;
            const owner = { name, namespace };
            const desired = await locate(client, rendered.objects.map((object) => withHelmOwner(object, owner)), namespace);
            await locate(client, rendered.hooks, namespace);
            warnOfFloatingImages([...rendered.objects, ...rendered.hooks]);
            const paths = new Set(desired.map(({ ref }) => ref.path));
            const former = await locate(client, before?.objects.filter((one) => !isKept(one)) ?? [], namespace);
            const dropped = former.filter(({ ref }) => !paths.has(ref.path));
            assertNoClaimDropped(dropped.map(({ ref }) => ref));
            if (dropped.length > 0)
                await assertReleaseRights(client, namespace, rightsOfChart(dropped.map(({ resource }) => resource), []));
            const claims = desired.filter((one) => one.ref.kind === 'PersistentVolumeClaim' && 'apply' in one.send && !isKept(one.send.apply));
            return {
                desired,
                change: {
                    saved: {
                        name,
                        by,
                        last: history.at(-1)?.revision ?? 0,
                        good,
                        historyMax: historyMax(inputs.keepReleases),
                        dropped: dropped.map(({ ref }) => ref),
                        claims: claims.map(({ ref }) => ref),
                    },
                    owner,
                    serverSide: rendered.serverSide,
                    changesMore: dropped.length > 0 || rendered.hookText !== (before?.hookText ?? ''),
                    hooks: rendered.hooks.filter(({ kind }) => kind === 'Job').map(({ metadata }) => metadata.name),
                    args,
                },
            };
        }
        function assertNotPending(name, namespace, history) {
            const last = history.at(-1);
            if (!last || !isPending(last))
                return;
            const good = lastGood(history.slice(0, -1));
            const repair = good === 0 ? `helm uninstall ${name}` : `helm rollback ${name} ${good}`;
            throw new failure.HR('helm-pending', `The Helm release ${name} is ${last.status} at revision ${last.revision}, which Belay did not make: another helm works on it, or was killed. Nothing was changed.`, `if no helm works on it any more: ${good === 0 ? '' : `run \`command: restore\` with \`helm-release: ${name}\`, or by hand: `}${repair} --namespace ${namespace}`);
        }
        function assertNoClaimDropped(dropped) {
            const claims = dropped.filter(({ kind }) => kind === 'PersistentVolumeClaim');
            if (claims.length === 0)
                return;
            throw new failure.HR('claim-dropped', `The chart has ${claims.map(refName).join(', ')} no more, so Helm would delete it with its data. Nothing was changed.`, 'give it the annotation helm.sh/resource-policy: keep in a release before this one, or leave it in the chart.');
        }
        ;
        async function deployChart(inputs, chart, step, release) {
            let local;
            try {
                return await releaseObjects(inputs, step, release, {
                    async prepare(context) {
                        const found = await prepareChart(context, chart);
                        local = found.local;
                        await assertReleaseRights(context.client, inputs.namespace, found.needed);
                    },
                    async choose(context, { committed }) {
                        const source = local;
                        const { desired, change } = await planChart(context, chart.name, 'upgrade', async (helm) => ({
                            rendered: await renderChart(helm, source, inputs.images, context.signal),
                            args: [
                                ...upgradeArgs(source),
                                ...['--description', descriptionOf(release.id), '--labels', `${revisionLabel}=${release.id}`],
                            ],
                        }));
                        const { id, version, sha } = release;
                        const at = new Date(context.client.now()).toISOString();
                        return {
                            desired,
                            chart: change,
                            release: {
                                ...{ release: id, version, sha, at, ...(committed && { previous: committed.release }), objects: [] },
                                chart: { name: chart.name, revision: change.saved.last + 1 },
                            },
                            onlyChanges: true,
                        };
                    },
                    end: async () => ({ result: 'pending' }),
                });
            }
            finally {
                local?.remove();
            }
        }
        async function chartRights(context, chart) {
            const { local, needed } = await prepareChart(context, chart);
            local.remove();
            return needed;
        }
        async function prepareChart({ client, connection, inputs, signal }, chart) {
            const helm = await connection.helm(signal);
            const local = await localChart(chart, inputs.namespace, helm, signal);
            try {
                const objects = await templateChart(helm, local, await versionOf(client), signal);
                const isHook = ({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== undefined;
                const located = await locate(client, objects, inputs.namespace);
                const resources = located.map(({ resource }) => resource);
                const hooks = located.filter(({ send }) => 'apply' in send && isHook(send.apply)).map(({ resource }) => resource);
                return { local, needed: [...commonRights(inputs), ...rightsOfChart(resources, hooks)] };
            }
            catch (error) {
                local.remove();
                throw error;
            }
        }
        async function versionOf(client) {
            return (await client.get('/version')).gitVersion;
        }
        ;
        async function deploy(inputs, step) {
            if (inputs.manifests.length > 0)
                loadYaml();
            const release = await joinReleaseOfVersion(step, inputs.release, inputs.github);
            step.output('sha', release.sha);
            if (inputs.chart)
                return deployChart(inputs, inputs.chart, step, release);
            let located = [];
            return releaseObjects(inputs, step, release, {
                async prepare(context) {
                    located = await locateAll(context);
                    const resources = located.map(({ resource }) => resource);
                    await assertReleaseRights(context.client, inputs.namespace, neededRights(inputs, resources));
                },
                async choose({ client }, { committed, kept }) {
                    const { id, version, sha } = release;
                    const at = new Date(client.now()).toISOString();
                    const record = { release: id, version, sha, at, ...(committed && { previous: committed.release }) };
                    const wanted = (desired, objects) => ({
                        desired,
                        release: { ...record, objects },
                        onlyChanges: true,
                    });
                    if (inputs.manifests.length > 0)
                        return wanted(located, keptObjects(located));
                    const desired = await imageChanges(client, inputs);
                    const before = kept.find((one) => one.kept.release === committed?.release)?.kept.objects ?? [];
                    return wanted(desired, withNewImages(before, desired, inputs.images));
                },
                end: async () => ({ result: 'pending' }),
            });
        }
        async function locateAll({ inputs, connection, client, signal }) {
            if (inputs.manifests.length === 0)
                return [];
            const objects = await renderManifests(inputs, connection.kubectl, signal);
            warnOfFloatingImages(objects);
            return locate(client, objects, inputs.namespace);
        }
        ;
        const most = 100;
        function inspect(inputs, step) {
            return withinDeadline(step.signal, inputs.deadline, async (signal) => {
                const { client } = await connectMain(inputs.access, signal, 10_000);
                try {
                    await assertNamespace(client, inputs.namespace);
                    const live = await liveInNamespace(client, inputs, step);
                    for (const { kind, name, revision, images } of live.workloads)
                        step.info(`${refName({ kind, name })}${revision && `, revision ${revision}`}: ${Object.values(images).join(', ')}`);
                    if (live.workloads.length === 0)
                        step.info('No workload of an earlier release is there.');
                    step.output('live', JSON.stringify(live));
                    return { result: 'unchanged' };
                }
                finally {
                    closeConnection();
                }
            });
        }
        async function liveInNamespace(client, inputs, step) {
            const { namespace, release, manifests, images, keepReleases } = inputs;
            const place = leasePlace(namespace, release);
            const [lease, kept] = await Promise.all([readLease(client, place), readKept(client, place, keepReleases, step.warn)]);
            const committed = kept.find((one) => one.kept.release === lease?.committed?.release)?.kept;
            const ofImages = committed === undefined && manifests.length === 0 && images.length > 0;
            const refs = ofImages
                ? (await imageChanges(client, inputs)).map(({ ref }) => ref)
                : (committed?.objects ?? [])
                    .filter(({ apply, images: only }) => only ?? (apply && (0, src_images.IC)(apply).length > 0))
                    .map(({ ref }) => ref);
            const asked = refs.filter(({ kind }) => kind !== 'Job').slice(0, most);
            const found = await Promise.all(asked.map(async (ref) => ({ ref, object: await orUndefined(client.get(ref.path)) })));
            return {
                lease: place.name,
                release: lease?.committed?.release ?? '',
                workloads: found.flatMap(({ ref, object }) => (object ? [liveWorkload(ref, object)] : [])),
            };
        }
        function liveWorkload({ kind, name }, object) {
            const { annotations = {} } = object.metadata;
            const { updateRevision } = (object.status ?? {});
            const revision = annotations['deployment.kubernetes.io/revision'] ??
                updateRevision ??
                annotations['deprecated.daemonset.template.generation'] ??
                '';
            return {
                kind,
                name,
                revision,
                images: Object.fromEntries((0, src_images.IC)(object).map(({ container, image }) => [container, image])),
            };
        }
        ;
        const oldEnough = 15;
        function stuckOf(place, history, now) {
            const { name, namespace } = place;
            const last = history.at(-1);
            if (!last)
                throw new failure.HR('source', `There is no Helm release ${name} in ${namespace}. Nothing was changed.`, 'correct helm-release.');
            if (!isPending(last))
                return undefined;
            const { revision, status } = last;
            const good = history.findLast((one) => one.status === 'deployed')?.revision;
            const minutes = Math.floor((now - Date.parse(last.updated ?? '')) / 60_000);
            const what = `The Helm release ${name} is ${status} at revision ${revision}`;
            if (good === undefined)
                throw new failure.HR('helm-pending', `${what}, and nothing was deployed before it. Belay uninstalls nothing that it has not installed. Nothing was changed.`, `if no helm works on it any more: helm uninstall ${name} --namespace ${namespace}`);
            if (!(minutes >= oldEnough))
                throw new failure.HR('helm-pending', `${what}${Number.isNaN(minutes) ? '' : ` since ${minutes} min`}: a helm may be at work on it. Nothing was changed.`, `run this again once it is ${oldEnough} min. If certainly no helm works on it: helm rollback ${name} ${good} --namespace ${namespace}`);
            return { place, revision, status, good };
        }
        async function findStuck({ client, connection, inputs, signal }) {
            const { namespace, helmRelease: name } = inputs;
            if (name === '')
                return undefined;
            await assertRepairRights({ client, inputs }, [], []);
            const place = { name, namespace };
            return stuckOf(place, await readHistory(await connection.helm(signal), place, signal), client.now());
        }
        async function undoOfStuck({ client, connection, inputs, signal }, { place, revision, good }, { lease, release, stateBefore }) {
            const { namespace } = place;
            const helm = await connection.helm(signal);
            const [old, half] = await Promise.all([good, revision].map((one) => renderedRevision(helm, place, one, signal)));
            if (!old || !half)
                throw new Error(`Helm does not say what the revisions ${good} and ${revision} have`);
            const [desired, ofHalf, hooks] = await Promise.all([
                locate(client, old.objects.map((object) => withHelmOwner(object, place)), namespace),
                locate(client, half.objects, namespace),
                locate(client, old.hooks, namespace),
            ]);
            const stays = new Set(desired.map(({ ref }) => ref.path));
            const created = ofHalf.filter(({ ref }) => !stays.has(ref.path));
            const resources = [...desired, ...created].map(({ resource }) => resource);
            await assertRepairRights({ client, inputs }, resources, hooks.map(({ resource }) => resource));
            const chart = { owner: place, serverSide: old.serverSide };
            const planned = await planObjects(client, desired, namespace, { release, chart });
            const live = await Promise.all(created.map(({ ref }) => orUndefined(client.get(ref.path))));
            const removed = created.filter((_, index) => live[index]).map(({ ref }) => ref);
            const entries = [
                ...planned.flatMap(({ ref, before, after }, index) => before ? [entryFor(ref, after, before, beforeName(lease.name, index))] : []),
                ...removed.map((ref) => ({ do: 'delete', ref, release })),
            ];
            return {
                release,
                stateBefore,
                entries,
                chart: {
                    name: place.name,
                    by: 'upgrade',
                    ...{ last: revision - 1, good, pending: true, historyMax: historyMax(inputs.keepReleases) },
                    dropped: planned.filter(({ before }) => before === undefined).map(({ ref }) => ref),
                    claims: removed.filter(({ kind }) => kind === 'PersistentVolumeClaim'),
                },
            };
        }
        function assertRepairRights({ client, inputs }, resources, hooks) {
            const needed = [...commonRights(inputs), ...rightsOfChart(resources, hooks)];
            const whose = { what: 'the rollback of the Helm release', role: 'belay-restore' };
            return assertRights(client, inputs.namespace, needed, whose);
        }
        ;
        async function restore(inputs, step) {
            const until = performance.now() + inputs.deadline * 1000;
            try {
                return await withinDeadline(step.signal, inputs.deadline, async (signal) => {
                    const { connection, client } = await connectMain(inputs.access, signal);
                    await assertNamespace(client, inputs.namespace);
                    return restoreOn({ inputs, step, connection, client, signal }, until);
                });
            }
            catch (error) {
                throw failure_failureOf(error, step.signal, 'give this login the role of a release: `command: preflight` prints it.');
            }
        }
        async function restoreOn(context, until) {
            const { client, inputs, step } = context;
            const lease = leaseRef(inputs.namespace, inputs.release, holderOf(step));
            const seen = await readLease(client, lease);
            const open = openRelease(seen?.state ?? '');
            if (open !== undefined)
                await prepare(context, await readUndo(client, lease));
            const stuck = open === undefined ? await findStuck(context) : undefined;
            if (open === undefined && !stuck && !seen?.holder)
                return endWithNothing(step, seen);
            if (inputs.dryRun) {
                const what = open === undefined ? 'No release is open' : `The release ${open} is open`;
                step.info(`${stuck ? lost_release_describe(stuck) : what}; nothing was changed.`);
                return { result: 'unchanged' };
            }
            const before = await takeOver(context, lease);
            if (isOpen(before))
                return undoLeft(context, lease, before, until);
            await removeLeftovers(context, lease);
            const still = stuck && (await findStuck(context));
            if (still)
                return undoStuck(context, lease, before, still, until);
            await releaseLease(client, lease);
            step.save();
            return endWithNothing(step, before);
        }
        const isOpen = ({ state }) => openRelease(state) !== undefined;
        function prepare({ client, inputs }, left) {
            const needed = left ? rightsOfUndo(inputs, left) : [];
            return assertRights(client, inputs.namespace, needed, { what: 'restoring the release', role: 'belay-restore' });
        }
        async function takeOver({ client, connection, inputs, step, signal }, lease) {
            step.record({ event: 'phase', phase: 'lock' });
            const { server } = connection;
            step.save({ release: '', server, lease, stateBefore: 'none', committed: undefined, stage: 'locking', entries: [] });
            return takeLease(client, lease, {
                timeoutSeconds: inputs.lockTimeout,
                signal,
                isGone: (holder) => hasJobEnded(holder, inputs.github, { signal, info: step.info }),
                info: step.info,
            });
        }
        async function undoLeft(context, lease, before, until) {
            const { client, step } = context;
            const record = await openRecord(client, lease, before.state);
            step.output('release-id', record.release);
            reportCommitted(step, before.committed);
            step.warn(`The release ${record.release} was left open by ${before.holder || 'a job that is gone'}: it is undone.`);
            return undoSaved(context, savedOf(context, lease, before, record), until);
        }
        async function undoStuck(context, lease, before, stuck, until) {
            const { client, inputs, step } = context;
            const release = (0, identity.Bf)(new Date(), inputs.release.runSha, (0, src_release.Kv)(step));
            const record = await undoOfStuck(context, stuck, { lease, release, stateBefore: before.state });
            reportCommitted(step, before.committed);
            step.warn(`${lost_release_describe(stuck)}.`);
            const saved = savedOf(context, lease, before, record);
            step.save({ ...saved, stage: 'storing' });
            await storeUndo(client, lease, record);
            step.save(saved);
            await setState(client, lease, { from: before.state, to: openState(release) });
            return undoSaved(context, saved, until);
        }
        function lost_release_describe({ place, revision, status, good }) {
            return `The Helm release ${place.name} is ${status} at revision ${revision}, and goes back to revision ${good}`;
        }
        function savedOf({ connection }, lease, { committed }, { release, stateBefore, entries, fill, traffic, chart }) {
            return {
                ...{ release, server: connection.server, lease, stateBefore, committed, stage: 'changing', entries },
                ...(fill && { fill }),
                ...(traffic && { traffic }),
                ...(chart && { chart }),
            };
        }
        async function undoSaved({ client, step, signal }, saved, until) {
            signal.throwIfAborted();
            step.save(saved);
            step.record({ event: 'phase', phase: 'restore' });
            const outcomes = await undoOn(client, saved, step, Math.floor(until - performance.now()) - lost_release_reserveMs);
            return end(step, outcomes);
        }
        const lost_release_reserveMs = 3000;
        function end(step, outcomes) {
            const [{ target, result, detail } = { target: '', result: 'mixed', detail: '' }] = outcomes;
            if (result !== 'rolled-back' && result !== 'superseded')
                throw new failure.HR('undo-failed', `What an earlier job left open is not restored whole: ${detail}`, 'the message names each object that is left.');
            step.recordOutcomes(outcomes);
            step.info(`${target}: ${result}. ${detail}`);
            step.save();
            return { result };
        }
        function endWithNothing(step, seen) {
            reportCommitted(step, seen?.committed);
            const { version, release } = seen?.committed ?? {};
            const stands = release ? `${version} (${release}) is committed, and stays.` : 'No release is committed.';
            step.info(`No release was left open. ${stands}`);
            return { result: 'noop' };
        }
        function reportCommitted(step, committed) {
            step.output('previous-release', committed?.release ?? '');
            step.output('sha', committed?.sha ?? '');
        }
        ;
        function preflight(inputs, step) {
            return withinDeadline(step.signal, inputs.deadline, async (signal) => {
                const { connection, client } = await connectMain(inputs.access, signal, 10_000);
                try {
                    await assertNamespace(client, inputs.namespace);
                    const { chart } = inputs;
                    const objects = inputs.manifests.length > 0 ? await renderManifests(inputs, connection.kubectl, signal) : [];
                    const resources = (await locate(client, objects, inputs.namespace)).map(({ resource }) => resource);
                    const needed = chart
                        ? await chartRights({ client, connection, inputs, signal }, chart)
                        : neededRights(inputs, resources);
                    const role = roleYaml('belay-deploy', inputs.namespace, needed);
                    step.info(role);
                    step.summary(`The role that a release needs:\n\n${(0, summary.DV)(role, 'yaml')}`);
                    await assertReleaseRights(client, inputs.namespace, needed);
                    step.info('No right is missing.');
                    return { result: 'unchanged' };
                }
                finally {
                    closeConnection();
                }
            });
        }
        ;
        function planRevision(context, { name, revision }) {
            const { client, inputs, signal } = context;
            const { namespace, slots } = inputs;
            if (slots)
                throw new failure.HR('source', 'That release was of a chart, which knows no slots. Nothing was changed.', 'leave slots out, or choose another release.');
            return planChart(context, name, 'rollback', async (helm) => {
                await assertReleaseRights(client, namespace, rightsOfChart([], []));
                const rendered = await renderedRevision(helm, { name, namespace }, revision, signal);
                if (!rendered)
                    throw new failure.HR('no-such-release', `Helm keeps the revision ${revision} of ${name} no more. Nothing was changed.`, 'release that version again.');
                const [resources, hooks] = await Promise.all([rendered.objects, rendered.hooks].map(async (objects) => (await locate(client, objects, namespace)).map(({ resource }) => resource)));
                await assertReleaseRights(client, namespace, rightsOfChart(resources ?? [], hooks ?? []));
                return { rendered, args: ['rollback', name, String(revision), '--server-side=auto'] };
            });
        }
        ;
        async function rollback(inputs, step) {
            const { service, environment, version, runSha: sha } = inputs.release;
            const release = { id: (0, identity.Bf)(new Date(), sha, (0, src_release.Kv)(step)), service, environment, version, sha };
            return releaseObjects(inputs, step, release, {
                prepare: ({ client }) => assertReleaseRights(client, inputs.namespace, commonRights(inputs)),
                choose: chooseKept,
                async end({ client }, saved) {
                    if (saved.fill)
                        return { result: 'pending' };
                    await commitAtOnce(client, saved, step);
                    return { result: 'committed' };
                },
            });
        }
        async function chooseKept(context, past) {
            const { inputs, step } = context;
            const chosen = chooseRelease(inputs.release.version, past);
            step.info(`Rolling back to ${chosen.release} (${chosen.version}).`);
            const { release: id, version, sha } = chosen;
            step.output('sha', sha);
            if (!inputs.dryRun)
                step.record({ event: 'chosen', service: inputs.release.service, release: { id, version, sha } });
            const ofChart = chosen.chart && (await planRevision(context, chosen.chart));
            const desired = ofChart?.desired ?? (await desiredOf(context, chosen));
            const previous = previousAfter(chosen, past.committed);
            const at = new Date(context.client.now()).toISOString();
            const release = { ...recordOf(chosen), at, ...(previous !== undefined && { previous }), objects: chosen.objects };
            const onlyChanges = past.committed?.release === id;
            if (!ofChart)
                return { desired, release, onlyChanges };
            const { name, last } = ofChart.change.saved;
            return { desired, release: { ...release, chart: { name, revision: last + 1 } }, chart: ofChart.change, onlyChanges };
        }
        async function desiredOf(context, { objects }) {
            const { client, inputs, step } = context;
            const isJob = ({ ref }) => ref.kind === 'Job';
            const jobs = objects.filter(isJob).map(({ ref }) => refName(ref));
            if (jobs.length > 0)
                step.info(`A rollback does not run Jobs again: ${jobs.join(', ')}.`);
            const bodies = objects.flatMap((one) => (one.apply && !isJob(one) ? [one.apply] : []));
            const applied = await locate(client, bodies, inputs.namespace);
            const secrets = objects.filter(({ apply, images }) => !apply && !images);
            const onlyImages = objects.flatMap(({ ref, images }) => (images ? [{ ref, images }] : []));
            await assertReleaseRights(client, inputs.namespace, [
                ...rightsOfKinds(applied.map(({ resource }) => resource)),
                ...rightsOfImages(onlyImages.map(({ ref }) => resourceOfImages(ref))),
                ...secrets.flatMap(({ ref }) => rights('', 'secrets', 'get', ref.name)),
            ]);
            await assertSecrets(context, secrets);
            return [...applied, ...(await keptImages(client, onlyImages))];
        }
        async function assertSecrets({ client, step }, secrets) {
            if (secrets.length === 0)
                return;
            const found = await Promise.all(secrets.map(({ ref }) => orUndefined(client.get(ref.path))));
            const missing = secrets.filter((_, index) => found[index] === undefined);
            if (missing.length > 0)
                throw new failure.HR('config-missing', `The release had ${missing.map(({ ref }) => refName(ref)).join(', ')}, which is not there any more, and Belay keeps no data of Secrets. Nothing was changed.`, 'create the Secret again, or choose another release.');
            const changed = secrets.filter(({ uid }, index) => uid !== found[index]?.metadata.uid);
            const anew = changed.length > 0 ? ` Made anew since: ${changed.map(({ ref }) => refName(ref)).join(', ')}.` : '';
            step.warn(`Secrets stay as they are now, because their data are not kept: ${secrets.map(({ ref }) => refName(ref)).join(', ')}.${anew}`);
        }
        function previousAfter(chosen, committed) {
            return committed && chosen.release > committed.release ? committed.release : chosen.previous;
        }
        function chooseRelease(version, { committed, kept, wasOpen }) {
            const releases = kept.map((one) => one.kept).toSorted((a, b) => a.at.localeCompare(b.at));
            const previous = wasOpen ? committed?.release : committed?.previous;
            const chosen = version === 'previous'
                ? releases.find(({ release }) => release === previous)
                : releases.findLast((one) => [one.release, one.version, one.sha].includes(version));
            if (chosen)
                return chosen;
            const names = releases.map((one) => `${one.version} (${one.release})`).join(', ');
            const why = version !== 'previous'
                ? `No committed release "${version}" is kept`
                : previous === undefined
                    ? 'No release was committed before the live one'
                    : `The release before the live one, ${previous}, is not kept any more`;
            throw new failure.HR('no-such-release', `${why}. Nothing was changed.`, names ? `choose one of: ${names}` : 'release that version again; no older release is kept.');
        }
        ;
        const commands = {
            deploy: deploy,
            rollback: rollback,
            restore: restore,
            inspect: inspect,
            preflight: preflight,
        };
        const main = (inputs, step) => commands[inputs.command](inputs, step);
        async function undo(saved, step, until) {
            const end = endOf(saved, step);
            if (!('lease' in end))
                return end;
            return (await finishCommit(end, step)) ?? undoRelease(end, step, (until - (0, clock.m)()) * 1000);
        }
        async function commit(saved, step) {
            const end = endOf(saved, step);
            return 'lease' in end ? commitRelease(end, step) : end;
        }
        async function transaction_close(step) {
            sweepProxies();
            await releaseLock(step).finally(closeConnection);
        }
    }),
    700: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            B: () => (runBounded)
        });
        var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(421);
        var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
        var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(95);
        const graceMs = 3000;
        async function runBounded(program, args, options) {
            const { env, cwd, input, keptCharacters, signal, timeoutMs, killSignal = 'SIGTERM' } = options;
            if (signal?.aborted)
                throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__.j$();
            const stream = keptCharacters > 0 ? 'pipe' : 'ignore';
            const child = (0, node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, {
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
                    throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__.j$();
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
    671: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Rm: () => (log),
            g9: () => (escapeCommands)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(210);
        const log = {
            info: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.pq(escapeCommands(text)),
            debug: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.Yz(escapeCommands(text)),
            notice: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.lm(escapeCommands(text), properties),
            warning: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.$e(escapeCommands(text), properties),
            error: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.z3(escapeCommands(text), properties),
            setFailed: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.C1(escapeCommands(text)),
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
    776: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            $E: () => (readReleaseInputs),
            Cs: () => (earlierRelease),
            Kv: () => (jobIdentity),
            wS: () => (joinRelease)
        });
        var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(598);
        var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
        var _belay_release_model__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(971);
        var _job_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(878);
        function readReleaseInputs(read, env = process.env) {
            const repository = env.GITHUB_REPOSITORY?.split('/')[1] ?? '';
            const service = read.text('service', { default: repository, required: 'the name of the service' });
            const environment = read.text('environment', { required: 'the environment to release to, such as qa or production' });
            const runSha = (env.GITHUB_SHA ?? '').toLowerCase();
            const version = read.text('version', { default: runSha });
            for (const [name, value] of [['service', service], ['environment', environment]]) {
                if (value !== '' && !(0, _belay_release_model__WEBPACK_IMPORTED_MODULE_1__.Eo)(value))
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
            const release = { id: (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_1__.Bf)(new Date(), sha, jobIdentity(step)), service, environment, version, sha };
            step.record({ event: 'release-began', release, run: (0, _job_js__WEBPACK_IMPORTED_MODULE_2__.xh)() });
            return release;
        }
        function jobIdentity({ id, journal }) {
            if (journal.read().nonce === undefined)
                journal.append({ step: id, event: 'identified', nonce: (0, node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex') });
            const { id: run, attempt } = (0, _job_js__WEBPACK_IMPORTED_MODULE_2__.xh)();
            return { run, attempt, nonce: journal.read().nonce };
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
    432: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
        var json_lines = __nccwpck_require__(545);
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
        var summary = __nccwpck_require__(813);
        var log = __nccwpck_require__(671);
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
                log.Rm.setFailed(error.message);
                return;
            }
            log.Rm.setFailed(`${(0, src_failure.bD)(error)}\n  This is a bug in Belay. Please report it with the log lines below.`);
            if (error instanceof Error)
                log.Rm.info(error.stack ?? '');
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
                log.Rm.debug((0, src_failure.bD)(error));
            }
        }
        function reportLoss(action, step, state) {
            const { damaged } = step.journal.read();
            if (damaged === undefined || !state.mutates)
                return;
            const report = lossReport(action, step.journal, damaged, state);
            log.Rm.setFailed(report);
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
                log.Rm.notice(text, { title: 'Released' });
            else
                log.Rm.error(text, { title: titles[result] ?? 'Check which version serves' });
        }
        const titles = { 'rolled-back': 'Rolled back', unchanged: 'Not released' };
        function failOnBadOutcome(result, decided, jobStatus) {
            if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
                log.Rm.setFailed(`This step ended as ${result}. Inspect the targets that the summary names.`);
            else if (decided.decision === 'undo' && jobStatus === 'success')
                log.Rm.setFailed(`The release was rolled back, because ${decided.why}.`);
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
                output: (name, value) => core.uH(name, value),
                summary: (markdown, place = stage) => sections.push({ place, markdown }),
                info: (text) => log.Rm.info(text),
                warn(text, host) {
                    log.Rm.warning(host ? `${host}: ${text}` : text);
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
                    log.Rm.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`);
                return worstResult(outcomes.map(({ result }) => result));
            }
            catch (error) {
                log.Rm.error(`Rollback failed: ${(0, src_failure.bD)(error)}`);
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
                    log.Rm.info(`${one.target}: ${one.result}. ${one.detail}`);
                const late = outcomes.find(({ result }) => result === 'rolled-back');
                if (late)
                    log.Rm.setFailed(`${late.target} was rolled back before the end of the job: ${late.detail}.`);
                return worstResult(outcomes.map(({ result }) => result));
            }
            catch (error) {
                log.Rm.error(`The change could not be made final: ${(0, src_failure.bD)(error)}`);
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
                return log.Rm.info('The main stage was stopped before it changed anything. There is nothing to undo.');
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
                log.Rm.warning((0, src_failure.bD)(error));
            }
            finally {
                attempt(() => reportLoss(action.name, step, state));
                await action.transaction?.close(step).catch((error) => log.Rm.debug((0, src_failure.bD)(error)));
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
            log.Rm.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
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
    694: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            o: () => (openGitHub),
            B: () => (readGitHubInputs)
        });
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
        var src_failure = __nccwpck_require__(975);
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
                throw (0, src_failure.HB)(url, outcome.why);
            if (outcome.kind === 'unusable')
                throw (0, src_failure.au)(outcome.status, `to ${asked} ${outcome.why}`);
            const { answer } = outcome;
            const { status, headers, data } = answer;
            if (outcome.kind === 'refused') {
                const reason = isObject(data) ? reasonIn(data) : 'no reason given';
                throw (0, src_failure.Of)(status, isLimited(answer), asked, reason);
            }
            if (request.wantsLocation && status === 302 && headers.location)
                return answer;
            if (status >= 300)
                throw (0, src_failure.au)(status, `${asked} was redirected`);
            if (status === 202)
                throw (0, src_failure.au)(status, `${asked} was accepted but not done: ${messageIn(data)}`);
            if (!isObject(data))
                throw (0, src_failure.au)(status, `${asked} was answered without JSON`);
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
                    (0, src_failure.kl)(URL.canParse(location), 'the address of the artifact');
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
                throw (0, src_failure.HB)(apiUrl, (0, failure.bD)(error));
            }
        }
    }),
    975: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            HB: () => (unreachable),
            Of: () => (refusalOf),
            au: () => (unexpectedAnswer),
            kl: () => (assertShape),
            y_: () => (GitHubError)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(95);
        class GitHubError extends _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.HR {
            status;
            constructor(status, code, message, remedy) {
                super(code, message, remedy);
                this.name = 'GitHubError';
                this.status = status;
            }
        }
        function unreachable({ host, pathname }, why) {
            return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.HR('github-unreachable', `The request to GitHub failed (${host}${pathname}): ${why}.`, "check GitHub's status page, and HTTPS_PROXY if the runner needs a proxy; then run the job again.");
        }
        function unexpectedAnswer(status, what) {
            return new GitHubError(status, 'github-unexpected-answer', `The answer (HTTP ${status}) is not from GitHub's API: ${what}.`, 'check GITHUB_API_URL, and any proxy between the runner and GitHub.');
        }
        function assertShape(fits, what) {
            if (!fits)
                throw unexpectedAnswer(200, `${what} is missing or has the wrong form`);
        }
        function refusalOf(status, limited, asked, reason) {
            if (limited)
                return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.HR('github-rate-limited', `GitHub's rate limit for this repository is reached (${asked}: ${reason}).`, 'run the job again later.');
            if (status === 401)
                return new GitHubError(status, 'github-token-refused', `GitHub does not accept the token (${asked}: ${reason}).`);
            if (status === 403)
                return new GitHubError(status, 'github-permission', `The token has no permission for ${asked}: ${reason}.`, 'give the job the permissions that the README of release lists.');
            const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused';
            return new GitHubError(status, code, `GitHub answered HTTP ${status} to ${asked}: ${reason}.`);
        }
    }),
    901: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            postConfirmer: () => (postConfirmer)
        });
        var retry = __nccwpck_require__(511);
        var clock = __nccwpck_require__(563);
        var failure = __nccwpck_require__(95);
        var external_node_child_process_ = __nccwpck_require__(421);
        var external_node_crypto_ = __nccwpck_require__(598);
        var external_node_fs_ = __nccwpck_require__(24);
        var external_node_os_ = __nccwpck_require__(161);
        var external_node_path_ = __nccwpck_require__(760);
        var bounded = __nccwpck_require__(700);
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
                this.child = (0, external_node_child_process_.spawn)(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
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
                const running = (0, bounded.B)('ssh', [...args, 'belay'], { env, ...limits, ...(signal && { signal }) });
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
                await (0, bounded.B)('ssh', args, options).catch(() => undefined);
            }
            (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
        }
        function disconnectNow({ folder }) {
            endSession(folder);
            const args = ['-F', (0, external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'];
            if ((0, external_node_fs_.existsSync)((0, external_node_path_.join)(folder, 'socket')))
                (0, external_node_child_process_.spawnSync)('ssh', args, { env: (0, job.Qc)(), timeout: 2000 });
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
    842: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            GE: () => (accessVariables),
            gM: () => (readAccessInputs),
            oZ: () => (readNamespace)
        });
        const accessVariables = {
            server: 'kube-server',
            ca: 'kube-ca',
            token: 'kube-token',
            audience: 'kube-audience',
        };
        function readAccessInputs(read) {
            const kubeconfig = read.text('kubeconfig', { multiline: true, unchecked: true });
            const server = read.text('server');
            const ca = read.text('ca', { multiline: true, unchecked: true });
            const token = read.secret('token').trim();
            const audience = read.text('audience');
            if (kubeconfig !== '' && server !== '')
                read.issue('server', 'is given together with kubeconfig', 'Give only one of the two.');
            if (server !== '' && !/^https:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(server))
                read.issue('server', `is "${server}"`, "Give the https:// address of the cluster's API server.");
            for (const [name, value] of [['ca', ca], ['token', token]])
                if (value !== '' && server === '')
                    read.issue(name, 'is given without server', 'Give server too, or leave it out.');
            if (audience !== '' && (server === '' || token !== ''))
                read.issue('audience', "is given without server, or with token, so GitHub's token is not used", 'Leave it out.');
            return { kubeconfig, server, ca, token, audience };
        }
        function readNamespace(read) {
            const namespace = read.text('namespace', { required: 'the namespace to release to' });
            if (namespace !== '' && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace))
                read.issue('namespace', `is "${namespace}"`, 'Give small letters, digits and "-", 63 at most.');
            return namespace;
        }
    }),
    447: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            iv: () => (changesBetween),
            lZ: () => (escapePointer),
            n4: () => (isEqual),
            AC: () => (pointerNames),
            fK: () => (valueAt)
        });
        ;
        const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
        ;
        const serverFields = ['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink'];
        const serverAnnotations = ['deployment.kubernetes.io/revision', 'deprecated.daemonset.template.generation'];
        const isEqual = external_node_util_namespaceObject.isDeepStrictEqual;
        function contentOf({ status: _, metadata, apiVersion: __, kind: ___, ...others }) {
            const kept = Object.entries(metadata).filter(([name]) => !serverFields.includes(name));
            const own = Object.entries(metadata.annotations ?? {}).filter(([name]) => !serverAnnotations.includes(name));
            const { labels = {}, ...rest } = Object.fromEntries(kept);
            return { ...others, metadata: { ...rest, labels, annotations: Object.fromEntries(own) } };
        }
        function changesBetween(before, after) {
            return differences(contentOf(before), contentOf(after), '');
        }
        function differences(before, after, path) {
            if (isEqual(before, after))
                return [];
            if (isMap(before) && isMap(after)) {
                const names = new Set([...Object.keys(before), ...Object.keys(after)]);
                return [...names].flatMap((name) => differences(before[name], after[name], `${path}/${escapePointer(name)}`));
            }
            if (Array.isArray(before) && Array.isArray(after) && haveSameNames(before, after))
                return before.flatMap((entry, index) => differences(entry, after[index], `${path}/${index}`));
            return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
        }
        function isMap(value) {
            return typeof value === 'object' && value !== null && !Array.isArray(value);
        }
        function haveSameNames(before, after) {
            const nameOf = (entry) => (isMap(entry) && typeof entry.name === 'string' ? entry.name : undefined);
            return (before.length === after.length &&
                before.every((entry, index) => nameOf(entry) !== undefined && nameOf(entry) === nameOf(after[index])));
        }
        function escapePointer(name) {
            return name.replaceAll('~', '~0').replaceAll('/', '~1');
        }
        function pointerNames(pointer) {
            const names = pointer.split('/').slice(1);
            return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
        }
        function valueAt(object, pointer) {
            return pointerNames(pointer).reduce((value, key) => {
                if (Array.isArray(value))
                    return value[Number(key)];
                return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
            }, object);
        }
    }),
    830: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            IC: () => (imagesOf),
            R7: () => (podTemplates),
            _M: () => (repositoryOf),
            f1: () => (imageText),
            h_: () => (floatingImages),
            nS: () => (withImages),
            ol: () => (digestOf),
            qo: () => (replacements),
            zZ: () => (parseImage)
        });
        var _compare_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(447);
        function parseImage(text) {
            const [, name, digest] = /^([a-z0-9][\w.:/-]*)@(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
            return name === undefined || digest === undefined ? undefined : { name: withoutTag(name), digest };
        }
        function imageText({ name, digest }) {
            return `${name}@${digest}`;
        }
        function digestOf(image) {
            return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
        }
        function repositoryOf(image) {
            const name = withoutTag(image.replace(/@.*$/, ''));
            const [first = '', ...rest] = name.split('/');
            if (rest.length === 0)
                return `docker.io/library/${name}`;
            return /[.:]|^localhost$/.test(first) ? name : `docker.io/${name}`;
        }
        function withoutTag(name) {
            return name.replace(/:[^:/]*$/, '');
        }
        function podTemplates(object) {
            const { metadata: _, status: __, ...body } = object;
            return templatesIn(body, '');
        }
        function templatesIn(value, path) {
            if (typeof value !== 'object' || value === null)
                return [];
            if (Array.isArray(value))
                return value.flatMap((one, index) => templatesIn(one, `${path}/${index}`));
            const map = value;
            if (Array.isArray(map.containers))
                return [{ path, spec: map }];
            return Object.entries(map).flatMap(([name, inner]) => templatesIn(inner, `${path}/${(0, _compare_js__WEBPACK_IMPORTED_MODULE_0__.lZ)(name)}`));
        }
        function imagesOf(object) {
            return podTemplates(object).flatMap(({ path, spec }) => ['initContainers', 'containers'].flatMap((list) => {
                const containers = spec[list];
                if (!Array.isArray(containers))
                    return [];
                return containers.flatMap((one, index) => {
                    const { name, image } = (one ?? {});
                    if (typeof name !== 'string' || typeof image !== 'string')
                        return [];
                    return [{ container: name, image, path: `${path}/${list}/${index}/image` }];
                });
            }));
        }
        function replacements(object, images) {
            return imagesOf(object).flatMap((found) => {
                const wanted = images.find(({ name }) => repositoryOf(name) === repositoryOf(found.image));
                return wanted ? [{ ...found, to: imageText(wanted) }] : [];
            });
        }
        function withImages(object, images) {
            const copy = structuredClone(object);
            for (const { path, to } of replacements(object, images)) {
                const names = (0, _compare_js__WEBPACK_IMPORTED_MODULE_0__.AC)(path);
                const last = names.pop();
                const holder = names.reduce((value, name) => value[name], copy);
                holder[last] = to;
            }
            return copy;
        }
        function floatingImages(objects) {
            return [...new Set(objects.flatMap(imagesOf).flatMap(({ image }) => (digestOf(image) ? [] : [image])))];
        }
    }),
    971: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Bf: () => (releaseId),
            Eo: () => (isName),
            W9: () => (isKeptRelease)
        });
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
    }),
    421: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
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
(() => {
    __nccwpck_require__.r = (exports) => {
        if (typeof Symbol !== 'undefined' && Symbol.toStringTag) {
            Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
        }
        Object.defineProperty(exports, '__esModule', { value: true });
    };
})();
var __webpack_exports__ = __nccwpck_require__(885);
__webpack_exports__ = await __webpack_exports__;
