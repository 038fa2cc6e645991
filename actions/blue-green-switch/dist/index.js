import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    6591: ((__unused_webpack_module, exports, __nccwpck_require__) => {
        __nccwpck_require__(5335);
        exports.parse = __nccwpck_require__(2696);
    }),
    2696: ((module) => {
        var CONTROL = ('(?:') + ([
            '\\|\\|',
            '\\&(?:\\&|>>?)',
            ';;\\&?',
            '[;|]\\&',
            '\\<\\(',
            '\\<\\<\\<',
            '\\<\\<-',
            '\\<\\<(?!\\()',
            '>>',
            '>[&|(]',
            '<[&>]',
            '[&;()|<>]'
        ]).join(('|')) + (')');
        var controlRE = new RegExp('^' + CONTROL + '$');
        var META = ('|&;()<> \\t');
        var SINGLE_QUOTE = ('\'([^\']*?)\'');
        var ANSI_C_BODY = '(?:\\\\[\\s\\S]|[^\\\\\'])*?';
        var ANSI_C_QUOTE = '\\$\'' + ANSI_C_BODY + '\'';
        var ansiCAt = new RegExp('\\$\'' + ANSI_C_BODY + '(?:(\')|\\\\?$)', 'g');
        var ANSI_C_LETTERS = 'abeEfnrtv';
        var ANSI_C_CHARS = '\x07\b\x1B\x1B\f\n\r\t\v';
        var hash = /^#$/;
        var SQ = ("'");
        var DQ = ('"');
        var DS = ('$');
        var TOKEN = '';
        var mult = (0x100000000);
        for (var i = 0; i < 4; i++) {
            TOKEN += (mult * Math.random()).toString(16);
        }
        var startsWithToken = new RegExp('^' + TOKEN);
        function matchAll(s, r) {
            var origIndex = r.lastIndex;
            var matches = [];
            var matchObj;
            while ((matchObj = r.exec(s))) {
                matches[matches.length] = matchObj;
                if (r.lastIndex === matchObj.index) {
                    r.lastIndex += 1;
                }
            }
            r.lastIndex = origIndex;
            return matches;
        }
        function getVar(env, pre, key) {
            var r = typeof env === 'function' ? env(key) : env[key];
            if (typeof r === 'undefined' && key != '') {
                r = '';
            }
            else if (typeof r === 'undefined') {
                r = '$';
            }
            if (typeof r === 'object') {
                return pre + TOKEN + JSON.stringify(r) + TOKEN;
            }
            return pre + r;
        }
        var ansiCEscape = /\\([0-7]{1,3}|x[\dA-Fa-f]{1,2}|u[\dA-Fa-f]{1,4}|U[\dA-Fa-f]{1,8}|c(?:\\\\|[\s\S])|[abeEfnrtv\\'"?])/g;
        function expandAnsiCEscape(m, escape) {
            var kind = escape.charAt(0);
            if (kind === 'c') {
                var ctrl = escape.charAt(1);
                return ctrl === '?' ? '\x7F' : String.fromCharCode(ctrl.charCodeAt(0) & 0x1F);
            }
            if (kind === 'x' || kind === 'u' || kind === 'U') {
                var cp = parseInt(escape.slice(1), 16);
                if (cp > 0x10FFFF) {
                    return m;
                }
                return String.fromCharCode.apply(null, cp > 0xFFFF ? [0xD7C0 + (cp >> 10), 0xDC00 + (cp & 0x3FF)] : [cp]);
            }
            if (kind >= '0' && kind <= '7') {
                return String.fromCharCode(parseInt(escape, 8) & 0xFF);
            }
            var letter = ANSI_C_LETTERS.indexOf(escape);
            return letter < 0 ? escape : ANSI_C_CHARS.charAt(letter);
        }
        function expandAnsiC(body) {
            return body.replace(ansiCEscape, expandAnsiCEscape).split('\0')[0];
        }
        function closesAnsiC(s, i) {
            ansiCAt.lastIndex = i;
            return !!((ansiCAt.exec(s)))[1];
        }
        function parseInternal(string, env, opts) {
            if (!opts) {
                opts = {};
            }
            var BS = opts.escape || '\\';
            var ifs = opts.splitUnquoted === true ? ' \t\n' : (typeof opts.splitUnquoted === 'string' ? opts.splitUnquoted : '');
            var BAREWORD = '(\\' + BS + '[\'"$\\' + BS + META + ']|\\$\\$|\\$(?!' + ANSI_C_QUOTE.slice(2) + ')|[^\\s\'"$' + META + '])+';
            var DOUBLE_QUOTE = '"(?:\\' + BS + '[\\s\\S]|[^"\\' + BS + '])*"';
            var chunker = new RegExp([
                '(' + CONTROL + ')',
                '(' + ANSI_C_QUOTE + '|' + BAREWORD + '|' + DOUBLE_QUOTE + '|' + SINGLE_QUOTE + ')+'
            ].join('|'), 'g');
            var matches = matchAll(string, chunker);
            if (matches.length === 0) {
                return [];
            }
            if (!env) {
                env = {};
            }
            var commented = false;
            return matches.map(function (match) {
                var s = match[0];
                if (!s || commented) {
                    return void undefined;
                }
                if (controlRE.test(s)) {
                    return ({ op: s });
                }
                var quote = false;
                var esc = false;
                var out = '';
                var words = [];
                var sawQuote = false;
                var pendingNw = null;
                var isGlob = false;
                var i;
                function parseEnvVar() {
                    i += 1;
                    var varend;
                    var varname;
                    var char = s.charAt(i);
                    if (char === '{') {
                        i += 1;
                        if (s.charAt(i) === '}') {
                            throw new Error('Bad substitution: ' + s.slice(i - 2, i + 1));
                        }
                        var depth = 1;
                        varend = i;
                        while (depth > 0 && varend < s.length) {
                            if (s.charAt(varend) === '{' && s.charAt(varend - 1) === '$') {
                                depth += 1;
                            }
                            else if (s.charAt(varend) === '}') {
                                depth -= 1;
                            }
                            varend += 1;
                        }
                        if (depth !== 0) {
                            throw new Error('Bad substitution: ' + s.slice(i));
                        }
                        varend -= 1;
                        varname = s.slice(i, varend);
                        i = varend;
                    }
                    else if ((/[*@#?$!-]/).test(char)) {
                        varname = char;
                    }
                    else {
                        var slicedFromI = s.slice(i);
                        varend = slicedFromI.match(/[^\w\d_]/);
                        if (!varend) {
                            varname = slicedFromI;
                            i = s.length;
                        }
                        else {
                            varname = slicedFromI.slice(0, varend.index);
                            i += (varend.index) - 1;
                        }
                    }
                    return getVar((env), '', varname);
                }
                function flushRun() {
                    if (pendingNw === null) {
                        return;
                    }
                    if (pendingNw === 0) {
                        if (out !== '') {
                            words[words.length] = out;
                            out = '';
                        }
                    }
                    else {
                        words[words.length] = out;
                        out = '';
                        for (var fe = 1; fe < pendingNw; fe += 1) {
                            words[words.length] = '';
                        }
                    }
                    pendingNw = null;
                }
                for (i = 0; i < s.length; i++) {
                    var c = s.charAt(i);
                    if (ifs && c !== DS) {
                        flushRun();
                    }
                    isGlob = isGlob || (!quote && (c === '*' || c === '?'));
                    if (esc) {
                        out += c;
                        esc = false;
                    }
                    else if (quote) {
                        if (c === quote) {
                            quote = false;
                        }
                        else if (quote == SQ) {
                            out += c;
                        }
                        else {
                            if (c === BS) {
                                i += 1;
                                c = s.charAt(i);
                                if (c === DQ || c === BS || c === DS) {
                                    out += c;
                                }
                                else {
                                    out += BS + c;
                                }
                            }
                            else if (c === DS) {
                                out += parseEnvVar();
                            }
                            else {
                                out += c;
                            }
                        }
                    }
                    else if (c === DQ || c === SQ) {
                        quote = c;
                        sawQuote = true;
                    }
                    else if (controlRE.test(c)) {
                        return ({ op: s });
                    }
                    else if (hash.test(c)) {
                        commented = true;
                        var commentObj = { comment: string.slice(match.index + i + 1) };
                        if (out.length) {
                            return ([out, commentObj]);
                        }
                        return ([commentObj]);
                    }
                    else if (c === BS) {
                        esc = true;
                    }
                    else if (c === DS && s.charAt(i + 1) === SQ && closesAnsiC(s, i)) {
                        flushRun();
                        sawQuote = true;
                        out += expandAnsiC(s.slice(i + 2, ansiCAt.lastIndex - 1));
                        i = ansiCAt.lastIndex - 1;
                    }
                    else if (c === DS) {
                        var value = parseEnvVar();
                        if (!ifs) {
                            out += value;
                        }
                        else {
                            for (var vi = 0; vi < value.length; vi += 1) {
                                var vc = value.charAt(vi);
                                if (ifs.indexOf(vc) < 0) {
                                    flushRun();
                                    out += vc;
                                }
                                else if (pendingNw === null) {
                                    pendingNw = vc === ' ' || vc === '\t' || vc === '\n' ? 0 : 1;
                                }
                                else if (vc !== ' ' && vc !== '\t' && vc !== '\n') {
                                    pendingNw += 1;
                                }
                            }
                        }
                    }
                    else {
                        out += c;
                    }
                }
                if (isGlob) {
                    return ({ op: 'glob', pattern: out });
                }
                if (ifs) {
                    if (pendingNw !== null && pendingNw > 0) {
                        words[words.length] = out;
                        out = '';
                        for (var te = 1; te < pendingNw; te += 1) {
                            words[words.length] = '';
                        }
                    }
                    if (out !== '' || (sawQuote && words.length === 0)) {
                        words[words.length] = out;
                    }
                    return words;
                }
                return out;
            }).reduce(function (prev, arg) {
                if (typeof arg === 'undefined') {
                    return prev;
                }
                ([]).concat(arg).forEach(function (entry) {
                    prev[prev.length] = entry;
                });
                return prev;
            }, ([]));
        }
        module.exports = function parse(s, env, opts) {
            var mapped = parseInternal(s, env, opts);
            if (typeof env !== 'function') {
                return mapped;
            }
            return mapped.reduce(function (acc, s) {
                if (typeof s === 'object') {
                    acc[acc.length] = s;
                    return acc;
                }
                var xs = s.split(RegExp('(' + TOKEN + '.*?' + TOKEN + ')', 'g'));
                if (xs.length === 1) {
                    acc[acc.length] = xs[0];
                    return acc;
                }
                xs.filter(Boolean).forEach(function (x) {
                    acc[acc.length] = startsWithToken.test(x)
                        ? JSON.parse(x.split(TOKEN)[1])
                        : x;
                });
                return acc;
            }, ([]));
        };
    }),
    5335: ((module) => {
        var OPS = ([
            '||',
            '&&',
            ';;&',
            ';;',
            ';&',
            '|&',
            '<(',
            '>(',
            '<<<',
            '<<-',
            '<<',
            '>>',
            '>&',
            '>|',
            '&>>',
            '&>',
            '<&',
            '<>',
            '&',
            ';',
            '(',
            ')',
            '|',
            '<',
            '>'
        ]);
        var LINE_TERMINATORS = /[\n\r\u2028\u2029]/;
        var GLOB_SHELL_SPECIAL = /[\s#!"$&'():;<=>@\\^`|~]/g;
        module.exports = function quote(xs) {
            var sawComment = false;
            return xs.map(function (s) {
                if (sawComment && typeof s === 'string' && LINE_TERMINATORS.test(s)) {
                    throw new TypeError('a token after a `comment` must not contain line terminators');
                }
                if (s === '') {
                    return ('\'\'');
                }
                if (s && typeof s === 'object') {
                    if ('op' in s && s.op === 'glob') {
                        if (typeof s.pattern !== 'string') {
                            throw new TypeError('glob token requires a string `pattern`');
                        }
                        if (LINE_TERMINATORS.test(s.pattern)) {
                            throw new TypeError('glob `pattern` must not contain line terminators');
                        }
                        if (s.pattern === '') {
                            return ('\'\'');
                        }
                        return s.pattern.replace(GLOB_SHELL_SPECIAL, '\\$&');
                    }
                    if ('op' in s && typeof s.op === 'string') {
                        if (OPS.indexOf(s.op) < 0) {
                            throw new TypeError('invalid `op` value: ' + JSON.stringify(s.op));
                        }
                        return s.op.replace(/[\s\S]/g, '\\$&');
                    }
                    if ('comment' in s && typeof s.comment === 'string') {
                        if (LINE_TERMINATORS.test(s.comment)) {
                            throw new TypeError('`comment` must not contain line terminators');
                        }
                        sawComment = true;
                        return '#' + s.comment;
                    }
                    throw new TypeError('unrecognized object token shape');
                }
                if ((/'/).test(s) && (/!/).test(s)) {
                    return "'" + s.replace(/'/g, "'\"'\"'") + "'";
                }
                if ((/["\s\\]/).test(s) && !(/'/).test(s)) {
                    return "'" + s + "'";
                }
                if ((/["'\s]/).test(s)) {
                    return '"' + s.replace(/(["\\$`])/g, '\\$1') + '"';
                }
                return String(s).replace(/([A-Za-z]:)?([#!"$&'()*,:;<=>?@[\\\]^`{|}~])/g, '$1\\$2');
            }).join(' ');
        };
    }),
    252: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            i: () => (blueGreenSwitch)
        });
        var job_state = __nccwpck_require__(7146);
        ;
        const confirmers = {
            async ssh(step) {
                const { postConfirmer } = await Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 8008));
                return postConfirmer(step);
            },
        };
        var access_inputs = __nccwpck_require__(6842);
        var inputs = __nccwpck_require__(8186);
        var src_release = __nccwpck_require__(5776);
        var client = __nccwpck_require__(2779);
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
        var src_images = __nccwpck_require__(2830);
        ;
        function readServiceInputs(read) {
            const command = read.choice('command', { default: 'switch', of: inputs.Pi });
            const release = (0, src_release.$E)(read);
            const slots = readSlotWords(read);
            if (!slots)
                read.text('slots', { required: 'the names of both slots, as deploy-kubernetes has them' });
            const version = command === 'rollback' ? read.text('version', { default: 'previous' }) : release.version;
            if (command === 'rollback' && version !== 'previous')
                read.issue('version', `is "${version}", and with driver: service a rollback goes to the slot that had the traffic`, 'Leave it out; `command: rollback` of deploy-kubernetes goes to any release that is kept.');
            if (read.lines('metrics').length > 0)
                read.unneeded('metrics', 'is given, and a Service moves all traffic at once', 'Give metrics to health-gate after this step.');
            return {
                driver: 'service',
                command,
                dryRun: read.boolean('dry-run', { default: false }),
                undo: read.boolean('undo', { default: true }),
                release: { ...release, version },
                github: (0, client.B)(read),
                access: (0, access_inputs.gM)(read),
                namespace: (0, access_inputs.oZ)(read),
                slots: slots ?? ['', ''],
                confirm: readConfirm(read),
                lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 1, max: 3600 }),
                deadline: read.seconds('deadline', { default: '15m', min: 10, max: 5400 }),
            };
        }
        function readConfirm(read) {
            const image = read.text('confirm-image');
            if (image === '')
                return undefined;
            if (!(0, src_images.zZ)(image))
                read.issue('confirm-image', `is "${image}", and not an image by its digest`, 'Give name@sha256:… of an image with kubectl.');
            return { image, seconds: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 5400 }) };
        }
        ;
        const hosts = () => Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 8107));
        const service = () => Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 31));
        const blueGreenSwitch = {
            name: 'blue-green-switch',
            inputs: (read) => ((0, inputs.Ti)(read) === 'service' ? readServiceInputs(read) : (0, inputs.yI)(read)),
            variables: { check: undefined, metrics: undefined, 'metrics-url': undefined, ...access_inputs.GE },
            async main(inputs, step) {
                if ((0, job_state.pe)(step.journal.read())) {
                    step.info('A newer release superseded this one: no traffic is moved.');
                    return { result: 'superseded' };
                }
                if (isService(inputs))
                    return (await service()).main(inputs, of(step));
                return (await hosts()).main(inputs, of(step));
            },
            transaction: {
                mutates: ({ command, dryRun }) => !dryRun && command !== 'status' && command !== 'preflight',
                startsAfterFailure: ({ command }) => command === 'rollback',
                service: ({ release }) => release.service,
                async undo(saved, step, until) {
                    if (isMove(saved))
                        return (await service()).undo(saved, until);
                    return (await hosts()).undo(saved, of(step), until);
                },
                async commit(saved) {
                    return isMove(saved) ? (await service()).commit(saved) : [];
                },
                confirmers: confirmers,
                async close(step) {
                    const saved = step.journal.read().steps.find(({ id }) => id === step.id)?.undo;
                    if (saved && isMove(saved))
                        (await service()).close();
                    else
                        await (await hosts()).close(of(step));
                },
            },
        };
        function isService(inputs) {
            return 'driver' in inputs;
        }
        function isMove(saved) {
            return 'traffic' in saved;
        }
        function of(step) {
            return step;
        }
    }),
    8107: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.r(__webpack_exports__);
        __nccwpck_require__.d(__webpack_exports__, {
            close: () => (hosts_close),
            main: () => (hosts_main),
            undo: () => (hosts_undo)
        });
        var confirmer = __nccwpck_require__(3911);
        var failure = __nccwpck_require__(9095);
        var clock = __nccwpck_require__(5563);
        var connection = __nccwpck_require__(674);
        var host_script = __nccwpck_require__(5684);
        var local = __nccwpck_require__(2483);
        var run_command = __nccwpck_require__(2407);
        ;
        function leaseFleet(connections, { base, id, change, knownHosts, shadow, confirmLast, }) {
            return connections.map((connection) => {
                const { target, folder } = connection;
                const { name: host, user, address, port } = target;
                const where = { host, user, address, port, folder, base, id, change, knownHosts };
                return { connection, lease: { ...where, ...(shadow && { shadow }), ...(confirmLast && { confirmLast }) } };
            });
        }
        function commonValue(values) {
            return new Set(values).size === 1 ? (values[0] ?? '') : '';
        }
        async function fleet_onAllHosts(hosts, task, signal) {
            const results = await Promise.allSettled(hosts.map(task));
            if (signal?.aborted)
                throw new failure.j$();
            const failures = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
            if (failures.length === 0)
                return results.map((one) => one.value);
            const [first] = failures;
            if (failures.length === 1)
                throw first;
            const code = first instanceof failure.HR ? first.code : 'internal';
            throw new failure.HR(code, failures.map(failure.bD).join('\n'), undefined, { cause: first });
        }
        async function openFleet(journal, step, hosts, credentials, signal) {
            const open = journal.read().connections;
            return fleet_onAllHosts(hosts, async (host) => {
                if ((0, local.IX)(host))
                    return (0, connection.Ck)(host, '');
                const key = (0, connection.Ou)(host, credentials);
                const earlier = open.findLast((connection) => connection.key === key);
                if (earlier && (await isAlive((0, connection.Ck)(host, earlier.socket))))
                    return (0, connection.Ck)(host, earlier.socket);
                const folder = (0, connection.jJ)();
                journal.append({ step, event: 'connected', key, socket: folder });
                return (0, connection.ZO)(host, credentials, folder, 3, signal);
            }, signal);
        }
        async function isAlive(connection) {
            return (0, run_command.d)(connection, host_script.d, 'hello', { base: '/' }, { timeoutMs: 10_000 }).then(() => true, () => false);
        }
        async function closeFleet(journal, step) {
            const mine = journal.read().connections.filter((connection) => connection.step === step);
            const nowhere = { user: '', address: '', port: 22, name: '' };
            await Promise.all(mine.map(({ socket }) => (0, connection.Zf)((0, connection.Ck)(nowhere, socket))));
        }
        async function takeAllOrNone(hosts, take, release, options) {
            const end = (0, clock.m)() + options.timeoutSeconds;
            for (let round = 0;; round++) {
                const tried = await Promise.allSettled(hosts.map(take));
                if (tried.every((one) => one.status === 'fulfilled') && !options.signal.aborted)
                    return tried.map((one) => one.value);
                await Promise.all(tried.map(async (one, index) => {
                    if (one.status === 'fulfilled')
                        await release(hosts[index], one.value).catch(() => { });
                }));
                if (options.signal.aborted)
                    throw new failure.j$();
                const reasons = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
                const other = reasons.find((reason) => !(reason instanceof failure.HR && reason.code === 'lock-held'));
                if (other !== undefined)
                    throw other;
                const refusal = reasons[0];
                if ((0, clock.m)() >= end)
                    throw refusal;
                if (round === 0)
                    options.onWait(refusal.message);
                await (0, clock.y)(300 + Math.random() * 900, options.signal);
            }
        }
        var credentials = __nccwpck_require__(3530);
        var serving = __nccwpck_require__(1501);
        var places = __nccwpck_require__(1194);
        ;
        const boundaries = (null && ([
            'connect',
            'preflight',
            'lock',
            'prove',
            'switch',
            'weight-100',
            'switched',
            'armed',
        ]));
        function planSwitch(content, fleetFacts) {
            const noop = fleetFacts.every((facts) => serves(facts, content));
            const before = new Set(fleetFacts.map((facts) => activeSlot(facts)?.sha ?? ''));
            const differed = before.size > 1;
            return {
                noop,
                differed,
                warnings: differed
                    ? [
                        `The hosts differ at the start: ${fleetFacts.map((facts) => `${facts.host} has ${slotName(activeSlot(facts))}`).join(', ')}.`,
                    ]
                    : [],
                lines: fleetFacts.map((facts) => {
                    const [active, idle] = [activeSlot(facts), idleSlot(facts)];
                    return noop
                        ? `${facts.host}: ${content.version} has the traffic in slot ${active?.name}; nothing to do`
                        : `${facts.host}: ${slotWithContent(active)} → ${slotWithContent(idle)}`;
                }),
            };
        }
        function activeSlot({ slots }) {
            return together((0, places.fq)(slots).map((pair) => withTraffic(pair)?.active));
        }
        function idleSlot({ slots }) {
            return together((0, places.fq)(slots).map((pair) => withTraffic(pair)?.idle));
        }
        function withTraffic([one, other]) {
            if (one.weight > 0 === other.weight > 0)
                return undefined;
            return one.weight > 0 ? { active: one, idle: other } : { active: other, idle: one };
        }
        function together(slots) {
            const [first, ...others] = slots;
            if (others.length === 0)
                return first;
            const known = slots.filter((slot) => slot !== undefined);
            if (known.length < slots.length)
                return undefined;
            const name = known.map((slot) => slot.name).join(' ');
            return { name, weight: 0, listening: known.every(({ listening }) => listening), release: '', sha: '', version: '' };
        }
        function areSameSlots(one, other) {
            const sorted = (names) => names.split(' ').toSorted().join(' ');
            return sorted(one) === sorted(other);
        }
        function serves(facts, content) {
            const active = activeSlot(facts);
            if (!active)
                return false;
            if (idleSlot(facts)?.release === content.id)
                return false;
            if (facts.last && !areSameSlots(facts.last.slot, active.name))
                return false;
            const sha = active.sha || (facts.last ? (facts.committedSwitches.at(-1)?.sha ?? '') : '');
            return sha === content.sha;
        }
        function slotWithContent(slot) {
            if (slot && (0, places.H)([slot.name]))
                return slot.name;
            return `slot ${slot?.name ?? '?'} (${slotName(slot)})`;
        }
        function slotName(slot) {
            if (!slot)
                return 'unknown';
            if (slot.release === '')
                return slot.listening ? 'not released by Belay' : 'empty';
            return slot.version || slot.release;
        }
        function chooseRollbackContent(version, fleetFacts) {
            const choices = fleetFacts.map((facts) => rollbackContentOn(version, facts));
            const cold = choices.flatMap((choice) => (typeof choice === 'string' ? [choice] : []));
            if (cold.length > 0)
                throw notWarmFailure(cold.join('\n'));
            const [first, ...others] = choices;
            if (!first || others.some(({ sha }) => sha !== first.sha))
                throw notWarmFailure(`The hosts' idle slots hold different versions: ${choices.map(({ version }) => version).join(', ')}.`);
            return first;
        }
        function rollbackContentOn(version, facts) {
            const { host, last } = facts;
            const idle = idleSlot(facts);
            if (!idle)
                return `${host}: the proxy's traffic does not all go to one slot.`;
            if (!last)
                return `${host}: no switch was ever committed there.`;
            if (version !== 'previous') {
                const committed = facts.committedSwitches.some(({ id }) => id === idle.release) || last.from.release === idle.release;
                if (idle.release !== '' && committed && [idle.release, idle.sha, idle.version].includes(version))
                    return contentOf(idle);
                return `${host}: slot ${idle.name} holds ${slotName(idle)}, not a committed ${version}.`;
            }
            if (last.kind === 'rollback')
                return `${host}: the last switch was a rollback; no slot holds the release before it.`;
            if (!areSameSlots(last.from.slot, idle.name))
                return `${host}: traffic was changed from outside since the last switch.`;
            if (idle.release !== last.from.release)
                return `${host}: slot ${idle.name} now holds ${slotName(idle)}, not ${last.from.version || 'what it had before'}.`;
            return contentOf(idle);
        }
        function contentOf({ release, sha, version, name }) {
            return { id: release, sha, version: version || `the content of slot ${name}` };
        }
        function notWarmFailure(text) {
            return new failure.HR('not-warm', `No idle slot is ready for a rollback.\n${text}`, 'let deploy-ssh with `command: rollback` start the previous version again, then switch; version `previous` of a production release does both.');
        }
        function contentOfRelease({ id, version, sha }) {
            return { id, version, sha };
        }
        var host_commands = __nccwpck_require__(8847);
        ;
        async function askProxy(connection, script, question, signal) {
            const host = connection.target.name;
            const answer = await (0, run_command.d)(connection, script, 'traffic', question, { timeoutMs: 300_000, signal });
            const { known = '', text = '' } = answer.last('traffic') ?? {};
            if (known === 'yes')
                return { host, known, active: text.split(' '), why: '' };
            return { host, known: known || 'no', active: [], why: known === 'none' ? '' : text || 'it gave no answer' };
        }
        async function hearProxies(connections, script, servers, question, signal) {
            const slots = placesOf(servers);
            const answers = await onAllHosts(connections, (connection) => askProxy(connection, script, { ...question, slots }, signal), signal);
            return { proxies: servers.proxies.map(({ name }) => name), words: wordsFor(servers, answers) };
        }
        function wordsFor(servers, answers) {
            const silent = answers.filter(({ known }) => known === 'no');
            if (silent.length > 0)
                throw new Failure('active-unknown', silent.map(({ host, why }) => `${host}: it is not known where traffic goes: ${why}`).join('\n'), 'fix the proxy on that host. Belay changes no slot until it knows which one receives traffic.');
            const fresh = answers.filter(({ known }) => known === 'none');
            if (fresh.length === answers.length)
                return new Map(servers.hosts.map(({ name }) => [name, 'new']));
            if (fresh.length > 0)
                throw new Failure('active-unknown', fresh.map(({ host }) => `${host}: Belay never moved traffic on this proxy, and it did on others.`).join('\n'), 'run blue-green-switch alone for the version that is live: it compares all proxies, moves nothing, and notes this one.');
            return new Map(servers.hosts.map(({ name }, index) => [name, wordFrom(servers, index, answers)]));
        }
        function wordFrom({ addresses, ports }, index, answers) {
            const address = addresses[index] ?? '';
            const missing = answers.find((answer) => portsWithTraffic(address, ports, [answer]).length === 0);
            if (missing)
                throw new Failure('server-missing', `${missing.host} sends traffic to neither ${ports.map((port) => `${address}:${port}`).join(' nor ')}.`, 'add that server to the proxy, with the slot that serves now, then run the job again.');
            return knownWord(portsWithTraffic(address, ports, answers));
        }
        function wordAfterUndo(address, ports, answers) {
            const known = answers.flatMap((answer) => (answer === undefined || answer.known === 'no' ? [] : [answer]));
            return known.length < answers.length ? 'unknown' : knownWord(portsWithTraffic(address, ports, known));
        }
        function portsWithTraffic(address, ports, proxies) {
            return ports.filter((port) => proxies.some(({ active }) => active.includes(`${address}:${port}`)));
        }
        function knownWord(active) {
            return ['known', ...active].join(' ');
        }
        ;
        async function undoFleet(saved, undoSpec, key, until, onPhase) {
            const undo = { saved, undoSpec, key, onPhase };
            const { claims } = saved;
            if (claims === undefined)
                return Promise.all(saved.leases.map((lease) => undoHost({ ...undo, until }, lease)));
            const now = (0, clock.m)();
            const proxiesUntil = now + (until - now) * proxiesShare;
            const outcomes = await Promise.all(saved.leases.map((lease) => undoHost({ ...undo, until: proxiesUntil }, lease)));
            const slots = claims.flatMap(({ address, ports }) => (0, places.ek)({ addresses: [address], ports }));
            const answers = await Promise.all(saved.leases.map((lease, index) => trafficAfterUndo(undo, lease, slots, outcomes[index])));
            const roles = { ...undo, until, saved: { ...saved, differed: false }, undoSpec: { ...undoSpec, ...roleSpec(saved) } };
            const claimed = claims.map(({ lease, address, ports }) => undoHost(roles, lease, wordAfterUndo(address, ports, answers)));
            return [...outcomes, ...(await Promise.all(claimed))];
        }
        const proxiesShare = 0.6;
        function roleSpec({ service }) {
            return {
                target: (host) => (0, confirmer.k6)(service, host),
                untouchedDetail: 'no traffic was moved there',
                restoredDetail: () => 'its slots have the roles that they had',
                autoReverts: 'it gives its slots their former roles on its own when its confirm timeout expires, and keeps both running',
            };
        }
        async function trafficAfterUndo({ undoSpec, key }, lease, slots, outcome) {
            if (outcome === undefined || outcome.result === 'undo-started')
                return undefined;
            const question = { base: lease.base, id: lease.id, slots, recover: false };
            return (0, confirmer.RD)(lease, key, (connection) => askProxy(connection, undoSpec.script, question)).catch(() => undefined);
        }
        async function undoHost({ saved, undoSpec, key, until, onPhase }, lease, traffic) {
            const base = { target: undoSpec.target(lease.host), service: saved.service };
            try {
                const state = await (0, confirmer.RD)(lease, key, (connection) => {
                    const left = Math.max(1, until - (0, clock.m)());
                    return (0, host_commands.aY)(connection, lease, left, (phase) => onPhase(phase, lease.host), traffic);
                });
                return { ...base, ...undoOutcome(saved, undoSpec, lease, state) };
            }
            catch (error) {
                const why = (0, failure.TM)((0, failure.bD)(error));
                if (!saved.armed)
                    return { ...base, result: 'unchanged', detail: `its lock expires on its own within ${host_commands.E_} s (${why})` };
                const detail = `the host could not be inspected (${why}); ${undoSpec.autoReverts}; to check, run: ${logCommand(lease)}`;
                return { ...base, result: 'mixed', detail };
            }
        }
        function undoOutcome(saved, undoSpec, lease, state) {
            if (lease.shadow && state.state !== 'undoing')
                return (0, confirmer.LO)(state);
            const by = state.decidedBy && ` (${state.decidedBy})`;
            const back = undoSpec.restoredDetail(saved.moves?.[lease.host]?.from);
            switch (state.state) {
                case 'none':
                case 'released':
                    return { result: 'unchanged', detail: undoSpec.untouchedDetail };
                case 'undone':
                    return saved.differed
                        ? { result: 'mixed', detail: `${back}, which is not what the other hosts served${by}` }
                        : { result: 'rolled-back', detail: `${state.restoreNote || back}${by}` };
                case 'confirmed':
                    return { result: 'committed', detail: `it was confirmed already and stays${by}` };
                case 'mixed':
                    return {
                        result: 'mixed',
                        detail: `${state.undoFailed || failureText(state) || 'the rollback failed'}; for its log, run: ${logCommand(lease)}`,
                    };
                default:
                    return {
                        result: 'undo-started',
                        detail: `the rollback started, and its end was not seen; for its log, run: ${logCommand(lease)}`,
                    };
            }
        }
        function failureText({ failed }) {
            return failed ? `${failed.failure} ${failed.why}` : '';
        }
        function logCommand(lease) {
            const command = `tail ${lease.base}/.belay/log/*${lease.id}.*log`;
            return (0, local.IX)(lease) ? command : `ssh -p ${lease.port} ${lease.user}@${lease.address} ${command}`;
        }
        var external_node_fs_ = __nccwpck_require__(3024);
        var protocol = __nccwpck_require__(2198);
        ;
        const driver = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "driver.sh", 'utf8');
        const none = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "none.sh", 'utf8');
        const command = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "command.sh", 'utf8');
        const systemd = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "systemd.sh", 'utf8');
        const composeProject = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "compose-project.sh", 'utf8');
        const composeEnvFile = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "compose-env-file.sh", 'utf8');
        const compose = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "compose.sh", 'utf8');
        const check = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "check.sh", 'utf8');
        const place = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "place.sh", 'utf8');
        const nginx = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "nginx.sh", 'utf8');
        const haproxy = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "haproxy.sh", 'utf8');
        const traffic = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "traffic.sh", 'utf8');
        const slot = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "slot.sh", 'utf8');
        const services = [driver, none, command, systemd, composeProject, composeEnvFile, compose];
        const slotScript = [...services, check, place, nginx, haproxy, traffic, slot].join('\n');
        ;
        const remedies = {
            'proxy-unreadable': 'run `command: status`: it lists what keeps the proxy from being read.',
            'traffic-split': 'send all traffic to one slot by hand, then run the job again.',
            'server-missing': 'add the server that is named to the proxy, with the slot that serves now, then run the job again.',
            'slots-are-local': 'give the slots as two ports, or give this step a folder of its own in `path`.',
            'slot-unfit': 'nothing was changed; read the log of that slot, then release to it again.',
            'not-warm': 'start it again with `command: rollback` of deploy-ssh, then switch; version `previous` of a production release does both.',
            'tell-failed': 'run the command of `activate` or `deactivate` on that host as the deploy user, and fix what it says.',
        };
        ;
        const nginxMove = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "nginx-move.sh", 'utf8');
        const nginxPreflight = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "nginx-preflight.sh", 'utf8');
        const haproxyMove = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "haproxy-move.sh", 'utf8');
        const haproxyPreflight = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "haproxy-preflight.sh", 'utf8');
        const hostLock = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "host-lock.sh", 'utf8');
        const slots = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "slots.sh", 'utf8');
        const pairs = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "pairs.sh", 'utf8');
        const retain = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "retain.sh", 'utf8');
        const change = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "change.sh", 'utf8');
        const claim = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "claim.sh", 'utf8');
        const move = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "move.sh", 'utf8');
        const undo = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "undo.sh", 'utf8');
        const prove = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "prove.sh", 'utf8');
        const inspect = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "switch-inspect.sh", 'utf8');
        const proxies = [nginxMove, nginxPreflight, haproxyMove, haproxyPreflight];
        const script = (0, host_script.Y)('blue-green-switch', [slotScript, ...proxies, hostLock, change, slots, pairs, retain, move, undo, claim, prove, inspect].join('\n'), { commands: protocol.Rq.commands, remedies: remedies });
        ;
        function armedTargetsOf(saved) {
            return (0, confirmer.ud)(saved, undoSpec(saved).target);
        }
        function targetName(service, host) {
            return `traffic of ${service} on ${host}`;
        }
        function undoSpec({ service }) {
            return {
                target: (host) => targetName(service, host),
                untouchedDetail: 'its traffic was not touched',
                restoredDetail,
                autoReverts: 'it moves its traffic back on its own when its confirm timeout expires; both slots keep running',
                script: script,
            };
        }
        function restoredDetail(had) {
            if (!had?.slot)
                return 'traffic is back where it was';
            const where = had.slot.includes(' ') ? `slots ${had.slot}` : `slot ${had.slot}`;
            return had.version || had.release
                ? `traffic is back on ${(0, serving.a)(had)} in ${where}`
                : `traffic is back in ${where}`;
        }
        async function undoSwitch(saved, key, until, onPhase) {
            return undoFleet(saved, undoSpec(saved), key, until, onPhase);
        }
        ;
        function reportOutcomes(step, hosts) {
            step.output('previous', commonValue(hosts.map(({ previous }) => previous)));
            step.output('active', commonValue(hosts.map(({ active }) => active)));
            step.output('hosts', JSON.stringify(hosts));
        }
        function unchangedOutcome(facts) {
            const { name = '', release = '', version = '' } = activeSlot(facts) ?? {};
            return { host: facts.host, state: 'unchanged', previous: name, active: name, release, version: (0, serving.s)(version) };
        }
        function outcomeAfterMove(host, state, { from }, serves) {
            const { slot: active = '', release = '', version = '' } = serves ?? {};
            return { host, state, previous: from.slot ?? '', active, release, version: (0, serving.s)(version) };
        }
        function outcomesAfterUndo(saved, outcomes) {
            return Object.entries(saved.moves ?? {}).map(([host, move]) => {
                const outcome = outcomes.find(({ target }) => target === targetName(saved.service, host));
                const result = outcome?.result ?? 'unknown';
                if (result === 'committed')
                    return outcomeAfterMove(host, 'committed', move, move.to);
                if (result === 'rolled-back' || result === 'unchanged')
                    return outcomeAfterMove(host, result, move, move.from);
                return { ...outcomeAfterMove(host, result, move, undefined), error: outcome?.detail ?? '' };
            });
        }
        var release = __nccwpck_require__(5776);
        var deadline = __nccwpck_require__(6969);
        var external_node_util_ = __nccwpck_require__(7975);
        ;
        async function lockHosts(step, fleet, request, signal) {
            const { script, purpose, keepReleases, timeoutSeconds, leftovers, logFolder } = request;
            const describeRecovery = ({ end, name }) => {
                if (end === 'undone')
                    return `an earlier run left ${name} unconfirmed; ${leftovers} was restored first`;
                return `an earlier run left ${name} unconfirmed, and it could not be restored completely: read ${logFolder}/log/${name}.log`;
            };
            const take = async ({ connection, lease }) => {
                const reply = await (0, host_commands.dY)(connection, script, lease, { keepReleases, owner: ownerNote(purpose), ...valuesFor(lease.host, request) }, signal);
                if (reply.recovered)
                    step.warn(describeRecovery(reply.recovered), lease.host);
                return reply;
            };
            return takeAllOrNone(fleet, take, async (host) => void (await releaseLock(host)), {
                timeoutSeconds,
                signal,
                onWait: (why) => step.info(`Waiting up to ${timeoutSeconds} s: ${why.split('\n')[0]}`),
            });
        }
        function valuesFor(host, { state, heard }) {
            const traffic = heard && { traffic: heard.words.get(host), proxies: heard.proxies };
            return { state: typeof state === 'function' ? state(host) : state, ...traffic };
        }
        async function lockUnmoved({ hosts, timeoutSeconds, signal, ...how }) {
            const end = (0, clock.m)() + timeoutSeconds;
            for (;;) {
                const before = await how.see(false);
                const taken = await how.lock(before);
                const seen = await how.see(true).catch(heldFailure);
                if (!(seen instanceof failure.HR) && (0, external_node_util_.isDeepStrictEqual)(how.compared(before), how.compared(seen)))
                    return { seen, taken };
                await Promise.all(hosts.map((host) => releaseLock(host)));
                if ((0, clock.m)() >= end)
                    throw seen instanceof failure.HR ? seen : movedFailure();
                await (0, clock.y)(1000, signal);
            }
        }
        function heldFailure(error) {
            if (error instanceof failure.HR && error.code === 'lock-held')
                return error;
            throw error;
        }
        function movedFailure() {
            return new failure.HR('lock-held', 'Other runs keep moving the traffic of these hosts.', 'run the job again when they have ended.');
        }
        function ownerNote(purpose) {
            return `${(0, host_commands.fv)('held')}, ${purpose}, since ${new Date().toISOString()}`;
        }
        async function releaseLock({ connection, lease }) {
            return (0, host_commands.aY)(connection, lease, 5);
        }
        async function releaseLocks(step, fleet) {
            await Promise.all(fleet.map((host) => releaseLock(host).catch((error) => step.warn(`its lock was not released, and expires on its own: ${(0, failure.bD)(error)}`, host.lease.host))));
        }
        const renewalMs = 8000;
        async function withLease(fleet, outer, task) {
            const lost = new AbortController();
            const timer = setInterval(() => {
                for (const { connection, lease } of fleet)
                    void (0, host_commands.BK)(connection, lease).catch((error) => {
                        if (error instanceof failure.HR && error.code === 'not-held')
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
        var job_state = __nccwpck_require__(7146);
        var decision = __nccwpck_require__(8691);
        ;
        function assertArmedOnce({ journal }, hosts, names, wording) {
            const armed = new Set(journal.read().steps.flatMap((other) => other.armed.map(({ name }) => name)));
            const twice = hosts.find(({ name }) => names(name).some((target) => armed.has(target)));
            if (!twice)
                return;
            throw new failure.HR('armed-twice', `An earlier step of this job already ${wording.did(twice.name)}.`, `${wording.verb} a service once in a job; give each service its own name with the input service.`);
        }
        function pendingSteps({ id, journal }, service) {
            return journal
                .read()
                .steps.filter((other) => other.id !== id && other.service === service && (0, job_state.co)(other).length > 0);
        }
        function transactionIdOf(step, service, own) {
            const open = pendingSteps(step, service).flatMap(job_state.co).filter(confirmer.az).map(confirmer.m8).at(-1);
            if (open?.shadow)
                throw new failure.HR('shadow-release', `An earlier step of this job released ${service} as a shadow (until: gate): no traffic goes there.`, 'remove the switch from this job, or `until: gate` from the release.');
            return open?.id ?? own;
        }
        async function undoJoinedSteps(step, steps, script, key) {
            for (const other of steps) {
                const names = new Map(other.armed.filter(confirmer.az).map((target) => [(0, confirmer.m8)(target).host, target.name]));
                const spec = {
                    target: (host) => names.get(host) ?? host,
                    untouchedDetail: 'nothing was changed there',
                    restoredDetail: () => 'it is as it was before this job',
                    autoReverts: 'it goes back on its own when its confirm timeout expires',
                    script,
                };
                await undoEarlierSteps(step, [other], (saved, until) => undoFleet(saved, spec, key, until, () => { }));
            }
        }
        async function undoEarlierSteps(step, steps, undo) {
            for (const other of steps) {
                const outcomes = await undo(other.undo, (0, clock.m)() + decision.F1);
                step.recordOutcomes(outcomes);
                const bad = outcomes.find(({ result }) => result !== 'rolled-back' && result !== 'unchanged');
                if (bad)
                    throw new failure.HR('undo-failed', `${bad.target} was not rolled back: ${bad.detail}`, 'fix that host, then roll back again.');
            }
        }
        var identity = __nccwpck_require__(2971);
        var summary = __nccwpck_require__(6813);
        ;
        function warnOfNotices(step, findings) {
            for (const { host, text, notice } of findings)
                if (notice)
                    step.warn(text, host);
        }
        function assertNoFindings(findings, headline, remedy) {
            const stopping = findings.filter(({ notice }) => !notice);
            if (stopping.length === 0)
                return;
            const codes = new Set(stopping.map(({ code }) => code));
            const [first = 'preflight'] = codes;
            throw new failure.HR(codes.size === 1 ? first : 'preflight', `${headline}\n${stopping.map(({ host, text }) => `  - ${host}: ${text}`).join('\n')}`, remedy(codes));
        }
        function sudoFinding(user, line) {
            return { code: 'sudo', text: `${user} may not run "sudo -n ${line}" without a password` };
        }
        function endsWithLoginFinding(user) {
            return {
                code: 'kills-processes',
                text: `processes of ${user} end with its login: set KillExcludeUsers=${user} in logind.conf`,
            };
        }
        var encode = __nccwpck_require__(960);
        var quote = __nccwpck_require__(1524);
        ;
        function fleetOf(connections, inputs, id) {
            const { path: base, credentials, servers } = inputs;
            const last = servers && { confirmLast: true };
            return leaseFleet(connections, { base, id, change: 'move', knownHosts: credentials.knownHosts, ...last });
        }
        function claimsOf({ addresses, ports }, hosts) {
            return hosts.map(({ lease }, index) => ({ lease, address: addresses[index] ?? '', ports }));
        }
        function stateOf(content, inputs) {
            const rollback = inputs.command === 'rollback';
            return (0, encode.I_)({
                kind: rollback ? 'rollback' : 'switch',
                release: content.id,
                version: content.version,
                sha: content.sha,
                manifest: '',
                slots: inputs.slots,
                ...proxyState(inputs.proxy),
                check: inputs.check,
                weights: rollback ? [] : inputs.weights,
                hold: inputs.hold,
                ...(!rollback && inputs.metrics && { gated: true }),
                drainTimeout: rollback ? 0 : inputs.drainTimeout,
                retain: inputs.retain,
                successes: inputs.successes,
            });
        }
        function proxyState(proxy) {
            if (proxy.driver === 'haproxy')
                return {
                    driver: 'haproxy',
                    socket: proxy.socket,
                    backend: proxy.backend,
                    stateFile: proxy.stateFile,
                    proxyKind: 'socket',
                };
            const { control } = proxy;
            return { driver: 'nginx', upstream: proxy.upstream, proxyKind: control.kind, ...controlState(control) };
        }
        function controlState(control) {
            switch (control.kind) {
                case 'systemd':
                    return { proxy: control.unit };
                case 'command':
                    return { proxy: (0, quote.AD)(control.words) };
                case 'compose':
                    return { proxy: control.folder, proxyService: control.service };
            }
        }
        function changeSeconds(inputs) {
            const steps = (inputs.weights.length + 1) * 90 + inputs.weights.length * inputs.hold;
            return steps + inputs.drainTimeout + 150 + (inputs.slots.length / 2 - 1) * 30;
        }
        ;
        async function inspectHost(connection, { release = noState, needKib: need = 0, keepReleases = 0, ...what }, signal, script = sharedScript) {
            const values = { ...what, need, keepReleases, params: release };
            const answer = await runCommand(connection, script, 'inspect', values, { timeoutMs: 60_000, signal });
            const { facts } = answer;
            const schemas = new Map(answer.all('schema').map(({ id, migrations }) => [id, migrations]));
            const misfits = new Map(answer.all('misfit').map(({ id, why }) => [id, why]));
            const user = connection.target.user || facts.user;
            return {
                host: connection.target.name,
                user,
                ...(facts.user !== user && { reported: facts.user }),
                root: facts.uid === '0',
                tools: new Set(answer.all('tool')),
                exists: facts.exists,
                readOnly: answer.all('readOnly'),
                freeKib: facts.freeKib,
                prunableKib: facts.prunableKib || 0,
                freeInodes: facts.freeInodes,
                current: facts.current || 'absent',
                live: facts.live,
                committed: facts.committed,
                version: facts.version,
                releases: answer.all('release').map((release) => ({
                    ...release,
                    schema: schemas.get(release.id) ?? '',
                    incompatibility: misfits.get(release.id) ?? '',
                })),
                newest: facts.newest,
                state: facts.state,
                lock: lockFacts(facts),
                slots: answer.all('slot').map((slot) => ({ ...slot, traffic: slot.traffic || 'unknown', role: slot.role || '-' })),
                idle: facts.slot === '' ? { code: facts.noSlot.code, why: facts.noSlot.text } : { port: facts.slot },
                compatibilityLimits: answer.all('contract'),
                incompatibility: facts.misfit,
                systemd: what.unit === '' ? undefined : systemdFacts(answer),
                missing: answer.all('missing'),
                notes: answer.all('found'),
                doubts: answer.all('doubt'),
            };
        }
        function lockFacts({ lock, holder, endsIn }) {
            return { held: lock === 'held', holder, endsInSeconds: endsIn || 0 };
        }
        function systemdFacts({ facts, all }) {
            const unit = facts.recoveryUnit === 'enabled';
            return {
                unitLoad: facts.unitLoad,
                killsProcesses: facts.killsProcesses === 'true',
                recovery: unit ? 'unit' : facts.recoveryCron === 'yes' ? 'cron' : 'none',
                sudo: all('sudo'),
            };
        }
        ;
        async function inspectSwitch(connection, { state, ...what }, signal) {
            const values = { ...what, params: state };
            const answer = await (0, run_command.d)(connection, script, 'see', values, { timeoutMs: 60_000, signal });
            return factsOf(connection.target.name, answer);
        }
        function factsOf(host, answer) {
            const { facts } = answer;
            const slots = answer
                .all('slot')
                .map(({ weight, ...slot }) => ({ ...slot, weight: weight === '' ? Number.NaN : Number(weight) }));
            return {
                host,
                user: facts.user,
                root: facts.uid === '0',
                slots,
                active: slots.filter(({ weight }) => weight > 0).map(({ name }) => name),
                hasDeployScript: facts.deploy,
                last: facts.committedSlot === '' ? undefined : lastSwitch(answer),
                committedSwitches: answer.all('past').map(({ release, sha }) => ({ id: release, sha })),
                retainedSeconds: facts.warm > 0 ? facts.warm : undefined,
                newest: facts.newest,
                state: facts.state,
                lock: lockFacts(facts),
                missing: answer.all('missing'),
                notices: answer.all('notice'),
                killsProcesses: facts.killsProcesses === 'true',
                recovery: facts.recoveryUnit === 'enabled' || facts.recoveryCron === 'yes',
                sudo: answer.all('sudo'),
            };
        }
        function lastSwitch({ facts, last }) {
            const { release = '', sha = '', version = '' } = last('from') ?? {};
            return {
                kind: facts.kind || 'switch',
                release: facts.committed,
                version: facts.version,
                slot: facts.committedSlot,
                from: { slot: facts.from, release, sha, version },
            };
        }
        ;
        function allowedWithoutPassword(listing, command) {
            let free = false;
            let asRoot = false;
            let inCommands = false;
            let allowed = false;
            for (const raw of listing) {
                const line = raw.trim();
                if (/^Sudoers entry:?/i.test(line)) {
                    free = false;
                    asRoot = false;
                    inCommands = false;
                }
                else if (line.startsWith('RunAsUsers:'))
                    asRoot = includesRoot(line.slice('RunAsUsers:'.length));
                else if (line.startsWith('Options:'))
                    free = line.includes('!authenticate');
                else if (line.startsWith('Commands:'))
                    inCommands = true;
                else if (!inCommands || !asRoot)
                    continue;
                else if (line.startsWith('!'))
                    allowed = allowed && !matches(line.slice(1).trim(), command);
                else if (matches(line, command))
                    allowed = free;
            }
            return allowed;
        }
        function deniedSudoLines({ root }, listing, lines) {
            return root ? [] : lines.filter((line) => !allowedWithoutPassword(listing, line));
        }
        function includesRoot(users) {
            const words = users.split(',').map((user) => user.trim());
            return words.findLast((user) => /^!?(root|ALL)$/.test(user))?.startsWith('!') === false;
        }
        function matches(entry, command) {
            if (entry === 'ALL')
                return true;
            const [program = '', ...rest] = entry.split(/\s+/);
            const [wanted, ...words] = command.split(' ');
            if (program.split('/').at(-1) !== wanted)
                return false;
            return rest.length === 0 || rest.join(' ').replaceAll('\\', '') === words.join(' ').replaceAll('\\', '');
        }
        ;
        function recoveryUnit({ release, proxy }) {
            const early = proxy.driver === 'nginx' && proxy.control.kind === 'compose' ? '-switch' : '';
            return `belay-recover-${release.service}-${release.environment}${early}.service`;
        }
        function sudoLines({ proxy }) {
            if (proxy.driver !== 'nginx' || proxy.control.kind !== 'systemd')
                return [];
            return ['nginx -t', `systemctl reload ${proxy.control.unit}`];
        }
        function fleetFindings(fleetFacts, inputs) {
            const differing = fleetFacts.some(willRecover) ? [] : differingProxies(fleetFacts, inputs);
            return [...fleetFacts.flatMap((facts) => preflightFindings(facts, inputs)), ...differing];
        }
        function differingProxies(fleetFacts, inputs) {
            const [first, ...others] = fleetFacts;
            if (!first || !(0, places.H)(inputs.slots))
                return [];
            const activeOf = ({ active }) => active.join(' ') || 'none of the slots';
            return others
                .filter((facts) => activeOf(facts) !== activeOf(first))
                .map((facts) => ({
                host: facts.host,
                code: 'proxies-differ',
                text: `sends traffic to ${activeOf(facts)}, and ${first.host} to ${activeOf(first)}: no slot is idle for both. ` +
                    'Run the switch with the proxy alone in hosts that is to follow the other one',
            }));
        }
        function preflightFindings(facts, inputs) {
            const { host } = facts;
            const findings = [];
            const add = (code, text) => findings.push({ host, code, text });
            const notice = (text) => findings.push({ host, code: 'notice', text, notice: true });
            const refused = deniedSudoLines(facts, facts.sudo, sudoLines(inputs));
            for (const line of refused)
                findings.push({ host, ...sudoFinding(facts.user, line) });
            const isProxyUnchecked = refused.includes('nginx -t');
            for (const { code, text } of facts.missing)
                if (!(isProxyUnchecked && code === 'proxy-invalid'))
                    add(code, text);
            for (const text of facts.notices)
                notice(text);
            for (const pair of (0, places.fq)(facts.slots))
                for (const { code, text } of pairFindings(pair, facts, inputs))
                    add(code, text);
            if ((0, places.H)(inputs.slots) && facts.hasDeployScript)
                add('slots-are-local', `deploy-ssh releases to ${inputs.path} on this host too: give both ports, or another folder in the input path`);
            if (inputs.check === '' && !facts.hasDeployScript)
                add('check-missing', 'deploy-ssh never ran on this host, and the input check is empty: Belay cannot check whether a slot works');
            if (facts.killsProcesses)
                findings.push({ host, ...endsWithLoginFinding(facts.user) });
            if (!facts.recovery)
                notice(`after a reboot before the confirm, traffic stays on the new slot until the next run: let root install ` +
                    `${recoveryUnit(inputs)}, or give ${facts.user} the cron line "@reboot sh ${inputs.path}/.belay/blue-green-switch.sh recover restart"`);
            return findings;
        }
        function pairFindings([one, other], facts, { slots, proxy }) {
            if (one.weight > 0 && other.weight > 0 && !willRecover(facts)) {
                const shares = [one, other].map(({ name, weight }) => `${name} has ${weight}`).join(', ');
                return [{ code: 'traffic-split', text: `traffic goes to both slots: ${shares}` }];
            }
            if (one.weight !== 0 || other.weight !== 0)
                return [];
            const both = `neither ${one.name} nor ${other.name}`;
            if (!(0, places.H)(slots))
                return [{ code: 'traffic-split', text: 'the proxy sends traffic to neither slot' }];
            if (proxy.driver === 'haproxy')
                return [{ code: 'traffic-split', text: `the proxy sends traffic to ${both}` }];
            return [{ code: 'server-missing', text: `${proxy.upstream}/active.conf names ${both}` }];
        }
        function willRecover({ state }) {
            return state === 'armed' || state === 'undoing';
        }
        function assertReady(findings) {
            assertNoFindings(findings, 'Traffic cannot be moved; nothing was changed.', () => 'fix each of these on the host; `command: status` checks again and changes nothing.');
        }
        ;
        const noContent = { id: '', version: '', sha: '' };
        function undoStateOf({ inputs, fleet, servers }, how) {
            const claims = inputs.servers && { claims: claimsOf(inputs.servers, servers) };
            return { service: inputs.release.service, leases: fleet.map(({ lease }) => lease), ...how, ...claims };
        }
        function lockedHosts({ fleet, servers }) {
            return [...servers, ...fleet];
        }
        function inspectFleet({ inputs, fleet, signal, }) {
            const options = { base: inputs.path, recovery: recoveryUnit(inputs), state: stateOf(noContent, inputs) };
            return fleet_onAllHosts(fleet, ({ connection }) => inspectSwitch(connection, options, signal), signal);
        }
        async function preflight(context) {
            context.step.record({ event: 'phase', phase: 'preflight' });
            const fleetFacts = await inspectFleet(context);
            const findings = fleetFindings(fleetFacts, context.inputs);
            warnOfNotices(context.step, findings);
            assertReady(findings);
            return fleetFacts;
        }
        function announce({ step, inputs, content }, plan, fleetFacts) {
            for (const warning of plan.warnings)
                step.warn(warning);
            for (const line of plan.lines)
                step.info(line);
            reportOutcomes(step, fleetFacts.map(unchangedOutcome));
            step.summary(`**blue-green-switch** ${inputs.release.service} ${inputs.release.environment} ${(0, summary.EO)(content.version)}\n\n` +
                plan.lines.map((line) => `- ${(0, summary.EO)(line)}`).join('\n'));
        }
        var main = __nccwpck_require__(1025);
        ;
        async function armFleet(step, fleet, request, signal) {
            const { saved, undoSpec, confirmTimeout, changeTimeout } = request;
            (0, main.b)(step.journal);
            step.save(saved);
            for (const { lease } of fleet)
                step.record({ event: 'phase', phase: request.boundary, host: lease.host });
            const { targets = (0, confirmer.ud)({ ...saved, claims: [] }, undoSpec.target) } = request;
            if (targets.length > 0)
                step.arm(targets, confirmTimeout);
            if (request.otherwise !== '')
                step.info(`Unless this job confirms, ${request.otherwise} at ${clockTimeIn(confirmTimeout)}.`);
            return fleet_onAllHosts(fleet, ({ connection, lease }) => (0, host_commands.SN)(connection, lease, {
                confirmTimeout,
                changeTimeout,
                signal,
                onPhase: (text) => request.onPhase(text, lease.host),
            }), signal);
        }
        function assertArmed(fleet, states, remedy) {
            const failed = states.flatMap((state, index) => {
                if (state.changed && state.state === 'armed')
                    return [];
                const { failed } = state;
                const text = `${fleet[index]?.lease.host}: ${failed ? `${failed.failure} failed: ${failed.why}` : describeState(state)}`;
                return [{ code: failed?.failure ?? 'switch', text }];
            });
            const [first] = failed;
            if (!first)
                return;
            throw new failure.HR(`${first.code}-failed`, failed.map(({ text }) => text).join('\n'), remedy);
        }
        function describeState({ state, decidedBy: who, changed: worked }) {
            if (state === 'armed')
                return 'its change did not finish in time; its process is still running';
            if (state === 'dead')
                return `its process ended ${worked ? 'after' : 'before'} its change was made`;
            return `is ${state} (${who})`;
        }
        async function confirmFleet(step, saved, undoSpec, key, remedy) {
            step.save({ ...saved, confirming: true });
            const targets = [...earlierTargets(step, saved), ...(0, confirmer.ud)(saved, undoSpec.target)];
            const outcomes = await (0, confirmer.QA)(() => key, step.journal).confirm(targets);
            step.recordOutcomes(outcomes);
            const late = outcomes.filter(({ result }) => result !== 'committed');
            if (late.length === 0)
                return;
            throw new failure.HR('not-confirmed', late.map(({ target, detail }) => `${target} ${detail}`).join('\n'), remedy);
        }
        function earlierTargets(step, { service, leases, claims = [] }) {
            const hosts = new Set([...leases, ...claims.map(({ lease }) => lease)].map(({ host }) => host));
            return pendingSteps(step, service)
                .flatMap(job_state.co)
                .filter((target) => (0, confirmer.az)(target) && hosts.has((0, confirmer.m8)(target).host));
        }
        function clockTimeIn(seconds) {
            return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`;
        }
        var src_servers = __nccwpck_require__(6072);
        ;
        const longerSeconds = 240;
        async function openServers({ servers, path: base, credentials }, step, id, signal) {
            const connections = await openFleet(step.journal, step.id, servers?.hosts ?? [], credentials, signal);
            return leaseFleet(connections, { base, id, change: 'claim', knownHosts: credentials.knownHosts });
        }
        function routesOf({ hosts, addresses, ports }, fleetFacts) {
            const routes = hosts.map(({ name }, index) => {
                const active = portsWithTraffic(addresses[index] ?? '', ports, fleetFacts);
                const [from = ''] = active;
                const to = active.length === 1 ? (ports.find((port) => port !== from) ?? '') : '';
                return [name, { active, from, to }];
            });
            return new Map(routes);
        }
        async function lockServers({ step, servers, signal, ...context }, routes, change) {
            const { inputs } = context;
            const heard = change === 'claim' && heardOf(inputs, routes);
            const request = {
                script: script,
                purpose: `traffic of ${inputs.release.service} ${inputs.release.environment}`,
                keepReleases: 0,
                state: (host) => claimState(context, host, routes.get(host)),
                timeoutSeconds: change === 'claim' ? inputs.lockTimeout : 0,
                leftovers: 'it',
                logFolder: '.belay',
                ...(heard && { heard }),
            };
            return lockHosts(step, changing(servers, change), request, signal);
        }
        function heardOf({ servers }, routes) {
            const words = [...routes].map(([host, { active }]) => [host, knownWord(active)]);
            return { proxies: (servers?.proxies ?? []).map(({ name }) => name), words: new Map(words) };
        }
        function changing(servers, change) {
            return servers.map(({ connection, lease }) => ({ connection, lease: { ...lease, change } }));
        }
        function claimState({ inputs, content }, host, route) {
            const { servers } = inputs;
            return (0, encode.I_)({
                kind: 'switch',
                release: content.id,
                version: content.version,
                sha: content.sha,
                manifest: '',
                slots: servers?.ports ?? [],
                check: (0, src_servers.TY)(inputs.check, (0, src_servers._Q)(servers, host) ?? ''),
                successes: 1,
                proxies: (servers?.proxies ?? []).map(({ name }) => name),
                from: route?.from ?? '',
                slot: route?.to ?? '',
            });
        }
        async function claimSlots(context, saved) {
            const { service, claims = [] } = saved;
            const leases = claims.map(({ lease }) => lease);
            const targets = (0, confirmer.ud)({ service, leases }, (host) => (0, confirmer.k6)(service, host));
            await armServers(context, saved, 'claim', { targets, changeTimeout: 30 });
        }
        async function giveRoles(context, saved, routes) {
            await lockServers(context, routes, 'role');
            await armServers(context, saved, 'role', { targets: [], changeTimeout: 180 });
        }
        async function armServers({ step, inputs, servers, signal }, saved, change, how) {
            const fleet = changing(servers, change);
            const states = await armFleet(step, fleet, {
                saved,
                undoSpec: { target: (host) => (0, confirmer.k6)(saved.service, host) },
                boundary: change,
                confirmTimeout: inputs.confirmTimeout + longerSeconds,
                otherwise: '',
                onPhase: (phase, host) => step.record({ event: 'phase', phase, host }),
                ...how,
            }, signal);
            assertArmed(fleet, states, 'read the log of the slot on that host, and what `activate` and `deactivate` say; all hosts of this step are rolled back.');
        }
        ;
        const keepSwitches = 20;
        async function lockFleet(context) {
            const { step, inputs, fleet, content, signal } = context;
            step.save(undoStateOf(context, { armed: false, differed: false }));
            step.record({ event: 'phase', phase: 'lock' });
            const request = {
                script: script,
                purpose: `traffic of ${inputs.release.service} ${inputs.release.environment}`,
                keepReleases: keepSwitches,
                state: stateOf(content, inputs),
                timeoutSeconds: inputs.lockTimeout,
                leftovers: 'its traffic',
                logFolder: '.belay',
            };
            const fleetFacts = await lockAll(context, () => lockHosts(step, fleet, request, signal));
            assertReady(differingProxies(fleetFacts, inputs));
            return fleetFacts;
        }
        async function lockAll(context, lockProxies) {
            const { inputs, signal } = context;
            if (inputs.servers === undefined) {
                await lockProxies();
                return inspectFleet(context);
            }
            const { servers } = inputs;
            const { seen, taken } = await lockUnmoved({
                hosts: lockedHosts(context),
                see: () => inspectFleet(context),
                compared: (fleetFacts) => routesOf(servers, fleetFacts),
                async lock(fleetFacts) {
                    const replies = await lockServers(context, routesOf(servers, fleetFacts), 'claim');
                    await lockProxies();
                    return replies;
                },
                timeoutSeconds: inputs.lockTimeout,
                signal,
            });
            return withCommitted(seen, taken);
        }
        function withCommitted(fleetFacts, replies) {
            const release = commonValue(replies.map(({ committed }) => committed));
            const version = commonValue(replies.map((reply) => reply.version));
            return fleetFacts.map((facts) => ({ ...facts, ...(release !== '' && { committed: { release, version } }) }));
        }
        async function verifySlots({ step, fleet, servers, inputs, signal }) {
            step.record({ event: 'phase', phase: 'prove' });
            const timeoutMs = (inputs.successes * inputs.slots.length * 15_000) / 2 + 30_000;
            await fleet_onAllHosts([...servers, ...fleet], ({ connection, lease }) => (0, run_command.d)(connection, script, 'prove', whatOf(lease), { timeoutMs, signal }), signal);
        }
        async function syncSlotRoles({ fleet, servers, signal }) {
            const changes = await fleet_onAllHosts([...servers, ...fleet], async ({ connection, lease }) => {
                const answer = await (0, run_command.d)(connection, script, 'agree', whatOf(lease), { timeoutMs: 180_000, signal });
                return answer.all('told').map(({ port, role }) => `${lease.host}: slot ${port} was not marked ${role}`);
            }, signal);
            return changes.flat();
        }
        function whatOf({ base, id, change }) {
            return { base, id, change };
        }
        var request = __nccwpck_require__(5405);
        var printable = __nccwpck_require__(9521);
        var metrics_metric = __nccwpck_require__(6606);
        var json_path = __nccwpck_require__(6048);
        ;
        function missing(cause, message, more = {}) {
            return { missing: { kind: 'error', cause, message, ...more } };
        }
        const fatal = { fatal: true };
        function prometheusReading({ status, body }) {
            const answer = parseJson(body);
            if (answer?.status === 'error') {
                const message = `cannot be queried: ${(0, printable.g)(answer.error ?? '', 300)}`;
                return missing('query', message, answer.errorType === 'bad_data' ? fatal : {});
            }
            if (status !== 200)
                return refused('queried', status, body);
            if (answer?.status !== 'success')
                return missing('metrics-refused', 'cannot be queried: the answer is not that of Prometheus');
            const { resultType, result } = answer.data ?? {};
            if (resultType === 'scalar')
                return numberIn(result[1]);
            if (resultType !== 'vector' || !Array.isArray(result))
                return missing('query', `is a ${(0, printable.g)(String(resultType), 40)}, and not one number`, fatal);
            const [first, ...others] = result;
            if (others.length > 0)
                return missing('query', `is ${result.length} series, and not one: put sum(…) or max(…) around the query`, fatal);
            return first === undefined ? missing('no-data', 'has no data') : numberIn(first.value?.[1]);
        }
        function jsonReading({ status, body }, { path, text }) {
            if (status < 200 || status > 299)
                return refused('read', status, body);
            const document = parseJson(body);
            if (document === undefined)
                return missing('metrics-refused', 'cannot be read: the answer is not JSON');
            const value = (0, json_path.fK)(document, path);
            if (value === undefined || value === null)
                return missing('no-data', `has no data at \`${(0, printable.g)(text, 80)}\``);
            return numberIn(value);
        }
        function refused(what, status, body) {
            const { kind, message } = (parseJson(body) ?? {});
            const why = kind === 'Status' && typeof message === 'string' ? `: ${(0, printable.g)(message, 200)}` : '';
            return missing('metrics-refused', `cannot be ${what}: the server answered ${status}${why}`);
        }
        function numberIn(value) {
            const isText = typeof value === 'string' && value.trim() !== '';
            const number = typeof value === 'number' || isText ? Number(value) : Number.NaN;
            if (Number.isFinite(number))
                return { value: number };
            return missing('no-data', `has no data: its value is ${(0, printable.g)(String(value), 40)}`);
        }
        function parseJson(body) {
            try {
                return JSON.parse(body.toString('utf8'));
            }
            catch {
                return undefined;
            }
        }
        ;
        const largestAnswer = 1024 * 1024;
        function metricTarget(metric, server) {
            const { name, condition } = metric;
            const probe = (signal) => measure(metric, server, signal);
            return {
                name,
                find: async () => ({ instances: [{ name, address: '', condition, probe }], skipped: [] }),
            };
        }
        async function measure(metric, server, signal) {
            const { samples } = server;
            const [reading, counted] = await Promise.all([read(metric, server, signal), samples && read(samples, server, signal)]);
            const count = counted && 'value' in counted ? { count: counted.value } : {};
            if (samples && counted && 'missing' in counted)
                return { ...counted.missing, message: `counts nothing: the number of samples ${counted.missing.message}` };
            if (samples && counted && 'value' in counted && !samples.holds(counted.value)) {
                const message = `has too few samples: ${shown(counted.value)}, and not ${samples.condition}`;
                return { kind: 'error', cause: 'too-few-samples', message, ...count };
            }
            if ('missing' in reading)
                return { ...reading.missing, ...count };
            return { ...compared(metric, reading.value), value: reading.value, ...count };
        }
        function compared({ condition, holds }, value) {
            if (holds(value))
                return { kind: 'pass', cause: 'as-expected', message: `is ${shown(value)} (${condition})` };
            return { kind: 'fail', cause: 'limit', message: `is ${shown(value)}, and not ${condition}` };
        }
        function shown(value) {
            return String(Number(value.toPrecision(3)));
        }
        async function read(metric, server, signal) {
            const { query } = metric;
            const promql = 'promql' in query ? (0, metrics_metric.tV)(query.promql, server) : undefined;
            const url = new URL((0, metrics_metric.eQ)(server.url, server));
            if (promql !== undefined) {
                url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v1/query`;
                url.searchParams.set('query', promql);
            }
            const authorization = server.token === '' ? {} : { authorization: `Bearer ${server.token}` };
            const headers = { accept: 'application/json', 'user-agent': 'belay-probe', ...authorization };
            try {
                const answer = await (0, request.w$)({ method: 'GET', url, socketPath: server.socketPath, headers, timeoutMs: 600_000, signal }, largestAnswer);
                return 'promql' in query ? prometheusReading(answer) : jsonReading(answer, query);
            }
            catch (error) {
                if (!(error instanceof request.hg))
                    throw error;
                const why = signal.aborted ? 'no answer within the timeout' : (0, printable.g)(error.message, 120);
                return {
                    missing: { kind: 'error', cause: signal.aborted ? 'timeout' : 'unreachable', message: `cannot be read: ${why}` },
                };
            }
        }
        ;
        const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
        ;
        const systemClock = {
            now: () => performance.now(),
            sleep: (ms, signal) => (0, promises_namespaceObject.setTimeout)(ms, undefined, { signal }).catch(() => { }),
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
            const instances = histories.length === 1 ? nameOf(histories) : `each of ${histories.length} ${many}`;
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
        function nameOf(histories) {
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
        function metricRemedies(longer) {
            return {
                limit: 'look at that metric of the new release; correct the service, or the limit if it is too strict.',
                'no-data': `check that the service reports this metric with the labels of the query, and that it is scraped; ${longer} if it needs more time.`,
                'too-few-samples': `${longer} or metrics-window, so that there is enough traffic, or ask for fewer samples.`,
                'metrics-refused': 'check metrics-url and metrics-token.',
                query: 'correct the query; try it in the web page of Prometheus.',
            };
        }
        var src_inputs = __nccwpck_require__(8186);
        ;
        function watchWeights(context) {
            const { inputs, signal } = context;
            const stop = new AbortController();
            const signals = AbortSignal.any([signal, stop.signal]);
            const watched = new Set();
            let failure;
            async function watch(percent) {
                try {
                    await assertMetrics(context, percent, signals);
                    await advance(context, percent, signals);
                }
                catch (error) {
                    if (!signals.aborted)
                        failure = error;
                    stop.abort();
                }
            }
            return {
                heard(phase) {
                    const percent = Number(/^weight-(\d+)$/.exec(phase)?.[1]);
                    if (!inputs.metrics || !inputs.weights.includes(percent) || watched.has(percent))
                        return;
                    watched.add(percent);
                    void watch(percent);
                },
                async during(change) {
                    try {
                        return await change(signals);
                    }
                    catch (error) {
                        throw failure ?? error;
                    }
                    finally {
                        stop.abort();
                    }
                },
            };
        }
        async function assertMetrics({ step, inputs, content }, percent, signal) {
            const { metrics: asked, hold, successes } = inputs;
            if (!asked)
                return;
            const server = { ...asked.server, version: content.sha };
            const targets = asked.metrics.map((metric) => metricTarget(metric, server));
            const observer = {
                sample(name, sample, before) {
                    if (sample.message !== before?.message)
                        step.info(`${percent} %  ${sample.kind}  ${name}: ${sample.message}`);
                },
            };
            const rules = {
                successes,
                intervalMs: src_inputs.DH * 1000,
                timeoutMs: 5000,
                deadlineMs: hold * 1000,
                isWatch: true,
            };
            const report = await runGate(targets, rules, signal, observer);
            if (report.verdict !== 'pass')
                throw metricFailure(report, percent);
            step.info(`Metrics are good at ${percent} %: ${report.reason}.`);
        }
        function metricFailure({ verdict, reason, cause }, percent) {
            const [code, what] = verdict === 'fail'
                ? ['gate-failed', 'metrics of the new slot failed']
                : ['gate-inconclusive', 'metrics do not show that the new slot is healthy'];
            return new failure.HR(code, `At ${percent} % of the traffic, ${what}. ${reason}`, remedyFor(cause));
        }
        function remedyFor(cause) {
            const remedies = metricRemedies('raise hold');
            return remedies[cause] ?? 'check metrics-url, and that this runner can reach it; raise hold if it needs more time.';
        }
        async function advance({ fleet }, weight, signal) {
            await fleet_onAllHosts(fleet, ({ connection, lease: { base, id } }) => (0, run_command.d)(connection, script, 'advance', { base, id, weight }, { timeoutMs: 20_000, signal }), signal);
        }
        ;
        async function moveTraffic(context, fleetFacts, differed) {
            const { step, inputs, fleet } = context;
            const moves = movesOf(context, fleetFacts);
            const saved = { ...undoStateOf(context, { armed: true, differed }), moves };
            const measurements = [];
            const routes = inputs.servers && routesOf(inputs.servers, fleetFacts);
            if (routes)
                await claimSlots(context, saved);
            const watch = watchWeights(context);
            const request = {
                saved,
                undoSpec: undoSpec(saved),
                boundary: 'switch',
                confirmTimeout: inputs.confirmTimeout,
                changeTimeout: changeSeconds(inputs),
                otherwise: 'the hosts move the traffic back on their own',
                onPhase(text, host) {
                    const [phase = '', value] = text.split(' ');
                    if (value !== undefined)
                        measurements.push({ host, what: phase, value: Number(value) });
                    step.record({ event: 'phase', phase, host });
                    watch.heard(phase);
                },
            };
            const states = await watch.during((watched) => armFleet(step, fleet, request, watched));
            reportMeasurements(context, measurements);
            assertArmed(fleet, states, 'read the logs of the proxy and of the slot on the host; all hosts of this step are rolled back.');
            if (routes)
                await giveRoles(context, saved, routes);
            step.record({ event: 'phase', phase: 'armed' });
            const outcomes = Object.entries(moves).map(([host, move]) => ({
                ...outcomeAfterMove(host, 'switched', move, move.to),
                ...measurementsOf(host, measurements),
            }));
            reportOutcomes(step, outcomes);
            return { saved, outcomes };
        }
        function movesOf({ step, inputs, content }, fleetFacts) {
            const chosen = step.journal.read().chosen.some(({ service }) => service === inputs.release.service);
            const back = (inputs.command === 'rollback' || chosen) && { back: true };
            return Object.fromEntries(fleetFacts.map((facts) => {
                const active = activeSlot(facts);
                const { version = '', release = '' } = facts.committed ?? active ?? {};
                const slot = active?.name ?? '';
                const to = { version: content.version, release: content.id, slot: idleSlot(facts)?.name ?? '' };
                return [facts.host, { from: { version, release, slot }, to, ...back }];
            }));
        }
        async function confirmSwitch({ step, inputs }, { saved, outcomes }) {
            const remedy = 'run `command: status` to see where traffic goes; then switch or roll back again.';
            await confirmFleet(step, saved, undoSpec(saved), inputs.credentials, remedy);
            reportOutcomes(step, outcomes.map((outcome) => ({ ...outcome, state: 'committed' })));
        }
        function measurementsOf(host, measurements) {
            const last = (what) => measurements.findLast((one) => one.host === host && one.what === what)?.value;
            const [switchMs, inflightAtCutoff] = [last('switched'), last('drained')];
            return { ...(switchMs !== undefined && { switchMs }), ...(inflightAtCutoff !== undefined && { inflightAtCutoff }) };
        }
        function reportMeasurements({ step, inputs }, measurements) {
            const switched = measurements.filter(({ what }) => what === 'switched');
            const drained = measurements.filter(({ what }) => what === 'drained');
            if (switched.length > 0) {
                const ms = Math.max(...switched.map(({ value }) => value));
                step.output('switch-ms', String(ms));
                step.info(`Traffic moved within ${ms} ms, as the proxy reports.`);
            }
            const left = drained.reduce((sum, { value }) => sum + value, 0);
            if (drained.length > 0)
                step.output('inflight-at-cutoff', String(left));
            for (const { host, value } of drained)
                if (value > 0)
                    step.warn(`${value} connections to the old slot were still open after ${inputs.drainTimeout} s; it keeps running for them`, host);
        }
        ;
        async function rollback(inputs, step) {
            const id = (0, identity.Bf)(new Date(), inputs.release.runSha, (0, release.Kv)(step));
            step.output('release-id', id);
            return (0, deadline.i)(step.signal, inputs.deadline, async (signal) => {
                const undone = inputs.dryRun ? false : await undoOwnSteps(inputs, step);
                if (undone && inputs.release.version === 'previous') {
                    step.info('The earlier switch of this job was undone: traffic goes to the previous slot again.');
                    return { result: 'noop' };
                }
                const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal);
                const fleet = fleetOf(connections, inputs, id);
                return switchBack({ step, inputs, fleet, servers: [], content: noContent, signal }, id);
            });
        }
        async function switchBack(unplanned, id) {
            const { step, inputs, fleet } = unplanned;
            const chosen = chooseRollbackContent(inputs.release.version, await preflight(unplanned));
            if (inputs.dryRun) {
                step.info(`It would roll back to ${chosen.version}. Nothing was changed.`);
                return { result: 'unchanged' };
            }
            const context = { ...unplanned, content: { ...chosen, id: chosen.id || id } };
            const fleetFacts = await withLease(fleet, context.signal, async (signal) => {
                const leased = { ...context, signal };
                const fleetFacts = await lockFleet(leased);
                const rechosen = chooseRollbackContent(inputs.release.version, fleetFacts);
                if (rechosen.id !== chosen.id || rechosen.sha !== chosen.sha) {
                    await Promise.all(fleet.map((host) => releaseLock(host)));
                    throw new failure.HR('lock-held', 'Another run moved the traffic while this one waited for the lock.', 'roll back again if that is still wanted.');
                }
                await verifySlots(leased);
                return fleetFacts;
            });
            announce(context, { ...planSwitch(context.content, fleetFacts), noop: false }, fleetFacts);
            await confirmSwitch(context, await moveTraffic(context, fleetFacts, false));
            return { result: 'committed' };
        }
        async function undoOwnSteps(inputs, step) {
            const pending = pendingSteps(step, inputs.release.service);
            const steps = pending.filter(({ action }) => action === 'blue-green-switch');
            const key = () => inputs.credentials;
            await undoEarlierSteps(step, steps, (saved, until) => undoSwitch(saved, key, until, () => { }));
            const joined = pending.filter((other) => !steps.includes(other));
            await undoJoinedSteps(step, joined, script, key);
            const back = steps.flatMap(({ undo }) => Object.entries(undo.moves ?? {}));
            if (steps.length > 0)
                reportOutcomes(step, back.map(([host, { from, to }]) => outcomeAfterMove(host, 'rolled-back', { from: to, to: from }, from)));
            return steps.length > 0;
        }
        ;
        async function status_status(inputs, step) {
            const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, step.signal);
            const fleetFacts = await inspectFleet({ inputs, fleet: fleetOf(connections, inputs, ''), signal: step.signal });
            const rows = fleetFacts.map(statusRow);
            for (const row of rows)
                step.info(`${row.host}: traffic goes to ${row.active || '?'}; ${row.slots}; ${row.lock}${row.warm}`);
            const findings = fleetFindings(fleetFacts, inputs);
            for (const { host, text } of findings)
                step.warn(text, host);
            step.output('active', commonValue(rows.map(({ active }) => active)));
            step.output('hosts', JSON.stringify(rows.map((row, index) => ({ ...row, slots: fleetFacts[index]?.slots }))));
            const table = rows.map((row) => `| ${[row.host, row.active, row.slots, `${row.lock}${row.warm}`].map(summary.EO).join(' | ')} |`);
            step.summary(`**blue-green-switch status**\n\n| host | traffic | slots | |\n|---|---|---|---|\n${table.join('\n')}`);
            return { result: 'unchanged' };
        }
        async function status_preflight(inputs, step) {
            const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, step.signal);
            const fleetFacts = await inspectFleet({ inputs, fleet: fleetOf(connections, inputs, ''), signal: step.signal });
            const findings = fleetFindings(fleetFacts, inputs);
            for (const { host, text } of findings.filter(({ notice }) => notice))
                step.info(`${host}: ${text}`);
            assertReady(findings.filter(({ code }) => code !== 'check-missing'));
            return { result: 'unchanged' };
        }
        function statusRow(facts) {
            const { host, lock, state, newest, slots, retainedSeconds } = facts;
            const left = ['held', 'armed', 'undoing'].includes(state)
                ? `the lock is free, but ${newest} was left ${state}: the next run undoes it first`
                : 'the lock is free';
            return {
                host,
                active: facts.active.join(' '),
                idle: idleSlot(facts)?.name ?? '',
                committed: facts.last?.release ?? '',
                version: activeSlot(facts)?.version ?? '',
                state,
                slots: slots.map(slotState).join(', '),
                lock: lock.held ? `${lock.holder}; the lock expires in ${Math.max(0, lock.endsInSeconds)} s` : left,
                warm: retainedSeconds === undefined ? '' : `, the old slot is kept for ${retainedSeconds} s`,
            };
        }
        function slotState({ name, version, release, listening }) {
            if ((0, places.H)([name]))
                return `${name} ${listening ? 'answers' : 'does not answer'}`;
            return `${name} holds ${version || release || 'no release of Belay'}${listening ? '' : ' (not running)'}`;
        }
        var version = __nccwpck_require__(3834);
        ;
        async function switchTraffic(inputs, step) {
            const release = await (0, version.X)(step, inputs.release, inputs.github);
            step.output('release-id', release.id);
            assertSwitchedOnce(inputs, step);
            return (0, deadline.i)(step.signal, inputs.deadline, async (signal) => {
                step.record({ event: 'phase', phase: 'connect' });
                const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal);
                const id = transactionIdOf(step, inputs.release.service, release.id);
                const [fleet, servers] = [fleetOf(connections, inputs, id), await openServers(inputs, step, id, signal)];
                const context = { step, inputs, fleet, servers, content: slotContentOf(step, inputs, release), signal };
                const fleetFacts = await preflight(context);
                if (!inputs.dryRun)
                    return moveRelease(context);
                const plan = planSwitch(context.content, fleetFacts);
                announce(context, plan, fleetFacts);
                if (!plan.noop)
                    step.info(`It would move traffic so${describeWeights(inputs)}. Nothing was changed.`);
                return { result: 'unchanged' };
            });
        }
        function slotContentOf(step, { release: { service } }, release) {
            const chosen = step.journal.read().chosen.findLast((one) => one.service === service);
            return chosen?.release ?? contentOfRelease(release);
        }
        async function moveRelease(context) {
            const { step, inputs, content, signal } = context;
            const { plan, fleetFacts } = await withLease(lockedHosts(context), signal, async (signal) => {
                const leased = { ...context, signal };
                const fleetFacts = await lockFleet(leased);
                const plan = planSwitch(content, fleetFacts);
                announce(context, plan, fleetFacts);
                if (plan.noop)
                    for (const line of await syncSlotRoles(leased))
                        step.info(`${line}; it is now.`);
                else
                    await verifySlots(leased);
                return { plan, fleetFacts };
            });
            if (plan.noop) {
                await releaseLocks(step, lockedHosts(context));
                return { result: 'noop' };
            }
            if (signal.aborted)
                throw new failure.HR('interrupted', 'The step was stopped before traffic was moved.');
            const moved = await moveTraffic(context, fleetFacts, plan.differed);
            if (inputs.undo)
                return { result: 'pending' };
            await confirmSwitch(context, moved);
            return { result: 'committed' };
        }
        function describeWeights({ weights, hold, metrics }) {
            if (weights.length === 0)
                return '';
            const asked = metrics ? `, each until ${metrics.metrics.map(({ name }) => name).join(' and ')} hold` : '';
            return `, first ${weights.map((weight) => `${weight} %`).join(', ')} for ${hold} s each${asked}`;
        }
        function assertSwitchedOnce(inputs, step) {
            const { service } = inputs.release;
            assertArmedOnce(step, inputs.hosts, (host) => [targetName(service, host)], {
                did: (host) => `moved the traffic of ${service} on ${host}`,
                verb: 'switch',
            });
        }
        ;
        const commands = {
            switch: switchTraffic,
            rollback: rollback,
            status: status_status,
            preflight: status_preflight,
        };
        function hosts_main(inputs, step) {
            return commands[inputs.command](inputs, step);
        }
        async function hosts_undo(saved, step, until) {
            const outcomes = saved.confirming
                ? await (0, confirmer.AM)(step).confirm(armedTargetsOf(saved))
                : await undoSwitch(saved, credentials.jp, until, (phase, host) => step.record({ event: 'phase', phase, host }));
            if (saved.moves)
                reportOutcomes(step, outcomesAfterUndo(saved, outcomes));
            return outcomes;
        }
        function hosts_close(step) {
            return closeFleet(step.journal, step.id);
        }
    }),
    8186: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Pi: () => (commands),
            DH: () => (metricIntervalSeconds),
            Ti: () => (readDriver),
            yI: () => (readSwitchInputs)
        });
        var src_release = __nccwpck_require__(5776);
        var shell_quote = __nccwpck_require__(6591);
        ;
        function splitCommandLine(line) {
            const entries = (0, shell_quote.parse)(line, (variable) => `$${variable}`);
            const words = entries.filter((entry) => typeof entry === 'string');
            return words.length === entries.length ? words : undefined;
        }
        function readCommandLine(read, name, line, before = '') {
            const words = splitCommandLine(line);
            if (words === undefined) {
                const remedy = `Write ${before}sh -c '…' to run it in a shell.`;
                read.issue(name, 'uses shell syntax (|, ;, &&, >, *), but is not run by a shell', remedy);
                return [];
            }
            const control = words.map(findControlCharacter).find(Boolean);
            if (control)
                read.issue(name, `has ${control} inside a word`, 'Put several lines into a script.');
            if (words.length === 0)
                read.issue(name, 'names no program', `Give ${before}PROGRAM ARGUMENT….`);
            return words;
        }
        var client = __nccwpck_require__(2779);
        var src_servers = __nccwpck_require__(6072);
        var places = __nccwpck_require__(1194);
        ;
        function servicePath({ service, environment }) {
            return `/srv/${service}/${environment}`;
        }
        function readHostFolder(read, name, options) {
            const path = read.text(name, { default: options.default }).replace(/\/+$/, '');
            if (!isHostFolder(path))
                read.issue(name, `is "${path || '/'}"`, options.remedy);
            return path;
        }
        function isHostFolder(path) {
            return /^(\/[A-Za-z0-9_@.+-]+){2,}$/.test(path) && !path.split('/').includes('..');
        }
        var target = __nccwpck_require__(7143);
        var local = __nccwpck_require__(2483);
        var credentials = __nccwpck_require__(3530);
        ;
        function isUnitName(text) {
            return /^[A-Za-z0-9_@.:\\][A-Za-z0-9_@.:\\-]*$/.test(text);
        }
        ;
        function shownUrl(text) {
            return text.replace(/^.*@/s, '…@').replace(/\?.*$/s, '?…');
        }
        var printable = __nccwpck_require__(9521);
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
        var metric = __nccwpck_require__(6606);
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
            const namesVersion = [url, ...lines].some((text) => text.includes(metric.cE));
            return { metrics, server: { url, token, windowSeconds, samples }, service, namesVersion };
        }
        function parseLines(read, lines) {
            const metrics = [];
            for (const line of lines) {
                const parsed = (0, metric.uo)(line);
                if ('problem' in parsed)
                    read.issue('metrics', parsed.problem, parsed.remedy);
                else if (metrics.some(({ name }) => name === parsed.metric.name))
                    read.issue('metrics', `has "${(0, printable.g)(parsed.metric.name, 60)}" twice`, 'Give each metric a name of its own.');
                else
                    metrics.push(parsed.metric);
            }
            return metrics;
        }
        function readService(read, url, token) {
            const service = parseServiceAddress(url);
            if (!service)
                read.issue('metrics-url', `"${(0, printable.g)(url, 120)}" has not the form service://NAMESPACE/NAME:PORT/path`, 'Give the port of the Service, by number or name, as in service://monitoring/prometheus:9090.');
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
                read.issue('metrics-url', `"${(0, printable.g)(shownUrl(url), 120)}" ${parsed.problem}`, parsed.remedy);
        }
        ;
        const commands = ['switch', 'rollback', 'status', 'preflight'];
        const drivers = ['nginx', 'haproxy', 'service'];
        function readDriver(read) {
            return read.choice('driver', { default: 'nginx', of: drivers });
        }
        function readSwitchInputs(read) {
            const command = read.choice('command', { default: 'switch', of: commands });
            const release = (0, src_release.$E)(read);
            const named = readHostsOrLocal(read);
            const servers = (0, src_servers.lf)(read, named);
            const hosts = servers?.proxies ?? named;
            const proxy = readProxy(read, release);
            const slots = servers ? (0, places.ek)(servers) : (0, places.pJ)(read);
            const weights = readWeights(read, proxy.driver);
            const inputs = {
                command,
                dryRun: read.boolean('dry-run', { default: false }),
                undo: read.boolean('undo', { default: true }),
                release: command === 'rollback' ? { ...release, version: read.text('version', { default: 'previous' }) } : release,
                github: (0, client.B)(read),
                hosts,
                servers,
                credentials: readKeys(read, servers ? [...named, ...hosts] : hosts),
                path: readFolder(read, 'path', servicePath(release)),
                slots,
                proxy,
                check: readCheck(read, slots, servers !== undefined),
                weights,
                metrics: readMetricsOf(read, weights),
                hold: read.seconds('hold', { default: '30s', min: 1, max: 3600 }),
                drainTimeout: read.seconds('drain-timeout', { default: '10s', min: 0, max: 3600 }),
                retain: read.seconds('retain', { default: '30m', min: 0, max: 86_400 }),
                successes: read.integer('successes', { default: 3, min: 1, max: 100 }),
                confirmTimeout: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
                lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 0, max: 21_600 }),
                deadline: read.seconds('deadline', { default: '15m', min: 10, max: 21_600 }),
            };
            reportContradictions(read, inputs);
            return inputs;
        }
        function reportContradictions(read, inputs) {
            if (inputs.servers && inputs.command === 'rollback')
                read.issue('command', 'is rollback, and the proxies are on other hosts than the slots (proxy-hosts)', 'Use `command: rollback` of deploy-ssh, then `switch`: a slot that still runs the former release is used as it is.');
            const least = (inputs.successes - 1) * metricIntervalSeconds;
            if (inputs.metrics && inputs.hold <= least)
                read.issue('hold', `is ${inputs.hold} s, and metrics that must hold ${inputs.successes} times in a row take more than ${least} s`, 'Raise it, to some minutes: metrics come late.');
            const seconds = inputs.weights.length * inputs.hold + inputs.drainTimeout;
            if (inputs.confirmTimeout <= seconds)
                read.issue('confirm-timeout', `is ${inputs.confirmTimeout} s, but weights and drain may take ${seconds} s`, 'Raise it: the host rolls back when it expires.');
        }
        const metricIntervalSeconds = 2;
        function readMetricsOf(read, weights) {
            if (weights.length > 0 || read.lines('metrics').length === 0) {
                const metrics = readMetrics(read);
                if (metrics?.service)
                    read.issue('metrics-url', 'is a Service of a cluster, which only health-gate asks', 'Give another address.');
                return metrics;
            }
            const remedy = 'Give weights, or give metrics to health-gate after this step.';
            read.unneeded('metrics', 'is given without weights, and metrics are asked between weights', remedy);
            return undefined;
        }
        function readHostsOrLocal(read) {
            const lines = read.lines('hosts', { required: 'a line for each host, [user@]host[:port], or local' });
            const user = read.text('user');
            if (lines.length === 0)
                return [];
            if (!lines.includes('local'))
                return (0, target.kZ)(read);
            if (lines.length > 1)
                read.issue('hosts', 'names local beside others', 'Give only local, or hosts without it.');
            if (user !== '')
                read.issue('user', 'is given, and local needs no login', 'Leave it out.');
            return [local.b7];
        }
        function readKeys(read, hosts) {
            if (hosts.length > 0 && !hosts.some(local.IX))
                return (0, credentials.L1)(read, hosts);
            return {
                key: read.secret('ssh-key', { multiline: true }),
                passphrase: read.secret('ssh-key-passphrase'),
                knownHosts: read.text('known-hosts', { multiline: true }),
            };
        }
        function readFolder(read, name, fallback) {
            const remedy = `Give an absolute folder of its own, such as ${fallback}.`;
            return readHostFolder(read, name, { default: fallback, remedy });
        }
        function readProxy(read, { service, environment }) {
            const driver = readDriver(read) === 'haproxy' ? 'haproxy' : 'nginx';
            const upstream = readFolder(read, 'upstream', `/etc/nginx/belay/${service}-${environment}`);
            const control = readProxyControl(read);
            const socket = readFilePath(read, 'socket', '/run/haproxy/admin.sock');
            const stateFile = readFilePath(read, 'state-file', '/var/lib/haproxy/belay/server-state');
            const backend = read.text('backend', { default: `${service}-${environment}` });
            if (!/^[A-Za-z0-9_.:-]+$/.test(backend))
                read.issue('backend', `is "${backend}"`, 'Give the name of a backend in haproxy.cfg.');
            return driver === 'nginx' ? { driver, upstream, control } : { driver, socket, backend, stateFile };
        }
        function readFilePath(read, name, fallback) {
            const path = read.text(name, { default: fallback });
            if (!/^(\/[A-Za-z0-9_@.+-]+){2,}$/.test(path))
                read.issue(name, `is "${path}"`, 'Give an absolute path of plain characters.');
            return path;
        }
        function readProxyControl(read) {
            const text = read.text('proxy', { default: 'systemd:nginx' });
            const [, kind, rest = ''] = /^(systemd|command|compose):(.*)$/s.exec(text) ?? [];
            if (kind === 'systemd' && isUnitName(rest))
                return { kind, unit: rest };
            if (kind === 'compose') {
                const [folder = '', service = 'nginx', ...more] = rest.split(':');
                if (more.length === 0 && isHostFolder(folder) && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(service))
                    return { kind, folder, service };
            }
            const words = kind === 'command' ? splitCommandLine(rest) : undefined;
            if (words !== undefined && words.length > 0)
                return { kind: 'command', words };
            read.issue('proxy', `is "${text}"`, 'Give systemd:UNIT, compose:FOLDER or compose:FOLDER:SERVICE, or command:PROGRAM ARGUMENT… that takes validate, reload, pid.');
            return { kind: 'systemd', unit: 'nginx' };
        }
        function readCheck(read, slots, areServersNamed) {
            const check = read.text('check') || (areServersNamed ? 'http://{host}:{slot}/health/ready' : '');
            const url = check.replaceAll('{slot}', '1').replaceAll('{host}', 'localhost');
            const isUrl = /^https?:\/\//.test(url) && URL.canParse(url) && !/[\s'"\\&|]/.test(check);
            if (slots.length > 0 && (0, places.H)(slots)) {
                const remedy = 'Give a URL as the proxy reaches each slot: http://{host}:{slot}/health.';
                if (check === '')
                    read.issue('check', 'is missing, and only it shows what a slot of another host serves', remedy);
                else if (!isUrl || !check.includes('{slot}') || !check.includes('{host}'))
                    read.issue('check', `is "${check}"`, remedy);
                return check;
            }
            if (check === '' || (isUrl && check.includes('{slot}') && !check.includes('{host}')))
                return check;
            read.issue('check', `is "${check}"`, 'Give a URL as the host sees it: http://localhost:{slot}/health.');
            return '';
        }
        function readWeights(read, driver) {
            const words = read.lines('weights').flatMap((line) => line.split(/[\s,]+/));
            const weights = words.map(Number);
            if (words.length > 0 && driver === 'nginx') {
                read.unneeded('weights', 'is given, and nginx only moves all traffic at once', 'Leave it out, or use haproxy.');
                return [];
            }
            const rising = weights.every((weight, index) => index === 0 || weight > (weights[index - 1] ?? 0));
            if (words.every((word) => /^[1-9]\d?$/.test(word)) && rising)
                return weights;
            read.issue('weights', `is "${words.join(' ')}"`, 'Give rising percents from 1 to 99: 5 25 50; 100 follows automatically.');
            return [];
        }
    }),
    6484: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4590);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(252);
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.e)(_action_js__WEBPACK_IMPORTED_MODULE_0__.i);
                __webpack_async_result__();
            }
            catch (e) {
                __webpack_async_result__(e);
            }
        }, 1);
    }),
    31: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.r(__webpack_exports__);
        __nccwpck_require__.d(__webpack_exports__, {
            close: () => (transaction_close),
            commit: () => (commit),
            main: () => (main),
            undo: () => (undo)
        });
        var deadline = __nccwpck_require__(6969);
        var clock = __nccwpck_require__(5563);
        var failure = __nccwpck_require__(9095);
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
        function failureOf(error, signal, role) {
            if (signal.aborted)
                return new failure.j$();
            if (!(error instanceof ApiError))
                return error;
            const { status, message } = error;
            if (status === 403)
                return new failure.HR('forbidden', `The API server refuses: ${message}`, role);
            return new failure.HR('access', status === 401 ? `The API server does not accept the login: ${message}` : `The API server: ${message}`, 'check kubeconfig, or server, ca and token, and whether the runner reaches the API server.');
        }
        var inputs = __nccwpck_require__(4221);
        var external_node_fs_ = __nccwpck_require__(3024);
        var external_node_path_ = __nccwpck_require__(6760);
        var secret_folder = __nccwpck_require__(9650);
        var log = __nccwpck_require__(6671);
        var mask = __nccwpck_require__(3477);
        var bounded = __nccwpck_require__(8700);
        var retry = __nccwpck_require__(5511);
        ;
        const client_manager = 'belay';
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
                create: (path, body, { dryRun, manager: name = client_manager, signal } = {}) => json({ method: 'POST', path, query: written(dryRun, name), body, signal }),
                apply: (path, body, { dryRun, force, manager: name = client_manager, signal } = {}) => json({
                    method: 'PATCH',
                    path,
                    query: { ...written(dryRun, name), ...(force && { force: true }) },
                    type: 'application/apply-patch+yaml',
                    body,
                    signal,
                }),
                patch: (path, body, { dryRun, manager: name = client_manager, signal } = {}) => json({
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
        async function client_orUndefined(asked) {
            try {
                return await asked;
            }
            catch (error) {
                if (error instanceof ApiError && error.status === 404)
                    return undefined;
                throw error;
            }
        }
        var src_job = __nccwpck_require__(4878);
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
            const { status, output, errors, exceeded } = await runBounded(program, ['kustomize', folder], {
                env: kubectlEnvironment(),
                keptCharacters: 20_000_000,
                whole: true,
                timeoutMs: 120_000,
                signal,
            });
            if (status === 0 && !exceeded)
                return output;
            const why = exceeded ? `it exceeded the limit of ${exceeded}` : errors.trim().slice(-1500);
            throw new Failure('source', `kustomize cannot build ${folder}: ${why}`, 'run `kubectl kustomize` on that folder.');
        }
        var external_node_crypto_ = __nccwpck_require__(7598);
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
        var external_node_child_process_ = __nccwpck_require__(1421);
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
        var access_inputs = __nccwpck_require__(6842);
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
        var summary = __nccwpck_require__(6813);
        ;
        function resources_collection(apiVersion, plural, namespace) {
            const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
            return `${base}/namespaces/${namespace}/${plural}`;
        }
        function resources_refName({ kind, name }) {
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
                            path: resources_collection(apiVersion, plural, namespace),
                        });
                }
            }));
            const ofCluster = objects.filter(({ apiVersion = '', kind = '' }) => cluster.has(key(apiVersion, kind)));
            if (ofCluster.length > 0)
                throw new Failure('cluster-object', `These objects belong to the whole cluster, not to the namespace: ${ofCluster.map(label).join(', ')}. Nothing was changed.`, 'apply them in a release of their own, by a person who may: an undo of one service must not change others.');
            const unknown = objects.filter(({ apiVersion = '', kind = '' }) => !found.has(key(apiVersion, kind)));
            if (unknown.length > 0)
                throw new Failure('source', `The server knows no such kind: ${unknown.map((one) => `${one.apiVersion} ${label(one)}`).join(', ')}. Nothing was changed.`, 'correct apiVersion and kind, or install the CRD first.');
            return ({ apiVersion = '', kind = '' }) => found.get(key(apiVersion, kind));
        }
        function label({ kind = '', metadata }) {
            return resources_refName({ kind, name: metadata.name });
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
        const domain = 'belay-actions.github.io';
        function annotations_annotation(name) {
            return `${domain}/${name}`;
        }
        const createdBy = annotations_annotation('release');
        var compare = __nccwpck_require__(3977);
        ;
        const stateName = annotations_annotation('state');
        const stateAt = `/metadata/annotations/${(0, compare.lZ)(stateName)}`;
        function lease_state_openState(release) {
            return `open ${release}`;
        }
        function lease_state_expiredState(release) {
            return `expired ${release}`;
        }
        function committedState(release) {
            return `committed ${release}`;
        }
        function openRelease(state) {
            return /^(?:open|expired) (.*)$/s.exec(state)?.[1];
        }
        ;
        const leaseSeconds = 7200;
        const committedName = annotations_annotation('committed');
        const ofService = annotations_annotation('service');
        const ofEnvironment = annotations_annotation('environment');
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
        const pathOf = ({ namespace, name }) => `${resources_collection('coordination.k8s.io/v1', 'leases', namespace)}/${name}`;
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
            const lease = await client_orUndefined(client.get(pathOf(ref)));
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
            const found = await client_orUndefined(client.get(pathOf(ref)));
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
            return isDone(client.create(resources_collection('coordination.k8s.io/v1', 'leases', namespace), body), [409]);
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
            return (await readLease(client, ref))?.state === lease_state_expiredState(release);
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
            return name === client_manager || name === undoManager;
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
        ;
        const configAnnotation = annotations_annotation('config');
        const rolling = (null && (['Deployment', 'StatefulSet', 'DaemonSet']));
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
                const [template] = podTemplates(object);
                const used = [...new Set(references(template?.spec))].filter((name) => contents.has(name)).sort();
                if (used.length === 0)
                    return object;
                const hash = createHash('sha256')
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
            return podTemplates(object).flatMap(({ spec }) => references(spec));
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
        const store_largestConfigMap = 900_000;
        const configMaps = (namespace) => resources_collection('v1', 'configmaps', namespace);
        const secrets = (namespace) => resources_collection('v1', 'secrets', namespace);
        async function storeUndo(client, { namespace, name }, record) {
            const patches = record.entries.flatMap((entry) => {
                const patch = entry.do === 'patch' && !record.chart ? patchByHand(entry) : undefined;
                return patch ? [[patchKey(entry.ref), JSON.stringify(patch)]] : [];
            });
            const data = { 'undo.json': JSON.stringify(record), ...Object.fromEntries(patches) };
            if (Buffer.byteLength(JSON.stringify(data)) > store_largestConfigMap)
                throw new failure.HR('source', `The undo of this release has more than ${store_largestConfigMap / 1000} kB, which a ConfigMap cannot hold. Nothing was changed.`, 'release the objects in several steps, or move large data out of ConfigMaps.');
            const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: undoName(name), namespace }, data };
            await store_createOrReplace(client, configMaps(namespace), body);
        }
        async function store_createOrReplace(client, path, body) {
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
            const found = await client_orUndefined(client.get(path));
            const text = found?.data?.['undo.json'];
            return text === undefined ? undefined : JSON.parse(text);
        }
        async function storeSecret(client, namespace, name, before) {
            const body = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data: before.data ?? {} };
            await store_createOrReplace(client, secrets(namespace), body);
        }
        async function readSecret(client, namespace, name, signal) {
            const found = await client_orUndefined(client.get(`${secrets(namespace)}/${name}`, {}, signal));
            return found?.data;
        }
        async function removeUndo(client, place, { entries, fill }) {
            const sealed = entries
                .flatMap((entry) => (entry.do === 'patch' ? entry.fields : []))
                .flatMap(({ sealed: one }) => one?.in ?? []);
            const job = fill && (await readUndo(client, place))?.traffic?.confirmJob;
            if (job)
                await client_orUndefined(client.remove(job.path, { propagation: 'Background' }));
            await client_orUndefined(client.remove(`${configMaps(place.namespace)}/${undoName(place.name)}`));
            for (const name of sealed)
                await client_orUndefined(client.remove(`${secrets(place.namespace)}/${name}`));
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
            const live = await client_orUndefined(client.get(ref.path, {}, signal));
            if (!live || live.metadata.deletionTimestamp !== undefined)
                return { ref, result: live ? 'removed' : 'as-before', detail: 'is not there, as before' };
            const isOurs = uid === undefined ? live.metadata.annotations?.[createdBy] === release : live.metadata.uid === uid;
            if (!isOurs)
                return { ref, result: 'foreign', detail: 'was made anew by somebody else, and is left alone' };
            if (kept.includes(ref.kind))
                return { ref, result: 'kept', detail: 'was created and is kept, because it may hold data' };
            await client_orUndefined(client.remove(ref.path, { uid: live.metadata.uid ?? '', propagation: 'Background', signal }));
            return { ref, result: 'removed', detail: 'was created, and is removed' };
        }
        const attempts = 3;
        async function restoreChanged(client, namespace, entry, signal) {
            const { ref } = entry;
            for (let attempt = 1;; attempt++) {
                const live = await client_orUndefined(client.get(ref.path, {}, signal));
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
        const slotLabel = 'slot';
        const isDeployment = ({ kind }) => kind === 'Deployment';
        function podLabels(object) {
            return without(object.spec?.template?.metadata?.labels ?? {}, slotLabel);
        }
        function slotOfPods(object) {
            return object.spec?.template?.metadata?.labels?.[slotLabel];
        }
        function selectorOf({ spec }) {
            return spec?.selector ?? {};
        }
        function leadsTo(selector, labels) {
            const others = Object.entries(without(selector, slotLabel));
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
                    metadata: { ...object.metadata, name: plain(object.metadata.name), labels: without(labelsOf(object), slotLabel) },
                };
                const target = scaledName(object);
                return target === undefined ? named : withTarget(named, plain(target));
            });
        }
        function slotOfObject(object) {
            return object.kind === 'Service' ? undefined : labelsOf(object)[slotLabel];
        }
        function isScaled(objects) {
            return slotted(objects).some((one) => scalerOf(one, objects));
        }
        function assertSlotted(objects) {
            const deployments = slotted(objects);
            if (deployments.length > 0 && objects.some((one) => isTrafficService(one, objects)))
                return;
            throw new Failure('source', deployments.length === 0
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
                    selector: { ...spec.selector, matchLabels: { ...spec.selector?.matchLabels, [slotLabel]: slot } },
                    template: {
                        ...template,
                        metadata: { ...template.metadata, labels: { ...template.metadata?.labels, [slotLabel]: slot } },
                    },
                },
            };
        }
        function withSelector(object, active) {
            return { ...object, spec: { ...object.spec, selector: { ...selectorOf(object), [slotLabel]: active } } };
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
                spec: { ...spec, selector: { ...selector, matchLabels: { ...matchLabels(object), [slotLabel]: slot } } },
            };
        }
        function named(object, slot) {
            const { name } = object.metadata;
            const labels = { ...labelsOf(object), [slotLabel]: slot };
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
                const live = await client_orUndefined(client.get(ref.path));
                return { ref, live, slot: live && selectorOf(live)[slotLabel] };
            }));
        }
        function serviceRef(namespace, name) {
            return { apiVersion: 'v1', kind: 'Service', name, path: `${resources_collection('v1', 'services', namespace)}/${name}` };
        }
        function movePatch(uid, from, to) {
            const path = `/spec/selector/${(0, compare.lZ)(slotLabel)}`;
            return [
                { op: 'test', path: '/metadata/uid', value: uid },
                { op: 'test', path, value: from },
                { op: 'replace', path, value: to },
            ];
        }
        async function readyPods(client, namespace, selector, slot, signal) {
            const labelSelector = Object.entries({ ...selector, [slotLabel]: slot })
                .map(([name, value]) => `${name}=${value}`)
                .join(',');
            const { items } = await client.get(resources_collection('v1', 'pods', namespace), { labelSelector }, signal);
            return items
                .filter(({ metadata, status }) => metadata.deletionTimestamp === undefined &&
                status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'))
                .map(({ metadata }) => metadata.name);
        }
        async function endpointsOf(client, namespace, service, signal) {
            const path = resources_collection('discovery.k8s.io/v1', 'endpointslices', namespace);
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
                const live = await client_orUndefined(client.get(ref.path, {}, signal));
                const isAway = live !== undefined && selectorOf(live)[slotLabel] !== from && !fromNothing;
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
        const confirmAccount = 'belay-confirm';
        function confirmJobRef({ namespace, name: lease }) {
            const name = `${lease}-confirm`;
            const path = `${resources_collection('batch/v1', 'jobs', namespace)}/${name}`;
            return { apiVersion: 'batch/v1', kind: 'Job', name, path };
        }
        const timer = 'time';
        const patienceSeconds = 900;
        function confirmJob(job) {
            const { lease, image, seconds } = job;
            const container = ([name, ...argv]) => ({
                name,
                image,
                command: ['kubectl', ...argv, `--namespace=${lease.namespace}`],
                terminationMessagePolicy: 'FallbackToLogsOnError',
                resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            });
            const labels = { 'app.kubernetes.io/managed-by': 'belay', 'sidecar.istio.io/inject': 'false' };
            return {
                apiVersion: 'batch/v1',
                kind: 'Job',
                metadata: { name: confirmJobRef(lease).name, namespace: lease.namespace, labels },
                spec: {
                    activeDeadlineSeconds: seconds + patienceSeconds,
                    ttlSecondsAfterFinished: 600,
                    template: {
                        metadata: { labels, annotations: { 'linkerd.io/inject': 'disabled' } },
                        spec: {
                            serviceAccountName: confirmAccount,
                            restartPolicy: 'OnFailure',
                            terminationGracePeriodSeconds: 1,
                            securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: 'RuntimeDefault' } },
                            initContainers: [
                                ...proofs(job),
                                [timer, ...watch(lease, seconds)],
                                ['old-slot', ...wait(job, 'condition=Available')],
                                ['expire', ...patch(`lease/${lease.name}`, expiry(job))],
                            ].map(container),
                            containers: moves(job, job.to).map(([name, patched]) => container([name, ...patch(patched.object, patched.operations)])),
                        },
                    },
                },
            };
        }
        function proofs(job) {
            const tried = '--dry-run=server';
            return [
                ['try-lease', ...patch(`lease/${job.lease.name}`, expiry(job)), tried],
                ...moves(job, job.from).map(([name, { object, operations }]) => [`try-${name}`, ...patch(object, operations), tried]),
                ['try-old-slot', ...wait(job, 'jsonpath={.kind}=Deployment')],
                ['try-time', ...watch(job.lease, 1)],
            ];
        }
        function watch({ namespace, name }, seconds) {
            const query = {
                watch: '1',
                allowWatchBookmarks: '1',
                fieldSelector: `metadata.name=${name}`,
                timeoutSeconds: `${seconds}`,
            };
            const path = resources_collection('coordination.k8s.io/v1', 'leases', namespace);
            return ['get', '--raw', `${path}?${new URLSearchParams(query)}`];
        }
        function wait({ deployments }, what) {
            return ['wait', ...deployments.map((name) => `deployment/${name}`), `--for=${what}`, '--timeout=10s'];
        }
        function expiry({ release }) {
            return [
                { op: 'test', path: stateAt, value: lease_state_openState(release) },
                { op: 'replace', path: stateAt, value: lease_state_expiredState(release) },
            ];
        }
        function moves({ entries, from }, there) {
            return entries.map(({ ref, uid }, index) => [
                `service-${index}`,
                { object: resources_refName(ref), operations: movePatch(uid, there, from) },
            ]);
        }
        function patch(object, operations) {
            return ['patch', object, '--type=json', `--patch=${JSON.stringify(operations)}`, `--field-manager=${undoManager}`];
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
        function confirmState({ status }) {
            for (const { name, state = {}, lastState = {} } of status?.initContainerStatuses ?? []) {
                const failed = [state, lastState].find(({ terminated }) => (terminated?.exitCode ?? 0) !== 0)?.terminated;
                const { reason = '', message = '' } = failed ?? state.waiting ?? {};
                const why = `container ${name}: ${(0, failure.TM)(message) || reason}`;
                if (failed || lastingReasons.includes(reason))
                    return { is: 'failed', why };
                if (name === timer && state.running)
                    return { is: 'armed', why: '' };
                if (state.waiting && reason !== 'PodInitializing')
                    return { is: 'waiting', why };
            }
            const unmet = status?.conditions?.find(({ status: is, message }) => is === 'False' && message !== undefined);
            return { is: 'waiting', why: unmet?.message ?? 'its pod has not started' };
        }
        ;
        async function deploymentsIn(client, namespace, slots, selectors) {
            const { items } = await client.get(resources_collection('apps/v1', 'deployments', namespace));
            return items.filter((one) => slots.includes(slotOfPods(one) ?? '') && selectors.some((selector) => leadsTo(selector, podLabels(one))));
        }
        ;
        function assertConfirmRights(client, lease) {
            const { name } = confirmJobRef(lease);
            const needed = [...rights('batch', 'jobs', 'create'), ...rights('batch', 'jobs', 'get delete', name)];
            return assertRights(client, lease.namespace, needed, { what: 'the confirm Job', role: 'belay-deploy-confirm' });
        }
        async function planConfirmJob(client, { lease, release, traffic: { from, to, entries, fromNothing } }, counted, { confirm, undo }, step) {
            if (!confirm || !undo)
                return undefined;
            if (fromNothing) {
                step.info('No slot has ready pods yet, so there is nothing that the cluster could move the traffic back to.');
                return undefined;
            }
            await assertConfirmRights(client, lease);
            const selectors = counted.map(({ live }) => selectorOf(live));
            const deployments = await deploymentsIn(client, lease.namespace, [from], selectors);
            if (deployments.length === 0)
                throw new failure.HR('confirm-job', `No Deployment of slot ${from} has the traffic, so nothing says whether it may go back there. No traffic was moved.`, 'leave confirm-image out for this release.');
            return {
                ...{ lease, release, from, to, ...confirm },
                entries: entries.flatMap((one) => (one.do === 'patch' ? [one] : [])),
                deployments: deployments.map(({ metadata }) => metadata.name),
            };
        }
        const confirm_pauseMs = 500;
        const patienceMs = 90_000;
        async function startConfirmJob(client, job, step, signal) {
            step.record({ event: 'phase', phase: 'arm' });
            const { namespace } = job.lease;
            const ref = confirmJobRef(job.lease);
            const uid = await create(client, job, ref, signal);
            let why = '';
            for (const late = performance.now() + patienceMs; performance.now() < late; await (0, clock.y)(confirm_pauseMs, signal)) {
                signal.throwIfAborted();
                const [pod] = await podsOf(client, namespace, uid);
                const state = pod ? confirmState(pod) : { is: 'waiting', why: await warningOf(client, namespace, ref) };
                if (state.is === 'armed')
                    return step.info(`The cluster moves the traffic back in ${job.seconds} s, if this job has not ended by then: job/${ref.name}.`);
                why = state.why;
                if (state.is === 'failed')
                    break;
            }
            throw notStarted(why);
        }
        async function create(client, job, ref, signal) {
            const { metadata, ...others } = confirmJob(job);
            const body = { ...others, metadata: { ...metadata, annotations: { [createdBy]: job.release } } };
            for (const late = performance.now() + patienceMs;; await (0, clock.y)(confirm_pauseMs, signal)) {
                signal.throwIfAborted();
                try {
                    const made = await client.create(resources_collection('batch/v1', 'jobs', job.lease.namespace), body);
                    return made.metadata.uid ?? '';
                }
                catch (error) {
                    if (!(error instanceof ApiError) || error.status !== 409 || performance.now() > late)
                        throw notStarted((0, failure.TM)((0, failure.bD)(error)));
                }
                const there = await client_orUndefined(client.get(ref.path));
                if (there?.metadata.annotations?.[createdBy] === job.release)
                    return there.metadata.uid ?? '';
                await client_orUndefined(client.remove(ref.path, { propagation: 'Background' }));
            }
        }
        async function podsOf(client, namespace, uid) {
            const labelSelector = `batch.kubernetes.io/controller-uid=${uid}`;
            const { items } = await client.get(resources_collection('v1', 'pods', namespace), { labelSelector });
            return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
        }
        async function warningOf(client, namespace, { name }) {
            const fieldSelector = `involvedObject.kind=Job,involvedObject.name=${name},type=Warning`;
            const { items } = await client.get(resources_collection('v1', 'events', namespace), { fieldSelector });
            return (0, failure.TM)(items.at(-1)?.message ?? 'no pod was made');
        }
        function notStarted(why) {
            return new failure.HR('confirm-job', `The Job that would move the traffic back cannot do so (${why}). No traffic was moved.`, 'run `command: preflight` with the same inputs, which prints its account and role; or leave confirm-image out.');
        }
        ;
        function rightsOfAccount({ lease, services, deployments }) {
            return [
                ...rights('coordination.k8s.io', 'leases', 'get watch patch', lease.name),
                ...services.flatMap((name) => rights('', 'services', 'get patch', name)),
                ...deployments.flatMap((name) => rights('apps', 'deployments', 'get list', name)),
            ];
        }
        function accountYaml(objects) {
            const { namespace } = objects.lease;
            const role = confirmJobRef(objects.lease).name;
            return [
                'apiVersion: v1',
                'kind: ServiceAccount',
                `metadata: {name: ${confirmAccount}, namespace: ${namespace}}`,
                '---',
                roleYaml(role, namespace, rightsOfAccount(objects)),
                '---',
                'apiVersion: rbac.authorization.k8s.io/v1',
                'kind: RoleBinding',
                `metadata: {name: ${role}, namespace: ${namespace}}`,
                `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${role}}`,
                `subjects: [{kind: ServiceAccount, name: ${confirmAccount}, namespace: ${namespace}}]`,
            ].join('\n');
        }
        function namesInSlots(deployments, slots) {
            const plain = deployments.map((name) => {
                const slot = slots.find((word) => name.endsWith(`-${word}`));
                return slot === undefined ? name : name.slice(0, -slot.length - 1);
            });
            return [...new Set(plain)].flatMap((name) => slots.map((word) => `${name}-${word}`));
        }
        ;
        async function preflight(inputs, step, signal) {
            const { client } = await connectMain(inputs.access, signal);
            await assertNamespace(client, inputs.namespace);
            step.info('The cluster answers. `command: preflight` of deploy-kubernetes with the same slots prints the role.');
            if (inputs.confirm)
                await printAccount(client, inputs, step);
            return { result: 'unchanged' };
        }
        async function printAccount(client, inputs, step) {
            const { namespace } = inputs;
            const objects = await confirmObjects(client, inputs);
            if (objects) {
                const account = accountYaml(objects);
                step.info(account);
                step.summary(`What the pod of \`confirm-image\` needs:\n\n${(0, summary.DV)(account, 'yaml')}`);
            }
            else
                step.info('Nothing is committed here yet. After the first release this command prints the account of the confirm Job.');
            await assertConfirmRights(client, leasePlace(namespace, inputs.release));
            step.info('The login of this job may start the confirm Job.');
        }
        async function confirmObjects(client, { namespace, release, slots }) {
            const lease = leasePlace(namespace, release);
            const { services } = (await readLease(client, lease))?.committed ?? {};
            if (!services)
                return undefined;
            const there = await slotsOfServices(client, namespace, services);
            const selectors = there.flatMap(({ live }) => (live ? [selectorOf(live)] : []));
            const deployments = await deploymentsIn(client, namespace, slots, selectors);
            const names = namesInSlots(deployments.map(({ metadata }) => metadata.name), slots);
            return { lease, services, deployments: names };
        }
        var release = __nccwpck_require__(5776);
        var client = __nccwpck_require__(2779);
        var src_failure = __nccwpck_require__(6975);
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
            return `${url}/attempts/${attempt}#${job}-${(0, release.Kv)(step).nonce}`;
        }
        ;
        const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
        ;
        function recordOf({ objects: _, dropped: __, chart: ___, ...record }) {
            return record;
        }
        const keptName = (lease, slot) => `${lease}-kept-${slot}`;
        const file = 'release.json.gz';
        const kept_pathOf = ({ namespace, name }, slot) => `${resources_collection('v1', 'configmaps', namespace)}/${keptName(name, slot)}`;
        function packRelease(kept) {
            return gzipSync(JSON.stringify(kept)).toString('base64');
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
            const found = await client_orUndefined(client.get(kept_pathOf(place, slot)));
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
                throw new Failure('source', `The release has more than ${largestConfigMap / 1000} kB, which a ConfigMap cannot hold.`);
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
        var src_images = __nccwpck_require__(2830);
        var identity = __nccwpck_require__(2971);
        ;
        async function liveServices(client, namespace, { services, active }) {
            const there = await slotsOfServices(client, namespace, services);
            const changed = there.filter(({ slot }) => slot !== active);
            if (changed.length > 0) {
                const where = changed.map(({ ref, slot }) => `${resources_refName(ref)} leads to ${slot ?? 'no slot'}`).join('; ');
                const byHand = changed.map(({ ref }) => moveByHand(ref.name, namespace, active)).join(' && ');
                throw new failure.HR('selector-changed', `${where}, and not to slot ${active} any more: somebody changed it. No traffic was moved.`, `find out why, then: ${byHand}`);
            }
            return there.flatMap(({ ref, live }) => (live ? [{ ref, live }] : []));
        }
        const move_pauseMs = 500;
        const settleMs = 15_000;
        const scalerPatienceMs = 60_000;
        async function move_waitForEndpoints(client, namespace, services, count, signal) {
            const waitMs = count.asManyAs === 'active' ? scalerPatienceMs : settleMs;
            for (const late = performance.now() + waitMs;; await (0, clock.y)(move_pauseMs, signal)) {
                signal.throwIfAborted();
                const counted = await Promise.all(services.map((one) => countPods(client, namespace, one, count)));
                const few = counted.filter(({ idle, needed }) => idle < needed);
                if (few.length === 0)
                    return counted;
                if (performance.now() < late)
                    continue;
                const what = few.map(({ ref, idle, needed }) => `${resources_refName(ref)}: ${idle} of ${needed}`).join('; ');
                throw new failure.HR('endpoints', `Slot ${count.idle} has too few ready pods to take the traffic (${what}). No traffic was moved.`, 'find out why they are not ready, then release again.');
            }
        }
        async function countPods(client, namespace, { ref, live }, { active, idle, asManyAs }) {
            const selector = selectorOf(live);
            const [serving, ready, filled] = await Promise.all([
                readyPods(client, namespace, selector, active),
                readyPods(client, namespace, selector, idle),
                asManyAs === 'active' ? Number.POSITIVE_INFINITY : podsWanted(client, namespace, selector, idle),
            ]);
            const needed = Math.max(1, Math.min(serving.length, filled));
            return { ref, live, active: serving.length, idle: ready.length, needed };
        }
        async function podsWanted(client, namespace, selector, slot) {
            const deployments = await deploymentsIn(client, namespace, [slot], [selector]);
            return deployments.reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0);
        }
        async function planMove(client, counted, { active, idle }) {
            const entries = await Promise.all(counted.map(async ({ ref, live }) => {
                const after = await client.patch(ref.path, movePatch(live.metadata.uid ?? '', active, idle), { dryRun: true });
                return entryFor(ref, live, after, '');
            }));
            return { from: active, to: idle, entries, fromNothing: counted.every((one) => one.active === 0) };
        }
        async function moveServices(client, namespace, counted, { from, to, entries }) {
            return Promise.all(counted.map(async ({ ref, live }, index) => {
                const entry = entries[index];
                try {
                    return withStored(entry, await client.patch(ref.path, movePatch(live.metadata.uid ?? '', from, to)));
                }
                catch (error) {
                    if (!(error instanceof ApiError) || error.status !== 422)
                        throw error;
                    const [now] = await slotsOfServices(client, namespace, [ref.name]);
                    if (now?.slot === to)
                        return entry;
                    throw new failure.HR('selector-changed', `${resources_refName(ref)} was changed by somebody else at this moment: it leads to ${now?.slot ?? 'no slot'}.`, 'find out who changes it, then release again.');
                }
            }));
        }
        async function waitForTraffic(client, namespace, counted, to, signal) {
            for (const late = performance.now() + settleMs;; await (0, clock.y)(move_pauseMs / 5, signal)) {
                signal.throwIfAborted();
                const open = await Promise.all(counted.map(async (one) => {
                    const stray = await strayEndpoints(client, namespace, one, to, signal);
                    return stray ? [`${resources_refName(one.ref)} has ${stray.join(', ') || 'none'}`] : [];
                }));
                const wrong = open.flat();
                if (wrong.length === 0)
                    return;
                if (performance.now() < late)
                    continue;
                throw new failure.HR('endpoints', `The traffic was moved to slot ${to}, and the endpoints are not its pods: ${wrong.join('; ')}.`, "look at the cluster's controllers: they have not followed the selector.");
            }
        }
        ;
        function outcomeOf({ lease }, result, detail) {
            return [{ target: targetOf(lease), service: lease.service, result, detail }];
        }
        function targetOf({ service, namespace }) {
            return `traffic of ${service} on namespace ${namespace}`;
        }
        var version = __nccwpck_require__(3834);
        ;
        function filledRelease({ steps }, inputs) {
            const { service, environment } = inputs.release;
            const own = steps.filter((one) => one.action === 'deploy-kubernetes' && one.service === service && one.mutates);
            const last = own.at(-1);
            if (last?.ended?.result === 'noop')
                return undefined;
            const saved = last?.undo;
            const { release, lease, fill, keeping } = saved ?? {};
            if (last?.ended?.ok && release && lease?.environment === environment && fill && keeping)
                return { ...saved, release, lease, fill, keeping };
            throw new failure.HR('not-filled', `No step of this job has filled a slot of ${service} in ${inputs.namespace}. Nothing was changed.`, 'run deploy-kubernetes with the same slots before this step. To go back to the slot that had the traffic: `command: rollback`.');
        }
        ;
        async function status_status(inputs, step, signal) {
            const { access, namespace, slots, release } = inputs;
            const { client } = await connectMain(access, signal);
            await assertNamespace(client, namespace);
            const lease = await readLease(client, leasePlace(namespace, release));
            const { version = 'nothing', release: id = '', services = [] } = lease?.committed ?? {};
            const lock = lease?.holder ? `the lock is held by ${lease.holder}` : 'the lock is free';
            const there = await slotsOfServices(client, namespace, services);
            const lines = await Promise.all(there.map(async ({ ref, live, slot }) => {
                if (!live)
                    return `${resources_refName(ref)} is not there`;
                const ready = await Promise.all(slots.map((word) => readyPods(client, namespace, selectorOf(live), word)));
                const counts = slots.map((word, index) => `${word} has ${ready[index]?.length ?? 0} ready pods`).join(', ');
                return `${resources_refName(ref)} leads to slot ${slot ?? 'none'}; ${counts}`;
            }));
            const all = [`committed: ${version} ${id}; state: ${lease?.state ?? 'none'}; ${lock}`, ...lines];
            for (const line of all)
                step.info(line);
            const found = new Set(there.map(({ slot }) => slot));
            step.output('active', found.size === 1 ? ([...found][0] ?? '') : '');
            step.summary(`**blue-green-switch status**\n\n${all.map((line) => `- ${(0, summary.EO)(line)}`).join('\n')}`);
            return { result: 'unchanged' };
        }
        ;
        async function switchTraffic(inputs, step, signal) {
            const release = await (0, version.X)(step, inputs.release, inputs.github);
            step.output('release-id', release.id);
            if (inputs.dryRun) {
                await status_status(inputs, step, signal);
                step.info('It would move the traffic to the slot that deploy-kubernetes fills. Nothing was changed.');
                return { result: 'unchanged' };
            }
            const filled = filledRelease(step.journal.read(), inputs);
            if (!filled) {
                step.info('The release had nothing to do: the slot that has the traffic is it already.');
                return { result: 'noop' };
            }
            step.record({ event: 'phase', phase: 'connect' });
            const { connection, client } = await connectMain(inputs.access, signal);
            const { fill, lease, keeping } = filled;
            await assertHeld(client, { ...lease, holder: holderOf(step) }, lease_state_openState(filled.release), 'No traffic was moved.');
            const counted = await prove(client, inputs, filled, step, signal);
            const saved = {
                server: connection.server,
                lease,
                release: filled.release,
                record: keeping.record,
                traffic: await planMove(client, counted, fill),
            };
            const job = await planConfirmJob(client, saved, counted, inputs, step);
            if (job)
                saved.traffic = { ...saved.traffic, confirmJob: confirmJobRef(lease) };
            await keepUndo(client, saved, step);
            if (job) {
                await startConfirmJob(client, job, step, signal);
                await assertHeld(client, lease, lease_state_openState(filled.release), 'No traffic was moved.');
            }
            const isBack = step.journal.read().chosen.some((one) => one.service === lease.service);
            await moveTraffic(client, saved, counted, step, { from: filled.committed, signal, ...(isBack && { back: true }) });
            if (inputs.undo)
                return { result: 'pending' };
            const { record } = saved;
            await setState(client, lease, {
                from: lease_state_openState(saved.release),
                to: committedState(record.release),
                committed: record,
            });
            step.recordOutcomes(outcomeOf(saved, 'committed', `recorded in lease/${lease.name}`));
            step.save();
            return { result: 'committed' };
        }
        async function prove(client, { namespace }, { fill }, step, signal) {
            step.record({ event: 'phase', phase: 'prove' });
            const services = await liveServices(client, namespace, fill);
            const { active, idle, scaled } = fill;
            const count = { active, idle, asManyAs: scaled ? 'active' : 'filled' };
            const counted = await move_waitForEndpoints(client, namespace, services, count, signal);
            for (const one of counted)
                step.info(`${resources_refName(one.ref)}: slot ${active} has ${one.active} ready pods, slot ${idle} has ${one.idle}.`);
            return counted;
        }
        async function keepUndo(client, saved, step) {
            const { lease, release } = saved;
            step.save(saved);
            const stored = await readUndo(client, lease);
            const before = stored?.release === release ? stored : { release, stateBefore: saved.stateBefore ?? 'none', entries: [] };
            await storeUndo(client, lease, { ...before, traffic: saved.traffic });
        }
        async function moveTraffic(client, saved, counted, step, { from, back, signal }) {
            const { lease, record } = saved;
            const { namespace } = lease;
            const { from: active, to: idle } = saved.traffic;
            signal.throwIfAborted();
            const named = (one, slot) => ({
                version: one?.version ?? '',
                release: one?.release ?? '',
                slot,
            });
            const move = { from: named(from, active), to: named(record, idle), ...(back && { back }) };
            step.record({ event: 'moved', targets: [{ name: targetOf(lease), service: lease.service, move }] });
            step.record({ event: 'phase', phase: 'switch' });
            const began = performance.now();
            const entries = await moveServices(client, namespace, counted, saved.traffic);
            saved.traffic = { ...saved.traffic, entries };
            step.save(saved);
            await waitForTraffic(client, namespace, counted, idle, signal);
            const ms = Math.round(performance.now() - began);
            step.record({ event: 'phase', phase: 'switched' });
            step.output('previous', active);
            step.output('active', idle);
            step.output('switch-ms', String(ms));
            step.info(`Traffic goes to slot ${idle}: ${saved.traffic.entries.map(({ ref }) => resources_refName(ref)).join(', ')}, after ${ms} ms.`);
            step.summary(`**blue-green-switch** ${lease.service} ${lease.environment}: slot ${active} → slot ${idle}`);
        }
        ;
        async function rollback(inputs, step, signal) {
            const id = (0, identity.Bf)(new Date(), inputs.release.runSha, (0, release.Kv)(step));
            step.output('release-id', id);
            assertOnly(step, inputs);
            const { connection, client } = await connectMain(inputs.access, signal);
            const { namespace } = inputs;
            const lease = leaseRef(namespace, inputs.release, holderOf(step));
            const before = inputs.dryRun ? await readLease(client, lease) : await take(client, lease, inputs, step, signal);
            try {
                const goal = await warmRelease(client, lease, before, inputs);
                const { active, idle, services } = goal;
                step.info(`Going back to ${goal.record.version} in slot ${idle}.`);
                const counted = await move_waitForEndpoints(client, namespace, await liveServices(client, namespace, { services, active }), { active, idle, asManyAs: 'active' }, signal);
                if (inputs.dryRun || !before) {
                    step.info('Nothing was changed.');
                    return { result: 'unchanged' };
                }
                const record = { ...goal.record, at: new Date(client.now()).toISOString() };
                const { state: stateBefore, committed: from } = before;
                const { server } = connection;
                const traffic = await planMove(client, counted, { active, idle });
                const saved = { server, lease, release: id, record, stateBefore, traffic };
                step.save(saved);
                await setState(client, lease, { from: stateBefore, to: lease_state_openState(id) });
                await keepUndo(client, saved, step);
                await moveTraffic(client, saved, counted, step, { from, back: true, signal });
                await setState(client, lease, { from: lease_state_openState(id), to: committedState(record.release), committed: record });
                step.recordOutcomes(outcomeOf(saved, 'committed', `traffic is back in slot ${idle}`));
                step.save();
            }
            catch (error) {
                const saved = step.journal.read().steps.find((one) => one.id === step.id)?.undo;
                if (!saved && !inputs.dryRun)
                    await releaseLease(client, lease);
                throw error;
            }
            await removeUndo(client, lease, { entries: [] });
            await releaseLease(client, lease);
            return { result: 'committed' };
        }
        function assertOnly(step, { release: { service } }) {
            const { steps } = step.journal.read();
            const own = steps.find((one) => one.id !== step.id && one.service === service && one.mutates && (one.ended?.result ?? 'pending') === 'pending');
            if (!own)
                return;
            throw new failure.HR('not-alone', `${own.id} released ${service} in this job, and the end of the job decides about it. No traffic was moved.`, 'fail the job to undo its release, or run the rollback in a job of its own.');
        }
        async function take(client, lease, inputs, step, signal) {
            const before = await takeLease(client, lease, {
                timeoutSeconds: inputs.lockTimeout,
                signal,
                info: step.info,
                isGone: (holder) => hasJobEnded(holder, inputs.github, { signal, info: step.info }),
            });
            const open = openRelease(before.state);
            if (open === undefined)
                return before;
            await releaseLease(client, lease);
            throw new failure.HR('left-open', `${open} was left open by a job that is gone. No traffic was moved.`, 'use `command: rollback` of deploy-kubernetes, which undoes it first.');
        }
        const keptByDefault = 5;
        async function warmRelease(client, lease, before, { slots }) {
            const { slot: active, services = [], previous } = before?.committed ?? {};
            const idle = slots.find((word) => word !== active);
            if (active === undefined || idle === undefined || !slots.includes(active) || previous === undefined)
                throw notWarm('No release was committed to a slot before the live one.');
            const kept = (await readKept(client, lease, keptByDefault, () => { })).find((one) => one.kept.release === previous)?.kept;
            if (kept?.slot !== idle)
                throw notWarm(`${previous}, the release before the live one, is not in slot ${idle}.`);
            await assertAsKept(client, kept);
            return { active, idle, services, record: recordOf(kept) };
        }
        async function assertAsKept(client, { version, objects }) {
            for (const { ref, uid, apply } of objects.filter((one) => one.ref.kind === 'Deployment')) {
                const live = await client_orUndefined(client.get(ref.path));
                if (live?.metadata.uid !== uid || imageNames(live) !== imageNames(apply))
                    throw notWarm(`${resources_refName(ref)} is not as ${version} left it.`);
            }
        }
        function imageNames(object) {
            return object
                ? (0, src_images.IC)(object)
                    .map(({ container, image }) => `${container}=${image}`)
                    .join(' ')
                : '';
        }
        function notWarm(text) {
            return new failure.HR('not-warm', `${text} No traffic was moved.`, 'use `command: rollback` of deploy-kubernetes with the same slots, then switch: it fills the idle slot again.');
        }
        ;
        const budgetMs = 60_000;
        async function undoMove(saved, leftMs) {
            const signal = AbortSignal.timeout(Math.floor(leftMs));
            try {
                const client = await reconnectTo(saved.server, signal);
                const taken = await takenBy(client, saved);
                if (taken !== undefined)
                    return outcomeOf(saved, 'mixed', `the lock was taken by ${taken}, which has the say by now: no traffic was moved back`);
                return await undoOn(client, saved, signal);
            }
            catch (error) {
                return outcomeOf(saved, 'mixed', `the traffic could not be moved back (${(0, failure.TM)((0, failure.bD)(error))}). ${undo_byHand(saved)}`);
            }
        }
        const late = 'the job took longer than confirm-timeout, so the cluster moved the traffic back';
        async function hasExpired(client, { lease, release, traffic }) {
            return traffic.confirmJob !== undefined && isExpired(client, lease, release);
        }
        async function undoOn(client, saved, signal) {
            const { namespace } = saved.lease;
            const { from, to } = saved.traffic;
            const restored = await moveBack(client, namespace, saved.traffic, signal);
            const left = restored.filter(({ result }) => result === 'foreign' || result === 'failed');
            if (saved.stateBefore !== undefined && left.every(({ result }) => result !== 'failed'))
                await end(client, saved);
            if (left.length > 0) {
                const what = left.map(({ ref, detail }) => `${resources_refName(ref)} ${detail}`).join('; ');
                return outcomeOf(saved, 'mixed', `${what}. ${undo_byHand(saved)}`);
            }
            if (restored.every(({ result }) => result === 'as-before'))
                return (await hasExpired(client, saved))
                    ? outcomeOf(saved, 'rolled-back', late)
                    : outcomeOf(saved, 'unchanged', `traffic goes to slot ${from}`);
            return outcomeOf(saved, 'rolled-back', `traffic is back in slot ${from}; slot ${to} has none`);
        }
        async function end(client, saved) {
            const { lease, release, stateBefore = 'none' } = saved;
            const now = await readLease(client, lease);
            if (now?.holder === lease.holder && now.state === lease_state_openState(release))
                await setState(client, lease, { from: lease_state_openState(release), to: stateBefore });
            await removeUndo(client, lease, { entries: [] });
            await releaseLease(client, lease);
        }
        async function takenBy(client, { lease }) {
            const now = await readLease(client, lease);
            return now?.holder && now.holder !== lease.holder ? now.holder : undefined;
        }
        function undo_byHand({ lease: { namespace }, traffic: { from, entries } }) {
            return `To go back by hand: ${entries.map(({ ref }) => moveByHand(ref.name, namespace, from)).join(' && ')}`;
        }
        async function commitMove(saved) {
            const { namespace } = saved.lease;
            const { to, entries } = saved.traffic;
            try {
                const signal = AbortSignal.timeout(budgetMs);
                const client = await reconnectTo(saved.server, signal);
                if (await hasExpired(client, saved))
                    return await undoOn(client, saved, signal);
                const there = await slotsOfServices(client, namespace, entries.map(({ ref }) => ref.name));
                const away = there.filter(({ slot }) => slot !== to);
                if (away.length === 0)
                    return outcomeOf(saved, 'committed', `traffic goes to slot ${to}`);
                const where = away.map(({ ref, slot }) => `${resources_refName(ref)} leads to ${slot ?? 'no slot'}`).join('; ');
                return outcomeOf(saved, 'mixed', `${where}, and not to slot ${to} any more: somebody changed it, and that is left alone`);
            }
            catch (error) {
                return outcomeOf(saved, 'mixed', `where the traffic goes could not be seen: ${(0, failure.TM)((0, failure.bD)(error))}`);
            }
        }
        ;
        const commands = { switch: switchTraffic, rollback: rollback, status: status_status, preflight: preflight };
        const role = 'run `command: preflight` of deploy-kubernetes with the same slots, which prints the role.';
        async function main(inputs, step) {
            try {
                return await (0, deadline.i)(step.signal, inputs.deadline, (signal) => commands[inputs.command](inputs, step, signal));
            }
            catch (error) {
                throw failureOf(error, step.signal, role);
            }
            finally {
                closeConnection();
            }
        }
        function undo(saved, until) {
            return undoMove(saved, Math.max(1000, (until - (0, clock.m)()) * 1000));
        }
        function commit(saved) {
            return commitMove(saved);
        }
        function transaction_close() {
            sweepProxies();
            closeConnection();
        }
    }),
    8700: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            B: () => (runBounded)
        });
        var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1421);
        var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
        var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9095);
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
    5563: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            m: () => (monotonicSeconds),
            y: () => (sleep)
        });
        var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
        var node_fs__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
        var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8161);
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
    9402: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
    6969: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            i: () => (withinDeadline)
        });
        var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9095);
        async function withinDeadline(signal, seconds, task) {
            const deadline = AbortSignal.timeout(seconds * 1000);
            try {
                return await task(AbortSignal.any([signal, deadline]));
            }
            catch (cause) {
                if (!deadline.aborted || signal.aborted)
                    throw cause;
                throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__.HR('deadline', `The deadline of ${seconds} s passed.`, 'raise the input deadline.', { cause });
            }
        }
    }),
    8691: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            F1: () => (postBudgetSeconds),
            gd: () => (decideOnce),
            iX: () => (confirmAll),
            sq: () => (reasonToUndo)
        });
        var _events_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9284);
        var _job_state_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7146);
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
    9284: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
    9095: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
    4221: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            A: () => (fromEnvironment),
            K: () => (readInputs)
        });
        var control_character = __nccwpck_require__(9402);
        var failure = __nccwpck_require__(9095);
        var mask = __nccwpck_require__(3477);
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
    4990: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            C: () => (interruptSignal),
            P: () => (interruptBudgetMs)
        });
        function interruptSignal() {
            const controller = new AbortController();
            const abort = () => controller.abort();
            process.on('SIGINT', abort);
            process.on('SIGTERM', abort);
            return controller.signal;
        }
        const interruptBudgetMs = 6500;
    }),
    7146: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Bg: () => (resultOf),
            _N: () => (releaseInProgress),
            co: () => (pendingTargets),
            jz: () => (jobResult),
            pe: () => (isSuperseded)
        });
        var _belay_release_model__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8432);
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
    4878: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            OW: () => (jobFolder),
            Qc: () => (childEnvironment),
            xh: () => (currentRun)
        });
        var node_os__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8161);
        var node_os__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);
        var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
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
    3589: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            _: () => (openJournal)
        });
        var external_node_crypto_ = __nccwpck_require__(7598);
        var external_node_fs_ = __nccwpck_require__(3024);
        var external_node_path_ = __nccwpck_require__(6760);
        var job_state = __nccwpck_require__(7146);
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
        var json_lines = __nccwpck_require__(3545);
        var events = __nccwpck_require__(9284);
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
    }),
    3545: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            r: () => (jsonLine),
            s: () => (readJsonLines)
        });
        var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
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
    2577: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            A: () => (commitStep),
            D: () => (undoStep)
        });
        var _belay_release_model__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8432);
        var _failure_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9095);
        var _log_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6671);
        var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4782);
        async function undoStep(action, step, until) {
            const own = (0, _step_js__WEBPACK_IMPORTED_MODULE_0__.QP)(step);
            if (own?.undo === undefined || !action.transaction)
                return 'unchanged';
            try {
                const outcomes = await action.transaction.undo(own.undo, step, until);
                step.recordOutcomes(outcomes);
                for (const one of outcomes)
                    _log_js__WEBPACK_IMPORTED_MODULE_1__.Rm.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`);
                return (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_2__.N)(outcomes.map(({ result }) => result));
            }
            catch (error) {
                _log_js__WEBPACK_IMPORTED_MODULE_1__.Rm.error(`Rollback failed: ${(0, _failure_js__WEBPACK_IMPORTED_MODULE_3__.bD)(error)}`);
                return 'mixed';
            }
        }
        async function commitStep(action, step) {
            const own = (0, _step_js__WEBPACK_IMPORTED_MODULE_0__.QP)(step);
            if (own?.undo === undefined || !action.transaction?.commit)
                return 'committed';
            try {
                const outcomes = await action.transaction.commit(own.undo, step);
                step.recordOutcomes(outcomes);
                for (const one of outcomes)
                    _log_js__WEBPACK_IMPORTED_MODULE_1__.Rm.info(`${one.target}: ${one.result}. ${one.detail}`);
                const late = outcomes.find(({ result }) => result === 'rolled-back');
                if (late)
                    _log_js__WEBPACK_IMPORTED_MODULE_1__.Rm.setFailed(`${late.target} was rolled back before the end of the job: ${late.detail}.`);
                return (0, _belay_release_model__WEBPACK_IMPORTED_MODULE_2__.N)(outcomes.map(({ result }) => result));
            }
            catch (error) {
                _log_js__WEBPACK_IMPORTED_MODULE_1__.Rm.error(`The change could not be made final: ${(0, _failure_js__WEBPACK_IMPORTED_MODULE_3__.bD)(error)}`);
                return 'mixed';
            }
        }
    }),
    1025: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            b: () => (assertNotTimedOut),
            i: () => (main)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(1210);
        var _clock_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(5563);
        var _decision_js__WEBPACK_IMPORTED_MODULE_12__ = __nccwpck_require__(8691);
        var _failure_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(9095);
        var _inputs_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4221);
        var _interrupt_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(4990);
        var _job_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4878);
        var _job_state_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(7146);
        var _journal_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3589);
        var _lost_journal_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4433);
        var _main_state_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9456);
        var _summary_js__WEBPACK_IMPORTED_MODULE_14__ = __nccwpck_require__(6813);
        var _conclude_js__WEBPACK_IMPORTED_MODULE_13__ = __nccwpck_require__(2577);
        var _report_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(9733);
        var _step_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4782);
        async function main(action) {
            const opened = (0, _journal_js__WEBPACK_IMPORTED_MODULE_0__._)((0, _job_js__WEBPACK_IMPORTED_MODULE_1__.OW)());
            const id = (0, _step_js__WEBPACK_IMPORTED_MODULE_2__.BN)(opened, action.name);
            const journal = (0, _main_state_js__WEBPACK_IMPORTED_MODULE_3__.d)(opened, id);
            (0, _lost_journal_js__WEBPACK_IMPORTED_MODULE_4__.dF)(journal, id);
            const { step, flush } = (0, _step_js__WEBPACK_IMPORTED_MODULE_2__.Rc)(id, 'main', journal);
            const began = (0, _clock_js__WEBPACK_IMPORTED_MODULE_5__.m)();
            const { transaction } = action;
            let mutates = transaction !== undefined;
            try {
                const inputs = (0, _inputs_js__WEBPACK_IMPORTED_MODULE_6__.K)((read) => action.inputs(read), _inputs_js__WEBPACK_IMPORTED_MODULE_6__.A, {
                    ...(action.variables && { variables: action.variables }),
                    releaseTo: (0, _job_state_js__WEBPACK_IMPORTED_MODULE_7__._N)(journal.read())?.environment,
                    note: step.info,
                });
                mutates = transaction?.mutates(inputs) ?? false;
                const service = transaction?.service(inputs);
                if (transaction && mutates)
                    assertMayBegin(journal, transaction.startsAfterFailure(inputs));
                recordBegin(action, step, mutates, service);
                _actions_core__WEBPACK_IMPORTED_MODULE_8__.dN('BELAY_RESULT', (0, _job_state_js__WEBPACK_IMPORTED_MODULE_7__.jz)(journal.read()));
                step.output('failure-code', '');
                const outcome = await action.main(inputs, step);
                if (step.signal.aborted)
                    throw new _failure_js__WEBPACK_IMPORTED_MODULE_9__.j$();
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
                throw new _failure_js__WEBPACK_IMPORTED_MODULE_9__.HR('job-failed', `An earlier step of this job ended as ${status}. This step changed nothing.`);
            (0, _lost_journal_js__WEBPACK_IMPORTED_MODULE_4__.EO)(journal);
            const { exclusive } = journal.read();
            if (exclusive)
                throw new _failure_js__WEBPACK_IMPORTED_MODULE_9__.HR('not-exclusive', `${exclusive.step} must be the only step of its job that changes anything: ${exclusive.why}`);
            assertNotTimedOut(journal);
        }
        function assertNotTimedOut(journal) {
            const { returnsAt } = journal.read();
            if (returnsAt === undefined || (0, _clock_js__WEBPACK_IMPORTED_MODULE_5__.m)() < returnsAt)
                return;
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_9__.HR('confirm-timeout-expired', 'The confirm timeout expired, and the hosts are rolling back on their own. This step changed nothing.', 'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.');
        }
        function recordSuccess(step, outcome, began) {
            step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) });
            step.output('result', outcome.result);
            _actions_core__WEBPACK_IMPORTED_MODULE_8__.dN('BELAY_RESULT', (0, _job_state_js__WEBPACK_IMPORTED_MODULE_7__.jz)(step.journal.read()));
        }
        async function recordFailure(action, step, error, began, mutates) {
            (0, _report_js__WEBPACK_IMPORTED_MODULE_10__.N7)(error);
            if (!(0, _step_js__WEBPACK_IMPORTED_MODULE_2__.QP)(step))
                recordBegin(action, step, mutates);
            const budgetSeconds = step.signal.aborted ? _interrupt_js__WEBPACK_IMPORTED_MODULE_11__.P / 1000 : _decision_js__WEBPACK_IMPORTED_MODULE_12__.F1;
            const result = await (0, _conclude_js__WEBPACK_IMPORTED_MODULE_13__.D)(action, step, (0, _clock_js__WEBPACK_IMPORTED_MODULE_5__.m)() + budgetSeconds);
            (0, _report_js__WEBPACK_IMPORTED_MODULE_10__.CD)(() => step.output('result', result));
            (0, _report_js__WEBPACK_IMPORTED_MODULE_10__.CD)(() => step.output('failure-code', (0, _failure_js__WEBPACK_IMPORTED_MODULE_9__.$N)(error)));
            const failure = (0, _failure_js__WEBPACK_IMPORTED_MODULE_9__.h_)(error);
            const reason = (0, _failure_js__WEBPACK_IMPORTED_MODULE_9__.bD)(failure);
            const remedy = failure instanceof _failure_js__WEBPACK_IMPORTED_MODULE_9__.HR && failure.remedy !== undefined && { remedy: failure.remedy };
            const code = (0, _failure_js__WEBPACK_IMPORTED_MODULE_9__.$N)(error);
            step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code, ...remedy });
            _actions_core__WEBPACK_IMPORTED_MODULE_8__.dN('BELAY_RESULT', (0, _job_state_js__WEBPACK_IMPORTED_MODULE_7__.jz)(step.journal.read()));
            const outcomeText = mutates ? `: ${result}` : '';
            step.summary(`**${action.name} failed** (\`${code}\`)${outcomeText}\n\n${(0, _summary_js__WEBPACK_IMPORTED_MODULE_14__.DV)(reason)}`);
        }
        function elapsed(began) {
            return Math.round(((0, _clock_js__WEBPACK_IMPORTED_MODULE_5__.m)() - began) * 100) / 100;
        }
    }),
    9733: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            fz: () => (annotate),
            CD: () => (attempt),
            T1: () => (failOnBadOutcome),
            x8: () => (flushSections),
            Lh: () => (outcomeTable),
            N7: () => (reportError),
            mC: () => (reportLoss),
            rY: () => (reportOutputs),
            K4: () => (serviceOutcomesOf)
        });
        var core = __nccwpck_require__(1210);
        var failure = __nccwpck_require__(9095);
        var job = __nccwpck_require__(4878);
        var job_state = __nccwpck_require__(7146);
        var log = __nccwpck_require__(6671);
        var lost_journal = __nccwpck_require__(4433);
        var serving = __nccwpck_require__(1501);
        var decision = __nccwpck_require__(8691);
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
            return (0, serving.s)(version);
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
            return job.decided?.why ?? (0, decision.sq)(job, status) ?? 'not known';
        }
        function foreignFailure(job) {
            const last = job.steps.findLast(({ ended }) => ended);
            const after = last ? ` after ${last.action === 'release-end' ? 'release' : last.action}` : '';
            return job.unfinishedReleases.length > 0 ? `a step inside release${after} failed` : `a step${after} failed`;
        }
        var summary = __nccwpck_require__(6813);
        ;
        function reportError(thrown) {
            const error = (0, failure.h_)(thrown);
            if (error instanceof failure.HR) {
                log.Rm.setFailed(error.message);
                return;
            }
            log.Rm.setFailed(`${(0, failure.bD)(error)}\n  This is a bug in Belay. Please report it with the log lines below.`);
            if (error instanceof Error)
                log.Rm.info(error.stack ?? '');
        }
        function reportOutputs(error) {
            attempt(() => core.uH('failure-code', (0, failure.$N)(error)));
            if (!process.env.BELAY_RESULT)
                attempt(() => core.dN('BELAY_RESULT', 'unchanged'));
        }
        function attempt(write) {
            try {
                write();
            }
            catch (error) {
                log.Rm.debug((0, failure.bD)(error));
            }
        }
        function reportLoss(action, step, state) {
            const { damaged } = step.journal.read();
            if (damaged === undefined || !state.mutates)
                return;
            const report = (0, lost_journal.wh)(action, step.journal, damaged, state);
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
    }),
    4782: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            BN: () => (nextStepId),
            QP: () => (stepState),
            Rc: () => (makeStep)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1210);
        var _clock_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5563);
        var _events_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9284);
        var _interrupt_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4990);
        var _log_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6671);
        var _report_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9733);
        function makeStep(id, stage, journal) {
            const sections = [];
            const record = (event) => journal.append({ step: id, ...event });
            const step = {
                id,
                stage,
                journal,
                signal: stage === 'main' ? (0, _interrupt_js__WEBPACK_IMPORTED_MODULE_0__.C)() : ignoredInterrupts(),
                record,
                output: (name, value) => _actions_core__WEBPACK_IMPORTED_MODULE_1__.uH(name, value),
                summary: (markdown, place = stage) => sections.push({ place, markdown }),
                info: (text) => _log_js__WEBPACK_IMPORTED_MODULE_2__.Rm.info(text),
                warn(text, host) {
                    _log_js__WEBPACK_IMPORTED_MODULE_2__.Rm.warning(host ? `${host}: ${text}` : text);
                    record({ event: 'note', level: 'warning', text, ...(host && { host }) });
                },
                save: (undo) => record({ event: 'saved', undo }),
                arm(targets, seconds) {
                    record({ event: 'armed', targets, seconds, returnsAt: (0, _clock_js__WEBPACK_IMPORTED_MODULE_3__.m)() + seconds });
                },
                recordOutcomes: (outcomes) => journal.append(...(0, _events_js__WEBPACK_IMPORTED_MODULE_4__.X)(id, outcomes)),
            };
            return { step, flush: () => (0, _report_js__WEBPACK_IMPORTED_MODULE_5__.x8)(step, sections) };
        }
        function stepState(step) {
            return step.journal.read().steps.find(({ id }) => id === step.id);
        }
        function nextStepId(journal, action) {
            const earlier = journal.read().steps.filter((step) => step.action === action).length;
            return `${action}-${earlier + 1}`;
        }
        function ignoredInterrupts() {
            (0, _interrupt_js__WEBPACK_IMPORTED_MODULE_0__.C)();
            return new AbortController().signal;
        }
    }),
    6671: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Rm: () => (log)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1210);
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
    4433: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            EO: () => (assertJournal),
            dF: () => (recordEarlierLoss),
            pc: () => (journalForPost),
            rG: () => (recordLoss),
            wh: () => (lossReport)
        });
        var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);
        var node_path__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
        var _clock_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5563);
        var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9095);
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
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__.HR('journal-lost', `${describeLoss(journal, damaged)} This step changed nothing.`, lossRemedy);
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
            return `The journal of this job (${(0, node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'journal.jsonl')}) is not as Belay left it: ${why}. A step of this job emptied or changed RUNNER_TEMP.`;
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
            const time = new Date(Date.now() + (returnsAt - (0, _clock_js__WEBPACK_IMPORTED_MODULE_2__.m)()) * 1000).toISOString().slice(11, 19);
            return [
                `${step} could not be confirmed. Unless it is, each host rolls back on its own, at ${time} UTC at the latest: ${open.join(', ')}.`,
            ];
        }
    }),
    9456: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            R: () => (mainState),
            d: () => (savedForPost)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1210);
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
            const saveState = () => _actions_core__WEBPACK_IMPORTED_MODULE_0__.LZ(stateName, JSON.stringify(state));
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
            const text = _actions_core__WEBPACK_IMPORTED_MODULE_0__.Gu(stateName);
            return text === '' ? undefined : JSON.parse(text);
        }
    }),
    3477: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            d: () => (mask)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1210);
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
    5776: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            $E: () => (readReleaseInputs),
            Cs: () => (earlierRelease),
            Kv: () => (jobIdentity),
            wS: () => (joinRelease)
        });
        var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
        var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
        var _belay_release_model__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2971);
        var _job_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4878);
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
    5511: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Bf: () => (doubling),
            L5: () => (retry),
            q9: () => (retryErrors)
        });
        var _clock_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5563);
        var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9095);
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
    4590: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            e: () => (run)
        });
        var external_node_path_ = __nccwpck_require__(6760);
        var failure = __nccwpck_require__(9095);
        var main = __nccwpck_require__(1025);
        var core = __nccwpck_require__(1210);
        var clock = __nccwpck_require__(5563);
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
        var decision = __nccwpck_require__(8691);
        var job_state = __nccwpck_require__(7146);
        var src_journal = __nccwpck_require__(3589);
        var log = __nccwpck_require__(6671);
        var lost_journal = __nccwpck_require__(4433);
        var conclude = __nccwpck_require__(2577);
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
        var report = __nccwpck_require__(9733);
        var lifecycle_step = __nccwpck_require__(4782);
        ;
        async function post(action, state) {
            if (!state)
                return log.Rm.info('The main stage was stopped before it changed anything. There is nothing to undo.');
            const journal = (0, lost_journal.pc)((0, src_journal._)(state.folder), state);
            (0, lost_journal.rG)(journal, state);
            const { step, flush } = (0, lifecycle_step.Rc)(state.step, 'post', journal);
            try {
                if (action.transaction && (state.mutates || (0, lifecycle_step.QP)(step)?.mutates))
                    await followDecision(action, step);
                else
                    await action.end?.(step);
            }
            catch (error) {
                if (state.mutates || (0, lifecycle_step.QP)(step)?.mutates)
                    throw error;
                log.Rm.warning((0, failure.bD)(error));
            }
            finally {
                (0, report.CD)(() => (0, report.mC)(action.name, step, state));
                await action.transaction?.close(step).catch((error) => log.Rm.debug((0, failure.bD)(error)));
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
            log.Rm.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
            if (decided.decision === 'commit')
                await (0, decision.iX)(journal, step.id, confirmer);
            await doPostAction(postAction(journal.read(), (0, lifecycle_step.QP)(step), decided.decision), action, step, decided.until);
            const job = journal.read();
            const own = (0, lifecycle_step.QP)(step);
            core.dN('BELAY_RESULT', (0, job_state.jz)(job));
            step.record({ event: 'result', result: (0, job_state.jz)(job) });
            step.summary((0, report.Lh)(action.name, decided.why, own));
            if (isFirstChange(job, step.id))
                for (const one of (0, report.K4)(step, jobStatus))
                    (0, report.fz)(one);
            if (job.damaged === undefined)
                (0, report.T1)(own ? (0, job_state.Bg)(own) : 'unknown', decided, jobStatus);
        }
        async function doPostAction(doing, action, step, until) {
            const end = (ok, result) => step.record({ event: 'step-concluded', ok, result });
            if (doing === 'nothing')
                return;
            if (doing === 'mark-committed') {
                const result = await (0, conclude.A)(action, step);
                return end(result === 'committed', result);
            }
            if (doing === 'mark-superseded')
                return end(true, 'superseded');
            if (doing === 'mark-unchanged')
                return end(false, 'unchanged');
            const result = await (0, conclude.D)(action, step, undoDeadline(step.journal, until));
            if ((0, lifecycle_step.QP)(step)?.armed.length === 0)
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
        var main_state = __nccwpck_require__(9456);
        var secret_folder = __nccwpck_require__(9650);
        ;
        async function run(action) {
            process.once('uncaughtException', (error) => {
                (0, report.N7)(error);
                process.exit(1);
            });
            try {
                if (process.platform !== 'linux')
                    throw new failure.HR('platform', `Belay runs on Linux runners, not ${process.platform}.`);
                (0, secret_folder.W)();
                if (isPost())
                    await post(action, (0, main_state.R)());
                else
                    await (0, main.i)(action);
            }
            catch (error) {
                (0, report.N7)(error);
                if (!isPost())
                    (0, report.rY)(error);
            }
            process.exit();
        }
        function isPost() {
            return (0, external_node_path_.basename)(process.argv[1] ?? '') === 'post.js';
        }
    }),
    9650: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            W: () => (sweepSecrets),
            x: () => (makeSecretFolder)
        });
        var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
        var node_fs__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
        var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
        var node_path__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
        var _job_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4878);
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
    6813: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            DV: () => (codeBlock),
            EO: () => (plainMarkdown),
            Ix: () => (saveSections),
            Sy: () => (writeSummary),
            uY: () => (savedSections)
        });
        var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
        var node_fs__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
        var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
        var node_path__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
        var _json_lines_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3545);
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
    2779: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            o: () => (openGitHub),
            B: () => (readGitHubInputs)
        });
        var failure = __nccwpck_require__(9095);
        var external_node_crypto_ = __nccwpck_require__(7598);
        var external_node_fs_ = __nccwpck_require__(3024);
        ;
        const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
        ;
        const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
        var retry = __nccwpck_require__(5511);
        var request = __nccwpck_require__(5405);
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
                return { trouble: { ...again, retryable: error instanceof request.hg, why: (0, failure.bD)(error) } };
            }
        }
        async function saveAnswer(asked, file) {
            return (0, request.AY)(asked, async (response) => {
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
        var src_failure = __nccwpck_require__(6975);
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
    6975: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            HB: () => (unreachable),
            Of: () => (refusalOf),
            au: () => (unexpectedAnswer),
            kl: () => (assertShape),
            y_: () => (GitHubError)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9095);
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
    3834: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            X: () => (joinReleaseOfVersion)
        });
        var failure = __nccwpck_require__(9095);
        var release = __nccwpck_require__(5776);
        var identity = __nccwpck_require__(2971);
        var client = __nccwpck_require__(2779);
        var src_failure = __nccwpck_require__(6975);
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
        const budgetMs = 60_000;
        async function requestedCommit({ version, runSha, runIsOfVersion }, github, signal) {
            if ((0, identity.W9)(version))
                return undefined;
            if (isSha(version))
                return version;
            if (github.token === '')
                return runSha;
            const sha = await commitOf((0, client.o)(github, AbortSignal.any([signal, AbortSignal.timeout(budgetMs)])), version);
            if (runIsOfVersion && sha !== runSha)
                throw tagMoved(version, runSha, sha);
            return sha;
        }
        function tagMoved(version, then, now) {
            return new failure.HR('tag-moved', `The tag ${version} was moved after this run was started: from ${then} to ${now}.`, `start a new run from the tag, which releases ${now.slice(0, 12)}; or give the 40 digits of a commit as version.`);
        }
        async function joinReleaseOfVersion(step, requested, github) {
            const known = requested.runIsOfVersion || (0, release.Cs)(step, requested) !== undefined;
            return (0, release.wS)(step, requested, known ? undefined : await requestedCommit(requested, github, step.signal));
        }
    }),
    3911: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            AM: () => (postConfirmer),
            LO: () => (shadowOutcome),
            QA: () => (hostConfirmer),
            RD: () => (withHost),
            az: () => (isOnHost),
            k6: () => (claimTarget),
            m8: () => (leaseOf),
            ud: () => (armedTargets)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5511);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5563);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(9095);
        var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(674);
        var _credentials_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3530);
        var _host_commands_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8847);
        var _local_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2483);
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
                return task((0, _connection_js__WEBPACK_IMPORTED_MODULE_0__.Ck)(target, lease.folder));
            };
            return (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.q9)(once, {
                attempts: 3,
                backoffMs: (failed) => (failed === 1 ? 0 : 1000),
                isRetryable: (error) => (0, _connection_js__WEBPACK_IMPORTED_MODULE_0__.R0)(error) && !(0, _local_js__WEBPACK_IMPORTED_MODULE_2__.IX)(target),
            });
        }
        async function overNewConnection(target, credentials, task) {
            const connection = (0, _connection_js__WEBPACK_IMPORTED_MODULE_0__.Ck)(target, (0, _connection_js__WEBPACK_IMPORTED_MODULE_0__.jJ)());
            const sweep = () => (0, _connection_js__WEBPACK_IMPORTED_MODULE_0__.pq)(connection);
            process.once('exit', sweep);
            try {
                return await task(await (0, _connection_js__WEBPACK_IMPORTED_MODULE_0__.Ng)(target, credentials(), connection.folder));
            }
            finally {
                await (0, _connection_js__WEBPACK_IMPORTED_MODULE_0__.Zf)(connection);
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
            return hostConfirmer(_credentials_js__WEBPACK_IMPORTED_MODULE_3__.jp, journal);
        }
        const askSeconds = 40;
        async function whyMissing(lease, key) {
            try {
                const late = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_4__.y)(askSeconds * 1000).then(() => 'silent');
                const state = await Promise.race([late, withHost(lease, key, (connection) => (0, _host_commands_js__WEBPACK_IMPORTED_MODULE_5__.nl)(connection, lease))]);
                if (state === 'silent')
                    return `it did not answer within ${askSeconds} s`;
                if (state === 'armed')
                    return undefined;
                if (state === 'dead')
                    return 'its process is gone, so it would not roll back on its own';
                return `it is ${state} already: it was not confirmed in time, or it rolled back on its own`;
            }
            catch (error) {
                return (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_6__.bD)(error);
            }
        }
        async function confirmLease(lease, key, journal) {
            if (lease.shadow)
                return concludeShadowRelease(lease, key);
            try {
                const { state, decidedBy: who, elsewhere, } = await withHost(lease, key, (connection) => (0, _host_commands_js__WEBPACK_IMPORTED_MODULE_5__.gP)(connection, lease, recordText(journal)));
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
                const detail = `whether it was confirmed is not known (${(0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_6__.TM)((0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_6__.bD)(error))}); if not, it rolls back on its own`;
                return { result: 'mixed', detail };
            }
        }
        const shadowUndoSeconds = 180;
        async function concludeShadowRelease(lease, key) {
            try {
                return shadowOutcome(await withHost(lease, key, (connection) => (0, _host_commands_js__WEBPACK_IMPORTED_MODULE_5__.aY)(connection, lease, shadowUndoSeconds)));
            }
            catch (error) {
                const detail = `whether its slot is idle again is not known (${(0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_6__.TM)((0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_6__.bD)(error))}); the host makes it idle on its own`;
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
    }),
    674: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Ck: () => (reopen),
            FR: () => (connectionArguments),
            Ng: () => (connect),
            Ou: () => (connectionKey),
            R0: () => (isUnreachable),
            ZO: () => (connectWithRetry),
            Zf: () => (disconnect),
            jJ: () => (connectionFolder),
            pq: () => (disconnectNow)
        });
        var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1421);
        var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
        var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7598);
        var node_crypto__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_1__);
        var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3024);
        var node_fs__WEBPACK_IMPORTED_MODULE_2___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_2__);
        var node_os__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8161);
        var node_os__WEBPACK_IMPORTED_MODULE_3___default = __nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_3__);
        var node_path__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(6760);
        var node_path__WEBPACK_IMPORTED_MODULE_4___default = __nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_4__);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(8700);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9095);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(5511);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(4878);
        var _credentials_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(3530);
        var _session_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(1772);
        function connectionKey(target, credentials) {
            const { key, knownHosts } = credentials;
            return (0, node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)('sha256')
                .update(JSON.stringify([target.name, key, knownHosts]))
                .digest('hex');
        }
        function connectionFolder() {
            return (0, node_fs__WEBPACK_IMPORTED_MODULE_2__.mkdtempSync)((0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)((0, node_os__WEBPACK_IMPORTED_MODULE_3__.tmpdir)(), 'belay-'));
        }
        async function connect(target, credentials, folder, signal) {
            const log = (0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'log');
            const ended = await (0, _credentials_js__WEBPACK_IMPORTED_MODULE_5__.YX)(credentials.key, credentials.passphrase, async (keyFile, env) => {
                (0, node_fs__WEBPACK_IMPORTED_MODULE_2__.writeFileSync)((0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'known_hosts'), credentials.knownHosts);
                (0, node_fs__WEBPACK_IMPORTED_MODULE_2__.writeFileSync)((0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'config'), clientConfig(target, folder));
                const args = ['-F', (0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'config'), '-M', '-N', '-f', '-E', log, '-i', keyFile, '-o', 'ProxyCommand=none'];
                const limits = { timeoutMs: 60_000, killSignal: 'SIGKILL', keptCharacters: 0 };
                const running = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_6__.B)('ssh', [...args, 'belay'], { env, ...limits, ...(signal && { signal }) });
                return running.catch((error) => error);
            });
            if (ended instanceof _belay_action_kit__WEBPACK_IMPORTED_MODULE_7__.j$)
                throw ended;
            if (ended instanceof Error)
                throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_7__.HR('ssh-missing', `ssh could not be started: ${ended.message}`, 'install openssh-client.');
            if (ended.status !== 0)
                throw connectFailure(target, (0, node_fs__WEBPACK_IMPORTED_MODULE_2__.existsSync)(log) ? (0, node_fs__WEBPACK_IMPORTED_MODULE_2__.readFileSync)(log, 'utf8') : '');
            return { target, folder };
        }
        async function connectWithRetry(target, credentials, folder, tries, signal) {
            return (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_8__.q9)(() => connect(target, credentials, folder, signal), {
                attempts: tries,
                backoffMs: () => 500,
                isRetryable: isUnreachable,
                ...(signal && { signal }),
            });
        }
        function isUnreachable(error) {
            return error instanceof _belay_action_kit__WEBPACK_IMPORTED_MODULE_7__.HR && error.code === 'unreachable';
        }
        function reopen(target, folder) {
            return { target, folder };
        }
        async function disconnect({ folder }) {
            (0, _session_js__WEBPACK_IMPORTED_MODULE_9__.k)(folder);
            if ((0, node_fs__WEBPACK_IMPORTED_MODULE_2__.existsSync)((0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'socket'))) {
                const args = ['-F', (0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'config'), '-O', 'exit', 'belay'];
                const options = { env: (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_10__.Qc)(), timeoutMs: 5000, keptCharacters: 1000 };
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_6__.B)('ssh', args, options).catch(() => undefined);
            }
            (0, node_fs__WEBPACK_IMPORTED_MODULE_2__.rmSync)(folder, { recursive: true, force: true });
        }
        function disconnectNow({ folder }) {
            (0, _session_js__WEBPACK_IMPORTED_MODULE_9__.k)(folder);
            const args = ['-F', (0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'config'), '-O', 'exit', 'belay'];
            if ((0, node_fs__WEBPACK_IMPORTED_MODULE_2__.existsSync)((0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'socket')))
                (0, node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawnSync)('ssh', args, { env: (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_10__.Qc)(), timeout: 2000 });
            (0, node_fs__WEBPACK_IMPORTED_MODULE_2__.rmSync)(folder, { recursive: true, force: true });
        }
        function connectionArguments({ folder }) {
            return ['-F', (0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'config'), 'belay'];
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
  UserKnownHostsFile ${(0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'known_hosts')}
  GlobalKnownHostsFile /dev/null
  UpdateHostKeys no
  ControlPath ${(0, node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'socket')}
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
                return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_7__.HR('host-key-changed', `${target.name} shows a host key that known-hosts does not pin.`, 'if the server was rebuilt, compare the new fingerprint at its console and put the new line into known-hosts; ' +
                    'if it was not, somebody may intercept the connection: do not deploy.');
            }
            if (/Permission denied|Too many authentication failures|no mutual signature/i.test(log)) {
                return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_7__.HR('login-refused', `${target.name} does not accept ssh-key for user ${target.user}.`, `add its public half to ~${target.user}/.ssh/authorized_keys on the host.`);
            }
            const why = said || 'no answer';
            return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_7__.HR('unreachable', `${target.name} cannot be reached: ${why}`, 'check address, port and firewall.');
        }
    }),
    3530: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            jp: () => (keyFromInputs),
            L1: () => (readCredentials),
            YX: () => (withSecretFiles)
        });
        var external_node_fs_ = __nccwpck_require__(3024);
        var external_node_path_ = __nccwpck_require__(6760);
        var inputs = __nccwpck_require__(4221);
        var job = __nccwpck_require__(4878);
        var secret_folder = __nccwpck_require__(9650);
        ;
        const keyForm = /^-----BEGIN OPENSSH PRIVATE KEY-----\n([A-Za-z0-9+/\n]+={0,2}\n)-----END OPENSSH PRIVATE KEY-----\n$/;
        function isPlainKey(text) {
            const bytes = fromBase64(keyForm.exec(text)?.[1]?.replaceAll('\n', '') ?? '');
            if (bytes === undefined)
                return false;
            try {
                const outer = new Reader(bytes);
                outer.expect('openssh-key-v1\0');
                for (const word of ['none', 'none', ''])
                    outer.expectText(word);
                if (outer.number() !== 1)
                    return false;
                const publicKey = new Reader(outer.text());
                const secret = outer.text();
                if (!outer.isAtEnd || secret.length % 8 !== 0)
                    return false;
                const inner = new Reader(secret);
                const checks = [inner.number(), inner.number()];
                if (checks[0] !== checks[1])
                    return false;
                publicKey.expectText('ssh-ed25519');
                inner.expectText('ssh-ed25519');
                const point = publicKey.text();
                const isWhole = point.equals(inner.text()) && point.length === 32 && inner.text().length === 64;
                inner.text();
                return isWhole && publicKey.isAtEnd && inner.rest().every((byte, index) => byte === index + 1);
            }
            catch {
                return false;
            }
        }
        const keyTypes = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521))$/;
        function isPlainlyPinned(knownHosts, name) {
            const lines = knownHosts
                .split('\n')
                .map((line) => line.trim())
                .filter((line) => line !== '' && !line.startsWith('#'))
                .map((line) => line.split(/[ \t]+/));
            return lines.every(isPlainLine) && lines.some(([names = '']) => names.split(',').includes(name));
        }
        function isPlainLine([names = '', type = '', key = '']) {
            if (!/^[a-z0-9.:,_%[\]-]+$/.test(names) || !keyTypes.test(type))
                return false;
            const bytes = fromBase64(key);
            try {
                if (bytes === undefined)
                    return false;
                new Reader(bytes).expectText(type);
                return true;
            }
            catch {
                return false;
            }
        }
        function fromBase64(text) {
            const bytes = Buffer.from(text, 'base64');
            return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
        }
        class Reader {
            at = 0;
            bytes;
            constructor(bytes) {
                this.bytes = bytes;
            }
            get isAtEnd() {
                return this.at === this.bytes.length;
            }
            number() {
                const value = this.bytes.readUInt32BE(this.at);
                this.at += 4;
                return value;
            }
            text() {
                return this.take(this.number());
            }
            rest() {
                return this.take(this.bytes.length - this.at);
            }
            expect(word) {
                if (this.take(word.length).toString('latin1') !== word)
                    throw new RangeError(`not ${word}`);
            }
            expectText(word) {
                if (this.number() !== word.length)
                    throw new RangeError(`not ${word}`);
                this.expect(word);
            }
            take(length) {
                if (this.at + length > this.bytes.length)
                    throw new RangeError('too short');
                this.at += length;
                return this.bytes.subarray(this.at - length, this.at);
            }
        }
        var external_node_child_process_ = __nccwpck_require__(1421);
        ;
        const script = `
key=$1 known=$2 count=0
shift 2
if [ -n "$key" ]; then
  (
    ssh-keygen -y -f "$key" >/dev/null
    echo "key $?"
  ) &
fi
for name; do
  count=$((count + 1))
  (
    ssh-keygen -F "$name" -f "$known" >/dev/null 2>&1
    echo "$count $?"
  ) &
  [ $((count % 16)) -ne 0 ] || wait
done
wait
`;
        function askSshKeygen({ keyFile = '', knownHostsFile = '', names }, env) {
            if (keyFile === '' && names.length === 0)
                return { readsKey: false, errors: '', found: new Set() };
            const { stdout, stderr } = (0, external_node_child_process_.spawnSync)('sh', ['-c', script, 'sh', keyFile, knownHostsFile, ...names], {
                env,
                stdio: ['ignore', 'pipe', 'pipe'],
                encoding: 'utf8',
                timeout: 10_000,
                killSignal: 'SIGKILL',
            });
            const yes = new Set((stdout ?? '').split('\n').flatMap((line) => /^(\S+) 0$/.exec(line)?.[1] ?? []));
            const found = new Set(names.filter((_, index) => yes.has(String(index + 1))));
            return { readsKey: yes.has('key'), errors: stderr ?? '', found };
        }
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
                (0, external_node_fs_.mkdirSync)((0, job.OW)(), { recursive: true, mode: 0o700 });
                const folder = (0, external_node_fs_.mkdtempSync)((0, external_node_path_.join)((0, job.OW)(), 'known-hosts-'));
                try {
                    const knownHostsFile = (0, external_node_path_.join)(folder, 'known_hosts');
                    (0, external_node_fs_.writeFileSync)(knownHostsFile, `${knownHosts}\n`);
                    return askSshKeygen({ keyFile, knownHostsFile, names }, env);
                }
                finally {
                    (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
                }
            };
            return key === '' ? ask(undefined, (0, job.Qc)()) : withSecretFiles(key, passphrase, ask);
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
    }),
    960: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            I_: () => (switchState),
            lF: () => (encode)
        });
        var _protocol_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2198);
        var _quote_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1524);
        var _values_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7656);
        const noState = '';
        function releaseState(values) {
            return encode('r_', deployProtocol.state.sent, values);
        }
        function switchState(values) {
            return encode('r_', _protocol_js__WEBPACK_IMPORTED_MODULE_0__.Rq.state.sent, values);
        }
        function encode(prefix, fields, values) {
            const given = Object.entries(fields).filter(([name]) => values[name] !== undefined);
            const several = new Set(given.flatMap(([name, { kind }]) => (kind === 'lines' ? [(0, _values_js__WEBPACK_IMPORTED_MODULE_1__.oy)(name)] : [])));
            const texts = given.map(([name, field]) => [(0, _values_js__WEBPACK_IMPORTED_MODULE_1__.oy)(name), textOf(field, values[name])]);
            return (0, _quote_js__WEBPACK_IMPORTED_MODULE_2__.TT)(prefix, Object.fromEntries(texts), several);
        }
        function textOf({ kind }, value) {
            if (kind === 'list')
                return value.join(' ');
            if (kind === 'words')
                return (0, _quote_js__WEBPACK_IMPORTED_MODULE_2__.AD)(value);
            if (kind === 'yes')
                return value ? 'yes' : 'no';
            return String(value);
        }
    }),
    8847: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            BK: () => (renewOnHost),
            E_: () => (leaseSeconds),
            SN: () => (armOnHost),
            aY: () => (undoOnHost),
            dY: () => (lockOnHost),
            fv: () => (actorText),
            gP: () => (confirmOnHost),
            nl: () => (askOnHost)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4878);
        var _host_script_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5684);
        var _run_command_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2407);
        const leaseSeconds = 30;
        function actorText(verb) {
            const run = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.xh)();
            return `${verb} by ${run.repository} run ${run.id} attempt ${run.attempt} job ${run.job}`;
        }
        async function lockOnHost(connection, script, { base, id, change }, { keepReleases, owner, ...heard }, signal) {
            const { name, text } = script;
            const { state: params, ...proxies } = heard;
            const values = { base, id, change, keepReleases, owner, lease: leaseSeconds, script: name, text, params, ...proxies };
            const answer = await (0, _run_command_js__WEBPACK_IMPORTED_MODULE_1__.d)(connection, script, 'hold', values, { timeoutMs: 300_000, signal });
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
            await (0, _run_command_js__WEBPACK_IMPORTED_MODULE_1__.d)(connection, _host_script_js__WEBPACK_IMPORTED_MODULE_2__.d, 'renew', { base, id, lease: leaseSeconds }, { timeoutMs: 20_000 });
        }
        async function armOnHost(connection, lease, options) {
            const { confirmTimeout, changeTimeout, signal, onPhase } = options;
            const values = { ...commandValues(lease, 'armed'), change: lease.change, confirmTimeout, wait: changeTimeout };
            const answer = await (0, _run_command_js__WEBPACK_IMPORTED_MODULE_1__.d)(connection, _host_script_js__WEBPACK_IMPORTED_MODULE_2__.d, 'arm', values, {
                timeoutMs: (changeTimeout + 15) * 1000,
                signal,
                onLine: { phase: (phase) => onPhase?.(phase) },
            });
            return hostState(answer);
        }
        async function askOnHost(connection, lease) {
            const answer = await (0, _run_command_js__WEBPACK_IMPORTED_MODULE_1__.d)(connection, _host_script_js__WEBPACK_IMPORTED_MODULE_2__.d, 'ask', lease, { timeoutMs: 15_000 });
            return answer.last('state') ?? '';
        }
        async function confirmOnHost(connection, lease, record) {
            const values = { ...commandValues(lease, 'confirmed'), record };
            const answer = await (0, _run_command_js__WEBPACK_IMPORTED_MODULE_1__.d)(connection, _host_script_js__WEBPACK_IMPORTED_MODULE_2__.d, 'confirm', values, { timeoutMs: 20_000 });
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
            const answer = await (0, _run_command_js__WEBPACK_IMPORTED_MODULE_1__.d)(connection, _host_script_js__WEBPACK_IMPORTED_MODULE_2__.d, 'undo', values, {
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
    }),
    3178: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            g: () => (lineReader),
            r: () => (maxOutputBytes)
        });
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
    }),
    5684: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Y: () => (composeHostScript),
            d: () => (sharedScript)
        });
        var external_node_fs_ = __nccwpck_require__(3024);
        var protocol = __nccwpck_require__(2198);
        ;
        const sharedRemedies = {
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
        const process = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "process.sh", 'utf8');
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
            process,
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
        const sharedScript = {
            name: '',
            text: sharedText,
            protocol: protocol.TB,
            commands: protocol.mJ,
            remedies: sharedRemedies,
        };
        function composeHostScript(name, part, own) {
            return {
                name,
                text: `${sharedText}\n${part}\n[ -z "\${1-}" ] || main "$@"\n`,
                protocol: protocol.TB,
                commands: { ...protocol.mJ, ...own.commands },
                remedies: { ...sharedRemedies, ...own.remedies },
            };
        }
    }),
    8008: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            postConfirmer: () => (_confirmer_js__WEBPACK_IMPORTED_MODULE_0__.AM)
        });
        var _confirmer_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3911);
    }),
    2483: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            DY: () => (hostShell),
            IX: () => (isLocal),
            b7: () => (localTarget)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4878);
        var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(674);
        const localTarget = { user: '', address: 'local', port: 0, name: 'local' };
        function isLocal({ address, port }) {
            return address === localTarget.address && port === localTarget.port;
        }
        function hostShell(connection) {
            if (!isLocal(connection.target))
                return { program: 'ssh', args: [...(0, _connection_js__WEBPACK_IMPORTED_MODULE_0__.FR)(connection), 'exec sh -s'], env: (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.Qc)() };
            const { RUNNER_TRACKING_ID: _, ...env } = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.Qc)();
            return { program: 'sh', args: ['-s'], env };
        }
    }),
    1194: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            H: () => (hasPlaces),
            bV: () => (issueOfPlaces),
            ek: () => (placesOf),
            fq: () => (pairsOf),
            pJ: () => (readSlotNames)
        });
        var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
        var node_net__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_net__WEBPACK_IMPORTED_MODULE_0__);
        var _slots_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3853);
        function readSlotNames(read) {
            const example = 'the two ports, such as 5006 5016, or a line for each server: ADDRESS:PORT ADDRESS:PORT';
            const rows = read.lines('slots', { required: example }).map((line) => line.split(/\s+/));
            const names = rows.flat();
            const issue = hasPlaces(names) ? issueOfPlaces(rows) : (0, _slots_js__WEBPACK_IMPORTED_MODULE_1__.TQ)(names);
            if (issue === undefined)
                return names;
            read.issue('slots', ...issue);
            return [];
        }
        function hasPlaces(names) {
            return names.some((name) => name.includes(':'));
        }
        function pairsOf(slots) {
            const pairs = [];
            for (let index = 0; index + 1 < slots.length; index += 2)
                pairs.push([slots[index], slots[index + 1]]);
            return pairs;
        }
        function issueOfPlaces(rows) {
            const row = rows.find((names) => names.length !== 2 || !names.every(isPlace));
            const remedy = 'Give a line for each server, with both places as the proxy names them: 10.0.0.1:5006 10.0.0.1:5016.';
            if (row)
                return [`has the line "${row.join(' ')}"`, remedy];
            const names = rows.flat();
            const twice = names.find((name, index) => names.indexOf(name) !== index);
            return twice === undefined ? undefined : [`has ${twice} twice`, 'Give each place once.'];
        }
        function isPlace(name) {
            const [, address = '', port = ''] = /^(.+):([^:]+)$/.exec(name) ?? [];
            const inBrackets = /^\[([0-9A-Fa-f:.]+)\]$/.exec(address)?.[1];
            const isName = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(address);
            return (0, _slots_js__WEBPACK_IMPORTED_MODULE_1__.sW)(port) && (isName || (inBrackets !== undefined && (0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(inBrackets)));
        }
        function placesOf({ addresses, ports }) {
            return addresses.flatMap((address) => ports.map((port) => `${address}:${port}`));
        }
    }),
    2198: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Rq: () => (switchProtocol),
            TB: () => (protocol),
            mJ: () => (sharedCommands)
        });
        var _values_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7656);
        const protocol = 3;
        const states = ['held', 'armed', 'confirmed', 'undoing', 'undone', 'mixed', 'released'];
        const otherStates = ['none', 'gone', 'dead'];
        const where = { base: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 };
        const transaction = { ...where, id: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 };
        const change = { ...transaction, change: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('release', 'claim', 'role', 'move') };
        const traffic = { traffic: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8) };
        const heard = { ...traffic, proxies: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.p_) };
        const held = { keepReleases: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, owner: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, lease: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, script: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, text: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn, params: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn };
        const decision = { ...transaction, by: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 };
        const stateSays = { state: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)(...states, ...otherStates), who: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 };
        const changeSays = {
            ...stateSays,
            phase: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
            failed: { failure: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, why: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
            worked: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
            undoFailed: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
            back: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
            unproved: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
            tail: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
            unread: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
            going: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
        };
        const commonFacts = {
            ...{ user: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, uid: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
            ...{ lock: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('free', 'held'), holder: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, endsIn: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, newest: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, state: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
            ...{ killsProcesses: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, recoveryUnit: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, recoveryCron: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
        };
        const finding = { code: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, text: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 };
        const alwaysSays = { ack: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, refused: finding };
        const sharedCommands = {
            hello: { in: where },
            inspect: {
                in: { ...where, unit: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, recovery: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, need: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, keepReleases: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, params: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn, ...heard },
                says: {
                    tool: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm,
                    readOnly: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    sudo: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    release: { state: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, exists: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ, id: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, sha: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, manifest: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, version: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                    schema: { id: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, migrations: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                    misfit: { id: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, why: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                    contract: { migration: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, oldestCompatible: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                    slot: { port: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, traffic: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('yes', 'no', 'unknown'), role: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('active', 'idle', '-'), release: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm },
                    missing: finding,
                    doubt: finding,
                    found: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                },
                facts: {
                    ...commonFacts,
                    unitLoad: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    exists: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ,
                    freeKib: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai,
                    freeInodes: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai,
                    prunableKib: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai,
                    current: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('link', 'other', 'absent'),
                    live: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    committed: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    version: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    misfit: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    slot: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    noSlot: finding,
                },
            },
            hold: {
                changes: true,
                in: { ...change, ...held, ...heard },
                says: {
                    held: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm,
                    committed: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    manifest: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    version: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    sha: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    live: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    slot: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    settled: { end: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)(...states), name: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                },
            },
            renew: { changes: true, in: { ...transaction, lease: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai }, says: stateSays },
            arm: {
                changes: true,
                in: { ...decision, change: change.change, confirmTimeout: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, wait: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai },
                says: changeSays,
            },
            ask: { changes: true, in: transaction, says: stateSays },
            confirm: { changes: true, in: { ...decision, record: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn }, says: { ...stateSays, elsewhere: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 } },
            undo: { changes: true, in: { ...decision, change: change.change, wait: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, ...traffic }, says: changeSays },
            traffic: {
                changes: true,
                in: { ...transaction, slots: _values_js__WEBPACK_IMPORTED_MODULE_0__.p_, recover: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ },
                says: { traffic: { known: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('yes', 'no', 'none'), text: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 } },
            },
            contract: { changes: true, in: { ...where, migration: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, oldest: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm } },
            forget: { changes: true, in: { ...where, migration: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, wait: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai } },
        };
        const sharedState = {
            sent: { release: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, version: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, sha: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, manifest: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, schema: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8), slots: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.p_) },
            found: {
                protocol: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                script: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                live: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                slot: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8),
                previous: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                previousManifest: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                previousVersion: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                previousSha: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                whole: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
            },
        };
        const sharedProtocol = {
            commands: sharedCommands,
            state: sharedState,
            failures: [],
            phases: [],
            findings: [],
            hostWords: ['serve', 'change', 'recover', 'finish'],
        };
        const deployProtocol = {
            commands: {
                link: { changes: true, in: { ...transaction, params: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn, list: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn }, says: { linked: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ, send: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 } },
                unpack: { changes: true, in: { ...transaction, params: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn, data: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 }, says: { unpacked: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ } },
                prepare: {
                    changes: true,
                    in: { ...transaction, params: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn, shared: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn, linked: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ },
                    says: { prepared: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ },
                },
                check: { in: { ...where, params: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn, ...traffic }, says: { healthy: { yes: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ, why: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 } } },
                pull: {
                    changes: true,
                    in: { ...transaction, registry: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, registryUser: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, registryToken: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                    says: { phase: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                },
            },
            state: {
                sent: {
                    ...sharedState.sent,
                    schema: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    restartKind: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('systemd', 'command', 'compose', 'none'),
                    restart: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    checkKind: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('url', 'command', 'none'),
                    check: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    checkTimeout: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai,
                    slots: _values_js__WEBPACK_IMPORTED_MODULE_0__.p_,
                    stop: _values_js__WEBPACK_IMPORTED_MODULE_0__.IS,
                    activate: _values_js__WEBPACK_IMPORTED_MODULE_0__.IS,
                    deactivate: _values_js__WEBPACK_IMPORTED_MODULE_0__.IS,
                },
                found: { project: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8), compose: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8) },
            },
            failures: ['swap', 'fill', 'restart', 'check'],
            phases: ['swap', 'link', 'restart', 'check', 'undo', 'image-here'],
            findings: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.Dy)('tools-missing program-missing unit-elsewhere docker-missing docker-refused docker-down compose-missing', 'compose-folder env-missing first-release check-answered-by-other check-fails-live live-fails', 'unit-not-reloaded unit-unknown lines-unread'),
            hostWords: ['tell', 'disable', 'stop', 'holds', 'answers', 'fits'],
        };
        const switchProtocol = {
            commands: {
                see: {
                    in: { ...where, recovery: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, params: _values_js__WEBPACK_IMPORTED_MODULE_0__.Mn },
                    says: {
                        slot: { name: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, weight: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, listening: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ, release: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, sha: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, version: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                        past: { release: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, sha: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm },
                        from: { release: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, sha: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, version: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                        missing: finding,
                        notice: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                        sudo: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    },
                    facts: {
                        ...commonFacts,
                        deploy: _values_js__WEBPACK_IMPORTED_MODULE_0__.EZ,
                        warm: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai,
                        kind: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('switch', 'rollback'),
                        committed: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                        version: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                        committedSlot: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                        from: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    },
                },
                prove: { changes: true, in: change },
                agree: { changes: true, in: change, says: { told: { port: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm, role: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('active', 'idle') } } },
                advance: { changes: true, in: { ...transaction, weight: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai } },
            },
            state: {
                sent: {
                    ...sharedState.sent,
                    kind: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('switch', 'rollback'),
                    slots: _values_js__WEBPACK_IMPORTED_MODULE_0__.p_,
                    driver: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('nginx', 'haproxy'),
                    proxyKind: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.yL)('systemd', 'command', 'compose', 'socket'),
                    ...{ upstream: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8), proxy: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8), proxyService: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8) },
                    ...{ socket: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8), backend: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8), stateFile: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8) },
                    check: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8,
                    weights: _values_js__WEBPACK_IMPORTED_MODULE_0__.p_,
                    ...{ hold: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, gated: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.EZ), drainTimeout: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, retain: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, successes: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai },
                    ...{ proxies: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.p_), from: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8), slot: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.lq)(_values_js__WEBPACK_IMPORTED_MODULE_0__.n8) },
                },
                found: { fromAlive: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, fromRelease: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, fromSha: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, fromVersion: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
            },
            failures: ['gate', 'apply', 'confirm', 'persist', 'tell', 'claim'],
            phases: ['weight-', 'switched', 'drained', 'undo', 'unlocked', 'still-enabled', 'not-saved', 'not-stopped'],
            findings: (0, _values_js__WEBPACK_IMPORTED_MODULE_0__.Dy)('tools-missing proxy-invalid proxy-not-loaded not-persistent upstream-missing upstream-shared'),
            hostWords: ['active'],
        };
        const dump = { ...where, folder: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, major: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai };
        const migrateProtocol = {
            commands: {
                backupRoom: { in: dump, facts: { freeKib: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai } },
                backup: {
                    in: {
                        ...dump,
                        ...{ file: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, prefix: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, keepBackups: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai },
                        ...{ host: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, port: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, user: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, database: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, sslmode: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, application: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8, pgpass: _values_js__WEBPACK_IMPORTED_MODULE_0__.n8 },
                    },
                    says: { size: _values_js__WEBPACK_IMPORTED_MODULE_0__.ai, sha256: _values_js__WEBPACK_IMPORTED_MODULE_0__.Vm },
                },
            },
            state: { sent: {}, found: {} },
            failures: [],
            phases: [],
            findings: [],
            hostWords: [],
        };
    }),
    1524: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            AD: () => (quoteWords),
            TT: () => (assignments),
            o0: () => (shellText)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9402);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9095);
        function quote(text, name = '') {
            const control = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.A)(text);
            if (control)
                throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.HR('value-unfit', `A value for a host${name && ` (${name})`} has ${control}; nothing was sent.`, 'give plain text of one line.');
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
    }),
    2407: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            d: () => (runCommand)
        });
        var src_values = __nccwpck_require__(7656);
        ;
        function readAnswer(command, reply) {
            const all = (word) => reply.all((0, src_values.qm)(word)).map((text) => readSaid(command, word, text));
            const said = new Map(reply.all('fact').map(firstWord));
            const facts = Object.entries(command.facts ?? {}).map(([name, shape]) => [
                name,
                read(shape, said.get((0, src_values.qm)(name)) ?? ''),
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
        var failure = __nccwpck_require__(9095);
        var host_lines = __nccwpck_require__(3178);
        var local = __nccwpck_require__(2483);
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
        var session = __nccwpck_require__(1772);
        ;
        const prefix = '@belay ';
        async function callHost(connection, script, command, assigned, options) {
            const { name } = connection.target;
            const lines = [];
            const exit = await (0, session.n)(connection.folder, (0, local.DY)(connection), {
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
            return new failure.HR('no-shell', `${name} printed more than ${host_lines.r / 1e6} MB, which no host script does.`, 'check what the start-up files of the deploy user print (.bashrc, .profile, .ssh/rc): a login without a terminal should print nothing.');
        }
        function scriptFailure(name, command, status, errors) {
            const said = errors.trim().split('\n').at(-1) ?? '';
            return new failure.HR('host-script-failed', `${name}: the host script stopped at "${command}" with status ${status}: ${said}`, 'this is a bug in Belay, or that host is very unusual; please report it with this line.');
        }
        var encode = __nccwpck_require__(960);
        ;
        async function runCommand(connection, script, name, values, options) {
            const { onLine = {}, ...call } = options;
            const command = script.commands[name];
            const version = command.changes ? (0, encode.lF)('b_', { protocol: src_values.ai }, { protocol: script.protocol }) : '';
            const listeners = new Map(Object.entries(onLine).map(([word, listen]) => [(0, src_values.qm)(word), { word, listen }]));
            const reply = await callHost(connection, script, (0, src_values.oy)(name), `${version}${(0, encode.lF)('b_', command.in, values)}`, {
                ...call,
                onLine(said, text) {
                    const heard = listeners.get(said);
                    if (heard)
                        heard.listen(readSaid(command, heard.word, text));
                },
            });
            return readAnswer(command, reply);
        }
    }),
    6072: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            TY: () => (atServer),
            _Q: () => (addressIn),
            lf: () => (readServers)
        });
        var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
        var node_net__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_net__WEBPACK_IMPORTED_MODULE_0__);
        var _places_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1194);
        var _slots_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3853);
        var _target_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7143);
        function readServers(read, hosts) {
            const proxies = (0, _target_js__WEBPACK_IMPORTED_MODULE_1__.aD)(read, 'proxy-hosts');
            if (proxies.length === 0)
                return undefined;
            const both = proxies.find(({ name }) => hosts.some((host) => host.name === name));
            if (both)
                read.issue('proxy-hosts', `names ${both.name}, which is in hosts too`, 'Give here only proxies on other hosts than the slots. A proxy on each slot host needs no proxy-hosts.');
            return { hosts, proxies, ...readAddresses(read, hosts) };
        }
        function readAddresses(read, hosts) {
            const rows = read.lines('slots').map((line) => line.split(/\s+/));
            if (!(0, _places_js__WEBPACK_IMPORTED_MODULE_2__.H)(rows.flat())) {
                const ports = (0, _slots_js__WEBPACK_IMPORTED_MODULE_3__.wI)(read, { required: 'the two ports, such as 5006 5016' });
                return { addresses: hosts.map(({ address }) => ((0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(address) ? `[${address}]` : address)), ports };
            }
            const ports = portsOf(rows[0] ?? []);
            const issue = (0, _places_js__WEBPACK_IMPORTED_MODULE_2__.bV)(rows) ?? issueOfServers(rows, hosts, ports);
            if (issue)
                read.issue('slots', ...issue);
            return { addresses: rows.map(([place = '']) => addressOf(place)), ports };
        }
        function issueOfServers(rows, hosts, ports) {
            if (rows.length !== hosts.length)
                return [`has ${rows.length} lines for ${hosts.length} hosts`, 'Give a line for each host, in the order of hosts.'];
            const two = rows.find(([one = '', other = '']) => addressOf(one) !== addressOf(other));
            if (two)
                return [`has two addresses in "${two.join(' ')}"`, 'Give both slots of a host with the address of that host.'];
            const differs = rows.find((row) => portsOf(row).toSorted().join() !== ports.toSorted().join());
            if (!differs)
                return undefined;
            return [
                `has other ports in "${differs.join(' ')}" than ${ports.join(' and ')}`,
                'Give every host the same two ports.',
            ];
        }
        function addressOf(place) {
            return place.slice(0, place.lastIndexOf(':'));
        }
        function portsOf(places) {
            return places.map((place) => place.slice(place.lastIndexOf(':') + 1));
        }
        function addressIn(servers, host) {
            return servers?.addresses[servers.hosts.findIndex(({ name }) => name === host)];
        }
        function atServer(text, address) {
            return text.replaceAll('{host}', address);
        }
    }),
    1772: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            k: () => (endSession),
            n: () => (runInSession)
        });
        var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1421);
        var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
        var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7598);
        var node_crypto__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_1__);
        var _host_lines_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3178);
        var _host_script_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5684);
        var _quote_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1524);
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
                this.child = (0, node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
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
                const token = (0, node_crypto__WEBPACK_IMPORTED_MODULE_1__.randomUUID)();
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
                    const read = (0, _host_lines_js__WEBPACK_IMPORTED_MODULE_2__.g)((line) => {
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
                const values = assigned.replace(`\nb_text=${(0, _quote_js__WEBPACK_IMPORTED_MODULE_3__.o0)(script)}\n`, () => `\nb_text="${this.variables(script)}"\n`);
                return `
${loaded}(
printf '\\n%s\\n' '${mark('begin', token)}'
${(0, _quote_js__WEBPACK_IMPORTED_MODULE_3__.TT)('b_', { command })}${values}main </dev/null
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
                return `unset ${name}\n${name}=${(0, _quote_js__WEBPACK_IMPORTED_MODULE_3__.o0)(part)}`;
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
            const { text } = _host_script_js__WEBPACK_IMPORTED_MODULE_4__.d;
            return script.startsWith(text) && script !== text ? [text, script.slice(text.length)] : [script];
        }
        function functionsOf(part) {
            return [...new Set(Array.from(part.matchAll(/^([a-zA-Z_]\w*)\(\)/gm), ([, name = '']) => name))];
        }
    }),
    3853: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            TQ: () => (issueOfPorts),
            sW: () => (isPort),
            wI: () => (readSlots)
        });
        function readSlots(read, options = {}) {
            const slots = read.lines('slots', options).flatMap((line) => line.split(/\s+/));
            const issue = issueOfPorts(slots);
            if (issue === undefined)
                return slots;
            read.issue('slots', ...issue);
            return [];
        }
        function issueOfPorts(ports) {
            const isPair = ports.length === 2 && ports.every(isPort) && ports[0] !== ports[1];
            return ports.length === 0 || isPair ? undefined : [`is "${ports.join(' ')}"`, 'Give two different ports: 5006 5016.'];
        }
        function isPort(text) {
            return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
        }
    }),
    7143: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            aD: () => (readHostLines),
            kZ: () => (readHosts)
        });
        var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
        var node_net__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_net__WEBPACK_IMPORTED_MODULE_0__);
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
            if (login.startsWith('-') || address.startsWith('-'))
                return `"${line}" starts with a dash`;
            if (bracketed !== undefined && (0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address) !== 6)
                return `"${line}" has brackets around what is not an IPv6 address`;
            if (!/^[A-Za-z0-9._:%-]+$/.test(address) || !/^[A-Za-z0-9._-]+$/.test(login))
                return `"${line}" has characters that are not allowed`;
            if (port < 1 || port > 65535)
                return `"${line}" has port ${port}; ports go from 1 to 65535`;
            const shown = bracketed ? `[${address}]` : address;
            return { user: login, address, port, name: `${login}@${shown}${port === 22 ? '' : `:${port}`}` };
        }
        function readHosts(read) {
            return readHostLines(read, 'hosts', { required: 'a line for each host, [user@]host[:port]' });
        }
        function readHostLines(read, name, options = {}) {
            const user = read.text('user');
            const hosts = [];
            for (const line of read.lines(name, options)) {
                const host = parseHost(line, user);
                if (typeof host === 'string') {
                    const remedy = host.endsWith('no user')
                        ? 'Write user@host, or give the input user.'
                        : 'Give a line for each host.';
                    read.issue(name, host, remedy);
                }
                else if (hosts.some((other) => other.name === host.name)) {
                    read.issue(name, `names ${host.name} twice`, 'Name each host once.');
                }
                else
                    hosts.push(host);
            }
            return hosts;
        }
    }),
    7656: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Dy: () => (names),
            EZ: () => (yes),
            IS: () => (quotedWords),
            Mn: () => (lines),
            Vm: () => (word),
            ai: () => (number),
            lq: () => (optional),
            n8: () => (line),
            oy: () => (shellName),
            p_: () => (list),
            qm: () => (spokenName),
            yL: () => (oneOf)
        });
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
    }),
    5405: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            hg: () => (NoResponseError),
            w$: () => (sendRequest),
            AY: () => (streamRequest)
        });
        var external_node_net_ = __nccwpck_require__(7030);
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
            return (/(^|\.)localhost$/.test(hostname) || hostname === '[::1]' || ((0, external_node_net_.isIP)(hostname) === 4 && hostname.startsWith('127.')));
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
    }),
    6842: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
    3977: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            fK: () => (valueAt),
            iv: () => (changesBetween),
            lZ: () => (escapePointer),
            n4: () => (isEqual)
        });
        var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
        var node_util__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_util__WEBPACK_IMPORTED_MODULE_0__);
        const serverFields = ['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink'];
        const serverAnnotations = ['deployment.kubernetes.io/revision', 'deprecated.daemonset.template.generation'];
        const isEqual = node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual;
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
    2830: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            IC: () => (imagesOf),
            zZ: () => (parseImage)
        });
        var _compare_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3977);
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
                const names = pointerNames(path);
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
    6048: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Hf: () => (parseJsonPath),
            fK: () => (valueAt)
        });
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
    }),
    6606: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            cE: () => (versionMark),
            eQ: () => (urlWithValues),
            tV: () => (withValues),
            uo: () => (parseMetric)
        });
        var _json_path_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6048);
        var _printable_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9521);
        const operators = {
            '<': (value, limit) => value < limit,
            '<=': (value, limit) => value <= limit,
            '>': (value, limit) => value > limit,
            '>=': (value, limit) => value >= limit,
        };
        const line = /^([^:]{1,60}?):\s+(\S.*?)\s*(<=|>=|<|>)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i;
        function parseMetric(text) {
            const [, name = '', query = '', operator = '<', number = ''] = line.exec(text) ?? [];
            const shown = `"${(0, _printable_js__WEBPACK_IMPORTED_MODULE_0__.g)(text, 80)}"`;
            if (name === '')
                return {
                    problem: `${shown} has not the form NAME: QUERY < NUMBER`,
                    remedy: 'Write it as in "errors: sum(rate(http_requests_total{code=~\'5..\'}[{window}])) < 0.1", with <, <=, > or >=.',
                };
            const path = query.startsWith('$') ? (0, _json_path_js__WEBPACK_IMPORTED_MODULE_1__.Hf)(query) : undefined;
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
    }),
    9521: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            g: () => (printable)
        });
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
    }),
    2971: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
    8432: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
    1501: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            a: () => (servingName),
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
    1421: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
    }),
    7598: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
    }),
    3024: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
    }),
    7030: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
    }),
    8161: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
    }),
    6760: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
    }),
    7975: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
    }),
    1210: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
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
var __webpack_exports__ = __nccwpck_require__(6484);
__webpack_exports__ = await __webpack_exports__;
