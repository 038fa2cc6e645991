import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 163:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const debug = __nccwpck_require__(159)
const { MAX_LENGTH, MAX_SAFE_INTEGER } = __nccwpck_require__(101)
const { safeRe: re, t } = __nccwpck_require__(471)

const parseOptions = __nccwpck_require__(356)
const { compareIdentifiers } = __nccwpck_require__(348)

const isPrereleaseIdentifier = (prerelease, identifier) => {
  const identifiers = identifier.split('.')
  if (identifiers.length > prerelease.length) {
    return false
  }

  for (let i = 0; i < identifiers.length; i++) {
    if (compareIdentifiers(prerelease[i], identifiers[i]) !== 0) {
      return false
    }
  }

  return true
}

class SemVer {
  constructor (version, options) {
    options = parseOptions(options)

    if (version instanceof SemVer) {
      if (version.loose === !!options.loose &&
        version.includePrerelease === !!options.includePrerelease) {
        return version
      } else {
        version = version.version
      }
    } else if (typeof version !== 'string') {
      throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version}".`)
    }

    if (version.length > MAX_LENGTH) {
      throw new TypeError(
        `version is longer than ${MAX_LENGTH} characters`
      )
    }

    debug('SemVer', version, options)
    this.options = options
    this.loose = !!options.loose
    // this isn't actually relevant for versions, but keep it so that we
    // don't run into trouble passing this.options around.
    this.includePrerelease = !!options.includePrerelease

    const m = version.trim().match(options.loose ? re[t.LOOSE] : re[t.FULL])

    if (!m) {
      throw new TypeError(`Invalid Version: ${version}`)
    }

    this.raw = version

    // these are actually numbers
    this.major = +m[1]
    this.minor = +m[2]
    this.patch = +m[3]

    if (this.major > MAX_SAFE_INTEGER || this.major < 0) {
      throw new TypeError('Invalid major version')
    }

    if (this.minor > MAX_SAFE_INTEGER || this.minor < 0) {
      throw new TypeError('Invalid minor version')
    }

    if (this.patch > MAX_SAFE_INTEGER || this.patch < 0) {
      throw new TypeError('Invalid patch version')
    }

    // numberify any prerelease numeric ids
    if (!m[4]) {
      this.prerelease = []
    } else {
      this.prerelease = m[4].split('.').map((id) => {
        if (/^[0-9]+$/.test(id)) {
          const num = +id
          if (num >= 0 && num < MAX_SAFE_INTEGER) {
            return num
          }
        }
        return id
      })
    }

    this.build = m[5] ? m[5].split('.') : []
    this.format()
  }

  format () {
    this.version = `${this.major}.${this.minor}.${this.patch}`
    if (this.prerelease.length) {
      this.version += `-${this.prerelease.join('.')}`
    }
    return this.version
  }

  toString () {
    return this.version
  }

  compare (other) {
    debug('SemVer.compare', this.version, this.options, other)
    if (!(other instanceof SemVer)) {
      if (typeof other === 'string' && other === this.version) {
        return 0
      }
      other = new SemVer(other, this.options)
    }

    if (other.version === this.version) {
      return 0
    }

    return this.compareMain(other) || this.comparePre(other)
  }

  compareMain (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    if (this.major < other.major) {
      return -1
    }
    if (this.major > other.major) {
      return 1
    }
    if (this.minor < other.minor) {
      return -1
    }
    if (this.minor > other.minor) {
      return 1
    }
    if (this.patch < other.patch) {
      return -1
    }
    if (this.patch > other.patch) {
      return 1
    }
    return 0
  }

  comparePre (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    // NOT having a prerelease is > having one
    if (this.prerelease.length && !other.prerelease.length) {
      return -1
    } else if (!this.prerelease.length && other.prerelease.length) {
      return 1
    } else if (!this.prerelease.length && !other.prerelease.length) {
      return 0
    }

    let i = 0
    do {
      const a = this.prerelease[i]
      const b = other.prerelease[i]
      debug('prerelease compare', i, a, b)
      if (a === undefined && b === undefined) {
        return 0
      } else if (b === undefined) {
        return 1
      } else if (a === undefined) {
        return -1
      } else if (a === b) {
        continue
      } else {
        return compareIdentifiers(a, b)
      }
    } while (++i)
  }

  compareBuild (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    let i = 0
    do {
      const a = this.build[i]
      const b = other.build[i]
      debug('build compare', i, a, b)
      if (a === undefined && b === undefined) {
        return 0
      } else if (b === undefined) {
        return 1
      } else if (a === undefined) {
        return -1
      } else if (a === b) {
        continue
      } else {
        return compareIdentifiers(a, b)
      }
    } while (++i)
  }

  // preminor will bump the version up to the next minor release, and immediately
  // down to pre-release. premajor and prepatch work the same way.
  inc (release, identifier, identifierBase) {
    if (release.startsWith('pre')) {
      if (!identifier && identifierBase === false) {
        throw new Error('invalid increment argument: identifier is empty')
      }
      // Avoid an invalid semver results
      if (identifier) {
        const match = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE])
        if (!match || match[1] !== identifier) {
          throw new Error(`invalid identifier: ${identifier}`)
        }
      }
    }

    switch (release) {
      case 'premajor':
        this.prerelease.length = 0
        this.patch = 0
        this.minor = 0
        this.major++
        this.inc('pre', identifier, identifierBase)
        break
      case 'preminor':
        this.prerelease.length = 0
        this.patch = 0
        this.minor++
        this.inc('pre', identifier, identifierBase)
        break
      case 'prepatch':
        // If this is already a prerelease, it will bump to the next version
        // drop any prereleases that might already exist, since they are not
        // relevant at this point.
        this.prerelease.length = 0
        this.inc('patch', identifier, identifierBase)
        this.inc('pre', identifier, identifierBase)
        break
      // If the input is a non-prerelease version, this acts the same as
      // prepatch.
      case 'prerelease':
        if (this.prerelease.length === 0) {
          this.inc('patch', identifier, identifierBase)
        }
        this.inc('pre', identifier, identifierBase)
        break
      case 'release':
        if (this.prerelease.length === 0) {
          throw new Error(`version ${this.raw} is not a prerelease`)
        }
        this.prerelease.length = 0
        break

      case 'major':
        // If this is a pre-major version, bump up to the same major version.
        // Otherwise increment major.
        // 1.0.0-5 bumps to 1.0.0
        // 1.1.0 bumps to 2.0.0
        if (
          this.minor !== 0 ||
          this.patch !== 0 ||
          this.prerelease.length === 0
        ) {
          this.major++
        }
        this.minor = 0
        this.patch = 0
        this.prerelease = []
        break
      case 'minor':
        // If this is a pre-minor version, bump up to the same minor version.
        // Otherwise increment minor.
        // 1.2.0-5 bumps to 1.2.0
        // 1.2.1 bumps to 1.3.0
        if (this.patch !== 0 || this.prerelease.length === 0) {
          this.minor++
        }
        this.patch = 0
        this.prerelease = []
        break
      case 'patch':
        // If this is not a pre-release version, it will increment the patch.
        // If it is a pre-release it will bump up to the same patch version.
        // 1.2.0-5 patches to 1.2.0
        // 1.2.0 patches to 1.2.1
        if (this.prerelease.length === 0) {
          this.patch++
        }
        this.prerelease = []
        break
      // This probably shouldn't be used publicly.
      // 1.0.0 'pre' would become 1.0.0-0 which is the wrong direction.
      case 'pre': {
        const base = Number(identifierBase) ? 1 : 0

        if (this.prerelease.length === 0) {
          this.prerelease = [base]
        } else {
          let i = this.prerelease.length
          while (--i >= 0) {
            if (typeof this.prerelease[i] === 'number') {
              this.prerelease[i]++
              i = -2
            }
          }
          if (i === -1) {
            // didn't increment anything
            if (identifier === this.prerelease.join('.') && identifierBase === false) {
              throw new Error('invalid increment argument: identifier already exists')
            }
            this.prerelease.push(base)
          }
        }
        if (identifier) {
          // 1.2.0-beta.1 bumps to 1.2.0-beta.2,
          // 1.2.0-beta.fooblz or 1.2.0-beta bumps to 1.2.0-beta.0
          let prerelease = [identifier, base]
          if (identifierBase === false) {
            prerelease = [identifier]
          }
          if (isPrereleaseIdentifier(this.prerelease, identifier)) {
            const prereleaseBase = this.prerelease[identifier.split('.').length]
            if (isNaN(prereleaseBase)) {
              this.prerelease = prerelease
            }
          } else {
            this.prerelease = prerelease
          }
        }
        break
      }
      default:
        throw new Error(`invalid increment argument: ${release}`)
    }
    this.raw = this.format()
    if (this.build.length) {
      this.raw += `+${this.build.join('.')}`
    }
    return this
  }
}

module.exports = SemVer


/***/ }),

/***/ 469:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(163)
const compare = (a, b, loose) =>
  new SemVer(a, loose).compare(new SemVer(b, loose))

module.exports = compare


/***/ }),

/***/ 353:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(163)
const parse = (version, options, throwErrors = false) => {
  if (version instanceof SemVer) {
    return version
  }
  try {
    return new SemVer(version, options)
  } catch (er) {
    if (!throwErrors) {
      return null
    }
    throw er
  }
}

module.exports = parse


/***/ }),

/***/ 101:
/***/ ((module) => {



// Note: this is the semver.org version of the spec that it implements
// Not necessarily the package version of this code.
const SEMVER_SPEC_VERSION = '2.0.0'

const MAX_LENGTH = 256
const MAX_SAFE_INTEGER = Number.MAX_SAFE_INTEGER ||
/* istanbul ignore next */ 9007199254740991

// Max safe segment length for coercion.
const MAX_SAFE_COMPONENT_LENGTH = 16

// Max safe length for a build identifier. The max length minus 6 characters for
// the shortest version with a build 0.0.0+BUILD.
const MAX_SAFE_BUILD_LENGTH = MAX_LENGTH - 6

// ECMAScript whitespace and line terminators matched by \s.
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
]

const RELEASE_TYPES = [
  'major',
  'premajor',
  'minor',
  'preminor',
  'patch',
  'prepatch',
  'prerelease',
]

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
}


/***/ }),

/***/ 159:
/***/ ((module) => {



const debug = (
  typeof process === 'object' &&
  process.env &&
  process.env.NODE_DEBUG &&
  /\bsemver\b/i.test(process.env.NODE_DEBUG)
) ? (...args) => console.error('SEMVER', ...args)
  : () => {}

module.exports = debug


/***/ }),

/***/ 348:
/***/ ((module) => {



const numeric = /^[0-9]+$/
const compareIdentifiers = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b ? 0 : a < b ? -1 : 1
  }

  const anum = numeric.test(a)
  const bnum = numeric.test(b)

  if (anum && bnum) {
    a = +a
    b = +b
  }

  return a === b ? 0
    : (anum && !bnum) ? -1
    : (bnum && !anum) ? 1
    : a < b ? -1
    : 1
}

const rcompareIdentifiers = (a, b) => compareIdentifiers(b, a)

module.exports = {
  compareIdentifiers,
  rcompareIdentifiers,
}


/***/ }),

/***/ 356:
/***/ ((module) => {



// parse out just the options we care about
const looseOption = Object.freeze({ loose: true })
const emptyOpts = Object.freeze({ })
const parseOptions = options => {
  if (!options) {
    return emptyOpts
  }

  if (typeof options !== 'object') {
    return looseOption
  }

  return options
}
module.exports = parseOptions


/***/ }),

/***/ 471:
/***/ ((module, exports, __nccwpck_require__) => {



const {
  MAX_SAFE_COMPONENT_LENGTH,
  MAX_SAFE_BUILD_LENGTH,
  MAX_LENGTH,
} = __nccwpck_require__(101)
const debug = __nccwpck_require__(159)
exports = module.exports = {}

// The actual regexps go on exports.re
const re = exports.re = []
const safeRe = exports.safeRe = []
const src = exports.src = []
const safeSrc = exports.safeSrc = []
const t = exports.t = {}
let R = 0

const LETTERDASHNUMBER = '[a-zA-Z0-9-]'

// Replace some greedy regex tokens to prevent regex dos issues. These regex are
// used internally via the safeRe object since all inputs in this library get
// normalized first to trim and collapse all extra whitespace. The original
// regexes are exported for userland consumption and lower level usage. A
// future breaking change could export the safer regex only with a note that
// all input should have extra whitespace removed.
const safeRegexReplacements = [
  ['\\s', 1],
  ['\\d', MAX_LENGTH],
  [LETTERDASHNUMBER, MAX_SAFE_BUILD_LENGTH],
]

const makeSafeRegex = (value) => {
  for (const [token, max] of safeRegexReplacements) {
    value = value
      .split(`${token}*`).join(`${token}{0,${max}}`)
      .split(`${token}+`).join(`${token}{1,${max}}`)
  }
  return value
}

const createToken = (name, value, isGlobal) => {
  const safe = makeSafeRegex(value)
  const index = R++
  debug(name, index, value)
  t[name] = index
  src[index] = value
  safeSrc[index] = safe
  re[index] = new RegExp(value, isGlobal ? 'g' : undefined)
  safeRe[index] = new RegExp(safe, isGlobal ? 'g' : undefined)
}

// The following Regular Expressions can be used for tokenizing,
// validating, and parsing SemVer version strings.

// ## Numeric Identifier
// A single `0`, or a non-zero digit followed by zero or more digits.

createToken('NUMERICIDENTIFIER', '0|[1-9]\\d*')
createToken('NUMERICIDENTIFIERLOOSE', '\\d+')

// ## Non-numeric Identifier
// Zero or more digits, followed by a letter or hyphen, and then zero or
// more letters, digits, or hyphens.

createToken('NONNUMERICIDENTIFIER', `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`)

// ## Main Version
// Three dot-separated numeric identifiers.

createToken('MAINVERSION', `(${src[t.NUMERICIDENTIFIER]})\\.` +
                   `(${src[t.NUMERICIDENTIFIER]})\\.` +
                   `(${src[t.NUMERICIDENTIFIER]})`)

createToken('MAINVERSIONLOOSE', `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
                        `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
                        `(${src[t.NUMERICIDENTIFIERLOOSE]})`)

// ## Pre-release Version Identifier
// A numeric identifier, or a non-numeric identifier.
// Non-numeric identifiers include numeric identifiers but can be longer.
// Therefore non-numeric identifiers must go first.

createToken('PRERELEASEIDENTIFIER', `(?:${src[t.NONNUMERICIDENTIFIER]
}|${src[t.NUMERICIDENTIFIER]})`)

createToken('PRERELEASEIDENTIFIERLOOSE', `(?:${src[t.NONNUMERICIDENTIFIER]
}|${src[t.NUMERICIDENTIFIERLOOSE]})`)

// ## Pre-release Version
// Hyphen, followed by one or more dot-separated pre-release version
// identifiers.

createToken('PRERELEASE', `(?:-(${src[t.PRERELEASEIDENTIFIER]
}(?:\\.${src[t.PRERELEASEIDENTIFIER]})*))`)

createToken('PRERELEASELOOSE', `(?:-?(${src[t.PRERELEASEIDENTIFIERLOOSE]
}(?:\\.${src[t.PRERELEASEIDENTIFIERLOOSE]})*))`)

// ## Build Metadata Identifier
// Any combination of digits, letters, or hyphens.

createToken('BUILDIDENTIFIER', `${LETTERDASHNUMBER}+`)

// ## Build Metadata
// Plus sign, followed by one or more period-separated build metadata
// identifiers.

createToken('BUILD', `(?:\\+(${src[t.BUILDIDENTIFIER]
}(?:\\.${src[t.BUILDIDENTIFIER]})*))`)

// ## Full Version String
// A main version, followed optionally by a pre-release version and
// build metadata.

// Note that the only major, minor, patch, and pre-release sections of
// the version string are capturing groups.  The build metadata is not a
// capturing group, because it should not ever be used in version
// comparison.

createToken('FULLPLAIN', `v?${src[t.MAINVERSION]
}${src[t.PRERELEASE]}?${
  src[t.BUILD]}?`)

createToken('FULL', `^${src[t.FULLPLAIN]}$`)

// like full, but allows v1.2.3 and =1.2.3, which people do sometimes.
// also, 1.0.0alpha1 (prerelease without the hyphen) which is pretty
// common in the npm registry.
createToken('LOOSEPLAIN', `[v=\\s]*${src[t.MAINVERSIONLOOSE]
}${src[t.PRERELEASELOOSE]}?${
  src[t.BUILD]}?`)

createToken('LOOSE', `^${src[t.LOOSEPLAIN]}$`)

createToken('GTLT', '((?:<|>)?=?)')

// Something like "2.*" or "1.2.x".
// Note that "x.x" is a valid xRange identifier, meaning "any version"
// Only the first item is strictly required.
createToken('XRANGEIDENTIFIERLOOSE', `${src[t.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`)
createToken('XRANGEIDENTIFIER', `${src[t.NUMERICIDENTIFIER]}|x|X|\\*`)

createToken('XRANGEPLAIN', `[v=\\s]*(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:${src[t.PRERELEASE]})?${
                     src[t.BUILD]}?` +
                   `)?)?`)

createToken('XRANGEPLAINLOOSE', `[v=\\s]*(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:${src[t.PRERELEASELOOSE]})?${
                          src[t.BUILD]}?` +
                        `)?)?`)

createToken('XRANGE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAIN]}$`)
createToken('XRANGELOOSE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAINLOOSE]}$`)

// Coercion.
// Extract anything that could conceivably be a part of a valid semver
createToken('COERCEPLAIN', `${'(^|[^\\d])' +
              '(\\d{1,'}${MAX_SAFE_COMPONENT_LENGTH}})` +
              `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?` +
              `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`)
createToken('COERCE', `${src[t.COERCEPLAIN]}(?:$|[^\\d])`)
createToken('COERCEFULL', src[t.COERCEPLAIN] +
              `(?:${src[t.PRERELEASE]})?` +
              `(?:${src[t.BUILD]})?` +
              `(?:$|[^\\d])`)
createToken('COERCERTL', src[t.COERCE], true)
createToken('COERCERTLFULL', src[t.COERCEFULL], true)

// Tilde ranges.
// Meaning is "reasonably at or greater than"
createToken('LONETILDE', '(?:~>?)')

createToken('TILDETRIM', `(\\s*)${src[t.LONETILDE]}\\s+`, true)
exports.tildeTrimReplace = '$1~'

createToken('TILDE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAIN]}$`)
createToken('TILDELOOSE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAINLOOSE]}$`)

// Caret ranges.
// Meaning is "at least and backwards compatible with"
createToken('LONECARET', '(?:\\^)')

createToken('CARETTRIM', `(\\s*)${src[t.LONECARET]}\\s+`, true)
exports.caretTrimReplace = '$1^'

createToken('CARET', `^${src[t.LONECARET]}${src[t.XRANGEPLAIN]}$`)
createToken('CARETLOOSE', `^${src[t.LONECARET]}${src[t.XRANGEPLAINLOOSE]}$`)

// A simple gt/lt/eq thing, or just "" to indicate "any version"
createToken('COMPARATORLOOSE', `^${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]})$|^$`)
createToken('COMPARATOR', `^${src[t.GTLT]}\\s*(${src[t.FULLPLAIN]})$|^$`)

// An expression to strip any whitespace between the gtlt and the thing
// it modifies, so that `> 1.2.3` ==> `>1.2.3`
createToken('COMPARATORTRIM', `(\\s*)${src[t.GTLT]
}\\s*(${src[t.LOOSEPLAIN]}|${src[t.XRANGEPLAIN]})`, true)
exports.comparatorTrimReplace = '$1$2$3'

// Something like `1.2.3 - 1.2.4`
// Note that these all use the loose form, because they'll be
// checked against either the strict or loose comparator form
// later.
createToken('HYPHENRANGE', `^\\s*(${src[t.XRANGEPLAIN]})` +
                   `\\s+-\\s+` +
                   `(${src[t.XRANGEPLAIN]})` +
                   `\\s*$`)

createToken('HYPHENRANGELOOSE', `^\\s*(${src[t.XRANGEPLAINLOOSE]})` +
                        `\\s+-\\s+` +
                        `(${src[t.XRANGEPLAINLOOSE]})` +
                        `\\s*$`)

// Star ranges basically just allow anything at all.
createToken('STAR', '(<|>)?=?\\s*\\*')
// >=0.0.0 is like a star
createToken('GTE0', '^\\s*>=\\s*0\\.0\\.0\\s*$')
createToken('GTE0PRE', '^\\s*>=\\s*0\\.0\\.0-0\\s*$')


/***/ }),

/***/ 964:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  _: () => (/* binding */ buildImage)
});

// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 1 modules
var inputs = __nccwpck_require__(221);
// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var clock = __nccwpck_require__(563);
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
        const late = (0,clock/* sleep */.y)(askSeconds * 1000).then(() => 'silent');
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

// EXTERNAL MODULE: ./packages/action-kit/src/log.ts
var log = __nccwpck_require__(671);
;// CONCATENATED MODULE: ./actions/build-image/src/checks.ts


/** The warnings in the metadata that `docker buildx build` writes (buildx 0.16 and later). */
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
/** GitHub shows ten warnings of a step; the summary has all of them. */
const shownAnnotations = 10;
/** Marks each check at its line of the Dockerfile, which is `file`, or `Dockerfile` in `context`. */
function annotate(checks, file, step) {
    if (checks.length === 0)
        return;
    const path = inWorkspace(file);
    for (const { text, url, line } of checks.slice(0, shownAnnotations)) {
        const place = line === undefined ? {} : { startLine: line };
        log/* log */.Rm.warning(`${text} ${url}`.trim(), { title: 'Dockerfile', file: path, ...place });
    }
    const rows = checks.map(({ text, url, line }) => `- \`${path}${line ? `:${line}` : ''}\` ${checks_link(text, url)}`);
    step.summary(`**Dockerfile checks**\n\n${rows.join('\n')}`);
}
function checks_link(text, url) {
    const [rule = '', ...rest] = text.split(': ');
    const said = rest.join(': ').replaceAll('<', '&lt;').replaceAll('|', '\\|');
    return url.startsWith('https://') ? `[${rule}](${url}): ${said}` : `${rule}: ${said}`;
}
/** Annotations are placed by the path in the repository. */
function inWorkspace(file) {
    const path = (0,external_node_path_.relative)((0,external_node_path_.resolve)(process.env.GITHUB_WORKSPACE ?? '.'), file);
    return path.startsWith('..') || (0,external_node_path_.isAbsolute)(path) ? file : path;
}

;// CONCATENATED MODULE: ./actions/build-image/src/child.ts

const keptCharacters = 65_536;
/**
 * Runs `docker` until it ends, and its plugin with it.
 * @throws Failure `docker-missing`, `deadline`, and Interrupted
 */
async function runDocker(args, options) {
    const { env, cwd, signal, leftMs, shown } = options;
    if (signal.aborted)
        throw new failure/* Interrupted */.j$();
    if (leftMs <= 0)
        throw tooLate();
    const lines = { output: (0,log/* lineLog */.Vz)(), errors: (0,log/* lineLog */.Vz)() };
    try {
        const { status, output, exceeded } = await runBounded('docker', args, {
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
            throw new failure/* Failure */.HR('docker-missing', 'The program docker is not on PATH.', 'install Docker on this runner.');
        throw error;
    }
    finally {
        lines.output.end();
        lines.errors.end();
    }
}
function tooLate() {
    return new failure/* Failure */.HR('deadline', 'The build took longer than the input deadline allows.', 'raise deadline, or use a cache.');
}

;// CONCATENATED MODULE: ./actions/build-image/src/commit.ts

/**
 * The commit that is checked out in `folder`; it may differ from the commit of the run. Without a work tree or git it is
 * the commit of the run.
 */
async function commitIn(folder, env = process.env) {
    // In a container job the workspace belongs to another user than git expects.
    const args = ['-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--no-show-signature', '--format=%H %ct'];
    try {
        const { status, output } = await runBounded('git', args, { env, timeoutMs: 10_000, keptCharacters: 1000 });
        const [, sha, time] = /^([0-9a-f]{40}) (\d+)$/.exec(output.trim()) ?? [];
        if (status === 0 && sha)
            return { sha, time: Number(time) };
    }
    catch {
        // no git
    }
    // no git, no work tree, or a commit that was not fetched
    return { sha: (env.GITHUB_SHA ?? '').toLowerCase(), time: undefined };
}

;// CONCATENATED MODULE: ./actions/build-image/src/build-errors.ts

/**
 * Classifies by the engine's own last message. The output of a Dockerfile command stands before it: a network error there
 * is the Dockerfile's.
 */
function classifyError(output) {
    const word = lastErrorText(output);
    return rules.find(([, pattern]) => pattern.test(word))?.[0] ?? 'build';
}
/** From the last line that begins with `ERROR:` or `docker:`, else the last one. */
function lastErrorText(output) {
    const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
    const error = lines.findLastIndex((line) => /^(error|docker):/i.test(line));
    return (error < 0 ? lines.slice(-1) : lines.slice(error)).join('\n');
}
/** In order: the first match decides. Texts of Docker 20.10 to 28, buildx 0.13 to 0.29, BuildKit 0.8 to 0.25. */
const rules = [
    // The failed command is quoted there, whatever its text contains.
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
/** The failure of a step for an error that is not retried. */
function failureFor(errorKind, output) {
    const word = lastErrorText(output)
        .replace(/^error:\s*/i, '')
        .slice(0, 1000);
    switch (errorKind) {
        case 'daemon-missing':
            return new failure/* Failure */.HR('docker-unreachable', word, 'start the Docker daemon, or set DOCKER_HOST to where one listens.');
        case 'buildx-missing':
            return new failure/* Failure */.HR('buildx-missing', 'This Docker cannot build: it has no buildx, and its own client has no BuildKit.', 'put docker/setup-buildx-action before this step, or install the package docker-buildx-plugin.');
        case 'engine-cannot':
            return new failure/* Failure */.HR('engine-cannot', word, 'put docker/setup-buildx-action before this step: its builder supports it.');
        case 'registry-login':
            return new failure/* Failure */.HR('registry-login', `The registry refused the request: ${word}`, 'check that this job is logged in to the registry, and may pull the base images and push to the image.');
        case 'tag-immutable':
            return new failure/* Failure */.HR('tag-immutable', word, 'give if-exists: reuse, which takes the existing image instead of a new build.');
        case 'transport':
            return new failure/* Failure */.HR('registry-unreachable', `The connection to a registry failed three times: ${word}`, 'run the job again.');
        case 'cache':
        case 'build':
            return new failure/* Failure */.HR('build-failed', `The build failed: ${word}`, 'read the log of the build above this error.');
    }
}

;// CONCATENATED MODULE: ./actions/build-image/src/build-request.ts
/** `--secret` of a build, and the variables with the values: no value is on a command line. */
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
/** `--NAME name=value` for each pair. */
function pairArguments(option, pairs) {
    return pairs.flatMap(({ name, value }) => [option, `${name}=${value}`]);
}
/** Docker reads list options as CSV. */
function csvField(text) {
    return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

;// CONCATENATED MODULE: ./actions/build-image/src/drivers/buildx.ts



/** The kind of the builder in the output of `docker buildx inspect`. */
function builderKind(inspected) {
    return /^Driver:\s*docker\s*$/m.test(inspected) ? 'docker' : 'other';
}
/** `docker buildx build`. It writes digests and warnings to `metadataFile`. */
function buildxDriver(docker, kind, metadataFile) {
    return {
        name: 'buildx',
        limits: (request) => buildxLimits(request, kind),
        async build(request) {
            const { args, env } = buildxArguments(request, kind, metadataFile);
            const result = await docker(args, { env });
            return result.ok ? { ...result, built: builtOf((0,external_node_fs_.readFileSync)(metadataFile, 'utf8')) } : result;
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
        // It becomes a build argument of that name, and the time in the image's configuration.
        ...(request.epoch !== undefined && { SOURCE_DATE_EPOCH: String(request.epoch) }),
    };
    return { args, env };
}
/**
 * Times of files follow the commit too, if the builder supports it. The daemon's own builder refuses the option with its
 * containerd store, and ignores it silently with the older store.
 */
function outputArguments({ push, platforms, epoch }, kind) {
    if (push && kind === 'other' && epoch !== undefined)
        return ['--output', 'type=image,push=true,rewrite-timestamp=true'];
    if (push)
        return ['--push'];
    // Later steps may want to test the image. A daemon may be unable to hold one of several platforms.
    return platforms.length > 1 ? [] : ['--load'];
}
/** Without the option, buildx makes provenance `min` if its builder supports it. */
function attestationArguments({ provenance, sbom }) {
    return [
        ...(provenance === 'auto' ? [] : [`--provenance=${provenance === 'false' ? 'false' : `mode=${provenance}`}`]),
        ...(sbom === 'false' ? [] : [`--sbom=${sbom}`]),
    ];
}
/** A cache that cannot be written must not fail a finished build. */
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

;// CONCATENATED MODULE: ./actions/build-image/src/drivers/docker.ts



/** `docker build` with the BuildKit of the daemon, for clients before 23 that need no buildx for that. */
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
            const configDigest = (0,external_node_fs_.readFileSync)(idFile, 'utf8').trim();
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
/** An option that was requested by name and is not supported is a failure, not a limit. */
function assertSupported({ platforms, provenance, sbom }) {
    const remedy = 'put docker/setup-buildx-action before this step.';
    if (platforms.length > 1)
        throw new failure/* Failure */.HR('engine-cannot', 'docker build can build only one platform at a time.', remedy);
    if (provenance === 'min' || provenance === 'max')
        throw new failure/* Failure */.HR('engine-cannot', 'docker build makes no provenance.', remedy);
    if (sbom !== 'false')
        throw new failure/* Failure */.HR('engine-cannot', 'docker build makes no SBOM.', remedy);
}
function isInline(cache) {
    return /(^|,)type=inline(,|$)/.test(cache);
}
function registryCache(cache) {
    if (!cache.includes('='))
        return cache;
    return /(^|,)type=registry(,|$)/.test(cache) ? /(?:^|,)ref=([^,]+)/.exec(cache)?.[1] : undefined;
}

;// CONCATENATED MODULE: ./actions/build-image/src/engine.ts




/**
 * The engine of this machine: buildx with the builder in use, else Docker's own client if `engine` allows it.
 * @throws Failure `buildx-missing`, `docker-missing`, `docker-unreachable`
 */
async function chooseEngine(requested, docker, folder) {
    const plain = () => dockerDriver(docker, (0,external_node_path_.join)(folder, 'image-id'));
    if (requested === 'docker')
        return plain();
    const inspected = await docker(['buildx', 'inspect'], { shown: false });
    const fault = classifyError(inspected.output);
    if (fault === 'buildx-missing' && requested === 'auto')
        return plain();
    if (fault === 'daemon-missing' || !inspected.ok)
        throw failureFor(fault, inspected.output);
    return buildxDriver(docker, builderKind(inspected.output), (0,external_node_path_.join)(folder, 'metadata.json'));
}

;// CONCATENATED MODULE: ./actions/build-image/src/event.ts

/** Reads the runner's variables and the event's payload. */
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
        // An unknown repository counts as a fork, so nothing is pushed.
        fork: (head?.repo?.full_name ?? '') !== env.GITHUB_REPOSITORY,
    };
}
function readPayload(path) {
    try {
        return path ? JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8')) : {};
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./actions/build-image/src/registry/manifest.ts

const mediaTypes = {
    index: 'application/vnd.oci.image.index.v1+json',
    list: 'application/vnd.docker.distribution.manifest.list.v2+json',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
};
function digestOf(body) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(body).digest('hex')}`;
}
/** The images of an index, and whether it has attestations (provenance, SBOM); undefined: the manifest is one image. */
function indexOf(manifest) {
    const { manifests } = contentOf(manifest);
    if (!manifests)
        return undefined;
    // BuildKit keeps attestations as entries of the platform unknown/unknown.
    const isAttestation = ({ annotations, platform }) => annotations?.['vnd.docker.reference.type'] === 'attestation-manifest' || platform?.os === 'unknown';
    return { images: manifests.filter((one) => !isAttestation(one)), attested: manifests.some(isAttestation) };
}
/** The digest of a single image's configuration. */
function configDigest(manifest) {
    return contentOf(manifest).config?.digest;
}
function contentOf({ body }) {
    return JSON.parse(body.toString('utf8'));
}
/** `linux/arm64`, `linux/arm/v7`: as users write it, without the default variant. */
function platformOf({ os = '', architecture = '', variant = '' }) {
    return normalPlatform([os, architecture, variant].filter((part) => part !== '').join('/'));
}
function normalPlatform(platform) {
    const renamed = platform.replace('/x86_64', '/amd64').replace('/aarch64', '/arm64');
    if (renamed.endsWith('/arm'))
        return `${renamed}/v7`;
    return renamed.replace(/(\/arm64)\/v8$/, '$1').replace(/(\/amd64)\/v1$/, '$1');
}

;// CONCATENATED MODULE: ./actions/build-image/src/inspect.ts


/** Reads the platforms of a manifest. */
async function inspectManifest(registry, manifest) {
    const index = indexOf(manifest);
    if (!index) {
        const platform = platformOf(await configOf(registry, manifest));
        return { digest: manifest.digest, platforms: { [platform]: manifest.digest }, attested: false };
    }
    const platforms = index.images.map(({ digest, platform = {} }) => [platformOf(platform), digest]);
    return { digest: manifest.digest, platforms: Object.fromEntries(platforms), attested: index.attested };
}
/** The commits that the labels of a manifest's images name; empty text for an image without that label. */
async function revisionsOf(registry, manifest) {
    const index = indexOf(manifest);
    const images = index ? await Promise.all(index.images.map(({ digest }) => partOf(registry, digest))) : [manifest];
    const configs = await Promise.all(images.map((image) => configOf(registry, image)));
    return [...new Set(configs.map(({ config }) => config?.Labels?.['org.opencontainers.image.revision'] ?? ''))];
}
/** The requested platforms that the image does not have. */
function missingPlatforms(inspection, requested) {
    return requested.filter((platform) => !(normalPlatform(platform) in inspection.platforms));
}
async function partOf(registry, digest) {
    const part = await registry.manifest(digest);
    if (!part)
        throw new failure/* Failure */.HR('registry-answer', `The registry has no manifest ${digest}, although one of its manifests refers to it.`, 'a clean-up may have removed manifests without a tag. Build the image again with if-exists: overwrite, and exclude such manifests from the clean-up.');
    return part;
}
async function configOf(registry, manifest) {
    const digest = configDigest(manifest);
    if (digest === undefined)
        throw new failure/* Failure */.HR('registry-answer', `${manifest.digest} is not an image: it has no configuration.`, 'check what was pushed under that tag, or give another tag.');
    return registry.config(digest);
}

;// CONCATENATED MODULE: ./actions/build-image/src/existing.ts


/**
 * The image that an earlier run pushed and that need not be built; undefined if a build is needed.
 * @throws Failure `tag-exists` if a permanent tag names another image
 */
async function findExisting(registry, { image, ifExists, platforms }, plan, commit) {
    if (ifExists === 'overwrite')
        return undefined;
    const found = await Promise.all(plan.tags.map(async (tag) => ({ tag, manifest: await registry.manifest(tag) })));
    const there = found.flatMap(({ tag, manifest }) => (manifest ? [{ tag, manifest }] : []));
    // The moving tag counts too if it is the only one: its build may be of this very merge.
    const fixed = there.filter(({ tag }) => tag !== plan.moving);
    const [first, ...others] = fixed.length > 0 ? fixed : there;
    if (!first)
        return undefined;
    const refuse = (what) => new failure/* Failure */.HR('tag-exists', `${image.name} has ${what}`, 'a tag names one build permanently. Give another tag, or if-exists: overwrite to replace this one.');
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

;// CONCATENATED MODULE: ./actions/build-image/src/labels.ts
/** The image's labels, by OCI's names. Labels of the user win. `created` is the commit's time, so builds are repeatable. */
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

// EXTERNAL MODULE: ./packages/action-kit/src/mask.ts
var mask = __nccwpck_require__(477);
;// CONCATENATED MODULE: ./actions/build-image/src/registry/credentials.ts




/** The folder of Docker's configuration and logins: `DOCKER_CONFIG`, else `~/.docker`. */
function dockerFolder(env = process.env) {
    return env.DOCKER_CONFIG || (0,external_node_path_.join)(env.HOME || (0,external_node_os_.homedir)(), '.docker');
}
/** Docker's own configuration; empty if it is missing or unreadable. */
function readDockerConfig(folder) {
    try {
        return JSON.parse((0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, 'config.json'), 'utf8'));
    }
    catch {
        return {};
    }
}
/** Docker keeps the logins of Docker Hub under an old address. */
function loginKey(registry) {
    return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
}
/** The login that an earlier step of the job left with Docker, from its file or its credential helper. */
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
    const options = { env: (0,job/* childEnvironment */.Qc)(), input: key, timeoutMs: 10_000, keptCharacters: 1_000_000, whole: true };
    const ended = await runBounded(`docker-credential-${helper}`, ['get'], options).catch(() => undefined);
    // A helper that does not know the registry fails: the job has no login there.
    const found = ended?.status === 0 ? credentialsIn(ended.output) : undefined;
    if (!found)
        return undefined;
    const { Username: username, Secret: secret } = found;
    (0,mask/* mask */.d)(secret);
    return username === '<token>' ? { identityToken: secret } : { username, password: secret };
}
/** The login that a helper printed; undefined if it printed none. */
function credentialsIn(stdout) {
    try {
        const { Username = '', Secret = '' } = JSON.parse(stdout);
        return Secret === '' ? undefined : { Username, Secret };
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./actions/build-image/src/login.ts



/** The folder for files that a step removes at its end: Docker's configuration with the login, the metadata file. */
function privateFolder(journalFolder, step) {
    return (0,external_node_path_.join)(journalFolder, step);
}
function removePrivate(folder) {
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
}
/**
 * Writes a Docker configuration for this step: the job's configuration and the login. It does not run `docker login`, which
 * would give the password to the job's credential store, if it has one, and needs a daemon. Returns the variables that
 * point to the configuration.
 */
function writeDockerConfig(folder, { registry }, { username, password }) {
    const jobConfig = (0,external_node_path_.resolve)(dockerFolder());
    const own = (0,external_node_path_.join)(folder, 'docker');
    (0,external_node_fs_.mkdirSync)(own, { recursive: true, mode: 0o700 });
    // Docker finds contexts and plugins beside the file.
    for (const name of ['contexts', 'cli-plugins']) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(jobConfig, name)))
            (0,external_node_fs_.symlinkSync)((0,external_node_path_.join)(jobConfig, name), (0,external_node_path_.join)(own, name));
    }
    const config = readDockerConfig(jobConfig);
    const key = loginKey(registry);
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    const content = {
        ...config,
        auths: { ...config.auths, [key]: { auth } },
        // For this registry the file is used, whatever stores the other logins.
        ...(config.credsStore || config.credHelpers ? { credHelpers: { ...config.credHelpers, [key]: '' } } : {}),
    };
    (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(own, 'config.json'), JSON.stringify(content), { mode: 0o600 });
    // Builders stay in the folder of the job: they outlive this step.
    return { DOCKER_CONFIG: own, BUILDX_CONFIG: process.env.BUILDX_CONFIG || (0,external_node_path_.join)(jobConfig, 'buildx') };
}

// EXTERNAL MODULE: ./node_modules/semver/functions/compare.js
var compare = __nccwpck_require__(469);
var compare_default = /*#__PURE__*/__nccwpck_require__.n(compare);
// EXTERNAL MODULE: ./node_modules/semver/functions/parse.js
var parse = __nccwpck_require__(353);
var parse_default = /*#__PURE__*/__nccwpck_require__.n(parse);
;// CONCATENATED MODULE: ./packages/release-model/src/semver.ts


/** Reads `1.2.3`, `v1.2.3-rc.1`, and `1.2.3_build`, which is how a registry's tag must write `1.2.3+build`. */
function parseSemver(text) {
    // The library ignores spaces around it; a tag with spaces is another name.
    if (/\s/.test(text))
        return undefined;
    return parse_default()(text.replace('_', '+')) ?? undefined;
}
/** Below 0 where `a` comes before `b`. */
function compareSemver(a, b) {
    return compare_default()(a.version, b.version);
}

;// CONCATENATED MODULE: ./actions/build-image/src/image.ts
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** Reads the name of an image without tag and digest. `wrong` says why a name is not valid. */
function parseImage(text) {
    const name = text.toLowerCase();
    if (name.includes('://'))
        return { wrong: 'is a URL' };
    if (name.includes('@'))
        return { wrong: 'has a digest' };
    const [first = '', ...others] = name.split('/');
    const named = others.length > 0 && (/[.:]/.test(first) || first === 'localhost');
    // An old address of Docker Hub, which Docker treats as the same.
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
/** Whether registries accept this text as a tag. */
function isTag(text) {
    return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text);
}
function isDigest(text) {
    return /^sha256:[0-9a-f]{64}$/.test(text);
}
function isLoopback(registry) {
    return /^(localhost|127(\.\d{1,3}){3})(:\d+)?$/.test(registry);
}

;// CONCATENATED MODULE: ./actions/build-image/src/plan.ts


/**
 * The immutable tags of a build: `sha-<40 digits>` always, and the version on a git tag. `sha-…` is reserved for builds of
 * exactly that commit. A pull request builds a merge commit, so its build gets a name of its own.
 */
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
/**
 * The image tag for a git tag or a version: `v1.2.3` as `1.2.3`; in others `-` replaces characters that a tag cannot have.
 * Cut at the longest length of a tag, as names in git may be twice as long.
 */
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
/**
 * Which tags a version gets: itself, then `X.Y`, `X` and last `latest`, each only if the version is the highest stable
 * one in that range. Prereleases get no floating tags. `requested` replaces the floating tags; `latest` keeps its rule.
 * `back`: the job rolled back to this version, so the floating tags move to it although higher versions exist.
 */
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
/** Why a floating tag does not move to this version; undefined if it does. */
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
/** The highest stable version among tags that a floating tag may name: of all for `latest`, of 1.x for `1`. */
function highestFor(tag, known) {
    const range = rangeOf(tag);
    return range && highestIn(range, known)?.tag;
}
/** Versions decide about `latest`, `X` and `X.Y`; any other floating tag (`qa`, `edge`) just moves. */
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
/** 0.x promises nothing across its minors, so there is no tag `0`. */
function floatingTags({ major, minor, prerelease }) {
    if (prerelease.length > 0)
        return [];
    return [`${major}.${minor}`, ...(major > 0 ? [`${major}`] : []), 'latest'];
}
/** What is wrong with a tag from the inputs; undefined if it is valid. */
function tagError(tag) {
    if (isTag(tag))
        return undefined;
    return tag.length > 128 ? `"${tag}" has ${tag.length} characters` : `"${tag}" is not a valid tag`;
}

;// CONCATENATED MODULE: ./actions/build-image/src/report.ts
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
/** Writes outputs and summary of what the registry has now. */
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
/** A build without a push has no digest of a registry to report. */
function reportUnpushed(plan, commit, built, step) {
    step.output('tags', JSON.stringify(plan.tags));
    step.output('sha', commit.sha);
    step.info(`Built${built.configDigest ? ` ${built.configDigest}` : ''}; not pushed, because ${plan.whyNot}.`);
    step.summary(`**build-image**: built, not pushed, because ${plan.whyNot}.`);
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
    if (!proxy || proxy_isLoopback(url.hostname) || isExcepted(url, env.no_proxy || env.NO_PROXY || ''))
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
function proxy_isLoopback(hostname) {
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

;// CONCATENATED MODULE: ./actions/build-image/src/registry/challenge.ts
/** Reads `Bearer realm="https://…",service="…",scope="…"`. Undefined for a scheme that is not supported. */
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

;// CONCATENATED MODULE: ./actions/build-image/src/registry/client.ts
// biome-ignore-all lint/style/noExcessiveLinesPerFile: one client of one protocol; its requests, tokens and retries share a state





const maxRedirects = 5;
/** For one request: to connect and to answer. */
const timeoutMs = 30_000;
/** Registries take manifests of 4 MiB at most; configurations are smaller. */
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
                throw new failure/* Failure */.HR('registry-answer', `${registry} answered the request for ${reference} of ${image.name} with another digest, ${digest}.`);
            return { digest, mediaType: mediaTypeOf(answer, content), body: answer.body };
        },
        async config(digest) {
            const what = `the configuration ${digest}`;
            const answer = assertOk(await ask({ method: 'GET', url: path(`blobs/${digest}`) }), what);
            if (digestOf(answer.body) !== digest)
                throw new failure/* Failure */.HR('registry-answer', `${registry} answered the request for ${digest} of ${image.name} with other content.`);
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
                throw new failure/* Failure */.HR('tag-immutable', `${registry} does not let the tag ${tag} of ${image.name} be moved${reasonIn(answer)}.`, 'give tags that the rule of the registry for immutable tags does not cover, or change that rule.');
            assertOk(answer, `the tag ${tag}`);
        },
    };
    /** Sends a request until there is a usable answer: again with a login after a refusal, again after a transport error. */
    async function ask(request) {
        const tried = await retry(() => tryOnce(request), {
            // Putting a tag twice gives the same state.
            repeatable: true,
            attempts,
            backoffMs: doubling(500, { factor: () => 0.75 + Math.random() / 2 }),
            longestPauseMs: 30_000,
            signal,
            onPause: ({ fault }, ms) => options.onRetry(`${registry} ${fault}; again in ${(ms / 1000).toFixed(1)} s.`),
        });
        if (tried && 'value' in tried)
            return tried.value;
        if (!tried || signal.aborted)
            throw new failure/* Interrupted */.j$();
        throw new failure/* Failure */.HR('registry-unreachable', `${registry} ${tried.trouble.fault}, ${attempts} times in a row, for ${request.method} ${request.url.pathname}.`, 'check that the registry is healthy and that this runner can reach it, then run the job again.');
    }
    async function tryOnce(request) {
        const again = { retryable: true, maybeDelivered: true };
        try {
            const answer = await authorized(request);
            if (answer.status !== 429 && answer.status < 500)
                return { value: answer };
            const fault = `answered ${answer.status}${reasonIn(answer)}`;
            return { trouble: { ...again, fault, waitMs: retryAfterMs(answer) } };
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
        // At the first request, or when a token has expired.
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
            throw new failure/* Failure */.HR('registry-denied', `${registry} does not let ${who()} ${may} ${image.name}${reasonIn(answer)}.`, 'give the account this right. On ghcr.io the job needs "permissions: packages: write".');
        }
        return answer;
    }
    async function authorizationFor({ scheme, realm, service }) {
        if (scheme === 'basic')
            return basicOf(credentials);
        // With POST, the login is in the body.
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
    /** A failing token service is handled as a failing registry, and retried. */
    function failedAnswer(answer) {
        throw new NoResponseError(`its token service answered ${answer.status}`, true);
    }
    function tokenRequest(realm, service) {
        const scope = `repository:${repository}:${options.writes ? 'pull,push' : 'pull'}`;
        if (!URL.canParse(realm))
            throw new failure/* Failure */.HR('registry-answer', `${registry} names no valid URL to log in at: "${realm}".`);
        const url = new URL(realm);
        if (url.protocol !== 'https:' && origin.startsWith('https:'))
            throw new failure/* Failure */.HR('registry-answer', `${registry} asks to send the login unencrypted, to ${url.origin}.`);
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
    /**
     * Registries often answer a blob with a redirect to a store. Neither that store nor the target of a token service's
     * redirect may get the registry's login.
     */
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
                throw new failure/* Failure */.HR('registry-answer', `${registry} redirects in a circle.`);
            url = new URL(location, url);
        }
    }
    function loginRefused(reason) {
        const remedy = 'check that username and password (or token) are right and may use this repository.';
        return credentials
            ? new failure/* Failure */.HR('registry-login', `${registry} refused the login of ${who()}${reason}.`, remedy)
            : new failure/* Failure */.HR('registry-login', `${registry} asks for a login${reason}.`, `give username and password; ${remedy}`);
    }
    function who() {
        return credentials && 'username' in credentials ? `"${credentials.username}"` : 'this job';
    }
    /** Takes only the path: behind a proxy a registry may know itself by another name, and no other host may get the login. */
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
            // reported below
        }
        throw unexpectedAnswer(what, 'with content that is not an answer of a registry');
    }
    function unexpectedAnswer(what, how) {
        return new failure/* Failure */.HR('registry-answer', `${registry} answered ${what} of ${image.name} ${how}.`, 'check that this host is a registry, and that no proxy or sign-in page answers in its place.');
    }
    function assertOk(answer, what) {
        if (answer.status >= 200 && answer.status < 300)
            return answer;
        throw new failure/* Failure */.HR('registry-answer', `${registry} answered ${answer.status}${reasonIn(answer)} for ${what} of ${image.name}.`, answer.status === 404
            ? 'check that the repository exists: some registries require it before a push.'
            : 'check this status in the documentation and the log of the registry.');
    }
}
function basicOf(credentials) {
    if (!credentials || !('username' in credentials))
        return undefined;
    return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}
/** ` (authentication required)`, at most 160 characters on one line. */
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
function retryAfterMs({ headers }) {
    const seconds = Number(headers['retry-after']);
    return headers['retry-after'] !== undefined && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
/** The header without parameters. Some registries omit it; the content has the type too. */
function mediaTypeOf({ headers }, { mediaType, manifests }) {
    const [said = ''] = String(headers['content-type'] ?? '').split(';');
    if (Object.values(mediaTypes).includes(said.trim()))
        return said.trim();
    return mediaType ?? (manifests ? mediaTypes.index : mediaTypes.manifest);
}
/** Registries refuse to move a tag with 400, 403, 409 or 412; only the text has the reason. */
function mentionsImmutable({ status, body }) {
    return status >= 400 && status < 500 && /immutab(le|ility)/i.test(body.toString('utf8'));
}
function headerText(header) {
    return Array.isArray(header) ? header.join(', ') : header;
}

;// CONCATENATED MODULE: ./actions/build-image/src/repository.ts


/** The repository of `image`, with the login of the inputs, else with the Docker login of an earlier step. */
async function openRepository(image, login, { writes, step, signal = step.signal, attempts = 4 }) {
    const credentials = login ?? (await storedCredentials(image.registry, dockerFolder()));
    return openRegistry(image, { credentials, writes, signal, attempts, onRetry: (text) => step.info(text) });
}

;// CONCATENATED MODULE: ./actions/build-image/src/retry.ts


const attempts = 3;
/**
 * Builds a request. An error of the connection to a registry is retried twice, with a longer pause each time. After an
 * error of the cache, or the last of those retries, it builds once more without a cache. An error of the Dockerfile is
 * final.
 */
async function buildWithRetry(engine, request, step) {
    const { signal } = step;
    const pauseMs = doubling(2000, { factor: () => 0.75 + Math.random() / 2 });
    let builds = 0;
    const tryToBuild = (wanted) => retry(() => {
        builds += 1;
        return buildOnce(engine, wanted, signal);
    }, {
        // Pushing the same image twice gives the same state.
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
        throw new failure/* Interrupted */.j$();
    throw failureFor(tried.trouble.kind, tried.trouble.output);
}
async function buildOnce(engine, request, signal) {
    const { built, output } = await engine.build(request);
    if (built)
        return { value: built };
    if (signal.aborted)
        throw new failure/* Interrupted */.j$();
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

;// CONCATENATED MODULE: ./actions/build-image/src/verify.ts



/** A registry may need a moment to show what was just pushed. */
const readAttempts = 4;
/**
 * Verifies that every tag names the digest that the engine reported, with every requested platform.
 * @throws Failure `not-verified`
 */
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
        await (0,clock/* sleep */.y)(attempt * 500, signal);
    }
}
function notVerified(text) {
    return new failure/* Failure */.HR('not-verified', text, 'run the job again: it inspects the tags in the registry before it builds anything.');
}

;// CONCATENATED MODULE: ./actions/build-image/src/build.ts
















/** Builds and pushes what the event asks for, or reuses an existing image. Either way it verifies in the registry. */
async function build(inputs, step) {
    const folder = privateFolder(step.journal.folder, step.id);
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    try {
        await buildIn(folder, inputs, step);
    }
    catch (error) {
        throw step.signal.aborted ? new failure/* Interrupted */.j$() : error;
    }
    finally {
        removePrivate(folder);
    }
    // Nothing that runs changes: only promote moves tags that deployments follow.
    return { result: 'unchanged' };
}
async function buildIn(folder, inputs, step) {
    const docker = dockerFor(inputs, folder, step);
    // Runs in parallel; the result is needed only for a build.
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
    annotate(built.checks, inputs.file ?? (0,external_node_path_.join)(inputs.context, 'Dockerfile'), step);
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
/** Runs Docker with the login of the inputs, if given, until the deadline. */
function dockerFor(inputs, folder, step) {
    const end = (0,clock/* monotonicSeconds */.m)() + inputs.deadline;
    const config = inputs.login ? writeDockerConfig(folder, inputs.image, inputs.login) : {};
    return (args, { env = {}, shown = true } = {}) => runDocker(args, {
        env: { ...(0,job/* childEnvironment */.Qc)(), ...config, ...env },
        cwd: inputs.context,
        signal: step.signal,
        leftMs: (end - (0,clock/* monotonicSeconds */.m)()) * 1000,
        shown,
    });
}

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

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: ./packages/github/src/download.ts






const download_attempts = 4;
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
    const tried = (await retry(once, { repeatable: true, attempts: download_attempts, backoffMs: doubling(1000), signal })) ?? (await once());
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

;// CONCATENATED MODULE: ./packages/github/src/request-rules.ts


/** How often a request is sent at most, and how long each may take, with its answer. */
const request_rules_attempts = 4;
const request_rules_attemptMs = 15_000;
/** A comparison of two commits is the longest answer; it may hold the text of hundreds of changed files. */
const request_rules_maxBytes = 20_000_000;
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
            ? { kind: 'unusable', status: answer.status, why: `it is longer than ${request_rules_maxBytes} bytes` }
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

;// CONCATENATED MODULE: ./actions/build-image/src/inputs.ts






const inputs_commands = ['build', 'promote'];
function readBuildImageInputs(read) {
    const command = read.choice('command', { default: 'build', of: inputs_commands });
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
    // Secrets are often stored with the line end of a copied token.
    const password = read.secret('password').trim();
    if (password === '')
        return undefined;
    if (username === '' || username.includes(':'))
        read.issue('username', username === '' ? 'is missing' : 'holds a ":"', 'Give the login that the password belongs to.');
    (0,mask/* mask */.d)(Buffer.from(`${username}:${password}`).toString('base64'));
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
    // A value pasted from the output ref has the name before it.
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
    const context = (0,external_node_path_.resolve)(workspace(), given);
    if (!(0,external_node_fs_.existsSync)(context) || !(0,external_node_fs_.statSync)(context).isDirectory())
        read.issue('context', `"${given}" is not a folder`, 'Give a folder of the workspace, and check out the repository before this step.');
    return context;
}
function readFile(read, context) {
    const given = read.text('file');
    const file = given === '' ? (0,external_node_path_.join)(context, 'Dockerfile') : (0,external_node_path_.resolve)(workspace(), given);
    if (!(0,external_node_fs_.existsSync)(file)) {
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
/** A name with this end holds a secret in nearly every project. A prefix marks what a browser gets anyway. */
const secretName = /(^|_)(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|(API|ACCESS|SECRET|PRIVATE|AUTH)_?KEY)$/i;
const publicName = /(^|_)(PUBLIC|VITE|REACT_APP)_/i;
/** Everybody can read build arguments in the image's history and provenance. */
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
/** Other actions read CSV here. In this one the quotes would become part of the name. */
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
/** Not printed: a cache may be named with a token. */
function readCaches(read, input) {
    const caches = read.lines(input);
    if (caches.some((cache) => /^["']/.test(cache)))
        read.issue(input, 'has a quoted line', unquoted);
    return caches;
}
/** Values from `secrets`, from variables of the environment, which may have several lines, and from files. */
function readSecrets(read) {
    // Masks the whole lines; the values are masked below.
    read.secret('secrets', { multiline: true });
    const named = (input) => read.lines(input).flatMap((line) => {
        const [, id, rest = ''] = /^([A-Za-z0-9_.-]+)=(.*)$/.exec(line) ?? [];
        if (id !== undefined)
            return [{ id, rest }];
        // Not printed: it may be a line of a value.
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
        const path = (0,external_node_path_.resolve)(workspace(), rest);
        if (!(0,external_node_fs_.existsSync)(path) || (0,external_node_fs_.statSync)(path).size === 0)
            empty('secret-files', `${id}, which is ${rest},`, 'Write the file in an earlier step.');
        return { id, from: { path } };
    });
    const all = [...values, ...variables, ...files];
    for (const { from } of all)
        if ('value' in from && from.value !== '')
            (0,mask/* mask */.d)(from.value);
    const twice = all.find(({ id }, index) => all.findIndex((other) => other.id === id) < index);
    if (twice)
        read.issue('secrets', `${twice.id} is given twice`, 'Give each id once.');
    return all;
}
/** Without short values: harmless text contains them by chance. */
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
        if (!(error instanceof failure_GitHubError) || ![404, 422].includes(error.status))
            throw error;
        throw new failure/* Failure */.HR('no-such-version', `${github.repository} has no tag "${version}".`, 'give a tag, the 40 digits of a commit, or `previous`. In a private repository the job needs `contents: read` to see its tags.');
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

;// CONCATENATED MODULE: ./packages/release-model/src/tags.ts
/** The command that makes a tag name a digest again. */
function retagCommand(image, tag, digest) {
    return `docker buildx imagetools create --tag ${image}:${tag} ${image}@${digest}`;
}

;// CONCATENATED MODULE: ./actions/build-image/src/promote.ts







/** Gives the release's digest its version tag, then moves the floating tags of that version, `latest` last. */
async function promote(inputs, step) {
    const { release, back } = await releaseOf(inputs, step);
    const late = AbortSignal.timeout(inputs.deadline * 1000);
    const signal = AbortSignal.any([step.signal, late]);
    try {
        return await promoteIn(inputs, release, back, step, signal);
    }
    catch (error) {
        if (step.signal.aborted)
            throw new failure/* Interrupted */.j$();
        if (late.aborted)
            throw new failure/* Failure */.HR('deadline', `The tags were not moved within the deadline of ${inputs.deadline} s.`, 'run the job again.');
        throw error;
    }
}
/**
 * The release of the job; after a rollback, the kept release that the job rolled back to.
 * @throws Failure `nothing-chosen` if only the hosts know the version, and no step asked them
 */
async function releaseOf({ release: requested, github }, step) {
    const release = await joinReleaseOfVersion(step, requested, github);
    const chosen = step.journal.read().chosen.findLast(({ service }) => service === release.service)?.release;
    if (chosen)
        return { release: { ...release, version: chosen.version, sha: chosen.sha }, back: true };
    if (!isKeptRelease(requested.version))
        return { release, back: false };
    throw new failure/* Failure */.HR('nothing-chosen', `version is "${requested.version}", but no step of this job has rolled back to a release of ${release.service}. Only the hosts know its image.`, 'put this step after the one that rolls back, in the same job, with the same service; or give the tag as version.');
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
/** The tested image: the digest from the inputs, else what the commit's own tag names. */
async function findImage(registry, { image, digest }, { sha }) {
    const reference = digest || shaTag(sha);
    const manifest = await registry.manifest(reference);
    if (!manifest)
        throw new failure/* Failure */.HR('not-built', `${image.name} has no image ${reference}.`, 'build and push that commit first, with this action. The registry may have removed an old image.');
    const revisions = await revisionsOf(registry, manifest);
    if (revisions.join() !== sha)
        throw new failure/* Failure */.HR('other-commit', `${image.name}@${manifest.digest} was built from ${revisions.join(', ') || 'an unknown commit'}, not from ${sha}.`, 'give the digest of the image of this commit, or leave digest empty.');
    return manifest;
}
/**
 * What each tag that has to move names now.
 * @throws Failure `tag-exists` if the version names another image
 */
async function inspectTags(registry, { image, ifExists }, moves, manifest) {
    const inspected = await Promise.all(moves.map(async (move) => ({ ...move, now: await registry.manifest(move.tag) })));
    for (const { tag, kind, now } of inspected) {
        if (kind !== 'version' || !now || ifExists === 'overwrite')
            continue;
        if (ifExists === 'reuse' && now.digest === manifest.digest)
            continue;
        throw new failure/* Failure */.HR('tag-exists', `${image.name}:${tag} exists already and names ${now.digest}; this release is ${manifest.digest}.`, 'a version names one image permanently. Release a new version, or give if-exists: overwrite.');
    }
    return inspected
        .filter(({ now }) => now?.digest !== manifest.digest)
        .map(({ tag, kind, now }) => ({
        tag,
        kind,
        before: now && { digest: now.digest, mediaType: now.mediaType, body: now.body.toString('base64') },
    }));
}
/**
 * Moves one tag. No registry can compare and set, so the tags are read again after the move. If a higher version was
 * promoted in between, the tag moves to that one, whichever promotion wrote last.
 */
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
    // If the runner is lost, so is its journal; the job log stays.
    for (const { tag, before } of saved) {
        step.info(`${dryRun ? 'Would move' : 'Moves'} ${tag} from ${before?.digest ?? 'nothing'} to ${digest}.`);
        if (before)
            step.info(`  To restore it by hand: ${retagCommand(image.name, tag, before.digest)}`);
    }
    const rows = saved.map(({ tag, before }) => `| \`${tag}\` | ${before ? `\`${before.digest}\`` : 'new'} |`);
    const head = `**build-image: ${dryRun ? 'would promote' : 'promotes'}** \`${image.name}@${digest}\``;
    step.summary(rows.length === 0 ? `${head}: nothing to move.` : [head, '', '| tag | before |', '|---|---|', ...rows].join('\n'));
}
/** What the moved floating tags named before; empty if none named anything. A version's tag stays. */
function tagsBefore(image, digest, saved) {
    const tags = saved.flatMap(({ tag, kind, before }) => kind === 'floating' && before ? [{ tag, digest: before.digest }] : []);
    const before = { image, digest, tags };
    return tags.length > 0 ? JSON.stringify(before) : '';
}

;// CONCATENATED MODULE: ./actions/build-image/src/undo.ts



/**
 * Restores every tag that still names what this step gave it. A tag that could not be inspected or restored by `until`
 * (monotonic seconds) is `mixed`, with the command to finish by hand; it does not throw for that.
 */
async function undoTags(saved, open, until) {
    const signal = AbortSignal.timeout(Math.ceil(Math.max(1, until - (0,clock/* monotonicSeconds */.m)()) * 1000));
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
            const [why] = (0,failure/* messageOf */.bD)(error).split('\n');
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
    // Registries delete an image with all its tags, or nothing: a host that still runs this digest would lose its image.
    if (!before)
        return { result: 'rolled-back', stays: true, detail: `it is new, and names ${digest}` };
    await registry.put(tag, { ...before, body: Buffer.from(before.body, 'base64') });
    return { result: 'rolled-back', detail: `back to ${before.digest}` };
}

;// CONCATENATED MODULE: ./actions/build-image/src/action.ts








/** Builds in a job of its own. Promotes in the job that releases, where a later failure restores the tags. */
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
        // If main was killed, the login is still there.
        close: async (step) => removePrivate(privateFolder(step.journal.folder, step.id)),
    },
};
/** Only the login: other inputs may have changed between main and post. */
function loginFromInputs() {
    const [username, password] = [(0,inputs/* fromEnvironment */.A)('username').trim(), (0,inputs/* fromEnvironment */.A)('password').trim()];
    return password === '' ? undefined : { username, password };
}


/***/ }),

/***/ 319:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(946);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(964);


await (0,_belay_action_kit__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)(_action_js__WEBPACK_IMPORTED_MODULE_0__/* .buildImage */ ._);

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

/***/ 671:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Rm: () => (/* binding */ log),
/* harmony export */   Vz: () => (/* binding */ lineLog)
/* harmony export */ });
/* unused harmony export escapeCommands */
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(210);

/**
 * The only way to the job log. Almost every line holds text of hosts, tools or servers, and the runner reads workflow
 * commands from standard output and standard error alike: what is printed here can never be one.
 */
const log = {
    info: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(escapeCommands(text)),
    debug: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz(escapeCommands(text)),
    notice: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(escapeCommands(text), properties),
    warning: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(escapeCommands(text), properties),
    error: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3(escapeCommands(text), properties),
    /** An error annotation, and the step is red. */
    setFailed: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setFailed */ .C1(escapeCommands(text)),
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

/***/ 946:
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

// EXTERNAL MODULE: ./packages/action-kit/src/log.ts
var log = __nccwpck_require__(671);
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
        log/* log */.Rm.setFailed(error.message);
        return;
    }
    log/* log */.Rm.setFailed(`${(0,src_failure/* messageOf */.bD)(error)}\n  This is a bug in Belay. Please report it with the log lines below.`);
    if (error instanceof Error)
        log/* log */.Rm.info(error.stack ?? '');
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
        log/* log */.Rm.debug((0,src_failure/* messageOf */.bD)(error));
    }
}
/** A job that changed production and lost its journal fails, and says what is left behind. */
function reportLoss(action, step, state) {
    const { damaged } = step.journal.read();
    if (damaged === undefined || !state.mutates)
        return;
    const report = lossReport(action, step.journal, damaged, state);
    log/* log */.Rm.setFailed(report);
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
        log/* log */.Rm.notice(text, { title: 'Released' });
    else
        log/* log */.Rm.error(text, { title: titles[result] ?? 'Check which version serves' });
}
const titles = { 'rolled-back': 'Rolled back', unchanged: 'Not released' };
/** Fails a job that ends other than its steps promised, whatever the workflow tolerates. */
function failOnBadOutcome(result, decided, jobStatus) {
    if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
        log/* log */.Rm.setFailed(`This step ended as ${result}. Inspect the targets that the summary names.`);
    else if (decided.decision === 'undo' && jobStatus === 'success')
        log/* log */.Rm.setFailed(`The release was rolled back, because ${decided.why}.`);
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
        info: (text) => log/* log */.Rm.info(text),
        warn(text, host) {
            log/* log */.Rm.warning(host ? `${host}: ${text}` : text);
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
            log/* log */.Rm.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`);
        return worstResult(outcomes.map(({ result }) => result));
    }
    catch (error) {
        log/* log */.Rm.error(`Rollback failed: ${(0,src_failure/* messageOf */.bD)(error)}`);
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
        return log/* log */.Rm.info('The main stage was stopped before it changed anything. There is nothing to undo.');
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
        log/* log */.Rm.warning((0,src_failure/* messageOf */.bD)(error));
    }
    finally {
        attempt(() => reportLoss(action.name, step, state));
        await action.transaction?.close(step).catch((error) => log/* log */.Rm.debug((0,src_failure/* messageOf */.bD)(error)));
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
    log/* log */.Rm.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
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
/******/ var __webpack_exports__ = __nccwpck_require__(319);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
