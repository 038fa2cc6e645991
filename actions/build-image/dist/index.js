import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    163: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const debug = __nccwpck_require__(159);
        const { MAX_LENGTH, MAX_SAFE_INTEGER } = __nccwpck_require__(101);
        const { safeRe: re, t } = __nccwpck_require__(471);
        const parseOptions = __nccwpck_require__(356);
        const { compareIdentifiers } = __nccwpck_require__(348);
        const isPrereleaseIdentifier = (prerelease, identifier) => {
            const identifiers = identifier.split('.');
            if (identifiers.length > prerelease.length) {
                return false;
            }
            for (let i = 0; i < identifiers.length; i++) {
                if (compareIdentifiers(prerelease[i], identifiers[i]) !== 0) {
                    return false;
                }
            }
            return true;
        };
        class SemVer {
            constructor(version, options) {
                options = parseOptions(options);
                if (version instanceof SemVer) {
                    if (version.loose === !!options.loose &&
                        version.includePrerelease === !!options.includePrerelease) {
                        return version;
                    }
                    else {
                        version = version.version;
                    }
                }
                else if (typeof version !== 'string') {
                    throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version}".`);
                }
                if (version.length > MAX_LENGTH) {
                    throw new TypeError(`version is longer than ${MAX_LENGTH} characters`);
                }
                debug('SemVer', version, options);
                this.options = options;
                this.loose = !!options.loose;
                this.includePrerelease = !!options.includePrerelease;
                const m = version.trim().match(options.loose ? re[t.LOOSE] : re[t.FULL]);
                if (!m) {
                    throw new TypeError(`Invalid Version: ${version}`);
                }
                this.raw = version;
                this.major = +m[1];
                this.minor = +m[2];
                this.patch = +m[3];
                if (this.major > MAX_SAFE_INTEGER || this.major < 0) {
                    throw new TypeError('Invalid major version');
                }
                if (this.minor > MAX_SAFE_INTEGER || this.minor < 0) {
                    throw new TypeError('Invalid minor version');
                }
                if (this.patch > MAX_SAFE_INTEGER || this.patch < 0) {
                    throw new TypeError('Invalid patch version');
                }
                if (!m[4]) {
                    this.prerelease = [];
                }
                else {
                    this.prerelease = m[4].split('.').map((id) => {
                        if (/^[0-9]+$/.test(id)) {
                            const num = +id;
                            if (num >= 0 && num < MAX_SAFE_INTEGER) {
                                return num;
                            }
                        }
                        return id;
                    });
                }
                this.build = m[5] ? m[5].split('.') : [];
                this.format();
            }
            format() {
                this.version = `${this.major}.${this.minor}.${this.patch}`;
                if (this.prerelease.length) {
                    this.version += `-${this.prerelease.join('.')}`;
                }
                return this.version;
            }
            toString() {
                return this.version;
            }
            compare(other) {
                debug('SemVer.compare', this.version, this.options, other);
                if (!(other instanceof SemVer)) {
                    if (typeof other === 'string' && other === this.version) {
                        return 0;
                    }
                    other = new SemVer(other, this.options);
                }
                if (other.version === this.version) {
                    return 0;
                }
                return this.compareMain(other) || this.comparePre(other);
            }
            compareMain(other) {
                if (!(other instanceof SemVer)) {
                    other = new SemVer(other, this.options);
                }
                if (this.major < other.major) {
                    return -1;
                }
                if (this.major > other.major) {
                    return 1;
                }
                if (this.minor < other.minor) {
                    return -1;
                }
                if (this.minor > other.minor) {
                    return 1;
                }
                if (this.patch < other.patch) {
                    return -1;
                }
                if (this.patch > other.patch) {
                    return 1;
                }
                return 0;
            }
            comparePre(other) {
                if (!(other instanceof SemVer)) {
                    other = new SemVer(other, this.options);
                }
                if (this.prerelease.length && !other.prerelease.length) {
                    return -1;
                }
                else if (!this.prerelease.length && other.prerelease.length) {
                    return 1;
                }
                else if (!this.prerelease.length && !other.prerelease.length) {
                    return 0;
                }
                let i = 0;
                do {
                    const a = this.prerelease[i];
                    const b = other.prerelease[i];
                    debug('prerelease compare', i, a, b);
                    if (a === undefined && b === undefined) {
                        return 0;
                    }
                    else if (b === undefined) {
                        return 1;
                    }
                    else if (a === undefined) {
                        return -1;
                    }
                    else if (a === b) {
                        continue;
                    }
                    else {
                        return compareIdentifiers(a, b);
                    }
                } while (++i);
            }
            compareBuild(other) {
                if (!(other instanceof SemVer)) {
                    other = new SemVer(other, this.options);
                }
                let i = 0;
                do {
                    const a = this.build[i];
                    const b = other.build[i];
                    debug('build compare', i, a, b);
                    if (a === undefined && b === undefined) {
                        return 0;
                    }
                    else if (b === undefined) {
                        return 1;
                    }
                    else if (a === undefined) {
                        return -1;
                    }
                    else if (a === b) {
                        continue;
                    }
                    else {
                        return compareIdentifiers(a, b);
                    }
                } while (++i);
            }
            inc(release, identifier, identifierBase) {
                if (release.startsWith('pre')) {
                    if (!identifier && identifierBase === false) {
                        throw new Error('invalid increment argument: identifier is empty');
                    }
                    if (identifier) {
                        const match = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE]);
                        if (!match || match[1] !== identifier) {
                            throw new Error(`invalid identifier: ${identifier}`);
                        }
                    }
                }
                switch (release) {
                    case 'premajor':
                        this.prerelease.length = 0;
                        this.patch = 0;
                        this.minor = 0;
                        this.major++;
                        this.inc('pre', identifier, identifierBase);
                        break;
                    case 'preminor':
                        this.prerelease.length = 0;
                        this.patch = 0;
                        this.minor++;
                        this.inc('pre', identifier, identifierBase);
                        break;
                    case 'prepatch':
                        this.prerelease.length = 0;
                        this.inc('patch', identifier, identifierBase);
                        this.inc('pre', identifier, identifierBase);
                        break;
                    case 'prerelease':
                        if (this.prerelease.length === 0) {
                            this.inc('patch', identifier, identifierBase);
                        }
                        this.inc('pre', identifier, identifierBase);
                        break;
                    case 'release':
                        if (this.prerelease.length === 0) {
                            throw new Error(`version ${this.raw} is not a prerelease`);
                        }
                        this.prerelease.length = 0;
                        break;
                    case 'major':
                        if (this.minor !== 0 ||
                            this.patch !== 0 ||
                            this.prerelease.length === 0) {
                            this.major++;
                        }
                        this.minor = 0;
                        this.patch = 0;
                        this.prerelease = [];
                        break;
                    case 'minor':
                        if (this.patch !== 0 || this.prerelease.length === 0) {
                            this.minor++;
                        }
                        this.patch = 0;
                        this.prerelease = [];
                        break;
                    case 'patch':
                        if (this.prerelease.length === 0) {
                            this.patch++;
                        }
                        this.prerelease = [];
                        break;
                    case 'pre': {
                        const base = Number(identifierBase) ? 1 : 0;
                        if (this.prerelease.length === 0) {
                            this.prerelease = [base];
                        }
                        else {
                            let i = this.prerelease.length;
                            while (--i >= 0) {
                                if (typeof this.prerelease[i] === 'number') {
                                    this.prerelease[i]++;
                                    i = -2;
                                }
                            }
                            if (i === -1) {
                                if (identifier === this.prerelease.join('.') && identifierBase === false) {
                                    throw new Error('invalid increment argument: identifier already exists');
                                }
                                this.prerelease.push(base);
                            }
                        }
                        if (identifier) {
                            let prerelease = [identifier, base];
                            if (identifierBase === false) {
                                prerelease = [identifier];
                            }
                            if (isPrereleaseIdentifier(this.prerelease, identifier)) {
                                const prereleaseBase = this.prerelease[identifier.split('.').length];
                                if (isNaN(prereleaseBase)) {
                                    this.prerelease = prerelease;
                                }
                            }
                            else {
                                this.prerelease = prerelease;
                            }
                        }
                        break;
                    }
                    default:
                        throw new Error(`invalid increment argument: ${release}`);
                }
                this.raw = this.format();
                if (this.build.length) {
                    this.raw += `+${this.build.join('.')}`;
                }
                return this;
            }
        }
        module.exports = SemVer;
    }),
    469: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const SemVer = __nccwpck_require__(163);
        const compare = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
        module.exports = compare;
    }),
    353: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const SemVer = __nccwpck_require__(163);
        const parse = (version, options, throwErrors = false) => {
            if (version instanceof SemVer) {
                return version;
            }
            try {
                return new SemVer(version, options);
            }
            catch (er) {
                if (!throwErrors) {
                    return null;
                }
                throw er;
            }
        };
        module.exports = parse;
    }),
    101: ((module) => {
        const SEMVER_SPEC_VERSION = '2.0.0';
        const MAX_LENGTH = 256;
        const MAX_SAFE_INTEGER = Number.MAX_SAFE_INTEGER ||
            9007199254740991;
        const MAX_SAFE_COMPONENT_LENGTH = 16;
        const MAX_SAFE_BUILD_LENGTH = MAX_LENGTH - 6;
        const WHITESPACE_CHARACTERS = [
            '\t',
            '\n',
            '\v',
            '\f',
            '\r',
            ' ',
            '\u00a0',
            '\u1680',
            '\u2000',
            '\u2001',
            '\u2002',
            '\u2003',
            '\u2004',
            '\u2005',
            '\u2006',
            '\u2007',
            '\u2008',
            '\u2009',
            '\u200a',
            '\u2028',
            '\u2029',
            '\u202f',
            '\u205f',
            '\u3000',
            '\ufeff',
        ];
        const RELEASE_TYPES = [
            'major',
            'premajor',
            'minor',
            'preminor',
            'patch',
            'prepatch',
            'prerelease',
        ];
        module.exports = {
            MAX_LENGTH,
            MAX_SAFE_COMPONENT_LENGTH,
            MAX_SAFE_BUILD_LENGTH,
            MAX_SAFE_INTEGER,
            WHITESPACE_CHARACTERS,
            RELEASE_TYPES,
            SEMVER_SPEC_VERSION,
            FLAG_INCLUDE_PRERELEASE: 0b001,
            FLAG_LOOSE: 0b010,
        };
    }),
    159: ((module) => {
        const debug = (typeof process === 'object' &&
            process.env &&
            process.env.NODE_DEBUG &&
            /\bsemver\b/i.test(process.env.NODE_DEBUG)) ? (...args) => console.error('SEMVER', ...args)
            : () => { };
        module.exports = debug;
    }),
    348: ((module) => {
        const numeric = /^[0-9]+$/;
        const compareIdentifiers = (a, b) => {
            if (typeof a === 'number' && typeof b === 'number') {
                return a === b ? 0 : a < b ? -1 : 1;
            }
            const anum = numeric.test(a);
            const bnum = numeric.test(b);
            if (anum && bnum) {
                a = +a;
                b = +b;
            }
            return a === b ? 0
                : (anum && !bnum) ? -1
                    : (bnum && !anum) ? 1
                        : a < b ? -1
                            : 1;
        };
        const rcompareIdentifiers = (a, b) => compareIdentifiers(b, a);
        module.exports = {
            compareIdentifiers,
            rcompareIdentifiers,
        };
    }),
    356: ((module) => {
        const looseOption = Object.freeze({ loose: true });
        const emptyOpts = Object.freeze({});
        const parseOptions = options => {
            if (!options) {
                return emptyOpts;
            }
            if (typeof options !== 'object') {
                return looseOption;
            }
            return options;
        };
        module.exports = parseOptions;
    }),
    471: ((module, exports, __nccwpck_require__) => {
        const { MAX_SAFE_COMPONENT_LENGTH, MAX_SAFE_BUILD_LENGTH, MAX_LENGTH, } = __nccwpck_require__(101);
        const debug = __nccwpck_require__(159);
        exports = module.exports = {};
        const re = exports.re = [];
        const safeRe = exports.safeRe = [];
        const src = exports.src = [];
        const safeSrc = exports.safeSrc = [];
        const t = exports.t = {};
        let R = 0;
        const LETTERDASHNUMBER = '[a-zA-Z0-9-]';
        const safeRegexReplacements = [
            ['\\s', 1],
            ['\\d', MAX_LENGTH],
            [LETTERDASHNUMBER, MAX_SAFE_BUILD_LENGTH],
        ];
        const makeSafeRegex = (value) => {
            for (const [token, max] of safeRegexReplacements) {
                value = value
                    .split(`${token}*`).join(`${token}{0,${max}}`)
                    .split(`${token}+`).join(`${token}{1,${max}}`);
            }
            return value;
        };
        const createToken = (name, value, isGlobal) => {
            const safe = makeSafeRegex(value);
            const index = R++;
            debug(name, index, value);
            t[name] = index;
            src[index] = value;
            safeSrc[index] = safe;
            re[index] = new RegExp(value, isGlobal ? 'g' : undefined);
            safeRe[index] = new RegExp(safe, isGlobal ? 'g' : undefined);
        };
        createToken('NUMERICIDENTIFIER', '0|[1-9]\\d*');
        createToken('NUMERICIDENTIFIERLOOSE', '\\d+');
        createToken('NONNUMERICIDENTIFIER', `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`);
        createToken('MAINVERSION', `(${src[t.NUMERICIDENTIFIER]})\\.` +
            `(${src[t.NUMERICIDENTIFIER]})\\.` +
            `(${src[t.NUMERICIDENTIFIER]})`);
        createToken('MAINVERSIONLOOSE', `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
            `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
            `(${src[t.NUMERICIDENTIFIERLOOSE]})`);
        createToken('PRERELEASEIDENTIFIER', `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIER]})`);
        createToken('PRERELEASEIDENTIFIERLOOSE', `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIERLOOSE]})`);
        createToken('PRERELEASE', `(?:-(${src[t.PRERELEASEIDENTIFIER]}(?:\\.${src[t.PRERELEASEIDENTIFIER]})*))`);
        createToken('PRERELEASELOOSE', `(?:-?(${src[t.PRERELEASEIDENTIFIERLOOSE]}(?:\\.${src[t.PRERELEASEIDENTIFIERLOOSE]})*))`);
        createToken('BUILDIDENTIFIER', `${LETTERDASHNUMBER}+`);
        createToken('BUILD', `(?:\\+(${src[t.BUILDIDENTIFIER]}(?:\\.${src[t.BUILDIDENTIFIER]})*))`);
        createToken('FULLPLAIN', `v?${src[t.MAINVERSION]}${src[t.PRERELEASE]}?${src[t.BUILD]}?`);
        createToken('FULL', `^${src[t.FULLPLAIN]}$`);
        createToken('LOOSEPLAIN', `[v=\\s]*${src[t.MAINVERSIONLOOSE]}${src[t.PRERELEASELOOSE]}?${src[t.BUILD]}?`);
        createToken('LOOSE', `^${src[t.LOOSEPLAIN]}$`);
        createToken('GTLT', '((?:<|>)?=?)');
        createToken('XRANGEIDENTIFIERLOOSE', `${src[t.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`);
        createToken('XRANGEIDENTIFIER', `${src[t.NUMERICIDENTIFIER]}|x|X|\\*`);
        createToken('XRANGEPLAIN', `[v=\\s]*(${src[t.XRANGEIDENTIFIER]})` +
            `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
            `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
            `(?:${src[t.PRERELEASE]})?${src[t.BUILD]}?` +
            `)?)?`);
        createToken('XRANGEPLAINLOOSE', `[v=\\s]*(${src[t.XRANGEIDENTIFIERLOOSE]})` +
            `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
            `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
            `(?:${src[t.PRERELEASELOOSE]})?${src[t.BUILD]}?` +
            `)?)?`);
        createToken('XRANGE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAIN]}$`);
        createToken('XRANGELOOSE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAINLOOSE]}$`);
        createToken('COERCEPLAIN', `${'(^|[^\\d])' +
            '(\\d{1,'}${MAX_SAFE_COMPONENT_LENGTH}})` +
            `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?` +
            `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`);
        createToken('COERCE', `${src[t.COERCEPLAIN]}(?:$|[^\\d])`);
        createToken('COERCEFULL', src[t.COERCEPLAIN] +
            `(?:${src[t.PRERELEASE]})?` +
            `(?:${src[t.BUILD]})?` +
            `(?:$|[^\\d])`);
        createToken('COERCERTL', src[t.COERCE], true);
        createToken('COERCERTLFULL', src[t.COERCEFULL], true);
        createToken('LONETILDE', '(?:~>?)');
        createToken('TILDETRIM', `(\\s*)${src[t.LONETILDE]}\\s+`, true);
        exports.tildeTrimReplace = '$1~';
        createToken('TILDE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAIN]}$`);
        createToken('TILDELOOSE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAINLOOSE]}$`);
        createToken('LONECARET', '(?:\\^)');
        createToken('CARETTRIM', `(\\s*)${src[t.LONECARET]}\\s+`, true);
        exports.caretTrimReplace = '$1^';
        createToken('CARET', `^${src[t.LONECARET]}${src[t.XRANGEPLAIN]}$`);
        createToken('CARETLOOSE', `^${src[t.LONECARET]}${src[t.XRANGEPLAINLOOSE]}$`);
        createToken('COMPARATORLOOSE', `^${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]})$|^$`);
        createToken('COMPARATOR', `^${src[t.GTLT]}\\s*(${src[t.FULLPLAIN]})$|^$`);
        createToken('COMPARATORTRIM', `(\\s*)${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]}|${src[t.XRANGEPLAIN]})`, true);
        exports.comparatorTrimReplace = '$1$2$3';
        createToken('HYPHENRANGE', `^\\s*(${src[t.XRANGEPLAIN]})` +
            `\\s+-\\s+` +
            `(${src[t.XRANGEPLAIN]})` +
            `\\s*$`);
        createToken('HYPHENRANGELOOSE', `^\\s*(${src[t.XRANGEPLAINLOOSE]})` +
            `\\s+-\\s+` +
            `(${src[t.XRANGEPLAINLOOSE]})` +
            `\\s*$`);
        createToken('STAR', '(<|>)?=?\\s*\\*');
        createToken('GTE0', '^\\s*>=\\s*0\\.0\\.0\\s*$');
        createToken('GTE0PRE', '^\\s*>=\\s*0\\.0\\.0-0\\s*$');
    }),
    652: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            _: () => (buildImage)
        });
        var inputs = __nccwpck_require__(221);
        ;
        const confirmers = {
            async ssh(step) {
                const { postConfirmer } = await Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 901));
                return postConfirmer(step);
            },
        };
        var external_node_fs_ = __nccwpck_require__(24);
        var external_node_path_ = __nccwpck_require__(760);
        var failure = __nccwpck_require__(95);
        var clock = __nccwpck_require__(563);
        var job = __nccwpck_require__(878);
        var log = __nccwpck_require__(671);
        ;
        function checksIn(metadata) {
            return (metadata['buildx.build.warnings'] ?? []).map(({ short = '', url = '', sourceInfo, range }) => ({
                text: Buffer.from(short, 'base64')
                    .toString('utf8')
                    .replace(/ \(line \d+\)$/, ''),
                url,
                file: sourceInfo?.filename ?? 'Dockerfile',
                line: range?.[0]?.start?.line,
            }));
        }
        const shownAnnotations = 10;
        function annotate(checks, file, step) {
            if (checks.length === 0)
                return;
            const path = inWorkspace(file);
            for (const { text, url, line } of checks.slice(0, shownAnnotations)) {
                const place = line === undefined ? {} : { startLine: line };
                log.Rm.warning(`${text} ${url}`.trim(), { title: 'Dockerfile', file: path, ...place });
            }
            const rows = checks.map(({ text, url, line }) => `- \`${path}${line ? `:${line}` : ''}\` ${checks_link(text, url)}`);
            step.summary(`**Dockerfile checks**\n\n${rows.join('\n')}`);
        }
        function checks_link(text, url) {
            const [rule = '', ...rest] = text.split(': ');
            const said = rest.join(': ').replaceAll('<', '&lt;').replaceAll('|', '\\|');
            return url.startsWith('https://') ? `[${rule}](${url}): ${said}` : `${rule}: ${said}`;
        }
        function inWorkspace(file) {
            const path = (0, external_node_path_.relative)((0, external_node_path_.resolve)(process.env.GITHUB_WORKSPACE ?? '.'), file);
            return path.startsWith('..') || (0, external_node_path_.isAbsolute)(path) ? file : path;
        }
        var bounded = __nccwpck_require__(700);
        ;
        const keptCharacters = 65_536;
        async function runDocker(args, options) {
            const { env, cwd, signal, leftMs, shown } = options;
            if (signal.aborted)
                throw new failure.j$();
            if (leftMs <= 0)
                throw tooLate();
            const lines = { output: (0, log.Vz)(), errors: (0, log.Vz)() };
            try {
                const { status, output, exceeded } = await (0, bounded.B)('docker', args, {
                    env,
                    cwd,
                    signal,
                    timeoutMs: leftMs,
                    keptCharacters,
                    merged: true,
                    onText: (text, stream) => shown && lines[stream].write(text),
                });
                if (exceeded)
                    throw tooLate();
                return { ok: status === 0, output };
            }
            catch (error) {
                if (error.code === 'ENOENT')
                    throw new failure.HR('docker-missing', 'The program docker is not on PATH.', 'install Docker on this runner.');
                throw error;
            }
            finally {
                lines.output.end();
                lines.errors.end();
            }
        }
        function tooLate() {
            return new failure.HR('deadline', 'The build took longer than the input deadline allows.', 'raise deadline, or use a cache.');
        }
        ;
        async function commitIn(folder, env = process.env) {
            const args = ['-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--no-show-signature', '--format=%H %ct'];
            try {
                const { status, output } = await (0, bounded.B)('git', args, { env, timeoutMs: 10_000, keptCharacters: 1000 });
                const [, sha, time] = /^([0-9a-f]{40}) (\d+)$/.exec(output.trim()) ?? [];
                if (status === 0 && sha)
                    return { sha, time: Number(time) };
            }
            catch {
            }
            return { sha: (env.GITHUB_SHA ?? '').toLowerCase(), time: undefined };
        }
        ;
        function classifyError(output) {
            const word = lastErrorText(output);
            return rules.find(([, pattern]) => pattern.test(word))?.[0] ?? 'build';
        }
        function lastErrorText(output) {
            const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
            const error = lines.findLastIndex((line) => /^(error|docker):/i.test(line));
            return (error < 0 ? lines.slice(-1) : lines.slice(error)).join('\n');
        }
        const rules = [
            ['build', /did not complete successfully|executor failed running/i],
            [
                'daemon-missing',
                /cannot connect to the docker daemon|failed to connect to the docker api|is the docker daemon running/i,
            ],
            [
                'buildx-missing',
                /unknown command: docker buildx|'buildx' is not a docker command|buildx component is missing or broken/i,
            ],
            ['build', /dockerfile parse error|failed to parse|failed to read dockerfile/i],
            [
                'cache',
                /cache (export|import)|(export|import)(ing)? cache|cache (exporter|importer)|unknown cache|error writing layer blob.*cache/i,
            ],
            [
                'engine-cannot',
                /(is )?not supported (for|by) the docker|attestation is not supported|multi-?platform build is not supported|multiple platforms feature is currently not supported/i,
            ],
            ['tag-immutable', /tag.{0,40}immutab(le|ility)|immutab(le|ility).{0,40}tag|configured as immutable/i],
            ['transport', /toomanyrequests|too many requests/i],
            [
                'registry-login',
                /\b401 unauthorized|unauthorized:|no basic auth credentials|authentication required|authorization failed|insufficient_scope|\b403 forbidden|\bdenied:/i,
            ],
            [
                'transport',
                /(unexpected|unknown|http) status[^\n]*\b(429|5\d\d)\b|error parsing http (429|5\d\d)|\b(500 internal server error|502 bad gateway|503 service unavailable|504 gateway time-?out)/i,
            ],
            [
                'transport',
                /\bEOF\b|timeout\b|timed out|deadline exceeded|connection reset|connection refused|broken pipe|connection closed|failed commit on ref|server misbehaving|temporary failure in name resolution|short read|use of closed network connection/i,
            ],
        ];
        function failureFor(errorKind, output) {
            const word = lastErrorText(output)
                .replace(/^error:\s*/i, '')
                .slice(0, 1000);
            switch (errorKind) {
                case 'daemon-missing':
                    return new failure.HR('docker-unreachable', word, 'start the Docker daemon, or set DOCKER_HOST to where one listens.');
                case 'buildx-missing':
                    return new failure.HR('buildx-missing', 'This Docker cannot build: it has no buildx, and its own client has no BuildKit.', 'put docker/setup-buildx-action before this step, or install the package docker-buildx-plugin.');
                case 'engine-cannot':
                    return new failure.HR('engine-cannot', word, 'put docker/setup-buildx-action before this step: its builder supports it.');
                case 'registry-login':
                    return new failure.HR('registry-login', `The registry refused the request: ${word}`, 'check that this job is logged in to the registry, and may pull the base images and push to the image.');
                case 'tag-immutable':
                    return new failure.HR('tag-immutable', word, 'give if-exists: reuse, which takes the existing image instead of a new build.');
                case 'transport':
                    return new failure.HR('registry-unreachable', `The connection to a registry failed three times: ${word}`, 'run the job again.');
                case 'cache':
                case 'build':
                    return new failure.HR('build-failed', `The build failed: ${word}`, 'read the log of the build above this error.');
            }
        }
        ;
        function secretArguments(secrets) {
            const args = [];
            const env = {};
            for (const [index, { id, from }] of secrets.entries()) {
                const variable = `BELAY_SECRET_${index}`;
                if ('value' in from)
                    env[variable] = from.value;
                args.push('--secret', 'value' in from ? `id=${id},env=${variable}` : `id=${id},${csvField(`src=${from.path}`)}`);
            }
            return { args, env };
        }
        function pairArguments(option, pairs) {
            return pairs.flatMap(({ name, value }) => [option, `${name}=${value}`]);
        }
        function csvField(text) {
            return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        }
        ;
        function builderKind(inspected) {
            return /^Driver:\s*docker\s*$/m.test(inspected) ? 'docker' : 'other';
        }
        function buildxDriver(docker, kind, metadataFile) {
            return {
                name: 'buildx',
                limits: (request) => buildxLimits(request, kind),
                async build(request) {
                    const { args, env } = buildxArguments(request, kind, metadataFile);
                    const result = await docker(args, { env });
                    return result.ok ? { ...result, built: builtOf((0, external_node_fs_.readFileSync)(metadataFile, 'utf8')) } : result;
                },
            };
        }
        function buildxArguments(request, kind, metadataFile) {
            const secrets = secretArguments(request.secrets);
            const args = [
                ...['buildx', 'build', '--progress=plain', '--metadata-file', metadataFile],
                ...outputArguments(request, kind),
                ...request.refs.flatMap((ref) => ['--tag', ref]),
                ...(request.file ? ['--file', request.file] : []),
                ...(request.target ? ['--target', request.target] : []),
                ...(request.platforms.length > 0 ? ['--platform', request.platforms.join(',')] : []),
                ...pairArguments('--build-arg', request.buildArgs),
                ...pairArguments('--label', request.labels),
                ...secrets.args,
                ...request.cacheFrom.flatMap((cache) => ['--cache-from', cache]),
                ...request.cacheTo.flatMap((cache) => ['--cache-to', ignoringErrors(cache)]),
                ...attestationArguments(request),
                request.context,
            ];
            const env = {
                ...secrets.env,
                BUILDX_METADATA_WARNINGS: '1',
                BUILDX_METADATA_PROVENANCE: 'disabled',
                ...(request.epoch !== undefined && { SOURCE_DATE_EPOCH: String(request.epoch) }),
            };
            return { args, env };
        }
        function outputArguments({ push, platforms, epoch }, kind) {
            if (push && kind === 'other' && epoch !== undefined)
                return ['--output', 'type=image,push=true,rewrite-timestamp=true'];
            if (push)
                return ['--push'];
            return platforms.length > 1 ? [] : ['--load'];
        }
        function attestationArguments({ provenance, sbom }) {
            return [
                ...(provenance === 'auto' ? [] : [`--provenance=${provenance === 'false' ? 'false' : `mode=${provenance}`}`]),
                ...(sbom === 'false' ? [] : [`--sbom=${sbom}`]),
            ];
        }
        function ignoringErrors(cache) {
            const full = cache.includes('=') ? cache : `type=registry,ref=${cache}`;
            return /(^|,)type=inline(,|$)|(^|,)ignore-error=/.test(full) ? full : `${full},ignore-error=true`;
        }
        function buildxLimits({ epoch, push }, kind) {
            if (epoch === undefined)
                return ['The time of the commit is not known, so two builds of the commit have different times.'];
            if (kind === 'docker' && push)
                return [
                    "The Docker daemon's own builder keeps the times of files, so two builds of the commit may differ. The builder of docker/setup-buildx-action sets them to the commit's time.",
                ];
            return [];
        }
        function builtOf(metadata) {
            const output = JSON.parse(metadata);
            const text = (name) => (typeof output[name] === 'string' ? output[name] : undefined);
            return {
                digest: text('containerimage.digest'),
                configDigest: text('containerimage.config.digest'),
                checks: checksIn(output),
            };
        }
        ;
        function dockerDriver(docker, idFile) {
            return {
                name: 'docker',
                limits: dockerLimits,
                async build(request) {
                    assertSupported(request);
                    const { args, env } = dockerArguments(request, idFile);
                    let result = await docker(args, { env });
                    if (!result.ok)
                        return result;
                    for (const ref of request.push ? request.refs : []) {
                        result = await docker(['push', ref]);
                        if (!result.ok)
                            return result;
                    }
                    const configDigest = (0, external_node_fs_.readFileSync)(idFile, 'utf8').trim();
                    return { ...result, built: { digest: undefined, configDigest, checks: [] } };
                },
            };
        }
        function dockerArguments(request, idFile) {
            const secrets = secretArguments(request.secrets);
            const inline = request.cacheTo.some(isInline);
            const args = [
                ...['build', '--progress=plain', '--iidfile', idFile],
                ...request.refs.flatMap((ref) => ['--tag', ref]),
                ...(request.file ? ['--file', request.file] : []),
                ...(request.target ? ['--target', request.target] : []),
                ...(request.platforms.length > 0 ? ['--platform', request.platforms.join(',')] : []),
                ...pairArguments('--build-arg', [
                    ...request.buildArgs,
                    ...(inline ? [{ name: 'BUILDKIT_INLINE_CACHE', value: '1' }] : []),
                ]),
                ...pairArguments('--label', request.labels),
                ...secrets.args,
                ...request.cacheFrom.flatMap((cache) => {
                    const ref = registryCache(cache);
                    return ref ? ['--cache-from', ref] : [];
                }),
                request.context,
            ];
            return { args, env: { ...secrets.env, DOCKER_BUILDKIT: '1' } };
        }
        function dockerLimits({ cacheFrom, cacheTo, provenance }) {
            return [
                'docker build writes the time of the build into the image, so two builds of a commit differ.',
                ...(provenance === 'auto' ? ['docker build makes no provenance.'] : []),
                ...cacheFrom
                    .filter((cache) => registryCache(cache) === undefined)
                    .map((cache) => `docker build reads caches from registries only, not "${cache}".`),
                ...cacheTo
                    .filter((cache) => !isInline(cache))
                    .map((cache) => `docker build writes only the cache type=inline, not "${cache}".`),
            ];
        }
        function assertSupported({ platforms, provenance, sbom }) {
            const remedy = 'put docker/setup-buildx-action before this step.';
            if (platforms.length > 1)
                throw new failure.HR('engine-cannot', 'docker build can build only one platform at a time.', remedy);
            if (provenance === 'min' || provenance === 'max')
                throw new failure.HR('engine-cannot', 'docker build makes no provenance.', remedy);
            if (sbom !== 'false')
                throw new failure.HR('engine-cannot', 'docker build makes no SBOM.', remedy);
        }
        function isInline(cache) {
            return /(^|,)type=inline(,|$)/.test(cache);
        }
        function registryCache(cache) {
            if (!cache.includes('='))
                return cache;
            return /(^|,)type=registry(,|$)/.test(cache) ? /(?:^|,)ref=([^,]+)/.exec(cache)?.[1] : undefined;
        }
        ;
        async function chooseEngine(requested, docker, folder) {
            const plain = () => dockerDriver(docker, (0, external_node_path_.join)(folder, 'image-id'));
            if (requested === 'docker')
                return plain();
            const inspected = await docker(['buildx', 'inspect'], { shown: false });
            const fault = classifyError(inspected.output);
            if (fault === 'buildx-missing' && requested === 'auto')
                return plain();
            if (fault === 'daemon-missing' || !inspected.ok)
                throw failureFor(fault, inspected.output);
            return buildxDriver(docker, builderKind(inspected.output), (0, external_node_path_.join)(folder, 'metadata.json'));
        }
        ;
        function readEvent(env = process.env) {
            const name = env.GITHUB_EVENT_NAME ?? '';
            return {
                name,
                tag: env.GITHUB_REF_TYPE === 'tag' ? env.GITHUB_REF_NAME : undefined,
                pullRequest: name.startsWith('pull_request') ? readPullRequest(env) : undefined,
            };
        }
        function readPullRequest(env) {
            const payload = readPayload(env.GITHUB_EVENT_PATH);
            const { number, head } = payload.pull_request ?? {};
            return {
                number: number ?? 0,
                headSha: head?.sha ?? env.GITHUB_SHA ?? '',
                fork: (head?.repo?.full_name ?? '') !== env.GITHUB_REPOSITORY,
            };
        }
        function readPayload(path) {
            try {
                return path ? JSON.parse((0, external_node_fs_.readFileSync)(path, 'utf8')) : {};
            }
            catch {
                return {};
            }
        }
        var external_node_crypto_ = __nccwpck_require__(598);
        ;
        const mediaTypes = {
            index: 'application/vnd.oci.image.index.v1+json',
            list: 'application/vnd.docker.distribution.manifest.list.v2+json',
            manifest: 'application/vnd.oci.image.manifest.v1+json',
            dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
        };
        function digestOf(body) {
            return `sha256:${(0, external_node_crypto_.createHash)('sha256').update(body).digest('hex')}`;
        }
        function indexOf(manifest) {
            const { manifests } = contentOf(manifest);
            if (!manifests)
                return undefined;
            const isAttestation = ({ annotations, platform }) => annotations?.['vnd.docker.reference.type'] === 'attestation-manifest' || platform?.os === 'unknown';
            return { images: manifests.filter((one) => !isAttestation(one)), attested: manifests.some(isAttestation) };
        }
        function configDigest(manifest) {
            return contentOf(manifest).config?.digest;
        }
        function contentOf({ body }) {
            return JSON.parse(body.toString('utf8'));
        }
        function platformOf({ os = '', architecture = '', variant = '' }) {
            return normalPlatform([os, architecture, variant].filter((part) => part !== '').join('/'));
        }
        function normalPlatform(platform) {
            const renamed = platform.replace('/x86_64', '/amd64').replace('/aarch64', '/arm64');
            if (renamed.endsWith('/arm'))
                return `${renamed}/v7`;
            return renamed.replace(/(\/arm64)\/v8$/, '$1').replace(/(\/amd64)\/v1$/, '$1');
        }
        ;
        async function inspectManifest(registry, manifest) {
            const index = indexOf(manifest);
            if (!index) {
                const platform = platformOf(await configOf(registry, manifest));
                return { digest: manifest.digest, platforms: { [platform]: manifest.digest }, attested: false };
            }
            const platforms = index.images.map(({ digest, platform = {} }) => [platformOf(platform), digest]);
            return { digest: manifest.digest, platforms: Object.fromEntries(platforms), attested: index.attested };
        }
        async function revisionsOf(registry, manifest) {
            const index = indexOf(manifest);
            const images = index ? await Promise.all(index.images.map(({ digest }) => partOf(registry, digest))) : [manifest];
            const configs = await Promise.all(images.map((image) => configOf(registry, image)));
            return [...new Set(configs.map(({ config }) => config?.Labels?.['org.opencontainers.image.revision'] ?? ''))];
        }
        function missingPlatforms(inspection, requested) {
            return requested.filter((platform) => !(normalPlatform(platform) in inspection.platforms));
        }
        async function partOf(registry, digest) {
            const part = await registry.manifest(digest);
            if (!part)
                throw new failure.HR('registry-answer', `The registry has no manifest ${digest}, although one of its manifests refers to it.`, 'a clean-up may have removed manifests without a tag. Build the image again with if-exists: overwrite, and exclude such manifests from the clean-up.');
            return part;
        }
        async function configOf(registry, manifest) {
            const digest = configDigest(manifest);
            if (digest === undefined)
                throw new failure.HR('registry-answer', `${manifest.digest} is not an image: it has no configuration.`, 'check what was pushed under that tag, or give another tag.');
            return registry.config(digest);
        }
        ;
        async function findExisting(registry, { image, ifExists, platforms }, plan, commit) {
            if (ifExists === 'overwrite')
                return undefined;
            const found = await Promise.all(plan.tags.map(async (tag) => ({ tag, manifest: await registry.manifest(tag) })));
            const there = found.flatMap(({ tag, manifest }) => (manifest ? [{ tag, manifest }] : []));
            const fixed = there.filter(({ tag }) => tag !== plan.moving);
            const [first, ...others] = fixed.length > 0 ? fixed : there;
            if (!first)
                return undefined;
            const refuse = (what) => new failure.HR('tag-exists', `${image.name} has ${what}`, 'a tag names one build permanently. Give another tag, or if-exists: overwrite to replace this one.');
            if (ifExists === 'fail')
                throw refuse(`the tag ${there.map(({ tag }) => tag).join(', ')} already.`);
            const other = others.find(({ manifest }) => manifest.digest !== first.manifest.digest);
            if (other)
                throw refuse(`two builds of this commit: ${first.tag} and ${other.tag} name different images.`);
            const revisions = await revisionsOf(registry, first.manifest);
            if (revisions.join() !== commit.sha) {
                if (first.tag === plan.moving)
                    return undefined;
                const said = revisions.filter((one) => one !== '').join(', ') || 'no commit';
                throw refuse(`the tag ${first.tag} already, built from ${said}, not from ${commit.sha}.`);
            }
            const inspection = await inspectManifest(registry, first.manifest);
            const lacking = missingPlatforms(inspection, platforms);
            if (lacking.length > 0)
                throw refuse(`the tag ${first.tag} already, without ${lacking.join(', ')}.`);
            return {
                manifest: first.manifest,
                inspection,
                missing: found.filter(({ manifest }) => manifest?.digest !== first.manifest.digest).map(({ tag }) => tag),
            };
        }
        ;
        function labelsOf(commit, version, given, env = process.env) {
            const repository = env.GITHUB_REPOSITORY;
            const source = repository ? `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}` : '';
            const created = commit.time === undefined ? '' : new Date(commit.time * 1000).toISOString().replace('.000', '');
            const own = { source, revision: commit.sha, version, created };
            const labels = new Map(Object.entries(own).map(([name, value]) => [`org.opencontainers.image.${name}`, value]));
            for (const { name, value } of given)
                labels.set(name, value);
            return [...labels].flatMap(([name, value]) => (value === '' ? [] : [{ name, value }]));
        }
        var external_node_os_ = __nccwpck_require__(161);
        var mask = __nccwpck_require__(477);
        ;
        function dockerFolder(env = process.env) {
            return env.DOCKER_CONFIG || (0, external_node_path_.join)(env.HOME || (0, external_node_os_.homedir)(), '.docker');
        }
        function readDockerConfig(folder) {
            try {
                return JSON.parse((0, external_node_fs_.readFileSync)((0, external_node_path_.join)(folder, 'config.json'), 'utf8'));
            }
            catch {
                return {};
            }
        }
        function loginKey(registry) {
            return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
        }
        async function storedCredentials(registry, folder) {
            const config = readDockerConfig(folder);
            const key = loginKey(registry);
            const helper = config.credHelpers?.[key] ?? config.credsStore;
            if (helper)
                return askHelper(helper, key);
            const entry = config.auths?.[key] ?? config.auths?.[`https://${key}`];
            if (entry?.identitytoken)
                return { identityToken: entry.identitytoken };
            const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(entry?.auth ?? '', 'base64').toString('utf8')) ?? [];
            return username === '' ? undefined : { username, password };
        }
        async function askHelper(helper, key) {
            const options = { env: (0, job.Qc)(), input: key, timeoutMs: 10_000, keptCharacters: 1_000_000, whole: true };
            const ended = await (0, bounded.B)(`docker-credential-${helper}`, ['get'], options).catch(() => undefined);
            const found = ended?.status === 0 ? credentialsIn(ended.output) : undefined;
            if (!found)
                return undefined;
            const { Username: username, Secret: secret } = found;
            (0, mask.d)(secret);
            return username === '<token>' ? { identityToken: secret } : { username, password: secret };
        }
        function credentialsIn(stdout) {
            try {
                const { Username = '', Secret = '' } = JSON.parse(stdout);
                return Secret === '' ? undefined : { Username, Secret };
            }
            catch {
                return undefined;
            }
        }
        ;
        function privateFolder(journalFolder, step) {
            return (0, external_node_path_.join)(journalFolder, step);
        }
        function removePrivate(folder) {
            (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
        }
        function writeDockerConfig(folder, { registry }, { username, password }) {
            const jobConfig = (0, external_node_path_.resolve)(dockerFolder());
            const own = (0, external_node_path_.join)(folder, 'docker');
            (0, external_node_fs_.mkdirSync)(own, { recursive: true, mode: 0o700 });
            for (const name of ['contexts', 'cli-plugins']) {
                if ((0, external_node_fs_.existsSync)((0, external_node_path_.join)(jobConfig, name)))
                    (0, external_node_fs_.symlinkSync)((0, external_node_path_.join)(jobConfig, name), (0, external_node_path_.join)(own, name));
            }
            const config = readDockerConfig(jobConfig);
            const key = loginKey(registry);
            const auth = Buffer.from(`${username}:${password}`).toString('base64');
            const content = {
                ...config,
                auths: { ...config.auths, [key]: { auth } },
                ...(config.credsStore || config.credHelpers ? { credHelpers: { ...config.credHelpers, [key]: '' } } : {}),
            };
            (0, external_node_fs_.writeFileSync)((0, external_node_path_.join)(own, 'config.json'), JSON.stringify(content), { mode: 0o600 });
            return { DOCKER_CONFIG: own, BUILDX_CONFIG: process.env.BUILDX_CONFIG || (0, external_node_path_.join)(jobConfig, 'buildx') };
        }
        var compare = __nccwpck_require__(469);
        var compare_default = __nccwpck_require__.n(compare);
        var parse = __nccwpck_require__(353);
        var parse_default = __nccwpck_require__.n(parse);
        ;
        function parseSemver(text) {
            if (/\s/.test(text))
                return undefined;
            return parse_default()(text.replace('_', '+')) ?? undefined;
        }
        function compareSemver(a, b) {
            return compare_default()(a.version, b.version);
        }
        ;
        const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
        function parseImage(text) {
            const name = text.toLowerCase();
            if (name.includes('://'))
                return { wrong: 'is a URL' };
            if (name.includes('@'))
                return { wrong: 'has a digest' };
            const [first = '', ...others] = name.split('/');
            const named = others.length > 0 && (/[.:]/.test(first) || first === 'localhost');
            const registry = named && first !== 'index.docker.io' ? first : 'docker.io';
            const path = named ? others : [first, ...others];
            if (path.at(-1)?.includes(':'))
                return { wrong: 'has a tag' };
            if (!/^[a-z0-9.-]+(?::\d{1,5})?$/.test(registry))
                return { wrong: `names the registry "${registry}"` };
            const bad = path.find((part) => !component.test(part));
            if (bad !== undefined)
                return { wrong: `has the part "${bad}"` };
            const hub = registry === 'docker.io';
            return {
                name,
                registry,
                repository: hub && path.length === 1 ? `library/${path[0]}` : path.join('/'),
                origin: hub ? 'https://registry-1.docker.io' : `${isLoopback(registry) ? 'http' : 'https'}://${registry}`,
            };
        }
        function isTag(text) {
            return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text);
        }
        function isDigest(text) {
            return /^sha256:[0-9a-f]{64}$/.test(text);
        }
        function isLoopback(registry) {
            return /^(localhost|127(\.\d{1,3}){3})(:\d+)?$/.test(registry);
        }
        ;
        function planBuild(event, options) {
            const { pullRequest } = event;
            const version = event.tag === undefined ? '' : versionTag(event.tag);
            const own = pullRequest
                ? [`pr-${pullRequest.number}-${pullRequest.headSha}`]
                : [shaTag(options.sha), ...(version ? [version] : [])];
            const whyNot = whyNotPushed(event, options.push);
            return {
                tags: [...new Set([...own, ...options.tags])],
                version,
                push: whyNot === '',
                whyNot,
                moving: pullRequest && own[0],
            };
        }
        function shaTag(sha) {
            return `sha-${sha}`;
        }
        function versionTag(name) {
            const tag = parseSemver(name)
                ? name.replace(/^v/, '').replace('+', '_')
                : name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[.-]+/, '');
            return tag.slice(0, 128);
        }
        function whyNotPushed({ pullRequest }, push) {
            if (push === 'false')
                return 'push is false';
            if (push === 'auto' && pullRequest?.fork)
                return 'the pull request comes from a fork';
            return '';
        }
        function planPromotion(version, known, requested, back = false) {
            const semver = parseSemver(version);
            const own = semver ? [{ tag: versionTag(version), kind: 'version' }] : [];
            const floating = [...new Set(requested.length > 0 ? requested : semver ? floatingTags(semver) : [])];
            const moves = [...own];
            const kept = [];
            for (const tag of [...floating.filter((one) => one !== 'latest'), ...floating.filter((one) => one === 'latest')]) {
                const why = reasonToKeep(tag, version, back ? [] : known);
                if (why)
                    kept.push({ tag, why });
                else
                    moves.push({ tag, kind: 'floating' });
            }
            return { moves, kept };
        }
        function reasonToKeep(tag, version, known) {
            const range = rangeOf(tag);
            if (!range)
                return undefined;
            const semver = parseSemver(version);
            if (!semver || semver.prerelease.length > 0)
                return `${version || 'this'} is not a stable version`;
            if (!range(semver))
                return `${version} is not in that range`;
            const highest = highestIn(range, known);
            if (highest && compareSemver(highest.semver, semver) > 0)
                return `${highest.tag} is higher`;
            return undefined;
        }
        function highestFor(tag, known) {
            const range = rangeOf(tag);
            return range && highestIn(range, known)?.tag;
        }
        function rangeOf(tag) {
            if (tag === 'latest')
                return () => true;
            const [, major, minor] = /^(\d+)(?:\.(\d+))?$/.exec(tag) ?? [];
            if (major === undefined)
                return undefined;
            return (semver) => semver.major === Number(major) && (minor === undefined || semver.minor === Number(minor));
        }
        function highestIn(range, known) {
            return known
                .flatMap((tag) => {
                const semver = parseSemver(tag);
                return semver && semver.prerelease.length === 0 && range(semver) ? [{ tag, semver }] : [];
            })
                .sort((a, b) => compareSemver(b.semver, a.semver))[0];
        }
        function floatingTags({ major, minor, prerelease }) {
            if (prerelease.length > 0)
                return [];
            return [`${major}.${minor}`, ...(major > 0 ? [`${major}`] : []), 'latest'];
        }
        function tagError(tag) {
            if (isTag(tag))
                return undefined;
            return tag.length > 128 ? `"${tag}" has ${tag.length} characters` : `"${tag}" is not a valid tag`;
        }
        ;
        function reportPlan({ image }, plan, commit, step) {
            const runSha = process.env.GITHUB_SHA?.toLowerCase();
            if (runSha && runSha !== commit.sha)
                step.info(`The checkout is at ${commit.sha}, not at ${runSha}: the tags name the commit of the checkout.`);
            const what = plan.push ? `pushed to ${image.name}` : `not pushed, because ${plan.whyNot}`;
            step.info(`Commit ${commit.sha}, tags ${plan.tags.join(', ')}; ${what}.`);
        }
        function reportLimits(engine, request, step) {
            step.info(`Built by ${engine.name === 'buildx' ? 'docker buildx build' : 'docker build'}.`);
            for (const limit of engine.limits(request))
                step.info(`Note: ${limit}`);
        }
        function reportDryRun(engine, request, existing, step) {
            reportLimits(engine, request, step);
            const lines = [
                existing ? `Would reuse ${existing.inspection.digest} from the registry.` : 'Would build: no image can be reused.',
                ...request.refs.map((ref) => `- tag \`${ref}\`${request.push ? '' : ' (not pushed)'}`),
                ...request.labels.map(({ name, value }) => `- label \`${name}=${value}\``),
                ...request.buildArgs.map(({ name, value }) => `- build argument \`${name}=${value}\``),
                ...request.secrets.map(({ id }) => `- secret \`${id}\``),
            ];
            for (const line of lines)
                step.info(line);
            step.summary(['**build-image, dry run**', '', ...lines].join('\n'));
        }
        function reportPushed({ image, provenance }, { plan, commit, inspection, how }, step) {
            const ref = `${image.name}@${inspection.digest}`;
            step.output('ref', ref);
            step.output('digest', inspection.digest);
            step.output('tags', JSON.stringify(plan.tags));
            step.output('platforms', JSON.stringify(inspection.platforms));
            step.output('sha', commit.sha);
            step.output('reused', String(how === 'reused'));
            if (how === 'built' && provenance === 'auto' && !inspection.attested)
                step.info('Note: this builder wrote no provenance.');
            const text = how === 'built' ? `Pushed and verified ${ref}.` : `An earlier run pushed ${ref}; it is reused.`;
            step.info(text);
            step.record({ event: 'note', level: 'info', text });
            const rows = Object.entries(inspection.platforms).map(([platform, digest]) => `| ${platform} | \`${digest}\` |`);
            step.summary([
                `**build-image: ${how === 'built' ? 'built and pushed' : 'reused'}**`,
                '',
                `\`\`\`\n${ref}\n\`\`\``,
                `Tags: ${plan.tags.map((tag) => `\`${tag}\``).join(', ')}. Provenance or SBOM: ${inspection.attested ? 'yes' : 'no'}.`,
                '',
                '| platform | digest |',
                '|---|---|',
                ...rows,
            ].join('\n'));
        }
        function reportUnpushed(plan, commit, built, step) {
            step.output('tags', JSON.stringify(plan.tags));
            step.output('sha', commit.sha);
            step.info(`Built${built.configDigest ? ` ${built.configDigest}` : ''}; not pushed, because ${plan.whyNot}.`);
            step.summary(`**build-image**: built, not pushed, because ${plan.whyNot}.`);
        }
        var retry = __nccwpck_require__(511);
        ;
        function retryAfterMs(header) {
            const text = String(header ?? '').trim();
            if (/^\d+$/.test(text))
                return Number(text) * 1000;
            const at = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN;
            return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
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
        function parseChallenge(header) {
            const [, scheme = '', rest = ''] = /^\s*(basic|bearer)\s+(.*)$/is.exec(header ?? '') ?? [];
            if (scheme === '')
                return undefined;
            const found = rest.matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/gi);
            const fields = Object.fromEntries([...found].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare]));
            return {
                scheme: scheme.toLowerCase(),
                realm: fields.realm ?? '',
                service: fields.service ?? '',
            };
        }
        ;
        const maxRedirects = 5;
        const timeoutMs = 30_000;
        const maxBytes = 8 * 1024 * 1024;
        const manifestTypes = Object.values(mediaTypes).join(', ');
        function openRegistry(image, options) {
            const { registry, repository, origin } = image;
            const { credentials, signal, attempts = 4 } = options;
            let authorization;
            const path = (rest) => new URL(`/v2/${repository}/${rest}`, origin);
            return {
                async manifest(reference) {
                    const answer = await ask({
                        method: 'GET',
                        url: path(`manifests/${reference}`),
                        headers: { accept: manifestTypes },
                    });
                    if (answer.status === 404)
                        return undefined;
                    const digest = digestOf(assertOk(answer, `the manifest ${reference}`).body);
                    const content = jsonIn(answer, `the manifest ${reference}`);
                    const said = answer.headers['docker-content-digest'];
                    if (isDigest(reference) ? digest !== reference : said !== undefined && isDigest(String(said)) && said !== digest)
                        throw new failure.HR('registry-answer', `${registry} answered the request for ${reference} of ${image.name} with another digest, ${digest}.`);
                    return { digest, mediaType: mediaTypeOf(answer, content), body: answer.body };
                },
                async config(digest) {
                    const what = `the configuration ${digest}`;
                    const answer = assertOk(await ask({ method: 'GET', url: path(`blobs/${digest}`) }), what);
                    if (digestOf(answer.body) !== digest)
                        throw new failure.HR('registry-answer', `${registry} answered the request for ${digest} of ${image.name} with other content.`);
                    return jsonIn(answer, what);
                },
                async tags() {
                    const tags = [];
                    const requested = new Set();
                    let next = path('tags/list?n=1000');
                    while (next) {
                        if (requested.has(next.href))
                            throw unexpectedAnswer('the list of tags', 'in a circle');
                        requested.add(next.href);
                        const answer = await ask({ method: 'GET', url: next });
                        if (answer.status === 404)
                            break;
                        const what = 'the list of tags';
                        tags.push(...(jsonIn(assertOk(answer, what), what).tags ?? []));
                        next = nextPage(answer, next);
                    }
                    return tags;
                },
                async put(tag, { mediaType, body }) {
                    const url = path(`manifests/${tag}`);
                    const answer = await ask({ method: 'PUT', url, headers: { 'content-type': mediaType }, body });
                    if (answer.status === 409 || mentionsImmutable(answer))
                        throw new failure.HR('tag-immutable', `${registry} does not let the tag ${tag} of ${image.name} be moved${reasonIn(answer)}.`, 'give tags that the rule of the registry for immutable tags does not cover, or change that rule.');
                    assertOk(answer, `the tag ${tag}`);
                },
            };
            async function ask(request) {
                const tried = await (0, retry.L5)(() => tryOnce(request), {
                    repeatable: true,
                    attempts,
                    backoffMs: (0, retry.Bf)(500, { factor: () => 0.75 + Math.random() / 2 }),
                    longestPauseMs: 30_000,
                    signal,
                    onPause: ({ fault }, ms) => options.onRetry(`${registry} ${fault}; again in ${(ms / 1000).toFixed(1)} s.`),
                });
                if (tried && 'value' in tried)
                    return tried.value;
                if (!tried || signal.aborted)
                    throw new failure.j$();
                throw new failure.HR('registry-unreachable', `${registry} ${tried.trouble.fault}, ${attempts} times in a row, for ${request.method} ${request.url.pathname}.`, 'check that the registry is healthy and that this runner can reach it, then run the job again.');
            }
            async function tryOnce(request) {
                const again = { retryable: true, maybeDelivered: true };
                try {
                    const answer = await authorized(request);
                    if (answer.status !== 429 && answer.status < 500)
                        return { value: answer };
                    const fault = `answered ${answer.status}${reasonIn(answer)}`;
                    return { trouble: { ...again, fault, waitMs: retryAfterMs(answer.headers['retry-after']) } };
                }
                catch (error) {
                    if (!(error instanceof NoResponseError))
                        throw error;
                    return { trouble: { ...again, fault: `gave no complete answer (${error.message})`, waitMs: undefined } };
                }
            }
            async function authorized(request) {
                const first = await follow(request);
                if (first.status !== 401)
                    return refusalOf(first);
                const challenge = parseChallenge(headerText(first.headers['www-authenticate']));
                if (challenge)
                    authorization = await authorizationFor(challenge);
                return challenge ? refusalOf(await follow(request)) : refusalOf(first);
            }
            function refusalOf(answer) {
                if (answer.status === 401)
                    throw loginRefused(reasonIn(answer));
                if (answer.status === 403 && !mentionsImmutable(answer)) {
                    const may = options.writes ? 'push to' : 'read';
                    throw new failure.HR('registry-denied', `${registry} does not let ${who()} ${may} ${image.name}${reasonIn(answer)}.`, 'give the account this right. On ghcr.io the job needs "permissions: packages: write".');
                }
                return answer;
            }
            async function authorizationFor({ scheme, realm, service }) {
                if (scheme === 'basic')
                    return basicOf(credentials);
                const request = tokenRequest(realm, service);
                const answer = await follow(request, request.method === 'GET' ? (basicOf(credentials) ?? '') : '');
                if (answer.status === 401 || answer.status === 403 || answer.status === 400)
                    throw loginRefused(reasonIn(answer));
                if (answer.status !== 200)
                    return failedAnswer(answer);
                const { token, access_token } = jsonIn(answer, 'a login');
                if (!(token || access_token))
                    throw unexpectedAnswer('a login', 'without a token');
                return `Bearer ${token || access_token}`;
            }
            function failedAnswer(answer) {
                throw new NoResponseError(`its token service answered ${answer.status}`, true);
            }
            function tokenRequest(realm, service) {
                const scope = `repository:${repository}:${options.writes ? 'pull,push' : 'pull'}`;
                if (!URL.canParse(realm))
                    throw new failure.HR('registry-answer', `${registry} names no valid URL to log in at: "${realm}".`);
                const url = new URL(realm);
                if (url.protocol !== 'https:' && origin.startsWith('https:'))
                    throw new failure.HR('registry-answer', `${registry} asks to send the login unencrypted, to ${url.origin}.`);
                if (credentials && 'identityToken' in credentials) {
                    const grant = { grant_type: 'refresh_token', refresh_token: credentials.identityToken };
                    const form = new URLSearchParams({ ...grant, service, scope, client_id: 'belay' });
                    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
                    return { method: 'POST', url, headers, body: form.toString() };
                }
                url.searchParams.set('service', service);
                url.searchParams.set('scope', scope);
                return { method: 'GET', url };
            }
            async function follow(request, shown = authorization ?? '') {
                let { url } = request;
                for (let hop = 0;; hop++) {
                    const login = shown !== '' && url.origin === request.url.origin ? { authorization: shown } : {};
                    const headers = { 'user-agent': 'belay', ...request.headers, ...login };
                    const answer = await sendRequest({ ...request, url, headers, timeoutMs, signal }, maxBytes);
                    const { location } = answer.headers;
                    if (request.method !== 'GET' || ![301, 302, 303, 307, 308].includes(answer.status) || !location)
                        return answer;
                    if (hop === maxRedirects)
                        throw new failure.HR('registry-answer', `${registry} redirects in a circle.`);
                    url = new URL(location, url);
                }
            }
            function loginRefused(reason) {
                const remedy = 'check that username and password (or token) are right and may use this repository.';
                return credentials
                    ? new failure.HR('registry-login', `${registry} refused the login of ${who()}${reason}.`, remedy)
                    : new failure.HR('registry-login', `${registry} asks for a login${reason}.`, `give username and password; ${remedy}`);
            }
            function who() {
                return credentials && 'username' in credentials ? `"${credentials.username}"` : 'this job';
            }
            function nextPage({ headers }, page) {
                const [, link] = /<([^>]+)>\s*;\s*rel="?next"?/.exec(String(headers.link ?? '')) ?? [];
                if (link === undefined || !URL.canParse(link, page.href))
                    return undefined;
                const { pathname, search } = new URL(link, page);
                return new URL(`${pathname}${search}`, page);
            }
            function jsonIn({ body }, what) {
                try {
                    const value = JSON.parse(body.toString('utf8'));
                    if (typeof value === 'object' && value !== null && !Array.isArray(value))
                        return value;
                }
                catch {
                }
                throw unexpectedAnswer(what, 'with content that is not an answer of a registry');
            }
            function unexpectedAnswer(what, how) {
                return new failure.HR('registry-answer', `${registry} answered ${what} of ${image.name} ${how}.`, 'check that this host is a registry, and that no proxy or sign-in page answers in its place.');
            }
            function assertOk(answer, what) {
                if (answer.status >= 200 && answer.status < 300)
                    return answer;
                throw new failure.HR('registry-answer', `${registry} answered ${answer.status}${reasonIn(answer)} for ${what} of ${image.name}.`, answer.status === 404
                    ? 'check that the repository exists: some registries require it before a push.'
                    : 'check this status in the documentation and the log of the registry.');
            }
        }
        function basicOf(credentials) {
            if (!credentials || !('username' in credentials))
                return undefined;
            return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
        }
        function reasonIn({ body }) {
            try {
                const { errors = [] } = JSON.parse(body.toString('utf8'));
                const [first] = errors;
                const text = (first?.message || first?.code || '').replace(/\s+/g, ' ').slice(0, 160);
                return text === '' ? '' : ` (${text})`;
            }
            catch {
                return '';
            }
        }
        function mediaTypeOf({ headers }, { mediaType, manifests }) {
            const [said = ''] = String(headers['content-type'] ?? '').split(';');
            if (Object.values(mediaTypes).includes(said.trim()))
                return said.trim();
            return mediaType ?? (manifests ? mediaTypes.index : mediaTypes.manifest);
        }
        function mentionsImmutable({ status, body }) {
            return status >= 400 && status < 500 && /immutab(le|ility)/i.test(body.toString('utf8'));
        }
        function headerText(header) {
            return Array.isArray(header) ? header.join(', ') : header;
        }
        ;
        async function openRepository(image, login, { writes, step, signal = step.signal, attempts = 4 }) {
            const credentials = login ?? (await storedCredentials(image.registry, dockerFolder()));
            return openRegistry(image, { credentials, writes, signal, attempts, onRetry: (text) => step.info(text) });
        }
        ;
        const attempts = 3;
        async function buildWithRetry(engine, request, step) {
            const { signal } = step;
            const pauseMs = (0, retry.Bf)(2000, { factor: () => 0.75 + Math.random() / 2 });
            let builds = 0;
            const tryToBuild = (wanted) => (0, retry.L5)(() => {
                builds += 1;
                return buildOnce(engine, wanted, signal);
            }, {
                repeatable: true,
                attempts: Math.max(1, attempts - builds),
                backoffMs: () => pauseMs(builds),
                signal,
                onPause: ({ output }, ms) => step.info(`The connection to a registry failed (${shortError(output)}); again in ${(ms / 1000).toFixed(1)} s.`),
            });
            let tried = await tryToBuild(request);
            if (tried && 'trouble' in tried && !signal.aborted && usesCache(request) && mayBeOfCache(tried.trouble)) {
                step.warn(`The cache may be the cause, so the build continues without it: ${shortError(tried.trouble.output)}`);
                tried = await tryToBuild({ ...request, cacheFrom: [], cacheTo: [] });
            }
            if (tried && 'value' in tried)
                return tried.value;
            if (!tried || signal.aborted)
                throw new failure.j$();
            throw failureFor(tried.trouble.kind, tried.trouble.output);
        }
        async function buildOnce(engine, request, signal) {
            const { built, output } = await engine.build(request);
            if (built)
                return { value: built };
            if (signal.aborted)
                throw new failure.j$();
            const kind = classifyError(output);
            return { trouble: { kind, output, retryable: kind === 'transport', maybeDelivered: true, waitMs: undefined } };
        }
        function mayBeOfCache({ kind }) {
            return kind === 'cache' || kind === 'transport';
        }
        function shortError(output) {
            return lastErrorText(output).slice(0, 300);
        }
        function usesCache({ cacheFrom, cacheTo }) {
            return cacheFrom.length + cacheTo.length > 0;
        }
        ;
        const readAttempts = 4;
        async function verify(registry, tags, built, platforms, signal) {
            const found = await Promise.all(tags.map((tag) => awaitTag(registry, tag, signal)));
            const [first] = found;
            for (const [index, manifest] of found.entries()) {
                const wrong = first && mismatchOf(manifest, first, built);
                if (wrong)
                    throw notVerified(`The tag ${tags[index]} ${wrong}; another job may have pushed it at the same time.`);
            }
            if (!first)
                throw notVerified('No tag was pushed that could be verified.');
            const inspection = await inspectManifest(registry, first);
            const lacking = missingPlatforms(inspection, platforms);
            if (lacking.length > 0)
                throw notVerified(`${inspection.digest} was pushed without ${lacking.join(', ')}; it has ${Object.keys(inspection.platforms)}.`);
            return inspection;
        }
        function mismatchOf(manifest, first, built) {
            const expected = built.digest ?? first.digest;
            if (manifest.digest !== expected)
                return `names ${manifest.digest}, not ${expected}`;
            const names = [configDigest(manifest), manifest.digest];
            if (built.digest === undefined && !names.includes(built.configDigest))
                return `names ${names.find((name) => name !== undefined)}, not the ${built.configDigest} that was built`;
            return undefined;
        }
        async function awaitTag(registry, tag, signal) {
            for (let attempt = 1;; attempt++) {
                const manifest = await registry.manifest(tag);
                if (manifest)
                    return manifest;
                if (attempt === readAttempts || signal.aborted)
                    throw notVerified(`The tag ${tag} was pushed, but the registry does not have it.`);
                await (0, clock.y)(attempt * 500, signal);
            }
        }
        function notVerified(text) {
            return new failure.HR('not-verified', text, 'run the job again: it inspects the tags in the registry before it builds anything.');
        }
        ;
        async function build(inputs, step) {
            const folder = privateFolder(step.journal.folder, step.id);
            (0, external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
            try {
                await buildIn(folder, inputs, step);
            }
            catch (error) {
                throw step.signal.aborted ? new failure.j$() : error;
            }
            finally {
                removePrivate(folder);
            }
            return { result: 'unchanged' };
        }
        async function buildIn(folder, inputs, step) {
            const docker = dockerFor(inputs, folder, step);
            const engineChoice = chooseEngine(inputs.engine, docker, folder);
            engineChoice.catch(() => undefined);
            const commit = await commitIn(inputs.context);
            const plan = planBuild(readEvent(), { sha: commit.sha, tags: inputs.tags, push: inputs.push });
            const request = buildRequestFor(inputs, plan, commit);
            reportPlan(inputs, plan, commit, step);
            const registry = plan.push
                ? await openRepository(inputs.image, inputs.login, { writes: !inputs.dryRun, step })
                : undefined;
            const existing = registry && (await findExisting(registry, inputs, plan, commit));
            if (inputs.dryRun)
                return reportDryRun(await engineChoice, request, existing, step);
            if (registry && existing) {
                for (const tag of existing.missing)
                    await registry.put(tag, existing.manifest);
                return reportPushed(inputs, { plan, commit, inspection: existing.inspection, how: 'reused' }, step);
            }
            const engine = await engineChoice;
            reportLimits(engine, request, step);
            const built = await buildWithRetry(engine, request, step);
            annotate(built.checks, inputs.file ?? (0, external_node_path_.join)(inputs.context, 'Dockerfile'), step);
            if (!registry)
                return reportUnpushed(plan, commit, built, step);
            const inspection = await verify(registry, plan.tags, built, inputs.platforms, step.signal);
            reportPushed(inputs, { plan, commit, inspection, how: 'built' }, step);
        }
        function buildRequestFor(inputs, plan, commit) {
            return {
                ...inputs,
                refs: plan.tags.map((tag) => `${inputs.image.name}:${tag}`),
                labels: labelsOf(commit, plan.version, inputs.labels),
                epoch: commit.time,
                push: plan.push,
            };
        }
        function dockerFor(inputs, folder, step) {
            const end = (0, clock.m)() + inputs.deadline;
            const config = inputs.login ? writeDockerConfig(folder, inputs.image, inputs.login) : {};
            return (args, { env = {}, shown = true } = {}) => runDocker(args, {
                env: { ...(0, job.Qc)(), ...config, ...env },
                cwd: inputs.context,
                signal: step.signal,
                leftMs: (end - (0, clock.m)()) * 1000,
                shown,
            });
        }
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
            step.record({ event: 'release-began', release, run: (0, job.xh)() });
            return release;
        }
        function jobIdentity({ id, journal }) {
            if (journal.read().nonce === undefined)
                journal.append({ step: id, event: 'identified', nonce: (0, external_node_crypto_.randomBytes)(4).toString('hex') });
            const { id: run, attempt } = (0, job.xh)();
            return { run, attempt, nonce: journal.read().nonce };
        }
        ;
        const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
        ;
        const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
        ;
        const download_attempts = 4;
        const attemptMs = 600_000;
        async function saveFrom(url, file, signal) {
            const asked = { method: 'GET', url, headers: { 'user-agent': 'belay' }, timeoutMs: attemptMs, signal };
            const once = () => saveOnce(asked, file);
            const tried = (await (0, retry.L5)(once, { repeatable: true, attempts: download_attempts, backoffMs: (0, retry.Bf)(1000), signal })) ?? (await once());
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
        const request_rules_attempts = 4;
        const request_rules_attemptMs = 15_000;
        const request_rules_maxBytes = 20_000_000;
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
                    ? { kind: 'unusable', status: answer.status, why: `it is longer than ${request_rules_maxBytes} bytes` }
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
                if (length > request_rules_maxBytes)
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
                const reason = isObject(data) ? request_rules_reasonIn(data) : 'no reason given';
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
        function request_rules_reasonIn(data) {
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
                throw unreachable(apiUrl, (0, failure.bD)(error));
            }
        }
        ;
        const commands = ['build', 'promote'];
        function readBuildImageInputs(read) {
            const command = read.choice('command', { default: 'build', of: commands });
            const common = readCommon(read);
            return command === 'build' ? readBuild(read, common) : readPromote(read, common);
        }
        function readCommon(read) {
            const image = readImage(read);
            return {
                image,
                login: readLogin(read),
                tags: readTags(read),
                ifExists: read.choice('if-exists', { default: 'reuse', of: ['reuse', 'fail', 'overwrite'] }),
                dryRun: read.boolean('dry-run', { default: false }),
                service: read.text('service', { default: process.env.GITHUB_REPOSITORY?.split('/')[1] ?? '' }),
                deadline: read.seconds('deadline', { default: '1h', min: 10, max: 21_600 }),
            };
        }
        function readImage(read) {
            const repository = process.env.GITHUB_REPOSITORY ?? '';
            const text = read.text('image', { default: repository && `ghcr.io/${repository.toLowerCase()}` });
            const image = parseImage(text);
            if (!('wrong' in image))
                return image;
            read.issue('image', `"${text}" ${image.wrong}`, 'Give the name of the image without tag and digest: ghcr.io/acme/api.');
            return { name: text, registry: '', repository: '', origin: 'https://localhost' };
        }
        function readLogin(read) {
            const username = read.text('username', { default: process.env.GITHUB_ACTOR ?? '' });
            const password = read.secret('password').trim();
            if (password === '')
                return undefined;
            if (username === '' || username.includes(':'))
                read.issue('username', username === '' ? 'is missing' : 'holds a ":"', 'Give the login that the password belongs to.');
            (0, mask.d)(Buffer.from(`${username}:${password}`).toString('base64'));
            return { username, password };
        }
        function readTags(read) {
            const tags = read.lines('tags');
            for (const tag of tags) {
                const wrong = tagError(tag);
                if (wrong)
                    read.issue('tags', wrong, 'Give one tag per line: at most 128 letters, digits, ".", "_" and "-", no comma.');
            }
            return tags;
        }
        function readPromote(read, common) {
            const digest = read.text('digest');
            const bare = digest.replace(`${common.image.name}@`, '');
            if (bare !== '' && !isDigest(bare))
                read.issue('digest', `is "${digest}"`, 'Give sha256: and 64 hex digits, as in the outputs digest and ref.');
            return {
                ...common,
                command: 'promote',
                release: readReleaseInputs(read),
                github: readGitHubInputs(read),
                digest: bare,
            };
        }
        function readBuild(read, common) {
            const context = readContext(read);
            const secrets = readSecrets(read);
            const hidden = secretValues(secrets, common.login);
            return {
                ...common,
                command: 'build',
                context,
                file: readFile(read, context),
                target: read.text('target'),
                platforms: readPlatforms(read),
                buildArgs: readBuildArgs(read, hidden),
                secrets,
                labels: readPairs(read, 'labels', hidden),
                cacheFrom: readCaches(read, 'cache-from'),
                cacheTo: readCaches(read, 'cache-to'),
                provenance: read.choice('provenance', { default: 'auto', of: ['auto', 'min', 'max', 'false'] }),
                sbom: readSbom(read),
                push: read.choice('push', { default: 'auto', of: ['auto', 'true', 'false'] }),
                engine: read.choice('engine', { default: 'auto', of: ['auto', 'buildx', 'docker'] }),
            };
        }
        function workspace() {
            return process.env.GITHUB_WORKSPACE ?? '.';
        }
        function readContext(read) {
            const given = read.text('context', { default: '.' });
            const context = (0, external_node_path_.resolve)(workspace(), given);
            if (!(0, external_node_fs_.existsSync)(context) || !(0, external_node_fs_.statSync)(context).isDirectory())
                read.issue('context', `"${given}" is not a folder`, 'Give a folder of the workspace, and check out the repository before this step.');
            return context;
        }
        function readFile(read, context) {
            const given = read.text('file');
            const file = given === '' ? (0, external_node_path_.join)(context, 'Dockerfile') : (0, external_node_path_.resolve)(workspace(), given);
            if (!(0, external_node_fs_.existsSync)(file)) {
                const remedy = 'Give its path in the workspace, or put a Dockerfile into the context.';
                read.issue('file', `"${given || 'Dockerfile'}" does not exist`, remedy);
            }
            return given === '' ? undefined : file;
        }
        function readPlatforms(read) {
            const platforms = read.lines('platforms');
            for (const platform of platforms) {
                if (!/^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/.test(platform))
                    read.issue('platforms', `"${platform}" is not a platform`, 'Give one per line, such as linux/amd64 or linux/arm64.');
            }
            return platforms;
        }
        const secretName = /(^|_)(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|(API|ACCESS|SECRET|PRIVATE|AUTH)_?KEY)$/i;
        const publicName = /(^|_)(PUBLIC|VITE|REACT_APP)_/i;
        function readBuildArgs(read, hidden) {
            const pairs = readPairs(read, 'build-args', hidden);
            for (const { name } of pairs) {
                if (!secretName.test(name) || publicName.test(name))
                    continue;
                const remedy = 'Give it in secrets and mount it with RUN --mount=type=secret. If it is not a secret, give it another name.';
                read.issue('build-args', `${name} has the name of a secret, and everybody could read it in the image`, remedy);
            }
            return pairs;
        }
        const unquoted = 'Remove the quotes: a line is taken literally, with commas and spaces.';
        function readPairs(read, input, hidden) {
            return read.lines(input).map((line) => {
                const [, name = '', value = ''] = /^([^=\s]+)=(.*)$/.exec(line) ?? [];
                if (name === '')
                    read.issue(input, `"${line.split('=')[0]}" has no value`, 'Give one NAME=value per line.');
                else if (/["']/.test(name))
                    read.issue(input, `"${name}" has a quote in its name`, unquoted);
                if (hidden.some((secret) => value.includes(secret)))
                    read.issue(input, `${name} holds the value of a secret`, 'Remove it: everybody could read it in the image.');
                return { name, value };
            });
        }
        function readCaches(read, input) {
            const caches = read.lines(input);
            if (caches.some((cache) => /^["']/.test(cache)))
                read.issue(input, 'has a quoted line', unquoted);
            return caches;
        }
        function readSecrets(read) {
            read.secret('secrets', { multiline: true });
            const named = (input) => read.lines(input).flatMap((line) => {
                const [, id, rest = ''] = /^([A-Za-z0-9_.-]+)=(.*)$/.exec(line) ?? [];
                if (id !== undefined)
                    return [{ id, rest }];
                read.issue(input, 'has a line without an id', 'Give one ID=… per line. Give values of several lines in secret-envs.');
                return [];
            });
            const empty = (input, id, remedy) => read.issue(input, `${id} is empty`, remedy);
            const values = named('secrets').map(({ id, rest }) => {
                if (rest === '')
                    empty('secrets', id, 'Check that this environment has the secret. Runs of forks get no secrets.');
                return { id, from: { value: rest } };
            });
            const variables = named('secret-envs').map(({ id, rest }) => {
                const value = process.env[rest] ?? '';
                if (value === '')
                    empty('secret-envs', `${id}, which is the variable ${rest},`, 'Set the variable in env of this step.');
                return { id, from: { value } };
            });
            const files = named('secret-files').map(({ id, rest }) => {
                const path = (0, external_node_path_.resolve)(workspace(), rest);
                if (!(0, external_node_fs_.existsSync)(path) || (0, external_node_fs_.statSync)(path).size === 0)
                    empty('secret-files', `${id}, which is ${rest},`, 'Write the file in an earlier step.');
                return { id, from: { path } };
            });
            const all = [...values, ...variables, ...files];
            for (const { from } of all)
                if ('value' in from && from.value !== '')
                    (0, mask.d)(from.value);
            const twice = all.find(({ id }, index) => all.findIndex((other) => other.id === id) < index);
            if (twice)
                read.issue('secrets', `${twice.id} is given twice`, 'Give each id once.');
            return all;
        }
        function secretValues(secrets, login) {
            const values = secrets.flatMap(({ from }) => ('value' in from ? [from.value] : []));
            return [...values, login?.password ?? ''].filter((value) => value.length >= 6);
        }
        function readSbom(read) {
            const text = read.text('sbom', { default: 'false' });
            if (!/^(true|false|generator=[^,\s]+)$/.test(text))
                read.issue('sbom', `is "${text}"`, 'Give true, false, or generator=IMAGE for another scanner.');
            return text;
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
        function retagCommand(image, tag, digest) {
            return `docker buildx imagetools create --tag ${image}:${tag} ${image}@${digest}`;
        }
        ;
        async function promote(inputs, step) {
            const { release, back } = await releaseOf(inputs, step);
            const late = AbortSignal.timeout(inputs.deadline * 1000);
            const signal = AbortSignal.any([step.signal, late]);
            try {
                return await promoteIn(inputs, release, back, step, signal);
            }
            catch (error) {
                if (step.signal.aborted)
                    throw new failure.j$();
                if (late.aborted)
                    throw new failure.HR('deadline', `The tags were not moved within the deadline of ${inputs.deadline} s.`, 'run the job again.');
                throw error;
            }
        }
        async function releaseOf({ release: requested, github }, step) {
            const release = await joinReleaseOfVersion(step, requested, github);
            const chosen = step.journal.read().chosen.findLast(({ service }) => service === release.service)?.release;
            if (chosen)
                return { release: { ...release, version: chosen.version, sha: chosen.sha }, back: true };
            if (!isKeptRelease(requested.version))
                return { release, back: false };
            throw new failure.HR('nothing-chosen', `version is "${requested.version}", but no step of this job has rolled back to a release of ${release.service}. Only the hosts know its image.`, 'put this step after the one that rolls back, in the same job, with the same service; or give the tag as version.');
        }
        async function promoteIn(inputs, release, back, step, signal) {
            const { image, login, dryRun } = inputs;
            const registry = await openRepository(image, login, { writes: !dryRun, step, signal });
            const manifest = await findImage(registry, inputs, release);
            step.output('ref', `${image.name}@${manifest.digest}`);
            step.output('digest', manifest.digest);
            const { moves, kept } = planPromotion(release.version, await registry.tags(), inputs.tags, back);
            for (const { tag, why } of kept)
                step.info(`${tag} is not moved: ${why}.`);
            const saved = await inspectTags(registry, inputs, moves, manifest);
            reportMoves(inputs, manifest, moves, saved, step);
            if (dryRun)
                return { result: 'unchanged' };
            if (saved.length === 0)
                return { result: 'noop' };
            step.save({ service: release.service, image: image.name, digest: manifest.digest, moves: saved });
            for (const one of saved)
                await moveTag(one, manifest, { registry, image, version: release.version, back, step, signal });
            return { result: 'pending' };
        }
        async function findImage(registry, { image, digest }, { sha }) {
            const reference = digest || shaTag(sha);
            const manifest = await registry.manifest(reference);
            if (!manifest)
                throw new failure.HR('not-built', `${image.name} has no image ${reference}.`, 'build and push that commit first, with this action. The registry may have removed an old image.');
            const revisions = await revisionsOf(registry, manifest);
            if (revisions.join() !== sha)
                throw new failure.HR('other-commit', `${image.name}@${manifest.digest} was built from ${revisions.join(', ') || 'an unknown commit'}, not from ${sha}.`, 'give the digest of the image of this commit, or leave digest empty.');
            return manifest;
        }
        async function inspectTags(registry, { image, ifExists }, moves, manifest) {
            const inspected = await Promise.all(moves.map(async (move) => ({ ...move, now: await registry.manifest(move.tag) })));
            for (const { tag, kind, now } of inspected) {
                if (kind !== 'version' || !now || ifExists === 'overwrite')
                    continue;
                if (ifExists === 'reuse' && now.digest === manifest.digest)
                    continue;
                throw new failure.HR('tag-exists', `${image.name}:${tag} exists already and names ${now.digest}; this release is ${manifest.digest}.`, 'a version names one image permanently. Release a new version, or give if-exists: overwrite.');
            }
            return inspected
                .filter(({ now }) => now?.digest !== manifest.digest)
                .map(({ tag, kind, now }) => ({
                tag,
                kind,
                before: now && { digest: now.digest, mediaType: now.mediaType, body: now.body.toString('base64') },
            }));
        }
        async function moveTag({ tag, kind }, manifest, { registry, image, version, back, step, signal }) {
            signal.throwIfAborted();
            step.record({ event: 'phase', phase: `tag ${tag}` });
            await registry.put(tag, manifest);
            if (kind === 'version' || back)
                return;
            const known = await registry.tags();
            const why = reasonToKeep(tag, version, known);
            const higher = why && highestFor(tag, known);
            const higherManifest = higher && isTag(higher) ? await registry.manifest(higher) : undefined;
            if (!higherManifest)
                return;
            await registry.put(tag, higherManifest);
            step.warn(`${image.name}:${tag} now names ${higher}: that higher version was promoted at the same time.`);
        }
        function reportMoves({ image, dryRun }, { digest }, moves, saved, step) {
            const tags = moves.map(({ tag }) => tag);
            step.output('tags', JSON.stringify(tags));
            step.output('tags-before', tagsBefore(image.name, digest, saved));
            if (saved.length === 0)
                step.info(tags.length === 0 ? 'No tag has to move.' : `${tags.join(', ')}: already at ${digest}.`);
            for (const { tag, before } of saved) {
                step.info(`${dryRun ? 'Would move' : 'Moves'} ${tag} from ${before?.digest ?? 'nothing'} to ${digest}.`);
                if (before)
                    step.info(`  To restore it by hand: ${retagCommand(image.name, tag, before.digest)}`);
            }
            const rows = saved.map(({ tag, before }) => `| \`${tag}\` | ${before ? `\`${before.digest}\`` : 'new'} |`);
            const head = `**build-image: ${dryRun ? 'would promote' : 'promotes'}** \`${image.name}@${digest}\``;
            step.summary(rows.length === 0 ? `${head}: nothing to move.` : [head, '', '| tag | before |', '|---|---|', ...rows].join('\n'));
        }
        function tagsBefore(image, digest, saved) {
            const tags = saved.flatMap(({ tag, kind, before }) => kind === 'floating' && before ? [{ tag, digest: before.digest }] : []);
            const before = { image, digest, tags };
            return tags.length > 0 ? JSON.stringify(before) : '';
        }
        ;
        async function undoTags(saved, open, until) {
            const signal = AbortSignal.timeout(Math.ceil(Math.max(1, until - (0, clock.m)()) * 1000));
            const image = parseImage(saved.image);
            if ('wrong' in image)
                throw new Error(`the journal has no valid image: "${saved.image}" ${image.wrong}`);
            const opened = open(image, signal);
            return Promise.all(saved.moves.map(async (move) => {
                const base = { target: `${saved.image}:${move.tag}`, service: saved.service };
                try {
                    return { ...base, ...(await undoTag(await opened, saved, move)) };
                }
                catch (error) {
                    const [why] = (0, failure.bD)(error).split('\n');
                    const command = move.before
                        ? ` To restore it by hand: ${retagCommand(saved.image, move.tag, move.before.digest)}`
                        : '';
                    return { ...base, result: 'mixed', detail: `the tag could not be restored: ${why}${command}` };
                }
            }));
        }
        async function undoTag(registry, { digest }, { tag, before }) {
            const now = await registry.manifest(tag);
            if (now?.digest === before?.digest)
                return { result: 'unchanged', detail: 'it was not moved' };
            if (now?.digest !== digest)
                return { result: 'unchanged', detail: `another job moved it to ${now?.digest ?? 'nothing'}; it was not changed` };
            if (!before)
                return { result: 'rolled-back', stays: true, detail: `it is new, and names ${digest}` };
            await registry.put(tag, { ...before, body: Buffer.from(before.body, 'base64') });
            return { result: 'rolled-back', detail: `back to ${before.digest}` };
        }
        ;
        const buildImage = {
            name: 'build-image',
            inputs: readBuildImageInputs,
            variables: { username: 'registry-user', password: 'registry-token', target: undefined },
            main: (inputs, step) => (inputs.command === 'build' ? build(inputs, step) : promote(inputs, step)),
            transaction: {
                mutates: ({ command, dryRun }) => command === 'promote' && !dryRun,
                startsAfterFailure: () => false,
                service: ({ service }) => service,
                undo: (saved, step, until) => undoTags(saved, (image, signal) => openRepository(image, loginFromInputs(), { writes: true, step, signal, attempts: 8 }), until),
                confirmers: confirmers,
                close: async (step) => removePrivate(privateFolder(step.journal.folder, step.id)),
            },
        };
        function loginFromInputs() {
            const [username, password] = [(0, inputs.A)('username').trim(), (0, inputs.A)('password').trim()];
            return password === '' ? undefined : { username, password };
        }
    }),
    319: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(74);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(652);
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.e)(_action_js__WEBPACK_IMPORTED_MODULE_0__._);
                __webpack_async_result__();
            }
            catch (e) {
                __webpack_async_result__(e);
            }
        }, 1);
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
    671: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Rm: () => (log),
            Vz: () => (lineLog)
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
    74: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
var __webpack_exports__ = __nccwpck_require__(319);
__webpack_exports__ = await __webpack_exports__;
