import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    789: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            g: () => (notifySlack)
        });
        var inputs = __nccwpck_require__(557);
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
        var job = __nccwpck_require__(878);
        var failure = __nccwpck_require__(95);
        var summary = __nccwpck_require__(813);
        ;
        const slackMarkup = {
            plain: (text, max) => truncate(text, max, escapeSlack),
            code: (text, max) => `\`${truncate(text.replaceAll('`', "'"), max, escapeSlack)}\``,
            bold: (written) => `*${written}*`,
            link: (label, url) => `<${escapeSlack(url).replaceAll('|', '%7C')}|${escapeSlack(label).replaceAll('|', '/')}>`,
        };
        const markdownMarkup = {
            plain: (text, max) => truncate(text, max, summary.EO),
            code: (text, max) => `\`${truncate(text.replaceAll('`', "'"), max, (part) => part)}\``,
            bold: (written) => `**${written}**`,
            link: (label, url) => `[${(0, summary.EO)(label)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`,
        };
        function escapeSlack(text) {
            return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        }
        function truncate(text, max = Number.POSITIVE_INFINITY, write) {
            const line = oneLine(text);
            const whole = write(line);
            if (whole.length <= max)
                return whole;
            let written = '';
            for (const character of line) {
                const next = written + write(character);
                if (next.length > max - 1)
                    break;
                written = next;
            }
            return `${written}…`;
        }
        function oneLine(text) {
            return text
                .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
                .replace(/ {2,}/g, ' ')
                .trim();
        }
        var service_outcome = __nccwpck_require__(299);
        var job_state = __nccwpck_require__(146);
        ;
        const endOfJob = 'end of the job';
        function phaseTimes(record, steps) {
            const hasSeveral = new Set(steps.map(({ service }) => service)).size > 1;
            const decided = record.find(({ event }) => event === 'decided')?.at ?? '';
            const ofSteps = steps.flatMap(({ step, name, service }) => {
                const part = hasSeveral && service ? `${name} ${service}` : name;
                return timesOfStep(part, record.filter((line) => line.step === step), decided);
            });
            return [...ofSteps, ...timeOfEnd(record)];
        }
        function timesOfStep(part, lines, decided) {
            const [began] = lines;
            if (began?.event !== 'step-began')
                return [];
            const ended = lines.findIndex(({ event }) => event === 'step-ended');
            const stopped = lines.findIndex(({ at }) => decided !== '' && at >= decided);
            const count = ended >= 0 ? ended + 1 : stopped >= 0 ? stopped : lines.length;
            const [main, post] = [lines.slice(0, count), lines.slice(count)];
            const phasesIn = (stage) => stage.filter((line) => line.event === 'phase');
            const inMain = phasesIn(main);
            const end = main.at(-1);
            const failing = end?.event === 'step-ended' && !end.ok && (inMain.findLast(({ phase }) => phase !== 'undo') ?? began);
            const timeOf = (line, end) => ({
                part,
                phase: line.event === 'phase' ? line.phase : began.action,
                from: Date.parse(line.at),
                to: end && Date.parse(end.at),
                failed: end === undefined || line === failing,
            });
            return [
                ...(inMain.length > 0 ? inMain : [began]).map((line) => timeOf(line, nextOf(line, main))),
                ...phasesIn(post).map((line) => timeOf(line, nextOf(line, post) ?? post.at(-1))),
            ].reduce(join, []);
        }
        function nextOf(began, stage) {
            const later = stage.slice(stage.indexOf(began) + 1).filter(({ event }) => event === 'phase' || event === 'step-ended');
            const host = hostOf(began);
            const own = later.find((line) => line.event === 'phase' && [host, ''].includes(hostOf(line)));
            return (host !== '' && own) || later[0];
        }
        function hostOf(line) {
            return (line.event === 'phase' && line.host) || '';
        }
        function join(times, next) {
            const at = times.findIndex(({ phase, to }) => phase === next.phase && to !== undefined && to >= next.from);
            const same = times[at];
            if (!same)
                return [...times, next];
            const to = next.to && same.to && Math.max(next.to, same.to);
            return times.with(at, { ...same, to, failed: same.failed || next.failed });
        }
        function timeOfEnd(record) {
            const decided = record.find(({ event }) => event === 'decided');
            if (decided?.event !== 'decided')
                return [];
            const outcomes = record.flatMap((line) => (line.event === 'outcome' && line.at >= decided.at ? line : []));
            const last = outcomes.at(-1);
            if (!last)
                return [];
            const phase = decided.decision === 'commit' ? 'confirm' : 'undo';
            const failed = outcomes.some(({ result }) => ['mixed', 'unknown', 'undo-started'].includes(result));
            return [{ part: endOfJob, phase, from: Date.parse(decided.at), to: Date.parse(last.at), failed }];
        }
        ;
        const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
        var serving = __nccwpck_require__(501);
        var src_result = __nccwpck_require__(432);
        ;
        function servicesOf(input, allSteps) {
            const { releases } = input.job;
            const named = [...releases.map(({ service }) => service), ...allSteps.flatMap(({ service }) => service ?? [])];
            return [...new Set(named)].map((name) => {
                const release = releases.find(({ service }) => service === name);
                const chosen = input.job.chosen.findLast(({ service }) => service === name)?.release;
                const steps = input.job.steps.filter((step) => step.mutates && step.service === name);
                return {
                    name,
                    environment: release?.environment ?? '',
                    from: [...new Set(movesOf(steps).flatMap(({ back, from }) => (back ? (0, serving.s)(from.version) : [])))].join(', '),
                    version: chosen ? versionOf(chosen) : release ? versionOf(release) : '',
                    conclusion: steps.length === 0 && isSuperseded(input.job) ? 'superseded' : serviceConclusion(input.status, steps),
                    steps: allSteps.filter(({ service }) => service === name),
                    targets: distinct(steps.flatMap((step) => targetsOf(step, input))),
                };
            });
        }
        function versionOf({ version, sha }) {
            const short = sha.slice(0, 7);
            return version === sha || version === '' ? short : `${version} (${short})`;
        }
        function serviceConclusion(status, steps) {
            if (status === 'running')
                return 'running';
            if (steps.length === 0)
                return 'unchanged';
            const result = finalResult((0, src_result.N)(steps.map(job_state.Bg)));
            const isIncomplete = steps.at(-1)?.ended?.ok === false;
            if (result === 'committed' && isIncomplete)
                return 'partly';
            return result === 'noop' && isIncomplete ? 'unchanged' : result;
        }
        function targetsOf(step, { status }) {
            const silent = step.armed.filter(({ name }) => !step.outcomes.some(({ target }) => target === name));
            const targets = [
                ...step.outcomes.map(({ target, result, detail, stays }) => ({
                    name: target,
                    result: stays ? 'stays' : result,
                    detail,
                })),
                ...silent.map(({ name }) => ({
                    name,
                    result: status === 'running' ? 'waiting' : 'unknown',
                    detail: status === 'running' ? '' : 'its outcome is not known',
                })),
            ];
            return targets
                .map((target) => ({ ...target, name: withoutService(target.name, step.service) }))
                .toSorted((a, b) => src_result.X.indexOf(b.result) - src_result.X.indexOf(a.result));
        }
        function distinct(targets) {
            return targets.filter((one, index) => targets.findIndex((other) => (0, external_node_util_namespaceObject.isDeepStrictEqual)(other, one)) === index);
        }
        function withoutService(target, service) {
            const prefix = `${service} on `;
            return target.startsWith(prefix) ? target.slice(prefix.length) : target;
        }
        function movesOf(steps) {
            return steps.flatMap(({ armed, moved }) => [...armed, ...moved].flatMap(({ move }) => move ?? []));
        }
        function isSuperseded({ steps }) {
            return steps.some(({ ended }) => ended?.result === 'superseded');
        }
        function finalResult(result) {
            return result === 'pending' ? 'unknown' : result;
        }
        ;
        function stepReportsOf(input) {
            const steps = new Map();
            const services = new Set(input.job.releases.map(({ service }) => service));
            const only = services.size === 1 ? [...services][0] : undefined;
            let open;
            for (const line of input.record) {
                if (line.event === 'release-began')
                    open = line.release.service;
                if (line.event === 'release-ended')
                    open = undefined;
                if (!['step-began', 'gate', 'step-ended'].includes(line.event))
                    continue;
                const journalled = input.job.steps.find(({ id }) => id === line.step);
                const step = steps.get(line.step) ?? {
                    step: line.step,
                    name: journalled?.action ?? line.step,
                    service: journalled?.service ?? open ?? only,
                    mutates: journalled?.mutates ?? false,
                    state: input.status === 'running' ? 'running' : 'stopped',
                    seconds: undefined,
                    result: undefined,
                    gate: undefined,
                    code: undefined,
                    reason: undefined,
                    errors: [],
                    remedy: undefined,
                };
                steps.set(line.step, { ...step, ...stepChangesIn(line) });
            }
            return [...steps.values()].filter(({ name, mutates, gate, state }) => name !== 'notify-slack' && (mutates || gate !== undefined || state === 'failed' || state === 'stopped'));
        }
        function stepChangesIn(line) {
            switch (line.event) {
                case 'step-began':
                    return {
                        name: line.action,
                        mutates: line.mutates,
                        ...(line.service && { service: line.service }),
                    };
                case 'gate': {
                    const verdict = `${line.verdict} after ${line.attempts === 1 ? '1 attempt' : `${line.attempts} attempts`}`;
                    const shown = line.verdict === 'pass' && line.reason !== '';
                    return { gate: shown ? `${verdict}: ${(0, failure.TM)(line.reason)}` : verdict };
                }
                case 'step-ended': {
                    const known = line.code !== 'internal' && line.reason !== undefined;
                    return {
                        state: line.ok ? 'ok' : 'failed',
                        seconds: line.seconds,
                        result: line.result,
                        code: line.code,
                        reason: known ? (0, failure.TM)(line.reason ?? '') : undefined,
                        errors: line.code === 'inputs' ? listItems(line.reason ?? '') : [],
                        remedy: line.remedy,
                    };
                }
                default:
                    return {};
            }
        }
        function listItems(text) {
            return text.split(/\r?\n/).flatMap((line) => (line.startsWith('  - ') ? [line.slice(4)] : []));
        }
        ;
        function buildReport(input) {
            const steps = stepReportsOf(input);
            const services = servicesOf(input, steps);
            return {
                run: input.run,
                status: input.status,
                conclusion: conclusionOf(input, services),
                environment: [...new Set(services.map(({ environment }) => environment).filter(Boolean))].join(', '),
                subject: subjectOf(input.run, services),
                serving: servingOf(input),
                isRollback: isRollback(input),
                externalFailure: (0, service_outcome.TA)(input.job),
                failures: steps.filter(({ state }) => state === 'failed' || state === 'stopped'),
                decision: input.job.decided,
                services: services.toSorted((a, b) => severity.indexOf(b.conclusion) - severity.indexOf(a.conclusion)),
                otherSteps: steps.filter(({ service }) => service === undefined),
                warnings: warningsOf(input),
                times: input.job.steps.some(({ mutates }) => mutates) ? phaseTimes(input.record, steps) : [],
            };
        }
        function servingOf({ job, record, run, status }) {
            return status === 'running' ? [] : (0, service_outcome.RW)({ job, record, status, actor: run.actor }).map(({ text }) => text);
        }
        function isRollback({ job }) {
            const moves = movesOf(job.steps);
            if (moves.length > 0)
                return moves.every(({ back }) => back);
            return (job.releases.some(({ version }) => version === 'previous') || job.admissions.some(({ way }) => way === 'rollback'));
        }
        function conclusionWord(conclusion) {
            return conclusionWords[conclusion] ?? conclusion;
        }
        const conclusionWords = {
            nothing: 'nothing changed',
            partly: 'committed in part',
            noop: 'already live',
            unchanged: 'not released',
            'rolled-back': 'rolled back',
            'undo-started': 'rollback started, outcome unknown',
            waiting: 'waiting for confirmation',
        };
        const severity = [
            'running',
            'nothing',
            'noop',
            'committed',
            'superseded',
            'unchanged',
            'partly',
            'rolled-back',
            'undo-started',
            'unknown',
            'mixed',
        ];
        function conclusionOf({ job, status }, services) {
            if (status === 'running')
                return 'running';
            const mutating = job.steps.filter(({ mutates }) => mutates);
            if (mutating.length === 0 && isSuperseded(job))
                return 'superseded';
            if (mutating.length === 0)
                return status === 'success' ? 'nothing' : 'unchanged';
            const result = finalResult((0, job_state.jz)(job));
            const isIncomplete = services.some(({ conclusion }) => conclusion === 'unchanged' || conclusion === 'partly');
            return result === 'committed' && isIncomplete ? 'partly' : result;
        }
        function subjectOf(run, services) {
            if (services.length === 0)
                return `${run.repository.split('/').pop()} · ${run.job}`;
            const versions = new Set(services.map(({ version }) => version));
            const names = services.map(nameOf).join(', ');
            const [only = ''] = versions;
            if (versions.size === 1)
                return only ? `${names} → ${only}` : names;
            return services.map((one) => (one.version ? `${nameOf(one)} → ${one.version}` : nameOf(one))).join(', ');
        }
        function nameOf({ name, from }) {
            return from ? `${name} ${from}` : name;
        }
        function warningsOf({ record, job }) {
            const own = new Set(job.steps.filter(({ action }) => action === 'notify-slack').map(({ id }) => id));
            const shown = record.flatMap((line) => {
                if (line.event !== 'note' || line.level !== 'warning' || own.has(line.step))
                    return [];
                return [line.host ? `${line.host}: ${(0, failure.TM)(line.text)}` : (0, failure.TM)(line.text)];
            });
            return [...new Set(shown)];
        }
        ;
        const maxLengths = { name: 80, version: 80, reason: 500, note: 400 };
        const maxTargets = 20;
        const maxWarnings = 5;
        const maxErrors = 5;
        const maxServing = 3;
        function headline(report, markup, max) {
            const before = `${iconOf(report)} ${report.environment ? `${markup.plain(report.environment, 50)} · ` : ''}`;
            const after = ` · ${conclusionText(report)}`;
            return `${before}${markup.plain(report.subject, max - before.length - after.length)}${after}`;
        }
        function reportSections(report, markup) {
            return [
                conclusionSection(report, markup),
                ...report.services.map((service) => serviceSection(service, markup)),
                ...otherStepsSection(report, markup),
                ...warningsSection(report, markup),
            ];
        }
        function footer({ run }, markup) {
            const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : '';
            const label = `${run.repository} run ${run.id}${attempt}`;
            return `${markup.link(label.slice(0, 200), run.url)} · job ${markup.plain(run.job, maxLengths.name)} · by ${markup.plain(run.actor, maxLengths.name)}`;
        }
        const icons = {
            running: '⏳',
            nothing: '⚪',
            noop: '✅',
            superseded: '⏭️',
            committed: '✅',
            partly: '⚠️',
            unchanged: '❌',
            'rolled-back': '↩️',
            'undo-started': '⚠️',
            unknown: '⚠️',
            mixed: '🚨',
        };
        function iconOf({ conclusion, isRollback }) {
            return isRollback && conclusion === 'committed' ? '⏪' : icons[conclusion];
        }
        const conclusionSentences = {
            running: 'In progress.',
            nothing: 'This job changed nothing.',
            noop: 'Already live, committed and healthy: nothing was done.',
            superseded: 'A newer release is already live: this one was superseded.',
            committed: 'The release is live and committed.',
            partly: 'Only a part was released. The committed part stays.',
            unchanged: 'The job ended before it changed anything.',
            'rolled-back': 'What this job changed was undone.',
            'undo-started': 'The hosts are rolling back, but their outcome is not known. Inspect them.',
            unknown: 'The outcome is not known. Inspect the hosts.',
            mixed: 'The old and the new version serve side by side, or a host could not be inspected. Inspect the hosts named below.',
        };
        function conclusionSection(report, markup) {
            const { failures, decision, status, conclusion } = report;
            const reasons = failures.flatMap((step) => failureLines(step, markup));
            if (status === 'failure' && reasons.length === 0)
                reasons.push(`${capitalize(markup.plain(report.externalFailure))}; the run shows which one, and why.`);
            if (status === 'cancelled')
                reasons.push('The job was cancelled.');
            if (decision && !['unchanged', 'nothing', 'noop'].includes(conclusion)) {
                const word = markup.bold(decision.decision === 'commit' ? 'commit' : 'undo');
                reasons.push(`Decision: ${word}, because ${markup.plain(decision.why, maxLengths.reason)}.`);
            }
            return {
                topic: 'why',
                heading: `${markup.bold(capitalize(conclusionText(report)))}. ${servingText(report, markup)}`,
                items: reasons,
            };
        }
        function servingText({ conclusion, serving, isRollback }, markup) {
            const sentence = isRollback && conclusion === 'running' ? 'Rolling back to an older release.' : conclusionSentences[conclusion];
            const named = serving.slice(0, maxServing).map((text) => `${markup.plain(text, maxLengths.reason)}.`);
            if (serving.length > maxServing)
                named.push(`The other ${serving.length - maxServing} services are below.`);
            if (named.length === 0)
                return sentence;
            return conclusion === 'committed' || conclusion === 'rolled-back' ? named.join(' ') : [sentence, ...named].join(' ');
        }
        function conclusionText({ conclusion, status, isRollback }) {
            const reached = conclusion === 'committed' || conclusion === 'noop' || conclusion === 'partly';
            const word = isRollback && conclusion === 'committed' ? 'rollback committed' : conclusionWord(conclusion);
            if (!reached || status === 'success')
                return word;
            return `${word}, job ${status === 'cancelled' ? 'cancelled' : 'failed'}`;
        }
        function failureLines(step, markup) {
            const label = `✗ ${markup.bold(markup.plain(step.name, maxLengths.name))}${ofService(step, markup)}`;
            if (step.state === 'stopped')
                return [`${label} was stopped before it finished.`];
            if (step.reason === undefined)
                return [`${label} failed with an unexpected error; see the job log.`];
            const code = step.code ? ` ${markup.code(step.code, maxLengths.name)}` : '';
            const errors = step.errors.slice(0, maxErrors).map((text) => markup.plain(text, maxLengths.note));
            const rest = step.errors.length - errors.length;
            return [
                `${label} failed:${code} ${markup.plain(step.reason, maxLengths.reason)}`,
                ...errors,
                ...(rest > 0 ? [`… and ${rest} more in the job log`] : []),
                ...(step.remedy ? [`How to fix: ${markup.plain(step.remedy, maxLengths.note)}`] : []),
            ];
        }
        function ofService({ service }, markup) {
            return service ? ` of ${markup.plain(service, maxLengths.name)}` : '';
        }
        function serviceSection(service, markup) {
            const version = service.version ? ` → ${markup.code(service.version, maxLengths.version)}` : '';
            const place = service.environment ? ` in ${markup.plain(service.environment, maxLengths.name)}` : '';
            const name = markup.bold(markup.plain(service.name, maxLengths.name));
            return {
                topic: markup.plain(service.name, maxLengths.name),
                heading: `${icons[service.conclusion]} ${name}${version}${place}: ${markup.bold(conclusionWord(service.conclusion))}`,
                items: [...service.steps.map((step) => stepLine(step, markup)), ...targetLines(service.targets, markup)],
            };
        }
        const stepMarks = { running: '…', ok: '✓', failed: '✗', stopped: '✗' };
        function stepLine(step, markup) {
            const parts = [`${stepMarks[step.state]} ${markup.plain(step.name, maxLengths.name)}`];
            if (step.state === 'running')
                parts.push('in progress');
            if (step.state === 'stopped')
                parts.push('stopped before it finished');
            if (step.seconds !== undefined)
                parts.push(duration(step.seconds));
            if (step.gate)
                parts.push(markup.plain(step.gate, maxLengths.note));
            if (step.result && !['pending', 'unchanged'].includes(step.result))
                parts.push(conclusionWord(sections_finalResult(step.result)));
            return parts.join(' · ');
        }
        function sections_finalResult(result) {
            return result === 'pending' ? 'unknown' : result;
        }
        function targetLines(targets, markup) {
            const lines = targets.slice(0, maxTargets).map((target) => {
                const detail = target.detail ? ` – ${markup.plain(target.detail, maxLengths.note)}` : '';
                return `${markup.plain(target.name, maxLengths.name)}: ${markup.bold(conclusionWord(target.result))}${detail}`;
            });
            const rest = targets.slice(maxTargets);
            return rest.length > 0 ? [...lines, `… and ${rest.length} more hosts: ${count(rest)}`] : lines;
        }
        function count(targets) {
            const byWord = Map.groupBy(targets, ({ result }) => conclusionWord(result));
            return [...byWord].map(([word, some]) => `${some.length} ${word}`).join(', ');
        }
        function otherStepsSection({ otherSteps }, markup) {
            if (otherSteps.length === 0)
                return [];
            const items = otherSteps.map((step) => stepLine(step, markup));
            return [{ topic: 'other steps', heading: markup.bold('Other steps'), items }];
        }
        function warningsSection({ warnings }, markup) {
            if (warnings.length === 0)
                return [];
            const lines = warnings.slice(0, maxWarnings).map((text) => `⚠️ ${markup.plain(text, maxLengths.note)}`);
            const rest = warnings.length - lines.length;
            const items = rest > 0 ? [...lines, `… and ${rest} more in the job log`] : lines;
            return [{ topic: 'warnings', heading: markup.bold('Warnings'), items }];
        }
        function duration(seconds) {
            if (seconds < 9.95)
                return `${seconds.toFixed(1)} s`;
            const whole = Math.round(seconds);
            if (whole < 60)
                return `${whole} s`;
            return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
        }
        function capitalize(text) {
            return text.charAt(0).toUpperCase() + text.slice(1);
        }
        ;
        const limits = { header: 150, section: 2900, sections: 45, total: 12_000, block: 125 };
        function toBlocks(report, notes = []) {
            const sections = [
                ...reportSections(report, slackMarkup),
                ...notes.map((heading) => ({ topic: 'a note', heading, items: [] })),
            ];
            const title = headline(report, slackMarkup, limits.header);
            return {
                text: `${title}\n${sections[0]?.heading ?? ''}`,
                blocks: [
                    { type: 'header', text: { type: 'plain_text', text: title, emoji: true } },
                    ...packSections(sections).map((text) => ({ type: 'section', text: mrkdwn(text) })),
                    { type: 'context', elements: [mrkdwn(footer(report, slackMarkup))] },
                ],
            };
        }
        function packSections(sections) {
            const texts = [];
            let room = limits.total;
            for (const [index, section] of sections.entries()) {
                const text = packSection(section);
                room -= text.length + limits.block;
                if (room < 0 || index >= limits.sections) {
                    const left = sections.slice(index).map(({ topic }) => topic);
                    const named = left.slice(0, 10).join(', ') + (left.length > 10 ? ` and ${left.length - 10} more` : '');
                    return [...texts, `… left out because of Slack's limits, see the job summary: ${named}`];
                }
                texts.push(text);
            }
            return texts;
        }
        function packSection({ heading, items }) {
            let text = heading;
            for (const [index, item] of items.entries()) {
                const next = `${text}\n• ${item}`;
                if (next.length > limits.section)
                    return `${text}\n… and ${items.length - index} more lines in the job summary`;
                text = next;
            }
            return text;
        }
        function mrkdwn(text) {
            return { type: 'mrkdwn', text, verbatim: true };
        }
        var control_character = __nccwpck_require__(402);
        ;
        function shownUrl(text) {
            return text.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
        }
        ;
        function readNotifyInputs(read) {
            const token = read.secret('token', { multiline: true }).trim();
            const channel = read.text('channel', { unchecked: true });
            const unusable = [];
            requirePlain(unusable, 'token', token, 'store the token as one line, without anything else.');
            requirePlain(unusable, 'channel', channel, 'give the name or the ID of one channel.');
            const apiUrl = readApiUrl(read, unusable);
            const jobStatus = read.choice('job-status', {
                default: 'success',
                of: ['success', 'failure', 'cancelled'],
            });
            if (token !== '' && channel === '')
                unusable.push({
                    text: 'The input token is given (slack-token of release), but the input channel is not.',
                    remedy: 'give `channel` (for release: `slack-channel`), or set the variable BELAY_SLACK_CHANNEL. In YAML "#releases" needs its quotes.',
                });
            return {
                slack: token && channel && unusable.length === 0 ? { token, channel, apiUrl } : undefined,
                unusable,
                jobStatus,
            };
        }
        function requirePlain(unusable, name, value, remedy) {
            const control = (0, control_character.A)(value);
            if (control)
                unusable.push({ text: `The input ${name} (slack-${name} of release) has ${control}.`, remedy });
            return control === undefined;
        }
        const slackUrl = 'https://slack.com/api/';
        function readApiUrl(read, unusable) {
            const text = read.text('api-url', { default: slackUrl, unchecked: true });
            if (!requirePlain(unusable, 'api-url', text, `leave it out, or give one like ${slackUrl}.`))
                return new URL(slackUrl);
            const url = URL.canParse(text) ? new URL(text) : undefined;
            const shown = shownUrl(text);
            if (!url || !['http:', 'https:'].includes(url.protocol)) {
                unusable.push({
                    text: `The input api-url is "${shown}", not a web address.`,
                    remedy: `leave it out, or give one like ${slackUrl}.`,
                });
                return new URL(slackUrl);
            }
            if (shown !== text)
                unusable.push({
                    text: `The input api-url is "${shown}", with a login or a query.`,
                    remedy: `leave that out, as in ${slackUrl}.`,
                });
            else if (url.protocol === 'http:' && !isLoopback(url.hostname))
                unusable.push({
                    text: `The input api-url is "${shown}", which would send the token unencrypted.`,
                    remedy: 'give an https:// address.',
                });
            if (!url.pathname.endsWith('/'))
                url.pathname += '/';
            return url;
        }
        function isLoopback(host) {
            return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
        }
        ;
        const leastPart = 0.01;
        function ganttOf(times) {
            const whole = Math.max(...times.map(endOf)) - Math.min(...times.map(({ from }) => from));
            const shown = times.filter((time) => time.failed || time.part === endOfJob || endOf(time) - time.from > whole * leastPart);
            if (shown.length < 2 || whole === 0)
                return undefined;
            const lines = shown.flatMap((time, index) => {
                const begins = time.part !== shown[index - 1]?.part;
                return [...(begins ? [`section ${gantt_nameOf(time.part)}`] : []), barOf(time)];
            });
            const head = ['gantt', 'dateFormat YYYY-MM-DD HH:mm:ss.SSS', 'axisFormat %H:%M:%S'];
            return [
                '**When each phase ran** (UTC; each until the next one began)',
                '',
                '```mermaid',
                ...head,
                ...lines,
                '```',
            ].join('\n');
        }
        function barOf({ phase, from, to, failed }) {
            const name = `${failed ? '✗' : '✓'} ${gantt_nameOf(phase)}`;
            if (to === undefined)
                return `${name} stopped :crit, milestone, ${timeOf(from)}, 0s`;
            return `${name} ${((to - from) / 1000).toFixed(1)} s :${failed ? 'crit' : 'done'}, ${timeOf(from)}, ${timeOf(to)}`;
        }
        function gantt_nameOf(text) {
            const name = text.replace(/[^\p{L}\p{N} .@/_-]+/gu, ' ').trim();
            return name.slice(0, 60) || 'unnamed';
        }
        function endOf({ from, to }) {
            return to ?? from;
        }
        function timeOf(time) {
            return new Date(time).toISOString().slice(0, -1).replace('T', ' ');
        }
        ;
        function toMarkdown(report, notes = []) {
            const sections = reportSections(report, markdownMarkup).map(({ heading, items }) => [heading, ...(items.length > 0 ? ['', ...items.map((item) => `- ${item}`)] : [])].join('\n'));
            const plainNotes = notes.map((note) => markdownMarkup.plain(note));
            const gantt = ganttOf(report.times);
            return [
                `### ${headline(report, markdownMarkup, 500)}`,
                ...sections,
                ...(gantt ? [gantt] : []),
                ...plainNotes,
                footer(report, markdownMarkup),
            ].join('\n\n');
        }
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
            if (!proxy || proxy_isLoopback(url.hostname) || isExcepted(url, env.no_proxy || env.NO_PROXY || ''))
                return undefined;
            const text = /^[a-z]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
            if (!URL.canParse(text))
                throw new Error(`${scheme}_proxy is not the address of a proxy, such as http://HOST:PORT`);
            return new URL(text);
        }
        function agentOptions(proxy) {
            return proxy ? { proxyEnv: { HTTP_PROXY: proxy.href, HTTPS_PROXY: proxy.href } } : {};
        }
        function proxy_isLoopback(hostname) {
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
        function retryAfterMs(header) {
            const text = String(header ?? '').trim();
            if (/^\d+$/.test(text))
                return Number(text) * 1000;
            const at = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN;
            return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
        }
        ;
        function readAnswer(answer) {
            if (answer.status === 429)
                return rateLimited(answer.headers['retry-after']);
            const body = parse(answer.body.toString('utf8'));
            if (body?.ok)
                return body;
            if (body)
                return refusalError(body);
            if (answer.status >= 500)
                return { ...baseError, code: 'slack-server-error', text: `Slack answered HTTP ${answer.status}.`, ...ambiguous };
            return {
                ...baseError,
                code: 'slack-unexpected-answer',
                text: `The answer (HTTP ${answer.status}) is not from Slack's Web API.`,
                remedy: 'check api-url, and any proxy between the runner and Slack.',
            };
        }
        function noAnswerError(error) {
            if (error.sent)
                return {
                    ...baseError,
                    code: 'slack-no-answer',
                    text: `Slack was reached, but the call failed: ${error.message}.`,
                    ...ambiguous,
                };
            return {
                ...baseError,
                code: 'slack-unreachable',
                text: `Slack could not be reached: ${error.message}.`,
                remedy: "check Slack's status page, api-url, and HTTPS_PROXY if the runner needs a proxy.",
                retryable: true,
            };
        }
        const budgetSpent = {
            code: 'slack-time-spent',
            text: 'This job has used up the time that it may wait for Slack.',
            remedy: undefined,
            retryable: false,
            maybeDelivered: false,
            waitMs: undefined,
        };
        function invalidToken(token) {
            if (/^[\x21-\x7e]+$/.test(token))
                return undefined;
            const text = 'The token has characters that a Slack token cannot have; nothing was sent.';
            return { ...refusalError({ ok: false, error: 'invalid_auth' }), text };
        }
        const baseError = { remedy: undefined, retryable: false, maybeDelivered: false, waitMs: undefined };
        const ambiguous = { retryable: true, maybeDelivered: true };
        function rateLimited(retryAfter) {
            const waitMs = retryAfterMs(retryAfter) || 1000;
            const text = `Slack asks to wait ${waitMs / 1000} s before the next message.`;
            return { ...baseError, code: 'slack-rate-limited', text, retryable: true, waitMs };
        }
        const retryableErrors = ['service_unavailable', 'request_timeout', 'team_added_to_org'];
        const ambiguousErrors = ['internal_error', 'fatal_error', 'update_failed'];
        function refusalError(body) {
            const error = /^[a-z0-9_]{1,60}$/.test(body.error ?? '') ? body.error : 'unknown_error';
            if (error === 'ratelimited' || error === 'rate_limited')
                return rateLimited(undefined);
            return {
                code: `slack-${error.replaceAll('_', '-')}`,
                text: describeRefusal(error, body),
                remedy: remedyFor(error, body),
                retryable: retryableErrors.includes(error) || ambiguousErrors.includes(error),
                maybeDelivered: ambiguousErrors.includes(error),
                waitMs: undefined,
            };
        }
        function describeRefusal(error, body) {
            if (error === 'missing_scope')
                return `The token lacks the scope ${printableAscii(body.needed)}; it has: ${printableAscii(body.provided) || 'none'} (missing_scope).`;
            const { messages } = (body.response_metadata ?? {});
            const details = Array.isArray(messages) ? messages.map(printableAscii).join('; ').slice(0, 500) : '';
            return `Slack refused: ${error}${details && ` (${details})`}.`;
        }
        function printableAscii(value) {
            return typeof value === 'string' ? value.replace(/[^\x20-\x7e]/g, ' ') : '';
        }
        const storeToken = 'store the Bot User OAuth Token (xoxb-…) of an app that is installed in the workspace as the secret.';
        const askAdministrator = 'ask an administrator of the workspace, or choose another channel.';
        const reportBug = 'this is a defect of Belay; please report it with this line.';
        function remedyFor(error, body) {
            switch (error) {
                case 'missing_scope':
                    return `add ${printableAscii(body.needed)} under OAuth & Permissions of the app, reinstall it, and store the new token.`;
                case 'not_in_channel':
                    return 'invite the app to the channel (/invite @app there), or give it the scope chat:write.public.';
                case 'channel_not_found':
                    return "check the channel's name, or give its ID. The app must be invited to a private channel.";
                case 'is_archived':
                case 'is_inactive':
                    return 'unarchive the channel, or choose another one.';
                case 'invalid_auth':
                case 'not_authed':
                case 'account_inactive':
                case 'token_revoked':
                case 'token_expired':
                case 'not_allowed_token_type':
                    return storeToken;
                case 'no_permission':
                case 'team_access_not_granted':
                case 'ekm_access_denied':
                case 'access_denied':
                case 'accesslimited':
                    return askAdministrator;
                case 'msg_too_long':
                case 'msg_blocks_too_long':
                case 'no_text':
                case 'invalid_blocks':
                case 'invalid_blocks_format':
                case 'invalid_arguments':
                    return reportBug;
                default:
                    return error.startsWith('restricted_action') ? askAdministrator : undefined;
            }
        }
        function parse(text) {
            try {
                const value = JSON.parse(text);
                return typeof value === 'object' && value !== null && 'ok' in value ? value : undefined;
            }
            catch {
                return undefined;
            }
        }
        ;
        const attemptMs = 5000;
        const attempts = 3;
        const minAttemptMs = 300;
        const graceMs = 3000;
        const maxBytes = 1_000_000;
        async function callSlack(slack, call, budget, signal) {
            const unusable = invalidToken(slack.token);
            if (unusable)
                return unusable;
            const once = () => tryOnce(slack, call, Math.min(attemptMs, budget.leftMs()), signal);
            const tried = await retry(async () => triedOf(await timed(budget, once)), {
                repeatable: call.repeatable,
                attempts,
                leftMs: () => budget.leftMs(),
                leastMs: minAttemptMs,
                backoffMs: doubling(500),
                pause: (ms) => timed(budget, () => (0, clock.y)(ms, signal)),
                signal,
            });
            if (!tried)
                return budgetSpent;
            return 'value' in tried ? tried.value : tried.trouble;
        }
        function triedOf(answer) {
            return isSlackError(answer) ? { trouble: answer } : { value: answer };
        }
        function isSlackError(answer) {
            return !('ok' in answer);
        }
        async function tryOnce(slack, call, ms, signal) {
            const url = new URL(call.method, slack.apiUrl);
            const headers = { authorization: `Bearer ${slack.token}`, 'content-type': 'application/json; charset=utf-8' };
            const body = JSON.stringify(call.args);
            const asking = call.repeatable ? signal : withGrace(signal);
            try {
                return readAnswer(await sendRequest({ method: 'POST', url, headers, body, timeoutMs: ms, signal: asking }, maxBytes));
            }
            catch (error) {
                if (error instanceof NoResponseError)
                    return noAnswerError(error);
                throw error;
            }
        }
        function withGrace(signal) {
            const later = new AbortController();
            const abort = () => void setTimeout(() => later.abort(), graceMs).unref();
            if (signal.aborted)
                abort();
            else
                signal.addEventListener('abort', abort, { once: true });
            return later.signal;
        }
        async function timed(budget, work) {
            const began = performance.now();
            try {
                return await work();
            }
            finally {
                budget.spend(performance.now() - began);
            }
        }
        ;
        const totalBudgetMs = 20_000;
        const reservedForEndMs = 10_000;
        function openMessage(slack, state, isLast, signal) {
            const limit = isLast ? totalBudgetMs : totalBudgetMs - reservedForEndMs;
            const budget = {
                leftMs: () => limit - state.current.spentMs,
                spend: (ms) => state.update({ spentMs: Math.round(state.current.spentMs + ms) }),
            };
            return { slack, state, budget, signal };
        }
        async function postMessage({ slack, state, budget, signal }, content) {
            state.update({ deliveryUnknown: true });
            const args = { channel: slack.channel, ...content, parse: 'none', unfurl_links: false, unfurl_media: false };
            const answer = await callSlack(slack, { method: 'chat.postMessage', args, repeatable: false }, budget, signal);
            if (isSlackError(answer)) {
                state.update({ deliveryUnknown: answer.maybeDelivered });
                return answer;
            }
            state.update({ deliveryUnknown: false, posted: { channel: String(answer.channel), ts: String(answer.ts) } });
            return undefined;
        }
        async function updateMessage({ slack, state, budget, signal }, content) {
            const args = { ...state.current.posted, ...content, attachments: [], parse: 'none' };
            const answer = await callSlack(slack, { method: 'chat.update', args, repeatable: true }, budget, signal);
            return isSlackError(answer) ? answer : undefined;
        }
        function isGone({ code }) {
            return ['slack-message-not-found', 'slack-cant-update-message', 'slack-edit-window-closed'].includes(code);
        }
        ;
        const variables = { token: 'slack-token', channel: 'slack-channel', 'api-url': 'slack-api-url' };
        const notifySlack = {
            name: 'notify-slack',
            inputs: readNotifyInputs,
            variables,
            async main({ slack, unusable }, step) {
                await warnOnError(step, () => (unusable.length > 0 ? warnUnusable(unusable, step) : postFirst(slack, step)));
                return { result: 'unchanged' };
            },
            async end(step) {
                await warnOnError(step, async () => {
                    const { slack, jobStatus } = (0, inputs.K)(readNotifyInputs, inputs.A, { variables });
                    const state = messageState(step.journal, step.id);
                    const report = reportOfJob(step, jobStatus);
                    const error = slack && state.current.owner === step.id ? await postEnd(slack, state, report, step) : undefined;
                    if (isFirst(step))
                        step.summary(toMarkdown(report, error ? [`Slack was not notified of this: ${error.text}`] : []), 'first');
                });
            },
        };
        async function warnUnusable(unusable, step) {
            step.output('failure-code', 'inputs');
            for (const { text, remedy } of unusable)
                warn(step, { code: 'inputs', text, remedy }, 'The release continues without a Slack message.');
        }
        async function postFirst(slack, step) {
            if (!slack)
                return step.info('No Slack token is set: no Slack message is sent. The job summary shows the result.');
            const state = messageState(step.journal, step.id);
            state.update({});
            if (state.current.owner === step.id)
                warnIfLate(step);
            const error = await postOrJoin(openMessage(slack, state, false, step.signal), reportOfJob(step, 'running'), step);
            const { posted } = state.current;
            step.output('ts', posted?.ts ?? '');
            step.output('channel-id', posted?.channel ?? '');
            step.output('failure-code', error?.code ?? '');
            if (error)
                warn(step, error, 'The release continues without a Slack message.');
        }
        async function postOrJoin(message, report, step) {
            const { posted, deliveryUnknown, owner } = message.state.current;
            if (posted) {
                step.info(`Updates the message of ${owner} in ${posted.channel}. Only ${owner} writes its final state.`);
                return updateMessage(message, toBlocks(report));
            }
            if (deliveryUnknown) {
                step.info(`It is not known whether Slack received the message of ${owner}. No second message is posted before the job ends.`);
                return undefined;
            }
            return postMessage(message, toBlocks(report));
        }
        function warnIfLate(step) {
            const isOpen = (ended) => ended === undefined || ended.result === 'pending';
            const before = step.journal.read().steps.find(({ mutates, ended }) => mutates && isOpen(ended));
            if (before)
                step.warn(`This step runs after ${before.id}, so its message cannot show the outcome of ${before.id}.\n  How to fix: make notify-slack the first step of the job.`);
        }
        async function postEnd(slack, state, report, step) {
            const { deliveryUnknown } = state.current;
            const message = openMessage(slack, state, true, step.signal);
            const notes = deliveryUnknown
                ? ['An earlier message may still say that this job is running. This message is the current one.']
                : [];
            let error = state.current.posted
                ? await updateMessage(message, toBlocks(report))
                : await postMessage(message, toBlocks(report, notes));
            if (error && state.current.posted && isGone(error))
                error = await postMessage(message, toBlocks(report));
            if (error)
                warn(step, error, 'The result of this job is in the job summary.');
            return error;
        }
        function isFirst(step) {
            return step.journal.read().steps.find(({ action }) => action === 'notify-slack')?.id === step.id;
        }
        function reportOfJob(step, status) {
            const { journal } = step;
            return buildReport({ record: journal.record(), job: journal.read(), run: (0, job.xh)(), status });
        }
        function warn(step, { code, text, remedy }, consequence) {
            step.warn(`Slack was not notified (${code}). ${text} ${consequence}${remedy ? `\n  How to fix: ${remedy}` : ''}`);
        }
        async function warnOnError(step, notify) {
            try {
                await notify();
            }
            catch (error) {
                step.warn(`Slack was not notified: ${(0, failure.bD)(error)}`);
            }
        }
    }),
    65: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(474);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(789);
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.e)(_action_js__WEBPACK_IMPORTED_MODULE_0__.g);
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
    691: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            F1: () => (postBudgetSeconds),
            gd: () => (decideOnce),
            iX: () => (confirmAll),
            sq: () => (reasonToUndo)
        });
        var _events_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(284);
        var _job_state_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(146);
        const postBudgetSeconds = 240;
        async function decide(job, jobStatus, confirmer) {
            const why = reasonToUndo(job, jobStatus);
            if (why !== undefined)
                return { decision: 'undo', why };
            const missing = await confirmer.missing(job.steps.flatMap(_job_state_js__WEBPACK_IMPORTED_MODULE_0__.co));
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
            const open = journal.read().steps.flatMap(_job_state_js__WEBPACK_IMPORTED_MODULE_0__.co);
            if (open.length === 0)
                return [];
            const outcomes = await confirmer.confirm(open);
            journal.append(...(0, _events_js__WEBPACK_IMPORTED_MODULE_1__.X)(step, outcomes));
            return outcomes;
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
    557: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            A: () => (fromEnvironment),
            K: () => (readInputs)
        });
        var control_character = __nccwpck_require__(402);
        var failure = __nccwpck_require__(95);
        var core = __nccwpck_require__(210);
        ;
        function mask(secret) {
            for (const form of maskedForms(secret))
                core.Pq(form);
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
                            mask(form);
                    if (!options.multiline)
                        oneLine(name, value);
                    return required(name, value, options.required);
                },
            };
        }
    }),
    146: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Bg: () => (resultOf),
            _N: () => (releaseInProgress),
            co: () => (pendingTargets),
            jz: () => (jobResult)
        });
        var _belay_release_model__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(432);
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
                return (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_0__.N)([...step.outcomes.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
            }
            if (!step.ended || step.ended.result === 'pending')
                return 'unknown';
            return step.ended.result;
        }
        function jobResult({ steps, damaged }) {
            if (damaged !== undefined)
                return (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_0__.N)([...steps.filter((step) => step.mutates).map(resultOf), 'unknown']);
            const changing = steps.filter((step) => step.mutates);
            if (changing.length > 0)
                return (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_0__.N)(changing.map(resultOf));
            return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged';
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
    474: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            e: () => (run)
        });
        var external_node_path_ = __nccwpck_require__(760);
        var src_failure = __nccwpck_require__(95);
        var core = __nccwpck_require__(210);
        var clock = __nccwpck_require__(563);
        var decision = __nccwpck_require__(691);
        var src_inputs = __nccwpck_require__(557);
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
        var job_state = __nccwpck_require__(146);
        ;
        const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
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
            const isPending = [...steps.values()].some((step) => (0, job_state.co)(step).length > 0);
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
        var events = __nccwpck_require__(284);
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
            return { bytes: text.length, sum: (0, external_node_crypto_namespaceObject.hash)('sha256', text) };
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
        var result = __nccwpck_require__(432);
        ;
        const log = {
            info: (text) => core.pq(escapeCommands(text)),
            debug: (text) => core.Yz(escapeCommands(text)),
            notice: (text, properties) => core.lm(escapeCommands(text), properties),
            warning: (text, properties) => core.$e(escapeCommands(text), properties),
            error: (text, properties) => core.z3(escapeCommands(text), properties),
            setFailed: (text) => core.C1(escapeCommands(text)),
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
        var service_outcome = __nccwpck_require__(299);
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
            attempt(() => core.uH('failure-code', (0, src_failure.$N)(error)));
            if (!process.env.BELAY_RESULT)
                attempt(() => core.dN('BELAY_RESULT', 'unchanged'));
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
            return (0, service_outcome.RW)({
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
            return `**${action}**: ${step ? (0, job_state.Bg)(step) : 'unknown'}, because ${(0, summary.EO)(why)}.${table}`;
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
                const inputs = (0, src_inputs.K)((read) => action.inputs(read), src_inputs.A, {
                    ...(action.variables && { variables: action.variables }),
                    releaseTo: (0, job_state._N)(journal.read())?.environment,
                    note: step.info,
                });
                mutates = transaction?.mutates(inputs) ?? false;
                const service = transaction?.service(inputs);
                if (transaction && mutates)
                    assertMayBegin(journal, transaction.startsAfterFailure(inputs));
                recordBegin(action, step, mutates, service);
                core.dN('BELAY_RESULT', (0, job_state.jz)(journal.read()));
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
            core.dN('BELAY_RESULT', (0, job_state.jz)(step.journal.read()));
        }
        async function recordFailure(action, step, error, began, mutates) {
            reportError(error);
            if (!stepState(step))
                recordBegin(action, step, mutates);
            const budgetSeconds = step.signal.aborted ? interruptBudgetMs / 1000 : decision.F1;
            const result = await undoStep(action, step, (0, clock.m)() + budgetSeconds);
            attempt(() => step.output('result', result));
            attempt(() => step.output('failure-code', (0, src_failure.$N)(error)));
            const failure = (0, src_failure.h_)(error);
            const reason = (0, src_failure.bD)(failure);
            const remedy = failure instanceof src_failure.HR && failure.remedy !== undefined && { remedy: failure.remedy };
            const code = (0, src_failure.$N)(error);
            step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code, ...remedy });
            core.dN('BELAY_RESULT', (0, job_state.jz)(step.journal.read()));
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
            return !['rolled-back', 'unchanged', 'committed', 'noop'].includes((0, job_state.Bg)(step));
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
            const decided = await (0, decision.gd)(journal, step.id, jobStatus, confirmer, (0, clock.m)());
            log.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
            if (decided.decision === 'commit')
                await (0, decision.iX)(journal, step.id, confirmer);
            await doPostAction(postAction(journal.read(), stepState(step), decided.decision), action, step, decided.until);
            const job = journal.read();
            const own = stepState(step);
            core.dN('BELAY_RESULT', (0, job_state.jz)(job));
            step.record({ event: 'result', result: (0, job_state.jz)(job) });
            step.summary(outcomeTable(action.name, decided.why, own));
            if (isFirstChange(job, step.id))
                for (const one of serviceOutcomesOf(step, jobStatus))
                    annotate(one);
            if (job.damaged === undefined)
                failOnBadOutcome(own ? (0, job_state.Bg)(own) : 'unknown', decided, jobStatus);
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
    299: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            RW: () => (serviceOutcomes),
            TA: () => (foreignFailure)
        });
        var _belay_release_model__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(501);
        var _decision_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(691);
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
            return (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_0__.s)(version);
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
            return job.decided?.why ?? (0, _decision_js__WEBPACK_IMPORTED_MODULE_1__.sq)(job, status) ?? 'not known';
        }
        function foreignFailure(job) {
            const last = job.steps.findLast(({ ended }) => ended);
            const after = last ? ` after ${last.action === 'release-end' ? 'release' : last.action}` : '';
            return job.unfinishedReleases.length > 0 ? `a step inside release${after} failed` : `a step${after} failed`;
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
            N: () => (worstResult),
            X: () => (results)
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
    501: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            s: () => (versionName)
        });
        function versionName(version) {
            return /^[0-9a-f]{40}$/.test(version) ? version.slice(0, 7) : version;
        }
        function servingName({ version, release }) {
            const name = versionName(version);
            if (release === '' || name === '')
                return name || release || 'nothing that Belay released';
            return `${name} (${release})`;
        }
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
var __webpack_exports__ = __nccwpck_require__(65);
__webpack_exports__ = await __webpack_exports__;
