import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    7163: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const debug = __nccwpck_require__(1159);
        const { MAX_LENGTH, MAX_SAFE_INTEGER } = __nccwpck_require__(5101);
        const { safeRe: re, t } = __nccwpck_require__(5471);
        const parseOptions = __nccwpck_require__(356);
        const { compareIdentifiers } = __nccwpck_require__(3348);
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
    8469: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const SemVer = __nccwpck_require__(7163);
        const compare = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
        module.exports = compare;
    }),
    6353: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const SemVer = __nccwpck_require__(7163);
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
    5101: ((module) => {
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
    1159: ((module) => {
        const debug = (typeof process === 'object' &&
            process.env &&
            process.env.NODE_DEBUG &&
            /\bsemver\b/i.test(process.env.NODE_DEBUG)) ? (...args) => console.error('SEMVER', ...args)
            : () => { };
        module.exports = debug;
    }),
    3348: ((module) => {
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
    5471: ((module, exports, __nccwpck_require__) => {
        const { MAX_SAFE_COMPONENT_LENGTH, MAX_SAFE_BUILD_LENGTH, MAX_LENGTH, } = __nccwpck_require__(5101);
        const debug = __nccwpck_require__(1159);
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
    8129: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            E: () => (deploySsh)
        });
        ;
        const confirmers = {
            async ssh(step) {
                const { postConfirmer } = await Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 8008));
                return postConfirmer(step);
            },
        };
        var src_inputs = __nccwpck_require__(3674);
        ;
        const transaction = () => Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 7919));
        const deploySsh = {
            name: 'deploy-ssh',
            inputs: src_inputs.Jj,
            variables: { image: undefined },
            main: async (inputs, step) => (await transaction()).main(inputs, step),
            transaction: {
                mutates: (inputs) => !inputs.dryRun && (0, src_inputs.MU)(inputs),
                startsAfterFailure: ({ command }) => command === 'rollback',
                service: ({ release }) => release.service,
                undo: async (saved, step, until) => (await transaction()).undo(saved, step, until),
                confirmers: confirmers,
                close: async (step) => (await transaction()).close(step),
            },
        };
    }),
    6755: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            AM: () => (readImage),
            Fv: () => (registryOf),
            _5: () => (readRegistry)
        });
        function isImage(text) {
            const part = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*';
            return new RegExp(`^(?:[a-z0-9.-]+(?::\\d+)?/)?${part}(?:/${part})*@sha256:[0-9a-f]{64}$`).test(text);
        }
        function registryOf(image) {
            const [first = '', ...rest] = image.split('/');
            return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : '';
        }
        function readImage(read, needed, compose) {
            const image = read.text('image', needed ? { required: 'the image to release, NAME@sha256:…' } : {});
            if (image !== '' && !compose)
                read.issue('image', 'is given, and restart is not compose', 'Give restart: compose:FOLDER, or leave it out.');
            else if (image !== '' && !isImage(image))
                read.issue('image', `is "${image}", which is no image by its digest`, 'Give NAME@sha256:<64 hex>, the output ref of build-image: a tag may mean something else on each host.');
            return image;
        }
        function readRegistry(read, compose) {
            const user = read.text('registry-user');
            const token = read.secret('registry-token');
            if (!compose) {
                const given = token !== '' ? 'registry-token' : user !== '' ? 'registry-user' : undefined;
                if (given)
                    read.unneeded(given, 'is given, and restart is not compose', 'Leave registry-user and registry-token out.');
                return { user: '', token: '' };
            }
            if ((user === '') !== (token === ''))
                read.issue(user === '' ? 'registry-user' : 'registry-token', 'is missing, and its counterpart is given', 'Give both, or none where the host itself may pull.');
            if (/\s/.test(user))
                read.issue('registry-user', `is "${user}"`, 'Give a name without spaces.');
            return { user, token };
        }
    }),
    3674: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            MU: () => (isRelease),
            Jj: () => (readDeployInputs),
            $J: () => (unitsOf)
        });
        var external_node_fs_ = __nccwpck_require__(3024);
        var external_node_path_ = __nccwpck_require__(6760);
        var src_release = __nccwpck_require__(5776);
        var shell_quote = __nccwpck_require__(6591);
        var control_character = __nccwpck_require__(9402);
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
            const control = words.map(control_character.A).find(Boolean);
            if (control)
                read.issue(name, `has ${control} inside a word`, 'Put several lines into a script.');
            if (words.length === 0)
                read.issue(name, 'names no program', `Give ${before}PROGRAM ARGUMENT….`);
            return words;
        }
        var client = __nccwpck_require__(1049);
        var target = __nccwpck_require__(7143);
        var src_servers = __nccwpck_require__(6072);
        var src_slots = __nccwpck_require__(3853);
        var credentials = __nccwpck_require__(3530);
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
        ;
        function isUnitName(text) {
            return /^[A-Za-z0-9_@.:\\][A-Za-z0-9_@.:\\-]*$/.test(text);
        }
        var src_image = __nccwpck_require__(6755);
        var tar = __nccwpck_require__(3133);
        ;
        const commands = ['deploy', 'preflight', 'rollback', 'status'];
        const firstReleases = ['refuse', 'replace'];
        const untilOptions = ['switch', 'gate'];
        const slotMark = '{slot}';
        const hostMark = '{host}';
        const commandPrefix = 'command:';
        function isRelease({ command }) {
            return command === 'deploy' || command === 'rollback';
        }
        function readDeployInputs(read) {
            const command = read.choice('command', { default: 'deploy', of: commands });
            const release = (0, src_release.$E)(read);
            const hosts = (0, target.kZ)(read);
            const servers = (0, src_servers.lf)(read, hosts);
            const slots = servers?.ports ?? (0, src_slots.wI)(read);
            const restart = readRestart(read, release, slots);
            const compose = restart.kind === 'compose';
            const until = readUntil(read, slots);
            const undo = read.boolean('undo', { default: true });
            if (until === 'gate' && !undo)
                read.issue('undo', 'is false, and a shadow release (until: gate) is always undone', 'Leave one of them out.');
            return {
                command,
                dryRun: read.boolean('dry-run', { default: false }),
                undo,
                release: command === 'rollback' ? { ...release, version: read.text('version', { default: 'previous' }) } : release,
                github: (0, client.B)(read),
                hosts,
                credentials: (0, credentials.L1)(read, [...hosts, ...(servers?.proxies ?? [])]),
                source: readSource(read, command, compose),
                image: (0, src_image.AM)(read, compose && command === 'deploy', compose),
                registry: (0, src_image._5)(read, compose),
                path: readHostFolder(read, 'path', {
                    default: servicePath(release),
                    remedy: 'Give an absolute folder of its own, two levels deep or more: /srv/acme-api/qa.',
                }),
                shared: readShared(read, compose),
                slots,
                servers,
                firstRelease: read.choice('first-release', { default: 'refuse', of: firstReleases }),
                until,
                restart,
                check: readCheck(read, slots, servers),
                stop: readStop(read, slots, restart),
                activate: readHook(read, 'activate', slots),
                deactivate: readHook(read, 'deactivate', slots),
                checkTimeout: read.seconds('check-timeout', { default: '60s', min: 1, max: 1800 }),
                confirmTimeout: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
                lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 0, max: 21_600 }),
                deadline: read.seconds('deadline', { default: '15m', min: 10, max: 21_600 }),
                keepReleases: read.integer('keep-releases', { default: 5, min: 2, max: 100 }),
            };
        }
        function readSource(read, command, compose) {
            const needed = command === 'deploy' && !compose ? { required: 'the folder or the tar to release' } : {};
            const given = read.text('source', needed);
            if (given !== '' && compose) {
                read.issue('source', 'is given, and with Compose an image is released', 'Leave it out; give image.');
                return '';
            }
            if (given === '' || !(command === 'deploy' || command === 'preflight'))
                return '';
            const source = (0, external_node_path_.resolve)(process.env.GITHUB_WORKSPACE ?? '.', given);
            const problem = sourceIssue(source);
            if (problem)
                read.issue('source', `"${given}" ${problem}`, 'Give a folder with files in it, or a tar, as the build left it.');
            return source;
        }
        function sourceIssue(source) {
            if (!(0, external_node_fs_.existsSync)(source))
                return 'is not there';
            const stat = (0, external_node_fs_.statSync)(source);
            if (stat.isDirectory())
                return (0, external_node_fs_.readdirSync)(source).length === 0 ? 'is an empty folder' : undefined;
            if (!(0, tar.Y)(source))
                return 'is neither a folder nor a tar';
            return stat.size === 0 ? 'is an empty file' : undefined;
        }
        function readShared(read, compose) {
            const shared = read.lines('shared').map((path) => path.replace(/\/+$/, ''));
            if (shared.length > 0 && compose) {
                read.unneeded('shared', 'is given, and with Compose no folder is released', 'Leave it out: use volumes.');
                return [];
            }
            for (const path of shared) {
                const parts = path.split('/');
                if (parts.includes('..') || parts.includes('.') || !/^[A-Za-z0-9_@.+-]+(\/[A-Za-z0-9_@.+-]+)*$/.test(path))
                    read.issue('shared', `"${path}" is no path below the release`, 'Give relative paths such as uploads or var/data.');
            }
            return shared;
        }
        function readUntil(read, slots) {
            const until = read.choice('until', { default: 'switch', of: untilOptions });
            if (until === 'gate' && slots.length === 0)
                read.issue('until', 'is gate, and there are no slots', 'Give slots; without them every release has the traffic.');
            return until;
        }
        function checkSlotMark(read, name, text, slots) {
            if (slots.length > 0 && !text.includes(slotMark))
                read.issue(name, `is "${text}", the same for both slots`, `Write ${slotMark} where the port belongs.`);
            if (slots.length === 0 && text.includes(slotMark))
                read.issue(name, `is "${text}", and there are no slots`, 'Give slots: 5006 5016.');
        }
        function readStop(read, slots, restart) {
            const needed = slots.length > 0 && restart.kind === 'command';
            if (!needed) {
                if (read.text('stop') !== '')
                    read.unneeded('stop', 'is given and not needed', 'Leave it out: it is for slots that a command restarts.');
                return [];
            }
            const words = readHook(read, 'stop', slots);
            if (words.length === 0)
                read.issue('stop', 'is missing', `Give command:PROGRAM … ${slotMark}: it stops what restart starts.`);
            return words;
        }
        function readHook(read, name, slots) {
            const text = read.text(name);
            if (text === '')
                return [];
            if (slots.length === 0) {
                read.unneeded(name, 'is given, and there are no slots', 'Give slots, or leave it out.');
                return [];
            }
            checkSlotMark(read, name, text, slots);
            if (text.startsWith(commandPrefix))
                return readCommandLine(read, name, text.slice(commandPrefix.length), commandPrefix);
            read.issue(name, `is "${text}"`, 'Give command:PROGRAM ARGUMENT….');
            return [];
        }
        function unitsOf({ restart, slots }) {
            if (restart.kind !== 'systemd')
                return [];
            return slots.length === 0 ? [restart.unit] : slots.map((slot) => restart.unit.replaceAll(slotMark, slot));
        }
        function readRestart(read, release, slots) {
            const unit = `${release.service}-${release.environment}${slots.length > 0 ? `@${slotMark}` : ''}`;
            const text = read.text('restart', { default: `systemd:${unit}` });
            if (text === 'none' && slots.length > 0)
                read.issue('restart', 'is none, and a slot has to be started', 'Give systemd:UNIT@{slot}, or command:….');
            if (text === 'none')
                return { kind: 'none' };
            if (text.startsWith('compose:'))
                return { kind: 'compose', folder: readComposeFolder(read, text) };
            checkSlotMark(read, 'restart', text, slots);
            const [, kind, rest = ''] = /^(systemd|command):(.*)$/s.exec(text) ?? [];
            if (kind === 'systemd') {
                if (!isUnitName(rest.replaceAll(slotMark, '0')))
                    read.issue('restart', `names the unit "${rest}"`, 'Give systemd:UNIT.');
                return { kind, unit: rest };
            }
            if (kind === 'command')
                return { kind, words: readCommandLine(read, 'restart', rest, commandPrefix) };
            read.issue('restart', `is "${text}"`, 'Give systemd:UNIT, command:PROGRAM ARGUMENT…, compose:FOLDER, or none.');
            return { kind: 'none' };
        }
        function readComposeFolder(read, text) {
            const folder = text.slice('compose:'.length).replace(/\/+$/, '');
            if (!isHostFolder(folder))
                read.issue('restart', `names the folder "${folder}"`, 'Give compose:FOLDER, absolute and two levels deep or more, where the Compose file and its .env are.');
            return folder;
        }
        function readCheck(read, slots, servers) {
            const own = `http://${servers ? hostMark : 'localhost'}:${slotMark}/health/ready`;
            const text = read.text('check', { default: slots.length > 0 ? own : '' });
            if (text === '')
                return { kind: 'none' };
            checkSlotMark(read, 'check', text, slots);
            if (/^https?:\/\//.test(text)) {
                if (!URL.canParse((servers ? (0, src_servers.TY)(text, 'localhost') : text).replaceAll(slotMark, '1')) ||
                    /[\s'"\\]/.test(text))
                    read.issue('check', `"${text}" is no URL`, 'Give http://localhost:PORT/path.');
                return { kind: 'url', url: text };
            }
            if (text.startsWith(commandPrefix))
                return { kind: 'command', words: readCommandLine(read, 'check', text.slice(commandPrefix.length), commandPrefix) };
            read.issue('check', `is "${text}"`, 'Give a URL as the host sees it, or command:PROGRAM ARGUMENT….');
            return { kind: 'none' };
        }
    }),
    6777: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4590);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8129);
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.e)(_action_js__WEBPACK_IMPORTED_MODULE_0__.E);
                __webpack_async_result__();
            }
            catch (e) {
                __webpack_async_result__(e);
            }
        }, 1);
    }),
    3133: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Y: () => (isTar),
            l: () => (unpack)
        });
        var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
        var node_fs__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8700);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4878);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9095);
        function isTar(name) {
            return /\.(tar|tgz|tar\.(gz|xz|zst|bz2))$/.test(name);
        }
        async function unpack(tar, folder, signal) {
            (0, node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder, { recursive: true, mode: 0o755 });
            const { status, errors } = await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.B)('tar', ['-x', '-f', tar, '-C', folder, '--no-same-owner'], {
                env: (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_2__.Qc)(),
                signal,
                keptCharacters: 2000,
            });
            if (status !== 0) {
                const why = errors.trim().split('\n').at(-1);
                throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_3__.HR('source-unreadable', `source ${tar} cannot be unpacked: ${why}`, 'check that the build wrote the whole file.');
            }
            if ((0, node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder).length === 0)
                throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_3__.HR('source-unreadable', `source ${tar} is empty.`);
            return folder;
        }
    }),
    7919: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.r(__webpack_exports__);
        __nccwpck_require__.d(__webpack_exports__, {
            close: () => (transaction_close),
            main: () => (transaction_main),
            undo: () => (undo)
        });
        var confirmer = __nccwpck_require__(3911);
        var failure = __nccwpck_require__(9095);
        var clock = __nccwpck_require__(5563);
        var connection = __nccwpck_require__(674);
        var host_script = __nccwpck_require__(5684);
        var local = __nccwpck_require__(2483);
        var run_command = __nccwpck_require__(1947);
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
        async function onAllHosts(hosts, task, signal) {
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
            return onAllHosts(hosts, async (host) => {
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
        var summary = __nccwpck_require__(6813);
        var release = __nccwpck_require__(5776);
        var identity = __nccwpck_require__(2971);
        var client = __nccwpck_require__(1049);
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
        ;
        const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
        var host_commands = __nccwpck_require__(8847);
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
                if (!(seen instanceof failure.HR) && (0, external_node_util_namespaceObject.isDeepStrictEqual)(how.compared(before), how.compared(seen)))
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
        var places = __nccwpck_require__(1194);
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
            const slots = (0, places.ek)(servers);
            const answers = await onAllHosts(connections, (connection) => askProxy(connection, script, { ...question, slots }, signal), signal);
            return { proxies: servers.proxies.map(({ name }) => name), words: wordsFor(servers, answers) };
        }
        function wordsFor(servers, answers) {
            const silent = answers.filter(({ known }) => known === 'no');
            if (silent.length > 0)
                throw new failure.HR('active-unknown', silent.map(({ host, why }) => `${host}: it is not known where traffic goes: ${why}`).join('\n'), 'fix the proxy on that host. Belay changes no slot until it knows which one receives traffic.');
            const fresh = answers.filter(({ known }) => known === 'none');
            if (fresh.length === answers.length)
                return new Map(servers.hosts.map(({ name }) => [name, 'new']));
            if (fresh.length > 0)
                throw new failure.HR('active-unknown', fresh.map(({ host }) => `${host}: Belay never moved traffic on this proxy, and it did on others.`).join('\n'), 'run blue-green-switch alone for the version that is live: it compares all proxies, moves nothing, and notes this one.');
            return new Map(servers.hosts.map(({ name }, index) => [name, wordFrom(servers, index, answers)]));
        }
        function wordFrom({ addresses, ports }, index, answers) {
            const address = addresses[index] ?? '';
            const missing = answers.find((answer) => portsWithTraffic(address, ports, [answer]).length === 0);
            if (missing)
                throw new failure.HR('server-missing', `${missing.host} sends traffic to neither ${ports.map((port) => `${address}:${port}`).join(' nor ')}.`, 'add that server to the proxy, with the slot that serves now, then run the job again.');
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
            const open = pendingSteps(step, service).flatMap(pendingTargets).filter(isOnHost).map(leaseOf).at(-1);
            if (open?.shadow)
                throw new Failure('shadow-release', `An earlier step of this job released ${service} as a shadow (until: gate): no traffic goes there.`, 'remove the switch from this job, or `until: gate` from the release.');
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
        ;
        async function recordCompatibilityLimit(connection, base, limit) {
            const [migration, oldest] = [oneWord(limit.migration), oneWord(limit.oldestCompatible)];
            await runCommand(connection, sharedScript, 'contract', { base, migration, oldest }, { timeoutMs: 20_000 });
        }
        async function removeCompatibilityLimit(connection, base, migration, seconds = 5) {
            const wait = Math.max(1, Math.floor(seconds));
            const values = { base, migration: oneWord(migration), wait };
            await runCommand(connection, sharedScript, 'forget', values, { timeoutMs: (wait + 15) * 1000 });
        }
        function removeLimitsCommand(base, migrations) {
            const literal = (name) => oneWord(name).replaceAll(/[.*[\]^$/\\]/g, '\\$&');
            const lines = migrations.map((name) => ` -e ${quote(`/^${literal(name)} /d`)}`);
            return `sed -i${lines.join('')} ${quote(`${base}/.belay/contracts`)}`;
        }
        function migrationList(migrations) {
            return migrations.map(oneWord).join(' ');
        }
        function oneWord(name) {
            return name.trim().replaceAll(/\s+/g, '_');
        }
        var compare = __nccwpck_require__(8469);
        var compare_default = __nccwpck_require__.n(compare);
        var parse = __nccwpck_require__(6353);
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
        function recheckAdmission({ live, until }, content, observed, now) {
            const others = observed.filter(({ sha }) => sha !== '' && sha !== content.sha && sha !== live?.sha);
            const newer = others.find(({ version }) => isNewer(version, content.version));
            if (newer)
                return { is: 'superseded', by: nameOf(newer) };
            const [other] = others;
            const isGone = live !== undefined && live.sha !== content.sha && !observed.some(({ sha }) => sha === live.sha);
            if (other && isGone)
                return outdatedAdmission(content.version, live, other);
            const serves = observed.every(({ sha }) => sha === content.sha);
            if (until !== undefined && now >= new Date(until) && !serves)
                return closedWindow(until);
            return { is: 'go' };
        }
        function isNewer(version, than) {
            const [a, b] = [parseSemver(version), parseSemver(than)];
            return a !== undefined && b !== undefined && compareSemver(a, b) > 0;
        }
        function nameOf({ version, committed }) {
            return `${version} (${committed})`;
        }
        function outdatedAdmission(version, live, other) {
            return {
                is: 'refused',
                code: 'admission-outdated',
                why: `${version} was admitted against ${live.version}, but ${nameOf(other)} is now committed on ${other.host}. Nothing was changed on the hosts.`,
                remedy: `run the release again: the version is evaluated again. If that fails in the same way, GitHub has no deployment of ${other.version}: first start the workflow by hand with that version. That run changes nothing on the hosts and creates the deployment.`,
            };
        }
        function closedWindow(until) {
            return {
                is: 'refused',
                code: 'outside-window',
                why: `The release window closed at ${until.slice(0, 16)}Z, while this release waited for the lock. Nothing was changed on the hosts.`,
                remedy: 'wait for the next window, or give the reason why this release cannot wait in override-reason.',
            };
        }
        var external_node_fs_ = __nccwpck_require__(3024);
        var external_node_path_ = __nccwpck_require__(6760);
        var encode = __nccwpck_require__(960);
        ;
        async function inspectHost(connection, { release = encode.bc, needKib: need = 0, keepReleases = 0, ...what }, signal, script = host_script.d) {
            const values = { ...what, need, keepReleases, params: release };
            const answer = await (0, run_command.d)(connection, script, 'inspect', values, { timeoutMs: 60_000, signal });
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
        var src_inputs = __nccwpck_require__(3674);
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
        function logRemedy(inputs, states) {
            if (states.some(({ logTail }) => logTail.length > 0))
                return 'read the last lines of the service, above.';
            if (states.some(({ unreadableLogs }) => unreadableLogs.length > 0))
                return 'let the deploy user read the log of the service, as described above, or read it on the host.';
            const { restart, path } = inputs;
            switch (restart.kind) {
                case 'systemd':
                    return `read on the host why: systemctl status ${(0, src_inputs.$J)(inputs).join(' ')}`;
                case 'compose':
                    return `read the log of the containers on the host, in ${restart.folder}: docker compose logs`;
                case 'command':
                    return `read the log of what ${restart.words[0] ?? 'the command'} starts, on the host: Belay does not know where it is.`;
                case 'none':
                    return `read the log of what serves ${path}/current (such as nginx) on the host: with restart: none nothing is restarted.`;
            }
        }
        function describeUnreadableLog(description, unit, user) {
            const [kind, ...rest] = description.split(' ');
            const writer = unit || 'the service';
            if (kind === 'journal')
                return `${user} cannot read the journal, to which ${writer} writes. As root: usermod -a -G systemd-journal ${user}`;
            if (kind === 'nowhere')
                return (`${writer} writes to neither a file nor the journal: ` +
                    (unit ? 'check StandardOutput= of the unit' : `let it write to a file that ${user} can read`));
            return (`${user} cannot read ${rest.join(' ')}, to which ${writer} writes. As root, give that folder (mode 2750) and the file ` +
                `(mode 0640) to a group of ${user}; log rotation must keep that group (logrotate: create 0640)`);
        }
        ;
        const reservedKib = 32 * 1024;
        const neededTools = ['flock', 'rsync', 'readlink', 'sed', 'grep', 'cut', 'tr', 'df', 'tail', 'ln', 'mv', 'id'];
        function recoveryUnit({ release }) {
            return `belay-recover-${release.service}-${release.environment}.service`;
        }
        function sudoLines(inputs) {
            const verbs = ['restart', 'stop', 'reset-failed', ...(inputs.slots.length > 0 ? ['enable', 'disable'] : [])];
            return (0, src_inputs.$J)(inputs).flatMap((unit) => verbs.map((verb) => `systemctl ${verb} ${unit}`));
        }
        function preflightFindings(facts, inputs, kib, isReleased = () => false) {
            const { host } = facts;
            const findings = [];
            const add = (code, text) => findings.push({ host, code, text });
            const notice = (code, text) => findings.push({ host, code, text, notice: true });
            const compose = inputs.restart.kind === 'compose';
            const tools = neededTools.filter((tool) => !facts.tools.has(tool) && !(compose && tool === 'rsync'));
            if (tools.length > 0)
                add(tools.includes('rsync') ? 'rsync-missing' : 'tools-missing', `${tools.join(', ')} not installed`);
            if (inputs.check.kind === 'url' && !facts.tools.has('curl') && !facts.tools.has('wget'))
                add('tools-missing', 'neither curl nor wget is installed; the check URL needs one of them');
            for (const folder of facts.readOnly)
                add('path-not-writable', `${facts.user} cannot write to ${folder}`);
            const slots = inputs.slots.length > 0;
            if (slots && 'code' in facts.idle && facts.idle.code !== '' && facts.idle.code !== 'lock-held')
                add(facts.idle.code, facts.idle.why);
            if (facts.reported !== undefined)
                notice('login-differs', `the login ${facts.user} reports itself as "${facts.reported}" there: check that this login is still yours`);
            if (facts.incompatibility !== '')
                add('schema-ahead', facts.incompatibility);
            if (!slots && facts.current === 'other')
                add('current-not-a-link', `${inputs.path}/current is a folder or a file; move it away, Belay creates the link`);
            if (!slots && facts.current === 'link' && !isBelowReleases(facts.live, inputs.path))
                add('current-outside', `${inputs.path}/current points to ${facts.live}, outside releases/`);
            if (!hasRoom(facts, kib)) {
                const more = facts.prunableKib > 0 ? ` and ${facts.prunableKib} more without the releases beyond keep-releases` : '';
                add('disk-full', `${facts.freeKib} KiB are free${more}, ${kib + reservedKib} are needed (the files that differ from the previous release, and a reserve of ${reservedKib})`);
            }
            if (facts.freeInodes > 0 && facts.freeInodes < 1000)
                add('disk-full', `only ${facts.freeInodes} inodes are free`);
            for (const { code, text } of facts.missing)
                add(code, text);
            for (const doubt of facts.doubts)
                findings.push({ host, ...doubtFinding(doubt, facts, inputs, isReleased) });
            if (facts.systemd && (inputs.restart.kind === 'systemd' || compose)) {
                const { systemd } = facts;
                if (compose) {
                }
                else if (!facts.tools.has('systemctl'))
                    add('tools-missing', 'systemctl is not installed; restart: command:… does not need it');
                else if (systemd.unitLoad !== 'loaded')
                    add('unit-missing', `unit ${(0, src_inputs.$J)(inputs)[0]} is ${systemd.unitLoad || 'unknown'}: write its file; the script for root shows an example`);
                for (const line of deniedSudoLines(facts, systemd.sudo, sudoLines(inputs)))
                    findings.push({ host, ...sudoFinding(facts.user, line) });
                if (systemd.killsProcesses)
                    findings.push({ host, ...endsWithLoginFinding(facts.user) });
                if (systemd.recovery === 'none')
                    notice('no-recovery', `after a reboot before the confirm, the unconfirmed release serves until the next run: let root install ${recoveryUnit(inputs)}, ` +
                        `or give ${facts.user} the cron line "@reboot sh ${inputs.path}/.belay/deploy-ssh.sh recover restart"`);
            }
            return findings;
        }
        function doubtFinding({ code, text }, { committed, user }, inputs, isReleased) {
            const { firstRelease, command } = inputs;
            const notice = { notice: true };
            if (unitDoubts.has(code))
                return unitFinding(code, text, user, inputs, isReleased);
            if (code === 'first-release') {
                if (firstRelease === 'replace' || command === 'rollback')
                    return {
                        code,
                        text: `${text}, and no release was ever committed here: if this one fails, there is no release to restore`,
                        ...notice,
                    };
                return {
                    code,
                    text: `${text}, and no release was ever committed here: if this one fails, the service is stopped, and there is no release ` +
                        'to restore. Stop it first, or give first-release: replace',
                };
            }
            if (code === 'check-answered-by-other' && committed === '')
                return { code, text: `${text}. Stop it, or give another check` };
            return { code, text, ...notice };
        }
        const unitDoubts = new Set(['unit-not-reloaded', 'lines-unread', 'unit-unknown']);
        function unitFinding(code, text, user, inputs, isReleased) {
            const [port = '', ...rest] = text.split(' ');
            const unit = (0, src_inputs.$J)(inputs)[Math.max(0, inputs.slots.indexOf(port))] ?? 'the unit';
            const notice = { notice: true };
            if (code === 'unit-not-reloaded')
                return {
                    code,
                    text: `systemd has not read the newest file of ${unit}. As root: systemctl daemon-reload`,
                    ...notice,
                };
            if (code === 'lines-unread')
                return {
                    code,
                    text: describeUnreadableLog(rest.join(' '), (0, src_inputs.$J)(inputs).length > 0 ? unit : '', user),
                    ...notice,
                };
            const slotFolder = `${inputs.path}/${inputs.slots.includes(port) ? `slots/${port}` : 'current'}`;
            const program = rest.join(' ');
            if (isReleased(program))
                return {
                    code: 'unit-elsewhere',
                    text: `unit ${unit} runs ${program}, which the release has too, and not ${slotFolder}: set WorkingDirectory=${slotFolder}, and start ` +
                        `programs below it. If the unit does run the release, name the folder in it: Environment=APP_HOME=${slotFolder}`,
                };
            return {
                code,
                text: `nothing in ${unit} names ${slotFolder}: Belay cannot verify that it starts this release`,
                ...notice,
            };
        }
        function hasRoom({ freeKib, prunableKib }, kib) {
            return !(freeKib + prunableKib < kib + reservedKib);
        }
        function isBelowReleases(live, path) {
            return live.startsWith('releases/') || live.startsWith(`${path}/releases/`);
        }
        function noteLines(fleetFacts) {
            return fleetFacts.flatMap(({ host, notes }) => notes.map((text) => `${host}: releases ${text}`));
        }
        const notForRoot = new Set([
            ...['schema-ahead', 'no-idle-slot', 'active-unknown', 'first-release', 'check-answered-by-other', 'unit-elsewhere'],
            ...[
                'program-missing',
                'disk-full',
                'login-refused',
                'unreachable',
                'host-key-changed',
                'no-shell',
                'sessions-limited',
            ],
        ]);
        function assertReady(findings, { printed } = { printed: false }) {
            assertNoFindings(findings, 'The fleet is not ready; nothing was changed.', (codes) => {
                if ([...codes].every((code) => notForRoot.has(code)))
                    return 'change what each line names; the script for root does not do it.';
                return printed
                    ? 'read the script above, run it as root on each host that lacks something, and run this again.'
                    : 'run this action with `command: preflight`: it prints what root has to prepare.';
            });
        }
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
            'no-idle-slot': 'first move the traffic to one slot, with `command: switch` or `rollback` of blue-green-switch.',
            'active-unknown': 'fix the proxy on that host. Belay changes no slot until it knows which one receives traffic.',
            'upload-failed': 'run the job again; if it fails again, look below releases/ on that host for what stands in the way.',
            'no-such-release': 'release another image, or move that folder away.',
            'registry-refused': 'set registry-user and registry-token to an account that may pull this image.',
            'image-missing': 'check whether the build pushed it there, and whether the registry removed it.',
            'pull-failed': 'check that the host reaches the registry, then run the job again.',
            'compose-invalid': 'run `docker compose config` in that folder: it names the line that is wrong.',
            'compose-layout': 'check with `docker compose version` that it is Docker Compose, and not a substitute.',
            'variable-missing': 'read the README of deploy-ssh: each service of a release takes its image from one variable.',
        };
        ;
        const composePull = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "compose-pull.sh", 'utf8');
        const composePreflight = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "compose-preflight.sh", 'utf8');
        const slots = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "slots.sh", 'utf8');
        const slotWords = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "slot-words.sh", 'utf8');
        const fill = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "fill.sh", 'utf8');
        const swap = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "swap.sh", 'utf8');
        const delta = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "delta.sh", 'utf8');
        const script_release = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "release.sh", 'utf8');
        const preflight = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "preflight.sh", 'utf8');
        const script = (0, host_script.Y)('deploy-ssh', [...[slotScript, composePull, composePreflight], ...[slots, slotWords, fill, swap, delta, script_release, preflight]].join('\n'), { commands: protocol.yN.commands, remedies: remedies });
        ;
        function openProxies({ servers, credentials }, step, signal) {
            return openFleet(step.journal, step.id, servers?.proxies ?? [], credentials, signal);
        }
        async function hear({ inputs, proxies, signal }, recover = false) {
            const { servers, path: base } = inputs;
            return servers && hearProxies(proxies, script, servers, { base, id: '', recover }, signal);
        }
        var src_quote = __nccwpck_require__(1524);
        var servers = __nccwpck_require__(6072);
        ;
        function fleetOf(connections, inputs, id) {
            const { path: base, credentials, until } = inputs;
            return leaseFleet(connections, {
                base,
                id,
                change: 'release',
                knownHosts: credentials.knownHosts,
                ...(until === 'gate' && { shadow: true }),
            });
        }
        const noContent = { id: '', version: '', sha: '', manifest: '', schema: '' };
        function stateOf(content, inputs, host) {
            const { checkTimeout, slots, stop, activate, deactivate } = inputs;
            return (0, encode.hd)({
                release: content.id,
                version: content.version,
                sha: content.sha,
                manifest: content.manifest,
                schema: content.schema,
                ...restartState(inputs.restart),
                ...checkState(inputs.check, (0, servers._Q)(inputs.servers, host)),
                checkTimeout,
                slots,
                stop,
                activate,
                deactivate,
            });
        }
        function restartState(restart) {
            switch (restart.kind) {
                case 'systemd':
                    return { restartKind: 'systemd', restart: restart.unit };
                case 'command':
                    return { restartKind: 'command', restart: (0, src_quote.AD)(restart.words) };
                case 'compose':
                    return { restartKind: 'compose', restart: restart.folder };
                case 'none':
                    return { restartKind: 'none', restart: '' };
            }
        }
        function checkState(check, address) {
            const here = (text) => (address === undefined ? text : (0, servers.TY)(text, address));
            switch (check.kind) {
                case 'url':
                    return { checkKind: 'url', check: here(check.url) };
                case 'command':
                    return { checkKind: 'command', check: (0, src_quote.AD)(check.words.map(here)) };
                case 'none':
                    return { checkKind: 'none', check: '' };
            }
        }
        async function isHealthy(connection, base, state, traffic) {
            const answer = await (0, run_command.d)(connection, script, 'check', { base, params: state, traffic }, { timeoutMs: 30_000 });
            return answer.last('healthy')?.yes === true;
        }
        function changeSeconds(inputs) {
            const { checkTimeout, restart } = inputs;
            return checkTimeout + 180 + (restart.kind === 'compose' ? checkTimeout : 0);
        }
        ;
        const noRelease = { id: '', version: '' };
        class HostResults {
            #rows;
            #step;
            #began = (0, clock.m)();
            #content = noRelease;
            #hasFailed = false;
            #isRolledBack = false;
            constructor(step, hosts) {
                this.#step = step;
                this.#rows = new Map(hosts.map((host) => [
                    host,
                    { host, state: 'unchanged', phase: '', error: '', before: noRelease, after: noRelease, ms: 0 },
                ]));
                this.#write();
            }
            setBefore(observed) {
                for (const { host, committed: id, version } of observed) {
                    const release = id === '' ? noRelease : { id, version };
                    this.#update(host, { before: release, after: release });
                }
                this.#write();
            }
            setGoal(release) {
                this.#content = { id: release.id, version: release.version };
            }
            record(event) {
                if (event.event !== 'phase' || event.phase === 'undo' || this.#hasFailed)
                    return;
                for (const { host } of this.#of(event.host))
                    this.#update(host, { phase: event.phase });
            }
            setRolledBack(hosts, moves) {
                this.#isRolledBack = true;
                for (const host of hosts) {
                    const { from, to } = moves[host] ?? {};
                    this.#update(host, { state: 'rolled-back', before: results_nameOf(to), after: results_nameOf(from) });
                }
                this.#write();
            }
            setEnded({ result }, moved) {
                if (this.#isRolledBack)
                    return;
                for (const { host, before } of this.#of())
                    this.#update(host, { state: result, after: moved && isLive(result) ? this.#content : before });
                this.#write();
            }
            setFailed(error) {
                this.#hasFailed = true;
                const lines = (0, failure.bD)(error).split('\n');
                const of = ({ host }) => lines.find((line) => line.includes(`${host}: `) || line.includes(`${host} `));
                const named = this.#of().some((row) => of(row) !== undefined);
                for (const row of this.#of()) {
                    const line = named ? (of(row) ?? '') : (lines[0] ?? '');
                    this.#update(row.host, { error: line.replace(/^ *- /, '').replace(`${row.host}: `, '') });
                }
                this.#write();
            }
            setOutcomes(outcomes, nameOf) {
                for (const { host, before } of this.#of()) {
                    const outcome = outcomes.find(({ target }) => target === nameOf(host));
                    if (!outcome)
                        continue;
                    const known = outcome.result === 'rolled-back' || outcome.result === 'unchanged';
                    this.#update(host, {
                        state: outcome.result,
                        after: known ? before : outcome.result === 'committed' ? this.#content : noRelease,
                        ...(!known && outcome.result !== 'committed' && { error: outcome.detail }),
                    });
                }
                this.#write();
            }
            #of(host) {
                return [...this.#rows.values()].filter((row) => host === undefined || row.host === host);
            }
            #update(host, change) {
                const row = this.#rows.get(host);
                if (row)
                    this.#rows.set(host, { ...row, ...change, ms: Math.round(((0, clock.m)() - this.#began) * 1000) });
            }
            #write() {
                this.#step.output('hosts', JSON.stringify([...this.#rows.values()]));
            }
        }
        function results_nameOf(serving) {
            return serving?.release ? { id: serving.release, version: serving.version } : noRelease;
        }
        function isLive(result) {
            return result === 'pending' || result === 'committed';
        }
        const byJournal = new WeakMap();
        function resultsOf({ journal }) {
            return byJournal.get(journal);
        }
        async function withResults(step, hosts, fillsSlots, release) {
            const results = new HostResults(step, hosts);
            byJournal.set(step.journal, results);
            const record = (event) => {
                results.record(event);
                step.record(event);
            };
            try {
                const outcome = await release({ ...step, record });
                results.setEnded(outcome, !fillsSlots);
                return outcome;
            }
            catch (error) {
                results.setFailed(error);
                throw error;
            }
        }
        var external_node_crypto_ = __nccwpck_require__(7598);
        ;
        const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
        ;
        const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
        var src_tar = __nccwpck_require__(3133);
        ;
        async function openSource(source, temp, signal) {
            const tar = await tarOf(source);
            const folder = tar === undefined ? source : await (0, src_tar.l)(tar, (0, external_node_path_.join)(temp, 'source'), signal);
            return { folder, ...(await measure(folder)) };
        }
        function imageSource(image) {
            return { folder: '', kib: 0, files: 0, manifest: image, entries: [], rootMode: 0o755 };
        }
        function isReleasedFile(folder) {
            return (path) => {
                const parts = external_node_path_.posix.normalize(path).split('/').filter(Boolean);
                return folder !== '' && parts.some((_, index) => isFile((0, external_node_path_.join)(folder, ...parts.slice(index))));
            };
        }
        function isFile(path) {
            try {
                return (0, external_node_fs_.statSync)(path).isFile();
            }
            catch {
                return false;
            }
        }
        async function tarOf(source) {
            if (!(0, external_node_fs_.statSync)(source).isDirectory())
                return source;
            const [only, ...others] = await (0, promises_namespaceObject.readdir)(source);
            return only !== undefined && others.length === 0 && (0, src_tar.Y)(only) ? (0, external_node_path_.join)(source, only) : undefined;
        }
        async function measure(folder) {
            const found = (await entriesOf(folder))
                .map((entry) => ({ entry, path: (0, external_node_path_.join)(entry.parentPath, entry.name) }))
                .sort((a, b) => (a.path < b.path ? -1 : 1));
            const lines = [];
            const entries = [];
            let [bytes, files] = [0, 0];
            for (const [index, { entry, path }] of found.entries()) {
                if (index % 100 === 99)
                    await (0, external_node_timers_promises_namespaceObject.setImmediate)();
                const name = path.slice(folder.length + 1);
                if (entry.isDirectory()) {
                    lines.push(`folder\0${name}`);
                    entries.push({ path: name, kind: 'folder', digest: '', mode: (0, external_node_fs_.statSync)(path).mode, size: 0 });
                    continue;
                }
                files += 1;
                if (entry.isSymbolicLink()) {
                    const target = (0, external_node_fs_.readlinkSync)(path, 'buffer');
                    lines.push(`link\0${target.toString('latin1')}\0${name}`);
                    entries.push({ path: name, kind: 'link', digest: (0, external_node_crypto_.hash)('sha256', target), mode: 0o777, size: target.length });
                }
                else if (entry.isFile()) {
                    const { mode, size } = (0, external_node_fs_.statSync)(path);
                    bytes += Math.ceil(size / 4096) * 4096;
                    const sum = await digest(path, size);
                    lines.push(`${mode & 0o100 ? 'exec' : 'file'}\0${sum}\0${name}`);
                    entries.push({ path: name, kind: mode & 0o111 ? 'exec' : 'file', digest: sum, mode, size });
                }
                else
                    throw new failure.HR('source-unsupported', `source holds ${JSON.stringify(name)}, which is neither a file, a folder nor a link.`, 'remove it from the output of the build.');
            }
            return {
                kib: Math.ceil(bytes / 1024) + found.length,
                files,
                entries,
                rootMode: (0, external_node_fs_.statSync)(folder).mode,
                manifest: (0, external_node_crypto_.hash)('sha256', lines.join('\0\0')),
            };
        }
        async function entriesOf(folder) {
            const isOdd = (name) => name.includes('\ufffd');
            const fail = (name) => {
                throw new failure.HR('source-unsupported', `source holds a name that is not UTF-8: ${JSON.stringify(name)}.`, 'rename that file or folder, or remove it from the output of the build.');
            };
            const entries = await (0, promises_namespaceObject.readdir)(folder, { recursive: true, withFileTypes: true }).catch((error) => {
                const { path = '' } = error;
                if (isOdd(path))
                    return fail(path);
                throw error;
            });
            const odd = entries.find(({ name }) => isOdd(name));
            return odd ? fail(odd.name) : entries;
        }
        const wholeBytes = 8 * 1024 * 1024;
        async function digest(path, size) {
            if (size <= wholeBytes)
                return (0, external_node_crypto_.hash)('sha256', (0, external_node_fs_.readFileSync)(path));
            const sum = (0, external_node_crypto_.createHash)('sha256');
            for await (const chunk of (0, external_node_fs_.createReadStream)(path, { highWaterMark: 1 << 20 }))
                sum.update(chunk);
            return sum.digest('hex');
        }
        var job = __nccwpck_require__(4878);
        var bounded = __nccwpck_require__(8700);
        var refused_session = __nccwpck_require__(9377);
        ;
        function rsyncArguments(connection, from, to, linkTo) {
            return [
                '--recursive',
                '--links',
                '--executability',
                '--chmod=Dgo+rx',
                '--checksum',
                '--compress',
                '--secluded-args',
                '--timeout=60',
                `--rsh=ssh -F "${(0, external_node_path_.join)(connection.folder, 'config')}"`,
                ...(linkTo === '' ? [] : [`--link-dest=${external_node_path_.posix.join(to, '..', linkTo)}`]),
                `${from}/`,
                `belay:${to}/`,
            ];
        }
        async function upload(connection, what, signal) {
            const { from, to, linkTo, namesFile } = what;
            const only = namesFile === undefined ? [] : [`--files-from=${namesFile}`, '--from0'];
            await rsync(connection, [...only, ...rsyncArguments(connection, from, to, linkTo)], signal);
        }
        async function uploadKib(connection, from, beside, signal) {
            const said = await rsync(connection, ['--dry-run', '--stats', ...rsyncArguments(connection, from, beside, '')], signal);
            const number = (words) => Number((words.exec(said)?.[1] ?? '').replaceAll(/\D/g, ''));
            const bytes = number(/^Total transferred file size: ([\d.,]+)/m);
            const blocks = number(/^Number of regular files transferred: ([\d.,]+)/m) + number(/\bdir: ([\d.,]+)/);
            return Math.ceil(bytes / 1024) + blocks * 4;
        }
        async function rsync(connection, args, signal) {
            try {
                const env = { ...(0, job.Qc)(), LC_ALL: 'C' };
                const { status, output, errors } = await (0, bounded.B)('rsync', args, { env, signal, keptCharacters: 4000 });
                if (status !== 0)
                    throw uploadFailure(connection.target.name, status, errors);
                return output;
            }
            catch (error) {
                if (error.code !== 'ENOENT')
                    throw error;
                throw new failure.HR('rsync-missing', 'rsync is not installed on the runner.', 'install rsync there.');
            }
        }
        const exitMeanings = {
            2: ['does not understand what the host sends', 'let no start-up file of the deploy user print anything.'],
            11: ['could not write a file on the host', 'check whether its disk is full or read-only.'],
            12: [
                'lost the rsync process of the host during the upload',
                'check whether something there ends processes (memory, a time limit), and that no start-up file of the deploy user prints anything.',
            ],
            23: [
                'could not send some files',
                'check that each file of source can be read on the runner, and that the deploy user may write to releases/ on the host.',
            ],
            24: [
                'missed files that disappeared from source during the upload',
                'let nothing write to source while this step runs.',
            ],
        };
        const ownLine = new RegExp([
            '^(rsync|protocol version mismatch|file has vanished|ssh|client_loop|packet_write_wait|Timeout, server)\\b',
            '^(Connection (closed|reset|to \\S+ (closed|timed))|Read from remote host|kex_exchange_identification)\\b',
            '^(\\[(sender|receiver|generator)|Host key verification failed|\\S+: Permission denied \\()',
            '^ERROR: .* failed verification|\\brsync: |No such file or directory.*rsync',
        ].join('|'));
        function uploadFailure(host, status, allErrors) {
            const refused = (0, refused_session.V)(host, allErrors);
            if (refused)
                return refused;
            const said = allErrors.split('\n').filter((line) => ownLine.test(line));
            const errors = said.join('\n');
            const why = said.find((line) => /^ERROR: |rsync(:| error:)/.test(line)) ?? said[0] ?? 'no message';
            if (/No space left|Disk quota exceeded/i.test(errors))
                return new failure.HR('disk-full', `${host}: the disk filled up during the upload.`, 'free some room there.');
            if (status === 127 || /rsync: (command )?not found|No such file or directory.*rsync/i.test(errors))
                return new failure.HR('rsync-missing', `${host}: rsync is not installed there.`, 'install rsync on the host.');
            const isBroken = /connection (unexpectedly )?closed|broken pipe|timeout/i.test(errors);
            if (status === 255 || status === 30 || status === 35 || (status === 12 && isBroken))
                return new failure.HR('unreachable', `${host}: the connection broke during the upload (rsync ${status}: ${why}).`, 'check whether the host is up.');
            const [meaning, remedy] = exitMeanings[status ?? 0] ?? ['failed', 'read rsync(1), EXIT VALUES.'];
            return new failure.HR('upload-failed', `${host}: rsync ${meaning} (exit status ${status}: ${why}).`, remedy);
        }
        ;
        function undoStateOf({ inputs, fleet }, how) {
            const leases = fleet.map((host) => host.lease);
            const slots = inputs.slots.length > 0 && { fillsSlots: true };
            return { service: inputs.release.service, leases, ...how, ...slots, nothingDetail: nothingDetail(inputs) };
        }
        function nothingDetail({ restart }) {
            switch (restart.kind) {
                case 'systemd':
                    return `no earlier release to restore; ${restart.unit} is stopped`;
                case 'command':
                    return 'no earlier release to restore; the restart command was run with an empty BELAY_RELEASE, and its effect is not known';
                case 'none':
                    return 'no earlier release to restore';
                case 'compose':
                    return 'restored what ran there before the first release';
            }
        }
        function inspectOptionsOf(inputs, content, host, heard, kib = 0) {
            const [unit = inputs.restart.kind === 'compose' ? 'docker.service' : ''] = (0, src_inputs.$J)(inputs);
            const room = { needKib: kib + reservedKib, keepReleases: inputs.keepReleases };
            const traffic = heard && { traffic: heard.words.get(host), proxies: heard.proxies };
            const release = stateOf(content, inputs, host);
            return { base: inputs.path, unit, recovery: recoveryUnit(inputs), release, ...room, ...traffic };
        }
        async function inspectHosts(connections, { inputs, content, signal }, { folder, kib }, heard) {
            const fleetFacts = await onAllHosts(connections, (connection) => {
                const options = inspectOptionsOf(inputs, content, connection.target.name, heard, kib);
                return inspectHost(connection, options, signal, script);
            }, signal);
            return onAllHosts(connections.map((connection, index) => ({ connection, facts: fleetFacts[index] })), async ({ connection, facts }) => {
                const hasCommitted = facts.releases.some(({ id, exists }) => exists && id === facts.committed);
                if (hasRoom(facts, kib) || !hasCommitted || folder === '')
                    return { facts, kib };
                const committed = `${inputs.path}/releases/${facts.committed}`;
                return { facts, kib: await uploadKib(connection, folder, committed, signal) };
            }, signal);
        }
        async function context_preflight(context, source) {
            const { step, inputs, fleet } = context;
            step.record({ event: 'phase', phase: 'preflight' });
            const connections = fleet.map(({ connection }) => connection);
            const inspections = await inspectHosts(connections, context, source, await hear(context));
            const fleetFacts = inspections.map(({ facts }) => facts);
            resultsOf(step)?.setBefore(fleetFacts);
            const findings = inspections.flatMap(({ facts, kib }) => preflightFindings(facts, inputs, kib, isReleasedFile(source.folder)));
            warnOfNotices(step, findings.filter(({ code }) => code !== 'lines-unread'));
            reportUnreadableLogs(step, findings);
            assertReady(findings);
            for (const line of noteLines(fleetFacts))
                step.info(line);
            return fleetFacts;
        }
        function stepFolder(step) {
            const folder = (0, external_node_path_.join)(step.journal.folder, step.id);
            (0, external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
            return folder;
        }
        function reportUnreadableLogs(step, findings) {
            const lines = findings.filter(({ code }) => code === 'lines-unread').map(({ host, text }) => `  ${host}: ${text}`);
            if (lines.length > 0)
                step.info(['If this release fails, the last log lines of the service cannot be shown:', ...new Set(lines)].join('\n'));
        }
        function announce({ step, inputs, content, fleet }, plan, observed) {
            for (const warning of plan.warnings)
                step.warn(warning);
            for (const line of plan.lines)
                step.info(line);
            step.output('previous-release', commonValue(observed.map(({ committed }) => committed)));
            resultsOf(step)?.setGoal(content);
            resultsOf(step)?.setBefore(observed);
            step.summary(`**deploy-ssh** ${inputs.release.service} ${inputs.release.environment} ${(0, summary.EO)(content.version)} on ${fleet.length} host(s)\n\n` +
                plan.lines.map((line) => `- ${(0, summary.EO)(line)}`).join('\n'));
        }
        ;
        const releaseStages = ['upload', 'prepare', 'switch'];
        const slotStages = ['upload', 'prepare', 'fill'];
        const imageStages = { switch: ['pull', 'switch'], fill: ['pull', 'fill'] };
        const boundaries = [
            'connect',
            'preflight',
            'lock',
            ...releaseStages,
            'swap',
            'restart',
            'check',
            'armed',
        ];
        const slotBoundaries = [
            ...['connect', 'preflight', 'lock'],
            ...slotStages,
            ...['link', 'restart', 'check', 'armed'],
        ];
        function planRelease(id, manifest, observed, slots = false, image = false) {
            const differed = new Set(observed.map(({ committed }) => committed)).size > 1;
            const warnings = [
                ...(differed ? [`The hosts differ at the start: ${observed.map(describeCommitted).join(', ')}.`] : []),
                ...observed
                    .filter(({ live, committed }) => live !== '' && !live.endsWith(`/${committed}`))
                    .map(({ host, live, committed }) => `${host}: ${slots ? 'traffic goes to' : 'current is'} ${live}, but ${committed || 'nothing'} was committed last.`),
            ];
            const noop = !differed && observed.every((host) => plan_isLive(host, manifest));
            return {
                noop,
                differed,
                warnings,
                stages: noop ? [] : image ? imageStages[slots ? 'fill' : 'switch'] : slots ? slotStages : releaseStages,
                lines: observed.map((host) => noop
                    ? `${host.host}: ${host.committed} is live, committed and healthy; nothing to do`
                    : planLine(id, host, slots)),
            };
        }
        function planLine(id, { host, committed, slot }, slots) {
            if (!slots)
                return `${host}: ${committed || 'nothing'} → ${id}`;
            return `${host}: ${id} → ${slot ? `slot ${slot}` : 'the idle slot'}; traffic stays with ${committed || 'the active slot'}`;
        }
        function isCandidate(host, manifest) {
            return host.manifest === manifest && host.committed !== '' && host.live === `releases/${host.committed}`;
        }
        function plan_isLive(host, manifest) {
            return isCandidate(host, manifest) && host.healthy;
        }
        function describeCommitted({ host, committed }) {
            return `${host} has ${committed || 'nothing'}`;
        }
        ;
        async function lockFleet(context) {
            const { step, inputs, fleet, content, signal } = context;
            step.save(undoStateOf(context, { armed: false, differed: false }));
            step.record({ event: 'phase', phase: 'lock' });
            const request = {
                script: script,
                purpose: `${inputs.release.service} ${inputs.release.environment}`,
                keepReleases: inputs.keepReleases,
                state: (host) => stateOf(content, inputs, host),
                timeoutSeconds: inputs.lockTimeout,
                leftovers: 'it',
                logFolder: '.belay',
            };
            const { seen: heard, taken: replies } = await lockUnmoved({
                hosts: fleet,
                see: (locked) => hear(context, locked),
                compared: (heard) => heard?.words,
                lock: (heard) => lockHosts(step, fleet, { ...request, heard }, signal),
                timeoutSeconds: inputs.lockTimeout,
                signal,
            });
            return onAllHosts(fleet.map((host, index) => ({ host, reply: replies[index] })), ({ host, reply }) => observeHost(context, host, reply, heard), signal);
        }
        async function observeHost({ inputs, content }, { connection, lease: { host } }, reply, heard) {
            const check = () => isHealthy(connection, inputs.path, stateOf(content, inputs, host), heard?.words.get(host));
            return { ...reply, host, healthy: isCandidate(reply, content.manifest) && (await check()) };
        }
        var src_image = __nccwpck_require__(6755);
        ;
        const pullMs = 35 * 60_000;
        async function pullFleet({ step, inputs, fleet, signal, content }) {
            await onAllHosts(fleet, ({ connection, lease }) => {
                step.record({ event: 'phase', phase: 'pull', host: lease.host });
                return pull(connection, lease, inputs.registry, content.manifest, signal);
            }, signal);
        }
        async function pull(connection, { base, id }, { user, token }, image, signal) {
            const values = { base, id, registry: (0, src_image.Fv)(image), registryUser: user, registryToken: token };
            await (0, run_command.d)(connection, script, 'pull', values, { timeoutMs: pullMs, signal });
        }
        var external_node_os_ = __nccwpck_require__(8161);
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
            return onAllHosts(fleet, ({ connection, lease }) => (0, host_commands.SN)(connection, lease, {
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
        var serving = __nccwpck_require__(1501);
        ;
        function armedTargetsOf(saved) {
            return (0, confirmer.ud)(saved, undoSpec(saved).target);
        }
        function targetName(service, host, fillsSlots) {
            return fillsSlots ? `${service} slot on ${host}` : `${service} on ${host}`;
        }
        function undoSpec(saved) {
            const { service, fillsSlots } = saved;
            return {
                target: (host) => targetName(service, host, fillsSlots === true),
                untouchedDetail: 'nothing was changed there',
                restoredDetail: (had) => (fillsSlots ? 'its slot is idle again' : restoredDetail(had, saved.nothingDetail)),
                autoReverts: 'it rolls back on its own when its confirm timeout expires',
                script: script,
            };
        }
        function restoredDetail(had, nothing = 'no earlier release to restore: none was committed before') {
            if (had === undefined)
                return 'the release that was committed before is restored';
            return had.release === '' ? nothing : `${(0, serving.a)(had)} serves again`;
        }
        async function undoRelease(saved, key, until, onPhase) {
            return undoFleet(saved, undoSpec(saved), key, until, onPhase);
        }
        ;
        async function switchFleet(context, observed, differed) {
            const { step, inputs, fleet, signal } = context;
            const saved = {
                ...undoStateOf(context, { armed: true, differed }),
                ...(inputs.slots.length === 0 && movesOf(context, observed)),
            };
            const request = {
                saved,
                undoSpec: undoSpec(saved),
                boundary: saved.fillsSlots ? 'fill' : 'switch',
                confirmTimeout: inputs.confirmTimeout,
                changeTimeout: changeSeconds(inputs),
                otherwise: `the hosts ${saved.fillsSlots ? 'stop the filled slot' : 'roll back'} on their own`,
                onPhase: (phase, host) => step.record({ event: 'phase', phase, host }),
            };
            const states = await armFleet(step, fleet, request, signal);
            for (const [index, state] of states.entries())
                reportLogTail(context, fleet[index], state);
            assertArmed(fleet, states, logRemedy(inputs, states));
            reportUnverified(step, fleet, states);
            step.record({ event: 'phase', phase: 'armed' });
        }
        function movesOf({ inputs, content }, observed) {
            const to = { version: content.version, release: content.id };
            const back = inputs.command === 'rollback' && { back: true };
            const moveOf = ({ version, committed }) => ({
                from: { version, release: committed },
                to,
                ...back,
            });
            return { moves: Object.fromEntries(observed.map((host) => [host.host, moveOf(host)])) };
        }
        async function confirmRelease(context) {
            const { step, inputs } = context;
            const saved = undoStateOf(context, { armed: true, differed: false });
            const remedy = 'run `command: status` to see what each host serves; then release or roll back again.';
            await confirmFleet(step, saved, undoSpec(saved), inputs.credentials, remedy);
        }
        function reportUnverified(step, fleet, states) {
            const lines = states.flatMap(({ unverified }, index) => unverified ? [`${fleet[index]?.lease.host}: ${unverified}.`] : []);
            if (lines.length === 0)
                return;
            const text = `Not verified: whether this release is what answers.\n${lines.join('\n')}`;
            step.warn(`${text}\nLet the answer of \`check\` name the commit (output sha), or add a health-gate that expects it.`);
            step.summary(`**deploy-ssh** ${text}`);
        }
        function reportLogTail({ step, inputs }, member, { logTail, unreadableLogs }) {
            const { host, user } = member?.lease ?? { host: '', user: '' };
            const units = (0, src_inputs.$J)(inputs).join(' or ');
            for (const line of unreadableLogs)
                step.info(`${host}: ${describeUnreadableLog(line, units, user || (0, external_node_os_.userInfo)().username)}`);
            if (logTail.length === 0)
                return;
            step.info([`The last lines of the service on ${host}:`, ...logTail.map((line) => `  ${line}`)].join('\n'));
        }
        var control_character = __nccwpck_require__(9402);
        ;
        function folderMode(mode) {
            return (mode & 0o777) | 0o055;
        }
        function contentList(entries, rootMode, shared) {
            const paths = new Map([['.', `folder ${folderMode(rootMode).toString(8)}`]]);
            const isHidden = (path) => shared.some((one) => path === one || path.startsWith(`${one}/`));
            for (const { path, kind, digest, mode } of entries)
                if (!isHidden(path))
                    paths.set(`./${path}`, `${kind} ${kind === 'folder' ? folderMode(mode).toString(8) : digest}`);
            for (const path of shared) {
                if (shared.some((other) => path.startsWith(`${other}/`)))
                    continue;
                paths.set(`./${path}`, 'shared -');
                for (const parent of parentsOf(path))
                    if (!paths.has(`./${parent}`))
                        paths.set(`./${parent}`, 'made -');
            }
            const lines = [...paths].map(([path, what]) => Buffer.from(`${path}\t${what}`));
            const text = lines.sort(Buffer.compare).map(String);
            const isOdd = [...paths.keys()].some((path) => path.includes('\t') || (0, control_character.A)(path));
            return isOdd ? '' : text.join('\n');
        }
        function parentsOf(path) {
            const parts = path.split('/').slice(0, -1);
            return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
        }
        ;
        const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
        ;
        const compress = (0, external_node_util_namespaceObject.promisify)(external_node_zlib_namespaceObject.gzip);
        const maxPackedBytes = 1024 * 1024;
        async function packEntries(folder, entries) {
            if (entries.some(({ kind }) => kind === 'folder'))
                return undefined;
            if (entries.reduce((sum, { size }) => sum + size + blockBytes, 0) > maxPackedBytes)
                return undefined;
            const blocks = [];
            for (const entry of entries) {
                const content = contentOf((0, external_node_path_.join)(folder, entry.path), entry);
                if (content === undefined || (0, external_node_crypto_.hash)('sha256', content) !== entry.digest)
                    return undefined;
                blocks.push(...tarEntry(entry, content));
            }
            const tar = Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
            return (await compress(tar, { level: 1 })).toString('base64');
        }
        function contentOf(path, { kind }) {
            try {
                return kind === 'link' ? (0, external_node_fs_.readlinkSync)(path, 'buffer') : (0, external_node_fs_.readFileSync)(path);
            }
            catch {
                return undefined;
            }
        }
        const blockBytes = 512;
        function tarEntry({ path, kind, mode }, content) {
            const name = Buffer.from(`./${path}`);
            const isLink = kind === 'link';
            const target = isLink ? content : Buffer.alloc(0);
            const data = isLink ? Buffer.alloc(0) : content;
            return [
                ...(name.length > 100 ? longText('L', name) : []),
                ...(target.length > 100 ? longText('K', target) : []),
                header(name, isLink ? 0o777 : mode & 0o777, data.length, isLink ? '2' : '0', target),
                ...padded(data),
            ];
        }
        function longText(type, text) {
            const data = Buffer.concat([text, Buffer.alloc(1)]);
            return [header(Buffer.from('././@LongLink'), 0o644, data.length, type, Buffer.alloc(0)), ...padded(data)];
        }
        function header(name, mode, size, type, target) {
            const block = Buffer.alloc(blockBytes);
            name.copy(block, 0, 0, Math.min(name.length, 100));
            const number = (value, at, length) => block.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
            number(mode, 100, 8);
            number(0, 108, 8);
            number(0, 116, 8);
            number(size, 124, 12);
            number(0, 136, 12);
            block.write(' '.repeat(8), 148, 'latin1');
            block.write(type, 156, 'latin1');
            target.copy(block, 157, 0, Math.min(target.length, 100));
            block.write('ustar  \0', 257, 'latin1');
            number(block.reduce((sum, byte) => sum + byte, 0), 148, 7);
            return block;
        }
        function padded(data) {
            const rest = data.length % blockBytes;
            return rest === 0 ? [data] : [data, Buffer.alloc(blockBytes - rest)];
        }
        ;
        function cargoOf(source, shared) {
            return { source, list: contentList(source.entries, source.rootMode, shared), packs: new Map() };
        }
        const timeoutMs = 60_000;
        const linkTimeoutMs = 3_600_000;
        const maxListLength = 8_000_000;
        async function transferTo(host, transfer) {
            const missing = await linkOnHost(host, transfer);
            if (missing !== undefined && (await send(host, transfer, missing)))
                return true;
            await compareAll(host, transfer);
            return false;
        }
        async function prepareOn(host, transfer, isLinked) {
            if (await prepare(host, transfer, isLinked))
                return;
            await compareAll(host, transfer);
            await prepare(host, transfer, false);
        }
        async function prepare({ connection, lease }, transfer, isLinked) {
            const { inputs, content, signal } = transfer.context;
            const values = {
                base: lease.base,
                id: lease.id,
                params: (0, encode.hd)({ release: content.id }),
                shared: inputs.shared.map((path) => `${path} ${'../'.repeat(path.split('/').length + 1)}`).join('\n'),
                linked: isLinked,
            };
            const reply = await (0, run_command.d)(connection, script, 'prepare', values, { timeoutMs, signal });
            return reply.last('prepared') !== false;
        }
        async function linkOnHost({ connection, lease }, { context: { content, signal }, cargo: { list } }) {
            if (list === '' || list.length > maxListLength)
                return undefined;
            const values = { base: lease.base, id: lease.id, params: (0, encode.hd)({ release: content.id }), list };
            const reply = await (0, run_command.d)(connection, script, 'link', values, { timeoutMs: linkTimeoutMs, signal });
            return reply.last('linked') ? reply.all('send') : undefined;
        }
        async function send({ connection, lease }, transfer, missing) {
            const { context, cargo, committed } = transfer;
            const { source, packs } = cargo;
            const { content, signal } = context;
            if (missing.length === 0)
                return true;
            const names = new Set(missing);
            const entries = source.entries.filter(({ path }) => names.has(path));
            if (entries.length !== names.size)
                return false;
            const key = missing.join('\0');
            const packing = packs.get(key) ?? packEntries(source.folder, entries);
            packs.set(key, packing);
            const data = await packing;
            if (data === undefined) {
                const file = (0, external_node_path_.join)(stepFolder(context.step), `missing-${lease.host.replaceAll('/', '_')}`);
                (0, external_node_fs_.writeFileSync)(file, missing.map((path) => `${path}\0`).join(''));
                const to = incomingOf(lease.base, content.id);
                await upload(connection, { from: source.folder, to, linkTo: committed, namesFile: file }, signal);
                return true;
            }
            const values = { base: lease.base, id: lease.id, params: (0, encode.hd)({ release: content.id }), data };
            const reply = await (0, run_command.d)(connection, script, 'unpack', values, { timeoutMs, signal });
            return reply.last('unpacked') ?? false;
        }
        async function compareAll({ connection, lease }, { context, cargo, committed }) {
            const to = incomingOf(lease.base, context.content.id);
            await upload(connection, { from: cargo.source.folder, to, linkTo: committed }, context.signal);
        }
        function incomingOf(base, id) {
            return `${base}/releases/.incoming-${id}`;
        }
        ;
        async function deploy(inputs, step) {
            const release = await joinReleaseOfVersion(step, inputs.release, inputs.github);
            step.output('release-id', release.id);
            step.output('sha', release.sha);
            assertReleasedOnce(inputs, step);
            const compose = inputs.restart.kind === 'compose';
            return withinDeadline(step.signal, inputs.deadline, async (signal) => {
                step.record({ event: 'phase', phase: 'connect' });
                const [source, [connections, proxies]] = await awaitBoth(compose ? imageSource(inputs.image) : openSource(inputs.source, stepFolder(step), signal), awaitBoth(openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal), openProxies(inputs, step, signal)));
                const content = { ...releaseContentOf(release), manifest: source.manifest, schema: builtMigrations(inputs, step) };
                const context = { step, inputs, fleet: fleetOf(connections, inputs, release.id), proxies, content, signal };
                const fleetFacts = await context_preflight(context, source);
                return inputs.dryRun ? dryRun(context, fleetFacts) : releaseFleet(context, source);
            });
        }
        async function awaitBoth(one, other) {
            await Promise.allSettled([one, other]);
            return Promise.all([one, other]);
        }
        async function dryRun(context, fleetFacts) {
            const { inputs, content, fleet, step } = context;
            const heard = await hear(context);
            const observed = await onAllHosts(fleet.map((host, index) => ({ host, facts: fleetFacts[index] })), ({ host, facts }) => {
                const { manifest = '', sha = '' } = facts.releases.findLast(({ id }) => id === facts.committed) ?? {};
                const committed = { committed: facts.committed, version: facts.version, sha, manifest };
                const slot = 'port' in facts.idle ? facts.idle.port : '';
                return observeHost(context, host, { ...committed, live: facts.live, slot, recovered: undefined }, heard);
            });
            const plan = planRelease(content.id, content.manifest, observed, inputs.slots.length > 0, inputs.image !== '');
            announce(context, plan, observed);
            if (!plan.noop)
                step.info(`It would ${plan.stages.join(', ')}, and wait ${inputs.confirmTimeout} s for the end of the job. Nothing was changed.`);
            return { result: 'unchanged' };
        }
        async function releaseFleet(context, source) {
            const { step, inputs, fleet, content } = context;
            const plan = await withLease(fleet, context.signal, async (signal) => {
                const leased = { ...context, signal };
                const observed = await lockFleet(leased);
                const by = assertStillAdmitted(context, observed);
                if (by !== undefined)
                    return { by };
                const plan = planRelease(content.id, content.manifest, observed, inputs.slots.length > 0, inputs.image !== '');
                announce(context, plan, observed);
                const committedOn = ({ lease }) => observed.find(({ host }) => host === lease.host)?.committed ?? '';
                const [cargo, linked] = [cargoOf(source, inputs.shared), new Set()];
                for (const stage of plan.stages)
                    if (stage === 'pull')
                        await pullFleet(leased);
                    else if (stage !== 'switch' && stage !== 'fill')
                        await onAllHosts(fleet, (host) => prepareHost({ context: leased, cargo, committed: committedOn(host) }, stage, host, linked), signal);
                return { ...plan, observed };
            });
            if ('by' in plan)
                return finishSuperseded(context, plan.by);
            if (plan.noop) {
                await releaseLocks(step, fleet);
                return { result: 'noop' };
            }
            await switchFleet(context, plan.observed, plan.differed);
            if (inputs.undo)
                return { result: 'pending' };
            await confirmRelease(context);
            return { result: 'committed' };
        }
        function assertStillAdmitted({ step, inputs, content }, observed) {
            const { service, environment } = inputs.release;
            const admission = step.journal
                .read()
                .admissions.findLast((one) => one.service === service && one.environment === environment && one.sha === content.sha);
            if (!admission)
                return undefined;
            const recheck = recheckAdmission(admission, content, observed, new Date());
            if (recheck.is === 'refused')
                throw new failure.HR(recheck.code, recheck.why, recheck.remedy);
            return recheck.is === 'superseded' ? recheck.by : undefined;
        }
        async function finishSuperseded({ step, inputs, fleet, content }, by) {
            const { service } = inputs.release;
            await releaseLocks(step, fleet);
            step.save();
            const detail = `${by} was committed while ${content.version} waited; nothing was changed on the hosts`;
            step.recordOutcomes(fleet.map(({ lease }) => ({ target: `${service} on ${lease.host}`, service, result: 'superseded', detail })));
            step.info(`Superseded: ${detail}.`);
            step.summary(`**deploy-ssh** ${service} ${(0, summary.EO)(`${content.version}: superseded. ${detail}`)}.`);
            const applied = step.journal.read().schemas.findLast((one) => one.service === service)?.applied ?? [];
            if (applied.length > 0)
                step.warn(`The migrations that this job applied to ${service} stay: ${applied.join(', ')}. ${by} is compatible with them if they are expand migrations.`);
            return { result: 'superseded' };
        }
        async function prepareHost(transfer, stage, host, linked) {
            transfer.context.step.record({ event: 'phase', phase: stage, host: host.lease.host });
            if (stage === 'prepare')
                await prepareOn(host, transfer, linked.has(host));
            else if (await transferTo(host, transfer))
                linked.add(host);
        }
        function assertReleasedOnce(inputs, step) {
            const { service } = inputs.release;
            const names = (host) => [false, true].map((slots) => targetName(service, host, slots));
            assertArmedOnce(step, inputs.hosts, names, {
                did: (host) => `released ${service} to ${host}`,
                verb: 'release',
            });
        }
        function builtMigrations({ release }, step) {
            const schema = step.journal.read().schemas.findLast(({ service }) => service === release.service);
            return migrationList(schema?.migrations ?? []);
        }
        function releaseContentOf(release) {
            return { id: release.id, version: release.version, sha: release.sha };
        }
        ;
        async function rollback(inputs, step) {
            const id = (0, identity.Bf)(new Date(), inputs.release.runSha, (0, release.Kv)(step));
            step.output('release-id', id);
            return withinDeadline(step.signal, inputs.deadline, async (signal) => {
                const undone = inputs.dryRun ? [] : await undoOwnSteps(inputs, step);
                if (undone.length > 0 && inputs.release.version === 'previous') {
                    const hosts = undone.flatMap(({ leases: lease }) => lease.map(({ host }) => host));
                    resultsOf(step)?.setRolledBack(hosts, Object.assign({}, ...undone.map(({ moves }) => moves)));
                    step.info('The earlier steps of this job were undone, which restored the previous release.');
                    return { result: 'noop' };
                }
                const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal);
                const proxies = await openProxies(inputs, step, signal);
                const fleet = fleetOf(connections, inputs, id);
                const context = { step, inputs, fleet, proxies, content: noContent, signal };
                return inputs.dryRun ? rollback_dryRun(context) : rollBackFleet(context);
            });
        }
        async function rollback_dryRun(context) {
            const { inputs, step } = context;
            const chosen = chooseRelease(inputs.release.version, await context_preflight(context, { folder: '', kib: 0 }));
            step.info(`It would roll back to ${chosen.id} (${chosen.version}).`);
            return { result: 'unchanged' };
        }
        async function rollBackFleet(unchosen) {
            const { inputs, step, fleet } = unchosen;
            const { context, observed } = await lockForRollback(unchosen);
            const { content } = context;
            const { service } = inputs.release;
            const { id, version, sha } = content;
            step.record({ event: 'chosen', service, release: { id, version, sha } });
            if (observed.every(({ live }) => live === `releases/${content.id}`) &&
                observed.every(({ committed }) => committed === content.id)) {
                step.info(`${content.id} is live and committed already.`);
                await Promise.all(fleet.map((host) => releaseLock(host)));
                return { result: 'noop' };
            }
            const plan = planRelease(content.id, content.manifest, observed, inputs.slots.length > 0);
            announce(context, plan, observed);
            await withLease(fleet, context.signal, async (signal) => {
                const leased = { ...context, signal };
                if (inputs.restart.kind === 'compose')
                    await pullFleet(leased);
                await switchFleet(leased, observed, plan.differed);
            });
            if (inputs.slots.length > 0)
                return { result: 'pending' };
            await confirmRelease(context);
            return { result: 'committed' };
        }
        async function lockForRollback(unchosen) {
            const { step, inputs, fleet, signal } = unchosen;
            for (let tries = 0; tries < 5; tries++) {
                const fleetFacts = await context_preflight(unchosen, { folder: '', kib: 0 });
                const chosen = chooseRelease(inputs.release.version, fleetFacts);
                step.info(`Rolling back to ${chosen.id} (${chosen.version}).`);
                step.output('sha', chosen.sha);
                const { id, version, sha, manifest, schema } = chosen;
                const content = { id, version, sha, manifest, schema };
                const context = { ...unchosen, content };
                const observed = await withLease(fleet, signal, (signal) => lockFleet({ ...context, signal }));
                if (observed.every(({ committed }, index) => committed === fleetFacts[index]?.committed))
                    return { context, observed };
                await Promise.all(fleet.map((host) => releaseLock(host)));
            }
            throw new failure.HR('lock-held', 'Other runs keep releasing to these hosts.', 'roll back again when they have ended.');
        }
        async function undoOwnSteps(inputs, step) {
            const pending = pendingSteps(step, inputs.release.service);
            const steps = pending.filter(({ action }) => action === 'deploy-ssh');
            const key = () => inputs.credentials;
            const joined = pending.filter((other) => !steps.includes(other));
            await undoJoinedSteps(step, joined, script, key);
            await undoEarlierSteps(step, steps, (saved, until) => undoRelease(saved, key, until, () => { }));
            return steps.map(({ undo }) => undo);
        }
        function chooseRelease(version, fleetFacts) {
            const [first, ...others] = fleetFacts;
            const everywhere = ({ id }) => others.every((facts) => keptReleases(facts).some((one) => one.id === id));
            const common = first ? keptReleases(first).filter(everywhere) : [];
            const chosen = version === 'previous'
                ? first && previousOf(first, common)
                : common.findLast(({ id, sha, version: name }) => [id, sha, name].includes(version));
            const why = chosen &&
                (fleetFacts.flatMap(keptReleases).find(({ id, incompatibility }) => id === chosen.id && incompatibility !== '')
                    ?.incompatibility ??
                    '');
            if (chosen && why === '')
                return chosen;
            const isCompatible = ({ id }) => fleetFacts.flatMap(keptReleases).every((one) => one.id !== id || one.incompatibility === '');
            const names = common
                .filter(isCompatible)
                .map((one) => `${one.version} (${one.id})`)
                .join(', ');
            if (chosen)
                throw new failure.HR('schema-ahead', `${chosen.version} (${chosen.id}) is not compatible with the current schema: ${why}.`, names ? `choose one of: ${names}` : 'no kept release is compatible; release a newer version.');
            throw new failure.HR('no-such-release', `No committed release "${version}" is kept on every host.`, names ? `choose one of: ${names}` : 'release that version again; no older release is kept.');
        }
        function keptReleases({ releases }) {
            const byId = new Map();
            for (const release of releases.filter(({ state, exists }) => state === 'confirmed' && exists)) {
                byId.delete(release.id);
                byId.set(release.id, release);
            }
            return [...byId.values()];
        }
        function previousOf(facts, common) {
            const line = lineage(facts).filter((release) => common.some(({ id }) => id === release.id));
            const place = line.findIndex(({ id }) => id === facts.committed);
            const isLiveUnconfirmed = facts.slots.length === 0 && (facts.state === 'armed' || facts.state === 'undoing');
            if (isLiveUnconfirmed)
                return line[place];
            return place < 0 ? line.at(-1) : line[place - 1];
        }
        function lineage({ releases }) {
            const line = [];
            for (const release of releases.filter(({ state }) => state === 'confirmed')) {
                const known = line.findIndex(({ id }) => id === release.id);
                if (known >= 0)
                    line.length = known;
                line.push(release);
            }
            return line;
        }
        ;
        const root_script_parts_nameOf = ({ release }) => `${release.service}-${release.environment}`;
        function root_script_parts_header({ release }, user, what) {
            return [
                '#!/bin/sh',
                `# Prepares ${what} for ${release.service} ${release.environment}: read it, then run it as root.`,
                'set -eu',
                `id ${(0, src_quote.hD)(user)} >/dev/null 2>&1 || useradd --create-home ${(0, src_quote.hD)(user)}`,
            ];
        }
        function sudoersFile(name, lines, user) {
            const file = `/etc/sudoers.d/${name.replaceAll('.', '_')}`;
            return [
                `cat >${(0, src_quote.hD)(`${file}.new`)} <<'SUDOERS'`,
                ...lines.map((line) => sudoersLine(line, user)),
                'SUDOERS',
                `visudo -cf ${(0, src_quote.hD)(`${file}.new`)}`,
                `chmod 0440 ${(0, src_quote.hD)(`${file}.new`)}`,
                `mv ${(0, src_quote.hD)(`${file}.new`)} ${(0, src_quote.hD)(file)}`,
            ];
        }
        function sudoersLine(line, user) {
            const folder = line.startsWith('nginx ') ? '/usr/sbin' : '/usr/bin';
            return `${user} ALL=(root) NOPASSWD: ${folder}/${line.replace(/[\\:,=]/g, '\\$&')}`;
        }
        function bootUnit({ name, what, order, script, words, wantedBy }, user) {
            return [
                `cat >/etc/systemd/system/${name} <<'UNIT'`,
                '[Unit]',
                `Description=Belay: ${what}`,
                ...order,
                `ConditionPathExists=${script}`,
                '[Service]',
                'Type=oneshot',
                'RemainAfterExit=yes',
                `User=${user}`,
                `ExecStart=/bin/sh ${script} ${words}`,
                '[Install]',
                `WantedBy=${wantedBy}`,
                'UNIT',
                'systemctl daemon-reload',
                `systemctl enable ${name}`,
            ];
        }
        function unitFile(unit) {
            return /\.(service|target|socket|timer)$/.test(unit) ? unit : `${unit}.service`;
        }
        ;
        function composeScript(inputs, { folder }, user) {
            const { path, slots, servers } = inputs;
            const more = slots.length > 0 ? ['/slots'] : [];
            const folders = ['', '/releases', '/.belay', ...more].map((below) => (0, src_quote.hD)(`${path}${below}`));
            const env = (0, src_quote.hD)(`${folder}/.env`);
            return [
                '# Install Docker and its Compose plugin yourself. The group docker is as good as root: give it only to a login that',
                `# does nothing but release.`,
                `usermod -aG docker ${(0, src_quote.hD)(user)}`,
                `install -d -o ${(0, src_quote.hD)(user)} -m 0755 ${folders.join(' ')}`,
                '# The Compose file is yours. Its .env belongs to the login: each release sets one line in it by a rename.',
                `install -d -o ${(0, src_quote.hD)(user)} -m 0755 ${(0, src_quote.hD)(folder)}`,
                `[ -e ${env} ] || install -o ${(0, src_quote.hD)(user)} -m 0640 /dev/null ${env}`,
                `chown ${(0, src_quote.hD)(user)} ${env}`,
                '# After a reboot Docker starts its containers, also of a release that is not confirmed: this unit undoes it at once.',
                ...bootUnit({
                    name: recoveryUnit(inputs),
                    what: `serve what is confirmed (${root_script_parts_nameOf(inputs)})`,
                    order: ['After=docker.service', 'Wants=docker.service'],
                    script: `${path}/.belay/deploy-ssh.sh`,
                    words: 'recover restart',
                    wantedBy: 'multi-user.target',
                }, user),
                ...(slots.length > 0 && !servers ? proxyScript(inputs, folder, user) : []),
            ];
        }
        function proxyScript(inputs, folder, user) {
            const { path, slots } = inputs;
            const name = root_script_parts_nameOf(inputs);
            const upstream = `/etc/nginx/belay/${name}`;
            const file = (0, src_quote.hD)(`${upstream}/active.conf`);
            return [
                `# Only with blue-green-switch (proxy: compose:${folder}): nginx in a container with network_mode: host, in its file`,
                `#   volumes: ["${upstream}:${upstream}:ro"]        the folder, never the file`,
                `#   upstream ${name} { include ${upstream}/*.conf; }`,
                `install -d -o ${(0, src_quote.hD)(user)} -m 0755 ${(0, src_quote.hD)(upstream)}`,
                `if [ ! -e ${file} ]; then`,
                `echo 'server 127.0.0.1:${slots[0]};' >${file}`,
                `chown ${(0, src_quote.hD)(user)} ${file}`,
                'fi',
                '# After a reboot traffic goes to the confirmed slot: this unit restores the file before Docker starts nginx.',
                ...bootUnit({
                    name: `belay-recover-${name}-switch.service`,
                    what: `traffic goes where it was confirmed to go (${name})`,
                    order: ['Before=docker.service'],
                    script: `${path}/.belay/blue-green-switch.sh`,
                    words: 'recover',
                    wantedBy: 'docker.service',
                }, user),
            ];
        }
        ;
        const proxyUnits = ['nginx', 'haproxy'];
        function proxyHostScript(inputs, pairs, user) {
            const { path, release } = inputs;
            const files = proxyUnits.map(unitFile).join(' ');
            const parts = [
                root_script_parts_header(inputs, user, "a proxy's host"),
                '# Only lock, states and scripts of Belay lie here.',
                `install -d -o ${(0, src_quote.hD)(user)} -m 0755 ${(0, src_quote.hD)(path)} ${(0, src_quote.hD)(`${path}/.belay`)}`,
                '# After a reboot traffic goes where it was confirmed to go: this unit restores it before the proxy starts.',
                bootUnit({
                    name: recoveryUnit(inputs),
                    what: `traffic goes where it was confirmed to go (${release.service} ${release.environment})`,
                    order: [`Before=${files}`],
                    script: `${path}/.belay/blue-green-switch.sh`,
                    words: 'recover',
                    wantedBy: files,
                }, user),
                proxyLines(inputs, pairs, user),
            ];
            return `${parts.flat().join('\n')}\n`;
        }
        function proxyLines(inputs, pairs, user) {
            return [...root_script_proxy_haproxy(root_script_parts_nameOf(inputs), pairs, user), ...root_script_proxy_nginx(root_script_parts_nameOf(inputs), pairs, user)];
        }
        function root_script_proxy_nginx(name, pairs, user) {
            const folder = `/etc/nginx/belay/${name}`;
            const file = (0, src_quote.hD)(`${folder}/active.conf`);
            const servers = pairs.map(([active]) => `'server ${active};'`);
            const print = servers.length === 1 ? `echo ${servers[0]}` : `printf '%s\\n' ${servers.join(' ')}`;
            return [
                'if [ -d /etc/nginx ]; then',
                `install -d -m 0755 /etc/nginx/belay`,
                `install -d -o ${(0, src_quote.hD)(user)} -m 0755 ${(0, src_quote.hD)(folder)}`,
                `if [ ! -e ${file} ]; then`,
                `${print} >${file}`,
                `chown ${(0, src_quote.hD)(user)} ${file}`,
                'fi',
                ...sudoersFile(`belay-${name}-nginx`, ['nginx -t', 'systemctl reload nginx'], user),
                'fi',
                `# In nginx, only inside an upstream block: upstream ${name} { include ${folder}/*.conf; }`,
            ];
        }
        function root_script_proxy_haproxy(name, pairs, user) {
            return [
                'if [ -d /etc/haproxy ]; then',
                `install -d -o ${(0, src_quote.hD)(user)} -m 0755 /var/lib/haproxy/belay`,
                "command -v socat >/dev/null || echo 'socat is missing: Belay needs it for the socket of HAProxy' >&2",
                'fi',
                '# Write in haproxy.cfg:',
                '#   global',
                `#     stats socket /run/haproxy/admin.sock mode 660 group ${user} level admin`,
                '#     server-state-file /var/lib/haproxy/belay/server-state',
                '#   defaults',
                '#     load-server-state-from-file global',
                `#   backend ${name}`,
                ...pairs.flatMap(([active, idle], index) => [
                    `#     server ${serverName(active)} ${active} check weight 100${index === 0 ? '   # the one that has the traffic now' : ''}`,
                    `#     server ${serverName(idle)} ${idle} check weight 0`,
                ]),
            ];
        }
        function serverName(place) {
            return place
                .replace('127.0.0.1:', 'slot-')
                .replace(/[[\]]/g, '')
                .replace(/:(\d+)$/, '-$1');
        }
        ;
        function loginsOf({ hosts }) {
            return [...new Set(hosts.map(({ user }) => user || 'deploy'))];
        }
        function rootScripts(inputs) {
            const ofSlots = loginsOf(inputs).map((user) => rootScript(inputs, user));
            const { servers } = inputs;
            if (!servers)
                return ofSlots.join('\n');
            const [first = '', second = ''] = servers.ports;
            const pairs = servers.addresses.map((address) => [`${address}:${first}`, `${address}:${second}`]);
            const ofProxies = loginsOf({ hosts: servers.proxies }).map((user) => proxyHostScript(inputs, pairs, user));
            return [...ofSlots, ...ofProxies].join('\n');
        }
        function rootScript(inputs, user) {
            const units = (0, src_inputs.$J)(inputs);
            const { restart } = inputs;
            const first = root_script_parts_header(inputs, user, 'a host');
            if (restart.kind === 'compose')
                return `${[...first, ...composeScript(inputs, restart, user)].join('\n')}\n`;
            const parts = [
                first,
                folders(inputs, user),
                ...(units.length > 0 ? [journal(user), sudoers(inputs, user), recovery(inputs, user, units), example(inputs)] : []),
                ...(hasOwnProxy(inputs) ? [proxy(inputs, user)] : []),
            ];
            return `${parts.flat().join('\n')}\n`;
        }
        function hasOwnProxy({ slots, servers }) {
            return slots.length > 0 && !servers;
        }
        function folders({ path, slots, restart }, user) {
            const owned = ['', '/releases', '/.belay'].map((folder) => (0, src_quote.hD)(`${path}${folder}`));
            const shared = (0, src_quote.hD)(`${path}/shared`);
            if (slots.length === 0 && restart.kind !== 'systemd')
                return [`install -d -o ${(0, src_quote.hD)(user)} -m 0755 ${owned[0]} ${owned[1]} ${shared} ${owned[2]}`];
            const more = slots.length === 0 ? [] : [(0, src_quote.hD)(`${path}/slots`)];
            return [
                '# The service runs as www-data here; if it has a user of its own, write that user.',
                `install -d -o ${(0, src_quote.hD)(user)} -g www-data -m 2750 ${[...owned, ...more].join(' ')}`,
                `install -d -o ${(0, src_quote.hD)(user)} -g www-data -m 2770 ${shared}`,
            ];
        }
        function journal(user) {
            return [
                '# The deploy user reads the journal: the last lines of a service that does not start go to the log of the job.',
                `usermod -a -G systemd-journal ${(0, src_quote.hD)(user)}`,
            ];
        }
        function sudoers(inputs, user) {
            return sudoersFile(`belay-${root_script_parts_nameOf(inputs)}`, sudoLines(inputs), user);
        }
        function recovery(inputs, user, units) {
            const { release, path } = inputs;
            const proxies = hasOwnProxy(inputs) ? proxyUnits : [];
            const files = [...units, ...proxies].map(unitFile).join(' ');
            return [
                '# After a reboot only the confirmed release starts: this unit restores the link before the service starts.',
                ...(proxies.length > 0 ? ['# Traffic goes where it was confirmed to go: it runs before a proxy starts, too.'] : []),
                ...bootUnit({
                    name: recoveryUnit(inputs),
                    what: `serve what is confirmed (${release.service} ${release.environment})`,
                    order: [`Before=${files}`],
                    script: `${path}/.belay/deploy-ssh.sh`,
                    words: 'recover',
                    wantedBy: files,
                }, user),
            ];
        }
        function example({ path, release, restart, slots, servers }) {
            if (restart.kind !== 'systemd')
                return [];
            const slotted = slots.length > 0;
            const file = `/etc/systemd/system/${unitFile(restart.unit.replace('{slot}', ''))}`;
            const listens = servers
                ? '   # to listen on port %i, of an address that the proxies reach'
                : '   # to listen on port %i';
            const home = `${path}/${slotted ? 'slots/%i' : 'current'}`;
            return [
                slotted ? `# Write the unit of both slots, ${file}; its instance is the port:` : `# Write the unit, ${file}:`,
                '#   [Service]',
                '#   User=www-data',
                `#   WorkingDirectory=${home}`,
                `#   ExecStart=${home}/${release.service}${slotted ? listens : ''}`,
                `#   EnvironmentFile=/etc/${release.service}/${release.environment}.env   # root:www-data 0640: secrets stay on the host`,
                '#   Restart=always',
                '#   TimeoutStopSec=45',
                '#   [Install]',
                '#   WantedBy=multi-user.target',
                ...(slotted
                    ? [
                        `# The service runs consumers and schedulers only while ${path}/slots/%i.state says "active". Do not enable an instance`,
                        '# by hand: the one with traffic is.',
                    ]
                    : ['# Then: systemctl daemon-reload, and systemctl enable it. The first release starts it.']),
            ];
        }
        function proxy(inputs, user) {
            const [first, second] = inputs.slots.map((port) => `127.0.0.1:${port}`);
            return ['# only with blue-green-switch', ...proxyLines(inputs, [[first, second]], user)];
        }
        ;
        async function status_status(inputs, step) {
            const fleetFacts = await inspectForStatus(inputs, step);
            const rows = fleetFacts.map(statusRow);
            for (const row of rows) {
                step.info(`${row.host}: ${row.committed || 'nothing'} committed, ${row.live || 'nothing'} live, ${row.lock}`);
                for (const slot of row.slots)
                    step.info(`${row.host}: ${describeSlot(slot)}`);
            }
            step.output('hosts', JSON.stringify(rows));
            const table = rows.map((row) => `| ${[row.host, `${row.committed} ${row.version}`, row.live, row.lock].map(summary.EO).join(' | ')} |`);
            const slots = rows
                .flatMap((row) => row.slots.map((slot) => `- ${(0, summary.EO)(`${row.host}: ${describeSlot(slot)}`)}`))
                .join('\n');
            step.summary(`**deploy-ssh status**\n\n| host | committed | live | lock |\n|---|---|---|---|\n${table.join('\n')}\n\n${slots}`);
            return { result: 'unchanged' };
        }
        async function preflightCommand(inputs, step) {
            const { fleetFacts, findings } = await inspectEach(inputs, step);
            const isReady = findings.every(({ notice }) => notice);
            if (isReady && (0, job_state._N)(step.journal.read())) {
                step.info(`Nothing stops the release on ${fleetFacts.length} host(s).`);
                return { result: 'unchanged' };
            }
            const script = rootScripts(inputs);
            step.info(isReady
                ? `Nothing is missing on ${fleetFacts.length} host(s). Root prepares another one with:\n\n${script}`
                : `What root has to prepare on each host:\n\n${script}`);
            for (const line of noteLines(fleetFacts))
                step.info(line);
            const list = findings.map(({ host, text }) => `- ${(0, summary.EO)(`${host}: ${text}`)}`).join('\n') || '- nothing is missing';
            step.summary(`**deploy-ssh preflight**\n\n${list}\n\n<details><summary>For root</summary>\n\n${(0, summary.DV)(script.trimEnd(), 'sh')}\n</details>`);
            warnOfNotices(step, findings);
            assertReady(findings, { printed: true });
            return { result: 'unchanged' };
        }
        async function inspectEach(inputs, step) {
            const folder = stepFolder(step);
            try {
                const { heard, silent } = await hearForPreflight(inputs, step);
                const source = inputs.source === '' ? noSource : await openSource(inputs.source, folder, step.signal);
                const each = await Promise.allSettled(inputs.hosts.map((host) => connectAndInspect(inputs, host, source, heard, step)));
                if (step.signal.aborted)
                    throw new failure.j$();
                const inspections = each.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
                const refused = each.flatMap((one, index) => {
                    if (one.status === 'fulfilled')
                        return [];
                    if (!(one.reason instanceof failure.HR))
                        throw one.reason;
                    return [{ host: inputs.hosts[index]?.name ?? '', code: one.reason.code, text: (0, failure.TM)(one.reason.message) }];
                });
                const lacking = inspections.flatMap(({ facts, kib }) => preflightFindings(facts, inputs, kib, isReleasedFile(source.folder)));
                return { fleetFacts: inspections.map(({ facts }) => facts), findings: [...silent, ...refused, ...lacking] };
            }
            finally {
                (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
            }
        }
        const noSource = { folder: '', kib: 0 };
        async function connectAndInspect(inputs, host, source, heard, step) {
            const { signal } = step;
            const connections = await openFleet(step.journal, step.id, [host], inputs.credentials, signal);
            return inspectHosts(connections, { inputs, content: noContent, signal }, source, heard);
        }
        async function hearForPreflight(inputs, step) {
            const proxies = inputs.servers?.proxies.map(({ name }) => name) ?? [];
            try {
                const connections = await openProxies(inputs, step, step.signal);
                return { heard: await hear({ inputs, proxies: connections, signal: step.signal }), silent: [] };
            }
            catch (error) {
                if (!(error instanceof failure.HR))
                    throw error;
                const words = new Map(inputs.hosts.map(({ name }) => [name, 'unknown']));
                const text = (0, failure.TM)(error.message);
                return { heard: { proxies, words }, silent: [{ host: proxies.join(', '), code: error.code, text }] };
            }
        }
        async function inspectForStatus(inputs, step) {
            const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, step.signal);
            const { heard, silent } = await hearForPreflight(inputs, step);
            for (const { host, text } of silent)
                step.warn(text, host);
            return onAllHosts(connections, (connection) => {
                const options = inspectOptionsOf(inputs, noContent, connection.target.name, heard);
                return inspectHost(connection, options, step.signal, script);
            }, step.signal);
        }
        const status_traffic = { yes: 'has traffic', no: 'has no traffic', unknown: 'may have traffic (not known)' };
        function describeSlot({ port, release, role, ...slot }) {
            const roleText = role === '-' ? 'was never marked active or idle' : `is marked ${role}`;
            return `slot ${port} holds ${release || 'nothing'}, ${status_traffic[slot.traffic]}, ${roleText}`;
        }
        function statusRow({ host, committed, version, live, lock, state, newest, slots }) {
            const extension = state === 'armed' ? ', or 60 s later if its job extends it' : '';
            const lease = `${lock.holder}; the lock expires in ${Math.max(0, lock.endsInSeconds)} s${extension}`;
            const left = ['held', 'armed', 'undoing'].includes(state)
                ? `free, but ${newest} was left ${state}: the next release undoes it first`
                : 'free';
            return { host, committed, version, live, state, newest, slots, lock: lock.held ? lease : left };
        }
        ;
        const commands = {
            deploy: deploy,
            rollback: rollback,
            preflight: preflightCommand,
            status: status_status,
        };
        function transaction_main(inputs, step) {
            const command = commands[inputs.command];
            if (!(0, src_inputs.MU)(inputs))
                return command(inputs, step);
            const names = inputs.hosts.map(({ name }) => name);
            return withResults(step, names, inputs.slots.length > 0, (watched) => command(inputs, watched));
        }
        async function undo(saved, step, until) {
            const results = resultsOf(step);
            const onPhase = (phase, host) => {
                const event = { event: 'phase', phase, host };
                results?.record(event);
                step.record(event);
            };
            const outcomes = saved.confirming
                ? await (0, confirmer.AM)(step).confirm(armedTargetsOf(saved))
                : await undoRelease(saved, credentials.jp, until, onPhase);
            results?.setOutcomes(outcomes, (host) => targetName(saved.service, host, saved.fillsSlots === true));
            return outcomes;
        }
        const transaction_close = (step) => closeFleet(step.journal, step.id);
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
    7557: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            A: () => (fromEnvironment),
            K: () => (readInputs)
        });
        var control_character = __nccwpck_require__(9402);
        var failure = __nccwpck_require__(9095);
        var core = __nccwpck_require__(1210);
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
            jz: () => (jobResult)
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
        var _inputs_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(7557);
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
    1049: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
        var inputs = __nccwpck_require__(7557);
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
            bc: () => (noState),
            hd: () => (releaseState),
            lF: () => (encode)
        });
        var _protocol_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2198);
        var _quote_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1524);
        var _values_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7656);
        const noState = '';
        function releaseState(values) {
            return encode('r_', _protocol_js__WEBPACK_IMPORTED_MODULE_0__.yN.state.sent, values);
        }
        function switchState(values) {
            return encode('r_', switchProtocol.state.sent, values);
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
        var _run_command_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1947);
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
            IX: () => (isLocal)
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
            ek: () => (placesOf)
        });
        var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
        var node_net__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_net__WEBPACK_IMPORTED_MODULE_0__);
        var _slots_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3853);
        function readSlotNames(read) {
            const example = 'the two ports, such as 5006 5016, or a line for each server: ADDRESS:PORT ADDRESS:PORT';
            const rows = read.lines('slots', { required: example }).map((line) => line.split(/\s+/));
            const names = rows.flat();
            const issue = hasPlaces(names) ? issueOfPlaces(rows) : issueOfPorts(names);
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
            TB: () => (protocol),
            mJ: () => (sharedCommands),
            yN: () => (deployProtocol)
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
            hD: () => (quote),
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
    9377: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            V: () => (refusedSession)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9095);
        function refusedSession(host, errors) {
            if (!/^mux_client_request_session: session request failed: Session open refused by peer/m.test(errors))
                return undefined;
            return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.HR('sessions-limited', `${host}: its sshd refuses a second session over one connection (MaxSessions).`, 'set MaxSessions there to 2 or more (default 10), in /etc/ssh/sshd_config or a file of sshd_config.d, and reload sshd.');
        }
    }),
    1947: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
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
        var refused_session = __nccwpck_require__(9377);
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
                throw (0, refused_session.V)(name, errors) ?? noReplyFailure(name, exit, errors);
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
var __webpack_exports__ = __nccwpck_require__(6777);
__webpack_exports__ = await __webpack_exports__;
