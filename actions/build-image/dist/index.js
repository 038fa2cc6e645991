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

/***/ 987:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  _: () => (/* binding */ buildImage)
});

// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 1 modules
var inputs = __nccwpck_require__(221);
;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
;// CONCATENATED MODULE: ./packages/host/src/host-lines.ts
/** Characters of a line that are kept; what a login prints without a line break is no line of a host script. */
const longestLine = 64 * 1024;
/** Bytes that a whole call may print. */
const mostBytes = 64e6;
/**
 * Reads what a host says, chunk by chunk, in time that grows with its length only: `onLine` gets each line, of one that is
 * too long nothing. Returns false once it has said more than any script does.
 */
function hostLines(onLine) {
    let rest = '';
    let skips = false;
    let total = 0;
    return (text) => {
        total += text.length;
        const parts = text.split('\n');
        for (const [index, part] of parts.entries()) {
            const ends = index < parts.length - 1;
            if (!skips && rest.length + part.length <= longestLine)
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
        return total <= mostBytes;
    };
}

// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./packages/action-kit/src/bounded.ts

/**
 * Runs a program with nothing to read to its end, bounded in time and in what is kept of its words. For what may wait on
 * a network or a disk; `runProgram` is for what is short.
 * @throws AbortError as soon as the signal is aborted, and the error of a program that could not be started (`ENOENT`)
 */
function bounded_runBounded(program, args, options) {
    const { env, keptCharacters, signal, timeoutMs, killSignal } = options;
    const child = (0,external_node_child_process_namespaceObject.spawn)(program, args, {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(signal && { signal }),
        ...(timeoutMs !== undefined && { timeout: timeoutMs }),
        ...(killSignal && { killSignal }),
    });
    const output = tailOf(child.stdout, keptCharacters);
    const errors = tailOf(child.stderr, keptCharacters);
    return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (status) => resolve({ status, output: output(), errors: errors() }));
    });
}
/** The last characters of a stream, however much it says. */
function tailOf(stream, characters) {
    let tail = '';
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
        tail = `${tail}${text}`.slice(-characters);
    });
    return () => tail;
}

// EXTERNAL MODULE: ./packages/action-kit/src/secret-folder.ts
var secret_folder = __nccwpck_require__(650);
;// CONCATENATED MODULE: ./packages/host/src/credentials.ts




/** Reads `ssh-key`, `ssh-key-passphrase` and `known-hosts`, and tries them out before any connection is made. */
function readCredentials(read, hosts) {
    const required = 'the private key of the deploy user, whole';
    const key = normaliseKey(read.secret('ssh-key', { required, multiline: true }));
    const passphrase = read.secret('ssh-key-passphrase');
    const knownHosts = read.text('known-hosts', { multiline: true }).replaceAll('\r', '');
    if (knownHosts === '')
        read.mistake('known-hosts', 'is missing', howToPin(hosts));
    else
        for (const wrong of unpinned(knownHosts, hosts))
            read.mistake('known-hosts', wrong, howToPin(hosts));
    const badKey = key === '' ? undefined : keyMistake(key, passphrase);
    if (badKey)
        read.mistake(badKey.input, badKey.wrong, badKey.mend);
    return { key, passphrase, knownHosts: `${knownHosts}\n` };
}
/** The key alone, at post: whatever else the inputs say there may have changed since main. */
function credentials_keyFromInputs() {
    return { key: normaliseKey(fromEnvironment('ssh-key')), passphrase: fromEnvironment('ssh-key-passphrase') };
}
/** OpenSSH says "error in libcrypto" to CRLF line ends and to a missing last newline; both come from copying. */
function normaliseKey(text) {
    const key = text.replaceAll('\r\n', '\n').trim();
    return key === '' ? '' : `${key}\n`;
}
function keyMistake(key, passphrase) {
    return withSecretFiles(key, passphrase, (file, env) => {
        try {
            // Never by -P: arguments are everybody's to read. ssh-keygen asks the askpass program instead.
            execFileSync('ssh-keygen', ['-y', '-f', file], { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
            return undefined;
        }
        catch (error) {
            const said = String(error.stderr ?? '');
            if (/incorrect passphrase|bad passphrase|bad decrypt/i.test(said)) {
                return passphrase
                    ? { input: 'ssh-key-passphrase', wrong: 'does not open ssh-key', mend: 'Give the passphrase of this key.' }
                    : { input: 'ssh-key-passphrase', wrong: 'is missing, and ssh-key is encrypted', mend: 'Give its passphrase.' };
            }
            const mend = 'Give the whole file, from -----BEGIN to END-----, with its line breaks; not the .pub file.';
            return { input: 'ssh-key', wrong: 'is not a private key that OpenSSH can read', mend };
        }
    });
}
/**
 * Writes the key where OpenSSH's tools find it, as long as `use` takes. Below RUNNER_TEMP: what
 * a killed process leaves there, the next Belay step or the post removes. The passphrase is in no argument and in no
 * environment.
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
function unpinned(knownHosts, hosts) {
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







/** What makes two connections the same: where to, with which key, trusting whom. */
function connection_connectionKey(target, credentials) {
    const { key, knownHosts } = credentials;
    return createHash('sha256')
        .update(JSON.stringify([target.name, key, knownHosts]))
        .digest('hex');
}
/** A folder for a connection that is to be opened; journalled before that, so that a kill leaves none behind. */
function connection_connectionFolder() {
    return (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'belay-'));
}
/**
 * Opens a connection and leaves it open in the background: `ssh -MNf` ends when the login is through. The key is on
 * disk only as long as that takes.
 * @throws Failure `unreachable`, `host-key-changed`, `login-refused`
 */
async function connect(target, credentials, folder, signal) {
    const log = (0,external_node_path_.join)(folder, 'log');
    const { status, error } = await withSecretFiles(credentials.key, credentials.passphrase, async (keyFile, env) => {
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'known_hosts'), credentials.knownHosts);
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'config'), clientConfig(target, folder));
        const args = ['-F', (0,external_node_path_.join)(folder, 'config'), '-M', '-N', '-f', '-E', log, '-i', keyFile, '-o', 'ProxyCommand=none'];
        // ConnectTimeout covers the way to the login, not the login itself.
        const child = (0,external_node_child_process_namespaceObject.spawn)('ssh', [...args, 'belay'], {
            env,
            stdio: 'ignore',
            timeout: 60_000,
            killSignal: 'SIGKILL',
            ...(signal && { signal }),
        });
        return new Promise((resolve) => {
            child.once('error', (error) => resolve({ status: null, error }));
            child.once('exit', (status) => resolve({ status }));
        });
    });
    if (signal?.aborted)
        throw new failure/* Interrupted */.j$();
    if (error)
        throw new failure/* Failure */.HR('ssh-missing', `ssh could not be started: ${error.message}`, 'install openssh-client.');
    if (status !== 0)
        throw connectFailure(target, (0,external_node_fs_.existsSync)(log) ? (0,external_node_fs_.readFileSync)(log, 'utf8') : '');
    return { target, folder };
}
/** The same, tried again where the network failed; a refused login or a changed key is final. */
async function connection_connectPatiently(target, credentials, folder, tries, signal) {
    for (let left = tries - 1;; left--) {
        try {
            return await connect(target, credentials, folder, signal);
        }
        catch (error) {
            if (left <= 0 || !(error instanceof Failure) || error.code !== 'unreachable')
                throw error;
            await sleep(500, signal);
        }
    }
}
function connection_reopen(target, folder) {
    return { target, folder };
}
/** Ends a connection and removes its folder. Never throws: what is gone already is what was wanted. */
async function connection_disconnect({ folder }) {
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'socket'))) {
        const args = ['-F', (0,external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'];
        const options = { env: (0,job/* childEnvironment */.Qc)(), timeoutMs: 5000, keptCharacters: 1000 };
        await bounded_runBounded('ssh', args, options).catch(() => undefined);
    }
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
}
/** The same for a process that is about to end, and cannot wait for anything. */
function disconnectNow({ folder }) {
    const args = ['-F', (0,external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'];
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'socket')))
        (0,external_node_child_process_namespaceObject.spawnSync)('ssh', args, { env: (0,job/* childEnvironment */.Qc)(), timeout: 2000 });
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
}
/** Arguments before the remote command, for everything that goes over an open connection. */
function overConnection({ folder }) {
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
            'if it was not, somebody may stand in between: do not deploy.');
    }
    if (/Permission denied|Too many authentication failures|no mutual signature/i.test(log)) {
        return new failure/* Failure */.HR('login-refused', `${target.name} does not accept ssh-key for user ${target.user}.`, `add its public half to ~${target.user}/.ssh/authorized_keys on the host.`);
    }
    const why = said || 'no answer';
    return new failure/* Failure */.HR('unreachable', `${target.name} cannot be reached: ${why}`, 'check address, port and firewall.');
}

;// CONCATENATED MODULE: ./packages/host/src/local.ts


/** The runner itself as a host: the same host script, by the same standard input, without ssh. */
const localTarget = { user: '', address: 'local', port: 0, name: 'local' };
/** No address of a host that ssh could reach has port 0. */
function local_isLocal({ address, port }) {
    return address === localTarget.address && port === localTarget.port;
}
/** What runs a host script there: program, arguments, environment. */
function shellOf(connection) {
    if (!local_isLocal(connection.target))
        return { program: 'ssh', args: [...overConnection(connection), 'exec sh -s'], env: (0,job/* childEnvironment */.Qc)() };
    // At the end of a job the runner kills what carries this variable (docs/research/runner.md#cancelling), and with it
    // the countdown.
    const { RUNNER_TRACKING_ID: _, ...env } = (0,job/* childEnvironment */.Qc)();
    return { program: 'sh', args: ['-s'], env };
}

// EXTERNAL MODULE: ./packages/action-kit/src/control.ts
var src_control = __nccwpck_require__(144);
;// CONCATENATED MODULE: ./packages/host/src/quote.ts

/**
 * One word of a POSIX shell, whatever is in it. The only place where text becomes shell text: everything that a host
 * script is given goes through here. It is one line: what a host keeps and says again must never become a line of its own.
 * @throws Failure `value-unfit` for a line break or another control character; `name` says of what
 */
function quote_quote(text, name = '') {
    const control = (0,src_control/* controlIn */.X)(text);
    if (control)
        throw new failure/* Failure */.HR('value-unfit', `A value for a host${name && ` (${name})`} has ${control}; nothing was sent.`, 'give plain text of one line.');
    return shellWord(text);
}
/** NUL cannot be in a shell variable. */
function shellWord(text) {
    if (text.includes('\0'))
        throw new TypeError('a value for a host contains a NUL byte');
    return `'${text.replaceAll("'", "'\\''")}'`;
}
/**
 * The values of several lines: a script, assignments that this file made, a list that is read line by line, and the
 * record, which is a file of its own. No host says one of them again.
 */
const severalLines = new Set(['b_text', 'b_params', 'b_shared', 'b_record']);
/**
 * Assignments as lines of shell. Each name is unset first: a name that the login's environment exported already would
 * else carry its new value to every child's environment (docs/research/hosts.md#values-by-standard-input).
 * @throws Failure `value-unfit` where a value is not one line
 */
function quote_assignments(prefix, values) {
    return Object.entries(values)
        .map(([key, value]) => {
        const name = `${prefix}${key}`;
        const word = severalLines.has(name) ? shellWord(String(value)) : quote_quote(String(value), key);
        return `unset ${name}\n${name}=${word}\n`;
    })
        .join('');
}
/** Words as one list that `eval "set -- …"` gives back unchanged. */
function words(list) {
    return list.map((word) => quote_quote(word)).join(' ');
}

;// CONCATENATED MODULE: ./packages/host/src/call.ts





const prefix = '@belay ';
/** Milliseconds until a host script says that it has begun. */
const ackMs = 30_000;
/**
 * Runs one command of a host script over an open connection. The remote command is the constant `exec sh -s`; the
 * script and its values go by standard input, and only lines with Belay's prefix are read back
 * (docs/research/hosts.md#a-script-by-standard-input).
 * @throws Failure `unreachable` (nothing came, or the connection broke), `no-shell` (something else answered), or the
 *   code that the script refused with.
 */
async function call_call(connection, script, command, values, options) {
    const { name } = connection.target;
    const lines = [];
    const { program, args, env } = shellOf(connection);
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
    // A login that never comes to the script is not waited for as long as its command may take.
    const unheard = setTimeout(() => child.kill('SIGKILL'), Math.min(ackMs, options.timeoutMs));
    const read = hostLines((line) => {
        if (!line.startsWith(prefix))
            return;
        const [word = '', ...words] = line.slice(prefix.length).split(' ');
        // What a start-up file prints before the script has begun is no answer.
        if (lines.length === 0 && word !== 'ack')
            return;
        clearTimeout(unheard);
        lines.push([word, words.join(' ')]);
        options.onLine?.(word, words.join(' '));
    });
    let noisy = false;
    child.stdout.setEncoding('utf8').on('data', (text) => {
        if (noisy || read(text))
            return;
        noisy = true;
        child.kill('SIGKILL');
        // What it started may hold the other end open.
        child.stdout.destroy();
        child.stderr.destroy();
    });
    // The far end may be gone before all of it is written; the exit says so.
    child.stdin.on('error', () => { });
    child.stdin.end(`${quote_assignments('b_', { command, ...values })}${script}\nmain </dev/null\nexit\n`);
    const ended = await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (status) => resolve({ status, killed: child.killed }));
    }).finally(() => clearTimeout(unheard));
    if (noisy)
        throw tooNoisy(name);
    const said = lines.map(([word]) => word);
    if (!said.includes('ack'))
        throw silence(name, ended, errors);
    // A script that was cut off has done a part of its work and cannot say which.
    if (ended.status === null || ended.status === 255)
        throw new failure/* Failure */.HR('unreachable', `The connection to ${name} broke while it was at work (${command}).`, unreachableMend);
    if (ended.status !== 0)
        throw scriptFailure(name, command, ended.status, errors);
    const refused = lines.find(([word]) => word === 'refused');
    if (refused)
        throw refusal(name, refused[1]);
    return {
        lines,
        last: (word) => lines.findLast(([other]) => other === word)?.[1] ?? '',
        all: (word) => lines.filter(([other]) => other === word).map(([, text]) => text),
    };
}
const unreachableMend = 'see whether the host is up, and whether something between cuts long connections.';
function silence(name, ended, errors) {
    const said = errors.trim().split('\n').at(-1) ?? '';
    if (ended.killed)
        return new failure/* Failure */.HR('unreachable', `${name} did not answer in time.`, unreachableMend);
    if (ended.status === 255)
        return new failure/* Failure */.HR('unreachable', `The connection that this job had opened to ${name} is gone.`, unreachableMend);
    return new failure/* Failure */.HR('no-shell', `${name} let the login in but did not run "sh -s"${said ? `: ${said}` : ''}. Nothing was done there.`, 'give the deploy user a plain login shell (sh, bash, dash, zsh), and no start-up file that reads standard input.');
}
function tooNoisy(name) {
    return new failure/* Failure */.HR('no-shell', `${name} printed more than ${mostBytes / 1e6} MB, which no host script does.`, 'see what the start-up files of the deploy user print (.bashrc, .profile, .ssh/rc): a login without a terminal should print nothing.');
}
function scriptFailure(name, command, status, errors) {
    const said = errors.trim().split('\n').at(-1) ?? '';
    return new failure/* Failure */.HR('host-script-failed', `${name}: the host script stopped at "${command}" with status ${status}: ${said}`, 'this is a defect of Belay or something very odd on that host; please report it with this line.');
}
/** A line's first word, and what follows it. */
function call_firstWord(line) {
    const [word = '', ...rest] = line.split(' ');
    return [word, rest.join(' ')];
}
/** What to do about the refusals of the host script, by code. */
const mends = {
    'lock-held': 'wait for it, or see `command: status`; it ends by itself.',
    'path-not-writable': 'run `command: preflight`: it prints what root has to prepare.',
    'disk-full': 'free some room on that disk; releases beyond keep-releases are removed at the start of each release.',
    'not-held': 'start the job anew: it was away for longer than the host waits for it.',
    'state-damaged': 'that file is not whole, perhaps after a power cut: see what `current` serves, then move the file away.',
    'not-a-file': 'move it away: Belay writes a plain file there by itself.',
    gone: 'somebody removed what belongs to .belay/ on that host; see what `current` serves.',
    'schema-ahead': 'release one that fits; an old version can be built anew with what the migration needs.',
    'no-idle-slot': 'let `command: switch` or `rollback` of blue-green-switch move the traffic to one slot first.',
    'active-unknown': 'mend that on the host; as long as nobody knows where traffic goes, no slot is touched.',
    'proxy-unreadable': 'run `command: status`: it lists what keeps the proxy from being read.',
    'traffic-split': 'let all of the traffic go to one slot, by hand, then start anew.',
    'slot-unfit': 'nothing was changed; see what that slot says in its log, and release to it anew.',
    'not-warm': 'let deploy-ssh with `command: rollback` start it again, then switch; version `previous` of a production release does both.',
    'registry-refused': 'give registry-user and registry-token of an account that may pull this image.',
    'image-missing': 'see whether the build pushed it there, and whether the registry removed it.',
    'pull-failed': 'see whether the host reaches the registry, then run the job again.',
    'compose-invalid': 'run `docker compose config` in that folder; it says where the mistake is.',
    'compose-layout': 'see with `docker compose version` that it is Docker Compose, and nothing that stands in for it.',
    'variable-missing': 'see the README of deploy-ssh: each service of a release has its image from one variable.',
    'current-outside': 'let `current` point to a folder below releases/, or give another path.',
};
function refusal(name, text) {
    const [code = '', ...why] = text.split(' ');
    return new failure/* Failure */.HR(code, `${name}: ${why.join(' ')}`, mends[code]);
}

;// CONCATENATED MODULE: ./packages/host/src/host-script.ts

/** The part of every host script that all actions share. */
const host_script_hostScript = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "host.sh", 'utf8');

;// CONCATENATED MODULE: ./packages/host/src/contract.ts



/**
 * Notes on a host, beside the releases of `base`, that releases older than `oldest` cannot live with the schema any more:
 * deploy, rollback and switch refuse them from then on. A migration that is noted already is noted anew.
 */
async function rememberContract(connection, base, contract) {
    const [migration, oldest] = [oneWord(contract.migration), oneWord(contract.oldest)];
    await call(connection, hostScript, 'contract', { base, migration, oldest }, { timeoutMs: 20_000 });
}
/**
 * The opposite, where the migration was not applied after all. Another job's lock is waited for, `seconds` at most.
 * @throws Failure `lock-held` where it is held for longer
 */
async function forgetContract(connection, base, migration, seconds = 5) {
    const wait = Math.max(1, Math.floor(seconds));
    const values = { base, migration: oneWord(migration), wait };
    await call(connection, hostScript, 'forget', values, { timeoutMs: (wait + 15) * 1000 });
}
/** The command that removes what was noted of migrations, for a person on the host. */
function forgetByHand(base, migrations) {
    const literal = (name) => oneWord(name).replaceAll(/[.*[\]^$/\\]/g, '\\$&');
    const lines = migrations.map((name) => ` -e ${quote(`/^${literal(name)} /d`)}`);
    return `sed -i${lines.join('')} ${quote(`${base}/.belay/contracts`)}`;
}
/** The names of migrations as a host keeps them: one list with a space between, so none inside. */
function schemaText(migrations) {
    return migrations.map(oneWord).join(' ');
}
function oneWord(name) {
    return name.trim().replaceAll(/\s+/g, '_');
}

;// CONCATENATED MODULE: ./packages/host/src/fleet.ts





/** The hosts behind connections, each with what it is to hold there. */
function heldFleet(connections, { base, id, knownHosts, shadow }) {
    return connections.map((connection) => {
        const { target, folder } = connection;
        const { name: host, user, address, port } = target;
        return { connection, held: { host, user, address, port, folder, base, id, knownHosts, ...(shadow && { shadow }) } };
    });
}
/** What all hosts say; empty where they differ, or where there is none. */
function common(values) {
    return new Set(values).size === 1 ? (values[0] ?? '') : '';
}
/**
 * Does the same on every host at once and waits for all of them: no host is left in the middle because another failed.
 * @throws Failure with the first failure's code, naming every host that failed.
 */
async function fleet_onAll(hosts, work, signal) {
    const settled = await Promise.allSettled(hosts.map(work));
    if (signal?.aborted)
        throw new Interrupted();
    const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    if (failures.length === 0)
        return settled.map((one) => one.value);
    const [first] = failures;
    if (failures.length === 1)
        throw first;
    const code = first instanceof Failure ? first.code : 'internal';
    throw new Failure(code, failures.map(messageOf).join('\n'), undefined, { cause: first });
}
/**
 * One connection a host and job: what an earlier step of the job left open to the same host with the same key is used
 * again; what is opened here stays open for later steps and is closed by this step's post.
 */
async function openFleet(journal, step, hosts, credentials, signal) {
    const open = journal.read().connections;
    return fleet_onAll(hosts, async (host) => {
        if (isLocal(host))
            return reopen(host, '');
        const key = connectionKey(host, credentials);
        const earlier = open.findLast((connection) => connection.key === key);
        if (earlier && (await isAlive(reopen(host, earlier.socket))))
            return reopen(host, earlier.socket);
        const folder = connectionFolder();
        journal.append({ step, event: 'connected', key, socket: folder });
        return connectPatiently(host, credentials, folder, 3, signal);
    }, signal);
}
/**
 * `ssh -O check` calls a connection well that a firewall has forgotten: only an answer counts
 * (docs/research/hosts.md#connections).
 */
async function isAlive(connection) {
    return call(connection, hostScript, 'hello', { base: '/' }, { timeoutMs: 10_000 }).then(() => true, () => false);
}
/** Closes what this step opened. */
async function closeFleet(journal, step) {
    const mine = journal.read().connections.filter((connection) => connection.step === step);
    const nowhere = { user: '', address: '', port: 22, name: '' };
    await Promise.all(mine.map(({ socket }) => disconnect(reopen(nowhere, socket))));
}
/**
 * Takes all or none (rule 4): tried at once on every host; after a refusal all are given back and tried again, until `timeout`
 * seconds are over. So two jobs that name the same hosts in other orders never wait for each other.
 * @throws Failure `lock-held` with the holder's words, or the first other failure
 */
async function fleet_allOrNone(hosts, take, giveBack, options) {
    const end = monotonicSeconds() + options.timeoutSeconds;
    for (let round = 0;; round++) {
        const tried = await Promise.allSettled(hosts.map(take));
        if (tried.every((one) => one.status === 'fulfilled') && !options.signal.aborted)
            return tried.map((one) => one.value);
        await Promise.all(tried.map(async (one, index) => {
            if (one.status === 'fulfilled')
                await giveBack(hosts[index], one.value).catch(() => { });
        }));
        if (options.signal.aborted)
            throw new Interrupted();
        const reasons = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
        const other = reasons.find((reason) => !(reason instanceof Failure && reason.code === 'lock-held'));
        if (other !== undefined)
            throw other;
        const held = reasons[0];
        if (monotonicSeconds() >= end)
            throw held;
        if (round === 0)
            options.onWait(held.message);
        // Unequal pauses, or two jobs that refuse each other once would do so for ever.
        await sleep(300 + Math.random() * 900, options.signal);
    }
}

// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var clock = __nccwpck_require__(563);
;// CONCATENATED MODULE: ./packages/host/src/release-process.ts




/** Joins an action's part (`do_change`, `undo_change`, `undo_change_at_boot`) to the shared one. */
function withPart(name, part) {
    // Called as a file (by the detached process, by a boot hook) it runs what its arguments say.
    return { name, text: `${hostScript}\n${part}\n[ -z "\${1-}" ] || main "$@"\n` };
}
/** Seconds for which a host keeps the lock of a runner that does not renew it. */
const release_process_leaseSeconds = 30;
/** Who acts, in words that stand in files on the host. */
function release_process_actor(verb) {
    const run = (0,job/* currentRun */.xh)();
    return `${verb} by ${run.repository} run ${run.id} attempt ${run.attempt} job ${run.job}`;
}
/** Takes the host's lock for a release, and settles first what a dead process left open. */
async function release_process_hold(connection, script, held, release, signal) {
    const values = {
        base: held.base,
        id: held.id,
        keep: release.keep,
        owner: release.owner,
        lease: release_process_leaseSeconds,
        script: script.name,
        text: script.text,
        params: assignments('r_', release.params),
    };
    // Putting back what a lost run left may restart a service and wait for its check.
    const reply = await call(connection, script.text, 'hold', values, { timeoutMs: 300_000, signal });
    return {
        committed: reply.last('committed'),
        manifest: reply.last('manifest'),
        version: reply.last('version'),
        sha: reply.last('sha'),
        live: reply.last('live'),
        slot: reply.last('slot'),
        settled: reply.last('settled'),
    };
}
/** Keeps the lock of a release that is not armed yet for another while. */
async function release_process_renew(connection, held) {
    const values = { base: held.base, id: held.id, lease: release_process_leaseSeconds };
    await call(connection, hostScript, 'renew', values, { timeoutMs: 20_000 });
}
/**
 * Orders the change: from here on the host returns by itself after `window` seconds unless it is confirmed. Follows
 * until the change is through or the host has gone back.
 */
async function release_process_arm(connection, held, options) {
    const values = { ...orderOf(held, 'armed'), window: options.window, wait: options.wait };
    const reply = await call(connection, hostScript, 'arm', values, {
        timeoutMs: (options.wait + 15) * 1000,
        signal: options.signal,
        onLine: (word, text) => word === 'phase' && options.onPhase?.(text),
    });
    return hostState(reply);
}
/** Whether the host is still armed (`armed`), else its state; `dead` where its process is gone. Prolongs by 60 s once. */
async function ask(connection, held) {
    const reply = await call_call(connection, host_script_hostScript, 'ask', orderOf(held, ''), { timeoutMs: 15_000 });
    return reply.last('state');
}
/** Makes the change final. The host's marker decides, so that a lost reply can be settled by confirming again. */
async function release_process_confirm(connection, held, record) {
    const values = { ...orderOf(held, 'confirmed'), record };
    return hostState(await call_call(connection, host_script_hostScript, 'confirm', values, { timeoutMs: 15_000 }));
}
/** Orders the return and follows it for `wait` seconds. A dead process's work is done by this call itself. */
async function release_process_undo(connection, held, script, wait, onPhase) {
    const values = { ...orderOf(held, 'ended'), wait: Math.max(1, Math.ceil(wait)) };
    // What is followed begins with the way there; only the way back is news.
    let back = false;
    const reply = await call_call(connection, script.text, 'undo', values, {
        timeoutMs: (wait + 20) * 1000,
        onLine(word, text) {
            if (word === 'going')
                back = true;
            if (word === 'phase' && back)
                onPhase?.(text);
        },
    });
    return hostState(reply);
}
function orderOf(held, verb) {
    return { base: held.base, id: held.id, by: release_process_actor(verb) };
}
function hostState(reply) {
    return {
        state: reply.last('state'),
        who: reply.last('who'),
        worked: reply.all('worked').length > 0,
        failed: reply.last('failed'),
        undoFailed: reply.last('undo-failed'),
        back: reply.last('back'),
        unproved: reply.last('unproved'),
        tail: reply.all('tail'),
        unread: reply.all('unread'),
    };
}

;// CONCATENATED MODULE: ./packages/host/src/keeper.ts







/** The hosts of a service's change as armed targets; `nameOf` names a host among those of the job. */
function keeper_armedTargets({ service, held, moves }, nameOf) {
    return held.map((host) => {
        const move = moves?.[host.host];
        return { name: nameOf(host.host), service, handle: host, ...(move && { move }) };
    });
}
/** The host of an armed target, as the journal holds it. */
function keeper_heldOf(target) {
    return target.handle;
}
/**
 * Does something on a host over the connection that its main left open, else over a new one with this step's key; a
 * broken connection is tried anew, up to three times in all.
 */
async function keeper_onHost(held, key, work) {
    const target = { user: held.user, address: held.address, port: held.port, name: held.host };
    try {
        return await work(connection_reopen(target, held.folder));
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR) || error.code !== 'unreachable' || local_isLocal(target))
            throw error;
    }
    let last;
    for (const pause of [0, 1000]) {
        await (0,clock/* sleep */.y)(pause);
        try {
            const connection = connection_reopen(target, connection_connectionFolder());
            // Whoever stopped waiting for this may end the process before it is through.
            const sweep = () => disconnectNow(connection);
            process.once('exit', sweep);
            try {
                return await work(await connect(target, { ...key(), knownHosts: held.knownHosts }, connection.folder));
            }
            finally {
                await connection_disconnect(connection);
                process.off('exit', sweep);
            }
        }
        catch (error) {
            last = error;
            if (!(error instanceof failure/* Failure */.HR) || error.code !== 'unreachable')
                throw error;
        }
    }
    throw last;
}
/** Asks and confirms hosts, whichever step of the job armed them. `key` is read only where a connection must be made. */
function keeper_hostKeeper(key, recordPath) {
    return {
        async missing(targets) {
            const answers = await Promise.all(targets.map((target) => whyMissing(keeper_heldOf(target), key)));
            return targets.flatMap((target, index) => {
                const why = answers[index];
                return why ? [{ target: target.name, why }] : [];
            });
        },
        confirm: (targets) => Promise.all(targets.map((target) => confirmTarget(target, key, recordPath))),
    };
}
/** The keeper of a post: with the key that its own inputs hold. */
function postKeeper({ journal }) {
    return keeper_hostKeeper(keyFromInputs, journal.recordPath);
}
/** Being asked prolongs a countdown by 60 s: an answer that takes longer than this says nothing about what is there now. */
const askSeconds = 40;
async function whyMissing(held, key) {
    try {
        const late = (0,clock/* sleep */.y)(askSeconds * 1000).then(() => 'silent');
        const state = await Promise.race([late, keeper_onHost(held, key, (connection) => ask(connection, held))]);
        if (state === 'silent')
            return `it did not answer within ${askSeconds} s`;
        if (state === 'armed')
            return undefined;
        if (state === 'dead')
            return 'its process is gone, so it would not return by itself';
        return `it is ${state} already: it was not confirmed in time, or went back by itself`;
    }
    catch (error) {
        return (0,failure/* messageOf */.bD)(error);
    }
}
async function confirmTarget(target, key, recordPath) {
    const held = keeper_heldOf(target);
    const base = { target: target.name, service: target.service };
    if (held.shadow)
        return { ...base, ...(await endShadow(held, key)) };
    try {
        const { state, who } = await keeper_onHost(held, key, (connection) => release_process_confirm(connection, held, recordText(recordPath)));
        if (state === 'confirmed')
            return { ...base, result: 'committed', detail: 'confirmed' };
        return { ...base, result: 'mixed', detail: `could not be confirmed: it is ${state || 'gone'} (${who})` };
    }
    catch (error) {
        const detail = `nobody could see whether it was confirmed: ${(0,failure/* messageOf */.bD)(error)}; unconfirmed it returns by itself`;
        return { ...base, result: 'mixed', detail };
    }
}
/** Seconds that a slot's stop may take, and the wait for a switch that is under way. */
const shadowSeconds = 180;
/** A shadow release has shown what it had to when the job commits: its slot is left idle again. */
async function endShadow(held, key) {
    // The part that knows how to put back is on the host, in the release's process or in the script that is kept there.
    const script = { name: '', text: host_script_hostScript };
    try {
        return keeper_shadowEnd(await keeper_onHost(held, key, (connection) => release_process_undo(connection, held, script, shadowSeconds)));
    }
    catch (error) {
        const detail = `nobody could see whether its slot is idle again: ${(0,failure/* messageOf */.bD)(error)}; by itself it will be`;
        return { result: 'mixed', detail };
    }
}
/** What became of a shadow release that was told to go back. */
function keeper_shadowEnd({ state, undoFailed }) {
    if (state === 'undone' || state === 'released' || state === 'none')
        return { result: 'unchanged', detail: 'a shadow release: its slot is idle again, and no user saw it' };
    return { result: 'mixed', detail: `a shadow release that is ${state}: ${undoFailed || 'its slot is not idle again'}` };
}
function recordText(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8').trimEnd();
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./packages/host/src/countdown.ts





/**
 * Starts the countdown on all hosts at once, and follows each until its change is made or it has gone back. How each
 * ended is for `refuseUnarmed`.
 * @throws Failure `window-passed` where the countdown of an earlier step of the job is over
 */
async function armFleet(step, fleet, order, signal) {
    const { saved, way, window, wait } = order;
    refuseAfterReturn(step.journal);
    step.save(saved);
    for (const { held } of fleet)
        step.record({ event: 'phase', phase: order.boundary, host: held.host });
    step.arm(armedTargets(saved, way.target), window);
    step.info(`Unless this job confirms, ${order.otherwise} at ${inSeconds(window)}.`);
    return onAll(fleet, ({ connection, held }) => arm(connection, held, { window, wait, signal, onPhase: (text) => order.onPhase(text, held.host) }), signal);
}
/** @throws Failure with every host whose change is not made, and the code of the first one's phase: `check-failed`. */
function refuseUnarmed(fleet, states, mend) {
    const failed = states.flatMap((state, index) => {
        if (state.worked && state.state === 'armed')
            return [];
        const [phase = '', ...why] = state.failed.split(' ');
        const text = `${fleet[index]?.held.host}: ${phase ? `${phase} failed: ${why.join(' ')}` : howItStands(state)}`;
        return [{ code: phase || 'switch', text }];
    });
    const [first] = failed;
    if (!first)
        return;
    throw new Failure(`${first.code}-failed`, failed.map(({ text }) => text).join('\n'), mend);
}
function howItStands({ state, who, worked }) {
    if (state === 'armed')
        return 'its change was not through in time; its process is still at work';
    if (state === 'dead')
        return `its process ended ${worked ? 'after' : 'before'} its change was made`;
    return `is ${state} (${who})`;
}
/**
 * Makes a change final now, at the end of its own main (`undo: false`, rollback), and with it all that earlier steps of
 * the job changed for that service on these hosts (rule 14); after the first confirm no way back.
 * @throws Failure `not-confirmed`
 */
async function confirmFleet(step, saved, way, key, mend) {
    step.save({ ...saved, confirming: true });
    const targets = [...earlierTargets(step, saved), ...armedTargets(saved, way.target)];
    const settled = await hostKeeper(() => key, step.journal.recordPath).confirm(targets);
    step.settle(settled);
    for (const one of settled)
        step.record({ event: 'settled', ...one });
    const late = settled.filter(({ result }) => result !== 'committed');
    if (late.length === 0)
        return;
    throw new Failure('not-confirmed', late.map(({ target, detail }) => `${target} ${detail}`).join('\n'), mend);
}
/** What earlier steps of the job armed for the service on the same hosts, such as the slot below a switch. */
function earlierTargets(step, { service, held }) {
    const hosts = new Set(held.map(({ host }) => host));
    return unsettledSteps(step, service)
        .flatMap(unsettled)
        .filter((target) => hosts.has(heldOf(target).host));
}
function inSeconds(seconds) {
    return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`;
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./packages/host/src/forward.ts



/**
 * Opens a way through an open connection: `127.0.0.1:<free port>` here leads to `to` as the host sees it. OpenSSH does
 * the work in the connection that is open already, so no key is needed and none is on the disk.
 * @throws Failure `forward-refused`
 */
async function forward(connection, to) {
    let said = '';
    // A port found free may be taken before ssh has it.
    for (let attempt = 1; attempt <= 5; attempt++) {
        const port = await freePort();
        const way = `127.0.0.1:${port}:${shown(to)}`;
        const asked = await control(connection, ['-O', 'forward', '-L', way]);
        if (asked.status === 0) {
            const close = async () => void (await control(connection, ['-O', 'cancel', '-L', way]));
            return { port, close };
        }
        said = asked.said;
    }
    throw new Failure('forward-refused', `${connection.target.name} opens no way to ${shown(to)}: ${said.trim().split('\n').at(-1) || 'no reason given'}`, 'allow TCP forwarding for this login in sshd_config (AllowTcpForwarding local, or PermitOpen with this address).');
}
function shown(to) {
    if ('socket' in to)
        return to.socket;
    return `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`;
}
/** Never throws: an ssh that cannot be started has no status either. */
async function control({ folder }, words) {
    try {
        const { status, errors } = await runBounded('ssh', ['-F', join(folder, 'config'), ...words, 'belay'], {
            env: childEnvironment(),
            timeoutMs: 10_000,
            killSignal: 'SIGKILL',
            keptCharacters: 1000,
        });
        return { status, said: errors };
    }
    catch (error) {
        return { status: null, said: messageOf(error) };
    }
}
function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

;// CONCATENATED MODULE: ./packages/host/src/lock.ts



/**
 * All hosts' locks or none; what lost runs left is put back first, and said.
 * @throws Failure `lock-held` with the holder's words, or the first other failure
 */
async function lockHosts(step, fleet, { script, what, keep, params, timeoutSeconds, left, logFolder }, signal) {
    const settledWords = (settled) => {
        const [end, name] = settled.split(' ');
        if (end === 'undone')
            return `an earlier run had left ${name} unconfirmed; ${left} was put back first`;
        return `an earlier run had left ${name} unconfirmed, and it could not be put back whole: see ${logFolder}/log/${name}.log`;
    };
    const take = async ({ connection, held }) => {
        const holding = await hold(connection, script, held, { keep, owner: ownerNote(what), params }, signal);
        // Said at once: this lock may be given back, and taken again when there is nothing left to settle.
        if (holding.settled)
            step.warn(settledWords(holding.settled), held.host);
        return holding;
    };
    return allOrNone(fleet, take, async (host) => void (await giveBack(host, script)), {
        timeoutSeconds,
        signal,
        onWait: (why) => step.info(`Waiting up to ${timeoutSeconds} s: ${why.split('\n')[0]}`),
    });
}
/** Who holds a host's lock, for the people who find it there. */
function ownerNote(what) {
    return `${actor('held')}, ${what}, since ${new Date().toISOString()}`;
}
/** Gives a lock back that nothing was done under. */
async function giveBack({ connection, held }, script) {
    return undo(connection, held, script, 5);
}
/** Gives all locks back where there was nothing to do; one that cannot be given is no failure of that. */
async function giveAllBack(step, fleet, script) {
    await Promise.all(fleet.map((host) => giveBack(host, script).catch((error) => step.warn(`its lock ends by itself: ${messageOf(error)}`, host.held.host))));
}
/** Milliseconds between two renewals: about a quarter of the time for which a host waits for one. */
const renewalMs = 8000;
/**
 * Renews the locks of hosts that are not armed yet, as long as the work before the switch takes. The work gets a signal
 * that is aborted when the lock of a host is lost: past that, somebody else may change it.
 * @throws Failure `not-held` where it was lost
 */
async function withLease(fleet, outer, task) {
    const lost = new AbortController();
    const timer = setInterval(() => {
        for (const { connection, held } of fleet)
            void renew(connection, held).catch((error) => {
                // Any other failure is the connection's trouble: the work itself will say so.
                if (error instanceof Failure && error.code === 'not-held')
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

;// CONCATENATED MODULE: ./packages/host/src/look.ts



/** Looks at a host, with the eyes of an action's script where that knows more than every action does. */
async function look(connection, { release = {}, needKib = 0, keep = 0, ...what }, signal, script = hostScript) {
    const values = { ...what, need: needKib, keep, params: assignments('r_', release) };
    const reply = await call(connection, script, 'inspect', values, { timeoutMs: 60_000, signal });
    const about = (word) => new Map(reply.all(word).map(firstWord));
    const facts = about('fact');
    const [schemas, misfits] = [about('schema'), about('misfit')];
    const fact = (key) => facts.get(key) ?? '';
    const number = (key) => (/^\d+$/.test(fact(key)) ? Number(fact(key)) : Number.NaN);
    // What a host says of itself goes into no script for root: a taken-over login could write there what it likes.
    const user = connection.target.user || fact('user');
    return {
        host: connection.target.name,
        user,
        ...(fact('user') !== user && { reported: fact('user') }),
        root: fact('uid') === '0',
        tools: new Set(reply.all('tool')),
        exists: fact('exists') === 'yes',
        readOnly: reply.all('read-only'),
        freeKib: number('free-kib'),
        prunableKib: number('prunable-kib') || 0,
        freeInodes: number('free-inodes'),
        current: fact('current'),
        live: fact('live'),
        committed: fact('committed'),
        version: fact('version'),
        releases: reply.all('release').map((line) => pastRelease(line, schemas, misfits)),
        newest: fact('newest'),
        state: fact('state'),
        lock: lockFacts(fact),
        slots: reply.all('slot').map(slotFacts),
        idle: idleSlot(fact('slot'), fact('no-slot')),
        contracts: reply.all('contract').map((line) => {
            const [migration, oldest] = firstWord(line);
            return { migration, oldest };
        }),
        misfit: fact('misfit'),
        systemd: what.unit === '' ? undefined : systemdFacts(fact, reply.all('sudo')),
        missing: reply.all('missing').map(coded),
        found: reply.all('found'),
        doubts: reply.all('doubt').map(coded),
    };
}
/** Reads what every look says of the host's lock. `fact` gives the text under a key. */
function lockFacts(fact) {
    return { held: fact('lock') === 'held', holder: fact('holder'), endsInSeconds: Number(fact('ends-in') || 0) };
}
function coded(line) {
    const [code, text] = firstWord(line);
    return { code, text };
}
function pastRelease(line, schemas, misfits) {
    const [state = '', there, id = '', sha = '', manifest = '', ...version] = line.split(' ');
    const [schema, misfit] = [schemas.get(id) ?? '', misfits.get(id) ?? ''];
    return { state, there: there === 'yes', id, sha, manifest, version: version.join(' '), schema, misfit };
}
function slotFacts(line) {
    const [port = '', traffic, told, release = ''] = line.split(' ');
    return { port, traffic: traffic, told: told, release };
}
function idleSlot(port, none) {
    const [code, why] = firstWord(none);
    return port === '' ? { code, why } : { port };
}
function systemdFacts(fact, sudo) {
    const unit = fact('recovery-unit') === 'enabled';
    return {
        unitLoad: fact('unit-load'),
        killsProcesses: fact('kills-processes') === 'true',
        recovery: unit ? 'unit' : fact('recovery-cron') === 'yes' ? 'cron' : 'none',
        sudo,
    };
}

;// CONCATENATED MODULE: ./packages/host/src/target.ts

/** Reads one line of `hosts`: `[user@]host[:port]`, IPv6 in brackets. Returns what is wrong where it cannot be read. */
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
    // A leading dash would be read as an option by ssh and rsync.
    if (login.startsWith('-') || address.startsWith('-'))
        return `"${line}" starts with a dash`;
    if (bracketed !== undefined && isIP(address) !== 6)
        return `"${line}" has brackets around something not IPv6`;
    if (!/^[A-Za-z0-9._:%-]+$/.test(address) || !/^[A-Za-z0-9._-]+$/.test(login))
        return `"${line}" has odd characters`;
    if (port < 1 || port > 65535)
        return `"${line}" has port ${port}; ports go from 1 to 65535`;
    const shown = bracketed ? `[${address}]` : address;
    return { user: login, address, port, name: `${login}@${shown}${port === 22 ? '' : `:${port}`}` };
}
/** Reads `hosts` and `user`; the same host twice is a mistake. */
function readHosts(read) {
    const user = read.text('user');
    const hosts = [];
    for (const line of read.lines('hosts', { required: 'a line for each host, [user@]host[:port]' })) {
        const host = parseHost(line, user);
        if (typeof host === 'string') {
            const mend = host.endsWith('no user') ? 'Write user@host, or give the input user.' : 'Give a line for each host.';
            read.mistake('hosts', host, mend);
        }
        else if (hosts.some(({ name }) => name === host.name)) {
            read.mistake('hosts', `names ${host.name} twice`, 'Name each host once.');
        }
        else
            hosts.push(host);
    }
    return hosts;
}

;// CONCATENATED MODULE: ./packages/host/src/undo.ts




/**
 * Tells all hosts at once to go back, and follows each until `until` (monotonic seconds). They finish alone. Never
 * throws: what nobody could look at is `mixed`, and named.
 */
async function undoFleet(saved, way, key, until, onPhase) {
    return Promise.all(saved.held.map((held) => undoHost(saved, way, held, key, until, onPhase)));
}
async function undoHost(saved, way, held, key, until, onPhase) {
    const base = { target: way.target(held.host), service: saved.service };
    try {
        const state = await onHost(held, key, (connection) => {
            const left = Math.max(1, until - monotonicSeconds());
            return undo(connection, held, way.script, left, (phase) => onPhase(phase, held.host));
        });
        return { ...base, ...verdict(saved, way, held, state) };
    }
    catch (error) {
        const why = messageOf(error);
        if (!saved.armed)
            return { ...base, result: 'unchanged', detail: `its lock ends by itself within ${leaseSeconds} s (${why})` };
        const detail = `nobody could look: ${why} ${way.alone}; see for yourself: ${byHand(held)}`;
        return { ...base, result: 'mixed', detail };
    }
}
function verdict(saved, way, held, state) {
    if (held.shadow && state.state !== 'undoing')
        return shadowEnd(state);
    const by = state.who && ` (${state.who})`;
    const back = way.back(saved.moves?.[held.host]?.from);
    switch (state.state) {
        case 'none':
        case 'released':
            return { result: 'unchanged', detail: way.untouched };
        case 'undone':
            return saved.differed
                ? { result: 'mixed', detail: `${back}, which differed from the other hosts before${by}` }
                : { result: 'rolled-back', detail: `${state.back || back}${by}` };
        case 'confirmed':
            return { result: 'committed', detail: `it was confirmed already and stays${by}` };
        case 'mixed':
            return {
                result: 'mixed',
                detail: `${state.undoFailed || state.failed || 'the return failed'}; look: ${byHand(held)}`,
            };
        default:
            return { result: 'undo-started', detail: `told to go back, not seen to be through; look: ${byHand(held)}` };
    }
}
/** The command that shows a person what a host wrote down. */
function byHand(held) {
    const look = `tail ${held.base}/.belay/log/*${held.id}.log`;
    return isLocal(held) ? look : `ssh -p ${held.port} ${held.user}@${held.address} ${look}`;
}

;// CONCATENATED MODULE: ./packages/host/src/index.ts























;// CONCATENATED MODULE: ./actions/build-image/src/faults.ts

/**
 * Tells faults apart by the engine's own last word: what a command of the Dockerfile printed stands before it, and a
 * network fault in there is the Dockerfile's.
 */
function classify(said) {
    const word = lastWord(said);
    return rules.find(([, pattern]) => pattern.test(word))?.[0] ?? 'build';
}
/** From the last line that begins with `ERROR:` or `docker:`, else the last one. */
function lastWord(said) {
    const lines = said.split(/\r?\n/).filter((line) => line.trim() !== '');
    const error = lines.findLastIndex((line) => /^(error|docker):/i.test(line));
    return (error < 0 ? lines.slice(-1) : lines.slice(error)).join('\n');
}
/** In order: the first that fits holds. Texts of Docker 20.10 to 28, buildx 0.13 to 0.29, BuildKit 0.8 to 0.25. */
const rules = [
    // The command that failed is quoted there, whatever it speaks of.
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
/** The failure of a step for a fault that is not tried again. */
function failureOf(fault, said) {
    const word = lastWord(said)
        .replace(/^error:\s*/i, '')
        .slice(0, 1000);
    switch (fault) {
        case 'daemon-missing':
            return new failure/* Failure */.HR('docker-unreachable', word, 'start the Docker daemon, or set DOCKER_HOST to where one listens.');
        case 'buildx-missing':
            return new failure/* Failure */.HR('buildx-missing', 'This Docker cannot build: it has no buildx, and its own client has no BuildKit.', 'put docker/setup-buildx-action before this step, or install the package docker-buildx-plugin.');
        case 'engine-cannot':
            return new failure/* Failure */.HR('engine-cannot', word, 'put docker/setup-buildx-action before this step: its builder can.');
        case 'registry-login':
            return new failure/* Failure */.HR('registry-login', `The registry refused: ${word}`, 'see whether this job is logged in there, and may pull the base images and push to the image.');
        case 'tag-immutable':
            return new failure/* Failure */.HR('tag-immutable', word, 'with if-exists: reuse what is there is taken instead of a new build.');
        case 'transport':
            return new failure/* Failure */.HR('registry-unreachable', `The line to a registry failed three times: ${word}`, 'run it again.');
        case 'cache':
        case 'build':
            return new failure/* Failure */.HR('build-failed', `The build failed: ${word}`, 'read the log of the build above.');
    }
}

;// CONCATENATED MODULE: ./actions/build-image/src/attempts.ts


const attempts = 3;
/**
 * Has an order built. A fault of the line to a registry is tried again, twice, later each time; one of the cache, or the
 * last of those, once more without a cache. A fault of the Dockerfile is final.
 */
async function buildPatiently(engine, order, step) {
    let current = order;
    for (let attempt = 1;; attempt++) {
        const { built, said } = await engine.build(current);
        if (built)
            return built;
        if (step.signal.aborted)
            throw new failure/* Interrupted */.j$();
        const fault = classify(said);
        const spent = attempt >= attempts;
        if (usesCache(current) && (fault === 'cache' || (fault === 'transport' && spent))) {
            step.warn(`The cache may be the trouble, so this goes on without it: ${lastWord(said).slice(0, 300)}`);
            current = { ...current, cacheFrom: [], cacheTo: [] };
        }
        else if (fault === 'transport' && !spent) {
            const seconds = 2 ** attempt * (0.75 + Math.random() / 2);
            step.info(`The line to a registry failed (${lastWord(said).slice(0, 300)}); again in ${seconds.toFixed(1)} s.`);
            await (0,clock/* sleep */.y)(seconds * 1000, step.signal);
        }
        else
            throw failureOf(fault, said);
    }
}
function usesCache({ cacheFrom, cacheTo }) {
    return cacheFrom.length + cacheTo.length > 0;
}

// EXTERNAL MODULE: ./packages/action-kit/src/log.ts
var log = __nccwpck_require__(671);
;// CONCATENATED MODULE: ./actions/build-image/src/checks.ts


/** The warnings in the metadata that `docker buildx build` leaves (buildx 0.16 and later). */
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
 * Runs `docker` to its end, in a process group of its own: the plugin that it starts ends with it.
 * @throws Failure `docker-missing`, `deadline`, and Interrupted
 */
async function runDocker(args, options) {
    const { env, cwd, signal, leftMs, shown } = options;
    if (signal.aborted)
        throw new failure/* Interrupted */.j$();
    if (leftMs <= 0)
        throw tooLate();
    const child = (0,external_node_child_process_namespaceObject.spawn)('docker', args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
        const lines = (0,log/* lineLog */.Vz)();
        stream.setEncoding('utf8');
        stream.on('data', (text) => {
            said = (said + text).slice(-keptCharacters);
            if (shown)
                lines.write(text);
        });
        stream.once('end', lines.end);
    }
    let late = false;
    const end = () => endGroup(child);
    const timer = setTimeout(() => {
        late = true;
        end();
    }, leftMs);
    signal.addEventListener('abort', end);
    // However this process ends, it leaves none behind that goes on pushing.
    const sweep = () => killGroup(child, 'SIGKILL');
    process.once('exit', sweep);
    try {
        const status = await new Promise((resolve, reject) => {
            child.once('error', reject);
            child.once('close', resolve);
        });
        if (signal.aborted)
            throw new failure/* Interrupted */.j$();
        if (late)
            throw tooLate();
        return { ok: status === 0, said };
    }
    catch (error) {
        if (error.code === 'ENOENT')
            throw new failure/* Failure */.HR('docker-missing', 'There is no program docker on PATH.', 'install Docker on this runner.');
        throw error;
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        process.off('exit', sweep);
    }
}
function tooLate() {
    return new failure/* Failure */.HR('deadline', 'The build took longer than deadline allows.', 'raise deadline, or use a cache.');
}
/** Asks it to end, and 3 s later does not ask any more: after a cancel the runner leaves seven seconds. */
function endGroup(child) {
    killGroup(child, 'SIGTERM');
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), 3000);
    child.once('close', () => clearTimeout(timer));
}
function killGroup({ pid }, signal) {
    if (pid === undefined)
        return;
    try {
        process.kill(-pid, signal);
    }
    catch {
        // it is gone already
    }
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./actions/build-image/src/commit.ts


/**
 * What is checked out in `folder`, which need not be the commit that the run is for. Without a work tree, or without
 * git, the run's.
 */
async function commitIn(folder, env = process.env) {
    // In a container job the workspace belongs to another user than git expects.
    const args = ['-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--no-show-signature', '--format=%H %ct'];
    try {
        const { stdout } = await (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile)('git', args, { env, timeout: 10_000 });
        const [, sha, time] = /^([0-9a-f]{40}) (\d+)$/.exec(stdout.trim()) ?? [];
        if (sha)
            return { sha, time: Number(time) };
    }
    catch {
        // no git, no work tree, or a commit that was never fetched: the run knows its own
    }
    return { sha: (env.GITHUB_SHA ?? '').toLowerCase(), time: undefined };
}

;// CONCATENATED MODULE: ./actions/build-image/src/order.ts
/** `--secret` of a build, and the variables that hold the values: none stands on a command line. */
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
/** Options of Docker's that are lists are CSV. */
function csvField(text) {
    return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

;// CONCATENATED MODULE: ./actions/build-image/src/drivers/buildx.ts



/** The kind of the builder that `docker buildx inspect` speaks of. */
function builderKind(inspected) {
    return /^Driver:\s*docker\s*$/m.test(inspected) ? 'docker' : 'other';
}
/** `docker buildx build`. `metadataFile` is where it leaves digests and warnings. */
function buildxDriver(docker, kind, metadataFile) {
    return {
        name: 'buildx',
        limits: (order) => buildxLimits(order, kind),
        async build(order) {
            const { args, env } = buildxArguments(order, kind, metadataFile);
            const ended = await docker(args, { env });
            return ended.ok ? { ...ended, built: builtOf((0,external_node_fs_.readFileSync)(metadataFile, 'utf8')) } : ended;
        },
    };
}
function buildxArguments(order, kind, metadataFile) {
    const secrets = secretArguments(order.secrets);
    const args = [
        ...['buildx', 'build', '--progress=plain', '--metadata-file', metadataFile],
        ...outputArguments(order, kind),
        ...order.refs.flatMap((ref) => ['--tag', ref]),
        ...(order.file ? ['--file', order.file] : []),
        ...(order.target ? ['--target', order.target] : []),
        ...(order.platforms.length > 0 ? ['--platform', order.platforms.join(',')] : []),
        ...pairArguments('--build-arg', order.buildArgs),
        ...pairArguments('--label', order.labels),
        ...secrets.args,
        ...order.cacheFrom.flatMap((cache) => ['--cache-from', cache]),
        ...order.cacheTo.flatMap((cache) => ['--cache-to', forgiving(cache)]),
        ...attestationArguments(order),
        order.context,
    ];
    const env = {
        ...secrets.env,
        BUILDX_METADATA_WARNINGS: '1',
        BUILDX_METADATA_PROVENANCE: 'disabled',
        // It becomes a build argument of that name, and the time in the image's configuration.
        ...(order.epoch !== undefined && { SOURCE_DATE_EPOCH: String(order.epoch) }),
    };
    return { args, env };
}
/**
 * Times of files follow the commit too, where the builder can: the daemon's own refuses that with its containerd store,
 * and forgets it without a word with the older one.
 */
function outputArguments({ push, platforms, epoch }, kind) {
    if (push && kind === 'other' && epoch !== undefined)
        return ['--output', 'type=image,push=true,rewrite-timestamp=true'];
    if (push)
        return ['--push'];
    // Later steps may want to try the image; of several platforms a daemon may hold none.
    return platforms.length > 1 ? [] : ['--load'];
}
/** Without a word about it buildx makes provenance `min` where its builder can. */
function attestationArguments({ provenance, sbom }) {
    return [
        ...(provenance === 'auto' ? [] : [`--provenance=${provenance === 'false' ? 'false' : `mode=${provenance}`}`]),
        ...(sbom === 'false' ? [] : [`--sbom=${sbom}`]),
    ];
}
/** A cache that cannot be written must not fail a build that is done. */
function forgiving(cache) {
    const full = cache.includes('=') ? cache : `type=registry,ref=${cache}`;
    return /(^|,)type=inline(,|$)|(^|,)ignore-error=/.test(full) ? full : `${full},ignore-error=true`;
}
function buildxLimits({ epoch, push }, kind) {
    if (epoch === undefined)
        return ['The time of the commit is not known, so two builds of it differ in their times.'];
    if (kind === 'docker' && push)
        return [
            "The Docker daemon's own builder keeps files' times as it finds them; docker/setup-buildx-action brings one that does not.",
        ];
    return [];
}
function builtOf(metadata) {
    const said = JSON.parse(metadata);
    const text = (name) => (typeof said[name] === 'string' ? said[name] : undefined);
    return {
        digest: text('containerimage.digest'),
        configDigest: text('containerimage.config.digest'),
        checks: checksIn(said),
    };
}

;// CONCATENATED MODULE: ./actions/build-image/src/drivers/docker.ts



/** `docker build` with the BuildKit of the daemon, for clients before 23 that need no buildx for that. */
function dockerDriver(docker, idFile) {
    return {
        name: 'docker',
        limits: dockerLimits,
        async build(order) {
            refuse(order);
            const { args, env } = dockerArguments(order, idFile);
            let ended = await docker(args, { env });
            if (!ended.ok)
                return ended;
            for (const ref of order.push ? order.refs : []) {
                ended = await docker(['push', ref]);
                if (!ended.ok)
                    return ended;
            }
            const configDigest = (0,external_node_fs_.readFileSync)(idFile, 'utf8').trim();
            return { ...ended, built: { digest: undefined, configDigest, checks: [] } };
        },
    };
}
function dockerArguments(order, idFile) {
    const secrets = secretArguments(order.secrets);
    const inline = order.cacheTo.some(isInline);
    const args = [
        ...['build', '--progress=plain', '--iidfile', idFile],
        ...order.refs.flatMap((ref) => ['--tag', ref]),
        ...(order.file ? ['--file', order.file] : []),
        ...(order.target ? ['--target', order.target] : []),
        ...(order.platforms.length > 0 ? ['--platform', order.platforms.join(',')] : []),
        ...pairArguments('--build-arg', [
            ...order.buildArgs,
            ...(inline ? [{ name: 'BUILDKIT_INLINE_CACHE', value: '1' }] : []),
        ]),
        ...pairArguments('--label', order.labels),
        ...secrets.args,
        ...order.cacheFrom.flatMap((cache) => {
            const ref = registryCache(cache);
            return ref ? ['--cache-from', ref] : [];
        }),
        order.context,
    ];
    return { args, env: { ...secrets.env, DOCKER_BUILDKIT: '1' } };
}
function dockerLimits({ cacheFrom, cacheTo, provenance }) {
    return [
        'docker build stamps an image with the time of the build, so two builds of a commit differ.',
        ...(provenance === 'auto' ? ['docker build makes no provenance.'] : []),
        ...cacheFrom
            .filter((cache) => registryCache(cache) === undefined)
            .map((cache) => `docker build reads caches from registries only, not "${cache}".`),
        ...cacheTo
            .filter((cache) => !isInline(cache))
            .map((cache) => `docker build writes only the cache type=inline, not "${cache}".`),
    ];
}
/** What was asked for by name and cannot be had is no limit but a failure. */
function refuse({ platforms, provenance, sbom }) {
    const mend = 'put docker/setup-buildx-action before this step.';
    if (platforms.length > 1)
        throw new failure/* Failure */.HR('engine-cannot', 'docker build makes one platform at a time.', mend);
    if (provenance === 'min' || provenance === 'max')
        throw new failure/* Failure */.HR('engine-cannot', 'docker build makes no provenance.', mend);
    if (sbom !== 'false')
        throw new failure/* Failure */.HR('engine-cannot', 'docker build makes no SBOM.', mend);
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
 * The engine of this machine: buildx with the builder that is in use, else Docker's own client where that was not ruled
 * out.
 * @throws Failure `buildx-missing`, `docker-missing`, `docker-unreachable`
 */
async function chooseEngine(wish, docker, folder) {
    const plain = () => dockerDriver(docker, (0,external_node_path_.join)(folder, 'image-id'));
    if (wish === 'docker')
        return plain();
    const inspected = await docker(['buildx', 'inspect'], { shown: false });
    const fault = classify(inspected.said);
    if (fault === 'buildx-missing' && wish === 'auto')
        return plain();
    if (fault === 'daemon-missing' || !inspected.ok)
        throw failureOf(fault, inspected.said);
    return buildxDriver(docker, builderKind(inspected.said), (0,external_node_path_.join)(folder, 'metadata.json'));
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
        // Without a word about it nothing is pushed.
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
/** The images that an index holds, and whether attestations (provenance, SBOM) are with them; undefined: it is one image. */
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
/** `linux/arm64`, `linux/arm/v7`: as users write it, where a variant that says nothing new is left out. */
function platformOf({ os = '', architecture = '', variant = '' }) {
    return normalPlatform([os, architecture, variant].filter((part) => part !== '').join('/'));
}
function normalPlatform(platform) {
    const renamed = platform.replace('/x86_64', '/amd64').replace('/aarch64', '/arm64');
    if (renamed.endsWith('/arm'))
        return `${renamed}/v7`;
    return renamed.replace(/(\/arm64)\/v8$/, '$1').replace(/(\/amd64)\/v1$/, '$1');
}

;// CONCATENATED MODULE: ./actions/build-image/src/look.ts


/** The platforms of what a registry has. */
async function lookAt(registry, manifest) {
    const index = indexOf(manifest);
    if (!index) {
        const platform = platformOf(await configOf(registry, manifest));
        return { digest: manifest.digest, platforms: { [platform]: manifest.digest }, attested: false };
    }
    const platforms = index.images.map(({ digest, platform = {} }) => [platformOf(platform), digest]);
    return { digest: manifest.digest, platforms: Object.fromEntries(platforms), attested: index.attested };
}
/** The commits that the images of a manifest say they were built from; empty text where one says none. */
async function revisionsOf(registry, manifest) {
    const index = indexOf(manifest);
    const images = index ? await Promise.all(index.images.map(({ digest }) => partOf(registry, digest))) : [manifest];
    const configs = await Promise.all(images.map((image) => configOf(registry, image)));
    return [...new Set(configs.map(({ config }) => config?.Labels?.['org.opencontainers.image.revision'] ?? ''))];
}
/** The platforms that were asked for and are not there. */
function missingPlatforms(look, asked) {
    return asked.filter((platform) => !(normalPlatform(platform) in look.platforms));
}
async function partOf(registry, digest) {
    const part = await registry.manifest(digest);
    if (!part)
        throw new failure/* Failure */.HR('registry-answer', `The registry has no manifest ${digest}, which one of its own names.`, 'something may have pruned what has no tag: build it anew with if-exists: overwrite, and spare such parts.');
    return part;
}
async function configOf(registry, manifest) {
    const digest = configDigest(manifest);
    if (digest === undefined)
        throw new failure/* Failure */.HR('registry-answer', `${manifest.digest} is no image: it has no configuration.`, 'see what was pushed under that tag; give another one.');
    return registry.config(digest);
}

;// CONCATENATED MODULE: ./actions/build-image/src/existing.ts


/**
 * What need not be built, because an earlier run pushed it; undefined where there is something to build.
 * @throws Failure `tag-exists` where a tag that is for ever names something else
 */
async function findExisting(registry, { image, ifExists, platforms }, plan, commit) {
    if (ifExists === 'overwrite')
        return undefined;
    const found = await Promise.all(plan.tags.map(async (tag) => ({ tag, manifest: await registry.manifest(tag) })));
    const there = found.flatMap(({ tag, manifest }) => (manifest ? [{ tag, manifest }] : []));
    // The tag that moves is taken as well where it is the only one: its build may be of this very merge.
    const fixed = there.filter(({ tag }) => tag !== plan.moving);
    const [first, ...others] = fixed.length > 0 ? fixed : there;
    if (!first)
        return undefined;
    const refuse = (what) => new failure/* Failure */.HR('tag-exists', `${image.name} has ${what}`, 'a tag names one build for ever; give another, or if-exists: overwrite where you mean to replace it.');
    if (ifExists === 'fail')
        throw refuse(`the tag ${there.map(({ tag }) => tag).join(', ')} already.`);
    const other = others.find(({ manifest }) => manifest.digest !== first.manifest.digest);
    if (other)
        throw refuse(`two builds for this commit: ${first.tag} and ${other.tag} are not the same.`);
    const revisions = await revisionsOf(registry, first.manifest);
    if (revisions.join() !== commit.sha) {
        if (first.tag === plan.moving)
            return undefined;
        const said = revisions.filter((one) => one !== '').join(', ') || 'no commit';
        throw refuse(`the tag ${first.tag} already, built from ${said}, not from ${commit.sha}.`);
    }
    const look = await lookAt(registry, first.manifest);
    const lacking = missingPlatforms(look, platforms);
    if (lacking.length > 0)
        throw refuse(`the tag ${first.tag} already, without ${lacking.join(', ')}.`);
    return {
        manifest: first.manifest,
        look,
        missing: found.filter(({ manifest }) => manifest?.digest !== first.manifest.digest).map(({ tag }) => tag),
    };
}

;// CONCATENATED MODULE: ./actions/build-image/src/labels.ts
/** The image's labels, by OCI's names. A label of the user's wins. `created` is the commit's time: builds repeat. */
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





/** The folder that Docker reads, whoever logged in there before: `DOCKER_CONFIG`, else `~/.docker`. */
function dockerFolder(env = process.env) {
    return env.DOCKER_CONFIG || (0,external_node_path_.join)(env.HOME || (0,external_node_os_.homedir)(), '.docker');
}
/** Docker's own configuration; empty where there is none, or none that can be read. */
function readDockerConfig(folder) {
    try {
        return JSON.parse((0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, 'config.json'), 'utf8'));
    }
    catch {
        return {};
    }
}
/** Docker Hub's logins are kept under an address of its past. */
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
function askHelper(helper, key) {
    return new Promise((resolve) => {
        const child = (0,external_node_child_process_namespaceObject.execFile)(`docker-credential-${helper}`, ['get'], { timeout: 10_000 }, (error, stdout) => {
            // A helper that does not know the registry says so by its status; then nobody is logged in.
            if (error)
                return resolve(undefined);
            const found = credentialsIn(stdout);
            if (!found)
                return resolve(undefined);
            const { Username: username, Secret: secret } = found;
            (0,mask/* mask */.d)(secret);
            resolve(username === '<token>' ? { identityToken: secret } : { username, password: secret });
        });
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(key);
    });
}
/** What a helper printed; undefined where it says nothing that could be a login. */
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



/** Where a step keeps what must be gone at its end: Docker's configuration with the login in it, the metadata file. */
function privateFolder(journalFolder, step) {
    return (0,external_node_path_.join)(journalFolder, step);
}
function removePrivate(folder) {
    (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
}
/**
 * Writes a Docker configuration of this step's own: what the job's has, and the login. Not by `docker login`, which would
 * hand the password to the job's credential store, if it has one, and needs a daemon. Returns the variables that lead there.
 */
function writeDockerConfig(folder, { registry }, { username, password }) {
    const theirs = (0,external_node_path_.resolve)(dockerFolder());
    const own = (0,external_node_path_.join)(folder, 'docker');
    (0,external_node_fs_.mkdirSync)(own, { recursive: true, mode: 0o700 });
    // Contexts and plugins are looked for beside the file.
    for (const name of ['contexts', 'cli-plugins']) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(theirs, name)))
            (0,external_node_fs_.symlinkSync)((0,external_node_path_.join)(theirs, name), (0,external_node_path_.join)(own, name));
    }
    const config = readDockerConfig(theirs);
    const key = loginKey(registry);
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    const content = {
        ...config,
        auths: { ...config.auths, [key]: { auth } },
        // For this registry the file holds, whatever keeps the others.
        ...(config.credsStore || config.credHelpers ? { credHelpers: { ...config.credHelpers, [key]: '' } } : {}),
    };
    (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(own, 'config.json'), JSON.stringify(content), { mode: 0o600 });
    // Builders stay where they are: they outlive this step.
    return { DOCKER_CONFIG: own, BUILDX_CONFIG: process.env.BUILDX_CONFIG || (0,external_node_path_.join)(theirs, 'buildx') };
}

// EXTERNAL MODULE: ./node_modules/semver/functions/compare.js
var compare = __nccwpck_require__(469);
var compare_default = /*#__PURE__*/__nccwpck_require__.n(compare);
// EXTERNAL MODULE: ./node_modules/semver/functions/parse.js
var parse = __nccwpck_require__(353);
var parse_default = /*#__PURE__*/__nccwpck_require__.n(parse);
;// CONCATENATED MODULE: ./packages/release-model/src/semver.ts


/** Reads `1.2.3`, `v1.2.3-rc.1`, and `1.2.3_build` as a registry's tag has to write `1.2.3+build`. */
function parseSemver(text) {
    // The library would pass over spaces around it; a tag with spaces is another name.
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
/** Reads the name of an image without tag and digest. What is wrong with it comes back as text. */
function parseImage(text) {
    const name = text.toLowerCase();
    if (name.includes('://'))
        return { wrong: 'is a URL' };
    if (name.includes('@'))
        return { wrong: 'has a digest' };
    const [first = '', ...others] = name.split('/');
    const named = others.length > 0 && (/[.:]/.test(first) || first === 'localhost');
    // Docker Hub under an address of its past, which Docker takes for the same.
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
/** A tag, as registries take it. */
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
 * The immutable tags of a build: `sha-<40 digits>` always, and the version on a git tag. `sha-…` is kept for what was
 * built from exactly that commit, so what a pull request builds, a merge, gets a name of its own.
 */
function planBuild(event, wishes) {
    const { pullRequest } = event;
    const version = event.tag === undefined ? '' : versionTag(event.tag);
    const own = pullRequest
        ? [`pr-${pullRequest.number}-${pullRequest.headSha}`]
        : [shaTag(wishes.sha), ...(version ? [version] : [])];
    const whyNot = whyNotPushed(event, wishes.push);
    return {
        tags: [...new Set([...own, ...wishes.tags])],
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
 * How an image is tagged with a git tag or a version: `v1.2.3` as `1.2.3`, others with `-` for what no tag may hold; cut
 * where a tag must end, as names in git may be twice as long.
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
 * one in that range. Prereleases float nothing. `wished` replaces the floating tags; `latest` keeps its rule. `back`: the
 * job went back to the version, so higher ones are what is left: the floating tags go back with it.
 */
function planPromotion(version, known, wished, back = false) {
    const semver = parseSemver(version);
    const own = semver ? [{ tag: versionTag(version), kind: 'version' }] : [];
    const floating = [...new Set(wished.length > 0 ? wished : semver ? floatingTags(semver) : [])];
    const moves = [...own];
    const stay = [];
    for (const tag of [...floating.filter((one) => one !== 'latest'), ...floating.filter((one) => one === 'latest')]) {
        const why = whyItStays(tag, version, back ? [] : known);
        if (why)
            stay.push({ tag, why });
        else
            moves.push({ tag, kind: 'floating' });
    }
    return { moves, stay };
}
/** Why a floating tag is not for this version; undefined where it is. */
function whyItStays(tag, version, known) {
    const range = rangeOf(tag);
    if (!range)
        return undefined;
    const semver = parseSemver(version);
    if (!semver || semver.prerelease.length > 0)
        return `${version || 'this'} is no stable version`;
    if (!range(semver))
        return `${version} is not of that range`;
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
/** `latest`, `X` and `X.Y` are ruled by versions; any other floating tag (`qa`, `edge`) just moves. */
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
/** What is wrong with a tag that a user gave; undefined where nothing is. */
function tagMistake(tag) {
    if (isTag(tag))
        return undefined;
    return tag.length > 128 ? `"${tag}" has ${tag.length} characters` : `"${tag}" is no tag`;
}

;// CONCATENATED MODULE: ./actions/build-image/src/report.ts
function tellPlan({ image }, plan, commit, step) {
    const asked = process.env.GITHUB_SHA?.toLowerCase();
    if (asked && asked !== commit.sha)
        step.info(`Checked out is ${commit.sha}, not ${asked}: the image is named for it.`);
    const what = plan.push ? `pushed to ${image.name}` : `not pushed, because ${plan.whyNot}`;
    step.info(`Commit ${commit.sha}, tags ${plan.tags.join(', ')}; ${what}.`);
}
function tellLimits(engine, order, step) {
    step.info(`Built by ${engine.name === 'buildx' ? 'docker buildx build' : 'docker build'}.`);
    for (const limit of engine.limits(order))
        step.info(`Note: ${limit}`);
}
function tellOrder(engine, order, existing, step) {
    tellLimits(engine, order, step);
    const lines = [
        existing ? `Would take ${existing.look.digest}, which is there.` : 'Would build, as there is nothing to take.',
        ...order.refs.map((ref) => `- tag \`${ref}\`${order.push ? '' : ' (not pushed)'}`),
        ...order.labels.map(({ name, value }) => `- label \`${name}=${value}\``),
        ...order.buildArgs.map(({ name, value }) => `- build argument \`${name}=${value}\``),
        ...order.secrets.map(({ id }) => `- secret \`${id}\``),
    ];
    for (const line of lines)
        step.info(line);
    step.summary(['**build-image, dry run**', '', ...lines].join('\n'));
}
/** Outputs and summary of what is in the registry now. */
function tellPushed({ image, provenance }, { plan, commit, look, how }, step) {
    const ref = `${image.name}@${look.digest}`;
    step.output('ref', ref);
    step.output('digest', look.digest);
    step.output('tags', JSON.stringify(plan.tags));
    step.output('platforms', JSON.stringify(look.platforms));
    step.output('sha', commit.sha);
    step.output('reused', String(how === 'reused'));
    if (how === 'built' && provenance === 'auto' && !look.attested)
        step.info('Note: this builder made no provenance.');
    const text = how === 'built' ? `Pushed and verified ${ref}.` : `An earlier run pushed ${ref}; it is taken as it is.`;
    step.info(text);
    step.record({ event: 'note', level: 'info', text });
    const rows = Object.entries(look.platforms).map(([platform, digest]) => `| ${platform} | \`${digest}\` |`);
    step.summary([
        `**build-image: ${how === 'built' ? 'built and pushed' : 'reused'}**`,
        '',
        `\`\`\`\n${ref}\n\`\`\``,
        `Tags: ${plan.tags.map((tag) => `\`${tag}\``).join(', ')}. Provenance or SBOM: ${look.attested ? 'yes' : 'no'}.`,
        '',
        '| platform | digest |',
        '|---|---|',
        ...rows,
    ].join('\n'));
}
/** A build that was a test: there is no digest of a registry's to hand on. */
function tellUnpushed(plan, commit, built, step) {
    step.output('tags', JSON.stringify(plan.tags));
    step.output('sha', commit.sha);
    step.info(`Built${built.configDigest ? ` ${built.configDigest}` : ''}; not pushed, because ${plan.whyNot}.`);
    step.summary(`**build-image**: built, not pushed, because ${plan.whyNot}.`);
}

;// CONCATENATED MODULE: ./actions/build-image/src/verify.ts



/** A registry may need a moment to show what it has just taken. */
const looks = 4;
/**
 * Reads back what was pushed: every tag names the digest that the engine says it built, with every platform asked for.
 * @throws Failure `not-verified`
 */
async function verify(registry, tags, built, platforms, signal) {
    const found = await Promise.all(tags.map((tag) => appeared(registry, tag, signal)));
    const [first] = found;
    for (const [index, manifest] of found.entries()) {
        const wrong = first && wrongWith(manifest, first, built);
        if (wrong)
            throw notVerified(`The tag ${tags[index]} ${wrong}; somebody else may have pushed it meanwhile.`);
    }
    if (!first)
        throw notVerified('There was no tag to look at.');
    const look = await lookAt(registry, first);
    const lacking = missingPlatforms(look, platforms);
    if (lacking.length > 0)
        throw notVerified(`${look.digest} is there without ${lacking.join(', ')}; it has ${Object.keys(look.platforms)}.`);
    return look;
}
function wrongWith(manifest, first, built) {
    const expected = built.digest ?? first.digest;
    if (manifest.digest !== expected)
        return `names ${manifest.digest}, not ${expected}`;
    const names = [configDigest(manifest), manifest.digest];
    if (built.digest === undefined && !names.includes(built.configDigest))
        return `names ${names.find((name) => name !== undefined)}, not the ${built.configDigest} that was built`;
    return undefined;
}
async function appeared(registry, tag, signal) {
    for (let look = 1;; look++) {
        const manifest = await registry.manifest(tag);
        if (manifest)
            return manifest;
        if (look === looks || signal.aborted)
            throw notVerified(`The tag ${tag} was pushed and is not there.`);
        await (0,clock/* sleep */.y)(look * 500, signal);
    }
}
function notVerified(text) {
    return new failure/* Failure */.HR('not-verified', text, 'run the job again; what is there is looked at before anything is built.');
}

;// CONCATENATED MODULE: ./packages/http/src/retry.ts
/**
 * Tries until it is done, until trying again would be of no use or might do it twice, or until attempts, time or signal
 * are spent. Returns how the last attempt ended; undefined where there was no time for one. Throws what `once` throws.
 */
async function retry(once, rules) {
    const { signal, pause, leftMs = () => Number.POSITIVE_INFINITY, leastMs = 0 } = rules;
    let last;
    for (let attempts = 1; !signal.aborted && leftMs() >= leastMs; attempts++) {
        last = await once();
        if ('value' in last || !mayRepeat(last.trouble, rules.repeatable) || attempts === rules.attempts)
            return last;
        const wait = Math.min(last.trouble.waitMs ?? rules.backoffMs(attempts), rules.longestPauseMs ?? Number.POSITIVE_INFINITY);
        // A pause after which no time is left for an attempt only delays the end.
        if (signal.aborted || wait + leastMs > leftMs())
            return last;
        rules.onPause?.(last.trouble, wait);
        await pause(wait);
    }
    return last;
}
function mayRepeat({ passing, perhapsDone }, repeatable) {
    return passing && (repeatable || !perhapsDone);
}

;// CONCATENATED MODULE: ./packages/http/src/proxy.ts

/**
 * The proxy that the environment names for a URL (`https_proxy`, `http_proxy`, `no_proxy`, small or capital), if any.
 * `no_proxy` is a list of names, each with all below it, addresses or `*`, each with or without a port. This machine
 * itself is never asked through a proxy: that would be another machine.
 */
function proxyFor(url, env) {
    const scheme = url.protocol.slice(0, -1);
    const proxy = env[`${scheme}_proxy`] || env[`${scheme.toUpperCase()}_PROXY`];
    if (!proxy || proxy_isLoopback(url.hostname) || isExcepted(url, env.no_proxy || env.NO_PROXY || ''))
        return undefined;
    const text = /^[a-z]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
    return URL.canParse(text) ? new URL(text) : undefined;
}
/** What has Node's agent send by this proxy, and by no other: its own rules for `no_proxy` know no names below a name. */
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

/** There was no whole answer. `sent` is false only where the other side certainly never saw the request. */
class NoAnswer extends Error {
    sent;
    constructor(message, sent) {
        super(message);
        this.name = 'NoAnswer';
        this.sent = sent;
    }
}
/**
 * Sends one request and reads the whole answer, of `maxBytes` at most. Follows no redirect, tries nothing again.
 * @throws NoAnswer, also where the signal is aborted
 */
async function request_request(asked, maxBytes) {
    return request_open(asked, async (response) => {
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
 * Sends one request and has `read` take the answer as it comes.
 *
 * Over a connection of its own, for one kept open may be closed by the other side while a request is on its way; by
 * node:https, which honours the runner's proxies and is loaded 25 ms faster than the global fetch.
 * @throws NoAnswer, also for what `read` throws
 */
async function request_open(asked, read) {
    const timeout = AbortSignal.timeout(Math.ceil(asked.timeoutMs));
    const progress = { sent: false };
    try {
        return await read(await send(asked, AbortSignal.any([timeout, asked.signal]), progress));
    }
    catch (error) {
        const { message, name } = error;
        throw new NoAnswer(timeout.aborted ? `no answer within ${Math.round(asked.timeoutMs)} ms` : message || name, progress.sent);
    }
}
function send({ method, url, headers, body }, signal, progress) {
    const secure = url.protocol === 'https:';
    // Loaded here and not before: most runs that could make a request make none, and it is a fifth of the start.
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
/** Reads `Bearer realm="https://…",service="…",scope="…"`. Undefined where there is none that can be met. */
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





const maxRedirects = 5;
/** Of one request, to connect and to answer. */
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
            const digest = digestOf(expectOk(answer, `the manifest ${reference}`).body);
            const content = jsonIn(answer, `the manifest ${reference}`);
            const said = answer.headers['docker-content-digest'];
            if (isDigest(reference) ? digest !== reference : said !== undefined && isDigest(String(said)) && said !== digest)
                throw new failure/* Failure */.HR('registry-answer', `${registry} answered ${reference} of ${image.name} with ${digest}.`);
            return { digest, mediaType: mediaTypeOf(answer, content), body: answer.body };
        },
        async config(digest) {
            const what = `the configuration ${digest}`;
            const answer = expectOk(await ask({ method: 'GET', url: path(`blobs/${digest}`) }), what);
            if (digestOf(answer.body) !== digest)
                throw new failure/* Failure */.HR('registry-answer', `${registry} answered ${digest} of ${image.name} with other content.`);
            return jsonIn(answer, what);
        },
        async tags() {
            const tags = [];
            const asked = new Set();
            let next = path('tags/list?n=1000');
            while (next) {
                if (asked.has(next.href))
                    throw strange('the list of tags', 'in a circle');
                asked.add(next.href);
                const answer = await ask({ method: 'GET', url: next });
                if (answer.status === 404)
                    break;
                const what = 'the list of tags';
                tags.push(...(jsonIn(expectOk(answer, what), what).tags ?? []));
                next = nextPage(answer, next);
            }
            return tags;
        },
        async put(tag, { mediaType, body }) {
            const url = path(`manifests/${tag}`);
            const answer = await ask({ method: 'PUT', url, headers: { 'content-type': mediaType }, body });
            if (answer.status === 409 || speaksOfImmutable(answer))
                throw new failure/* Failure */.HR('tag-immutable', `${registry} does not let the tag ${tag} of ${image.name} be moved${reasonIn(answer)}.`, 'give tags that its rule for immutable tags leaves free, or change the rule there.');
            expectOk(answer, `the tag ${tag}`);
        },
    };
    /** Asks until there is an answer that means something: after a refusal with a login, after a transport fault again. */
    async function ask(request) {
        const tried = await retry(() => tryOnce(request), {
            // A tag that is put twice is where it was put.
            repeatable: true,
            attempts,
            backoffMs: (failed) => 500 * 2 ** (failed - 1) * (0.75 + Math.random() / 2),
            longestPauseMs: 30_000,
            pause: (ms) => (0,clock/* sleep */.y)(ms, signal),
            signal,
            onPause: ({ fault }, ms) => options.onRetry(`${registry} ${fault}; again in ${(ms / 1000).toFixed(1)} s.`),
        });
        if (tried && 'value' in tried)
            return tried.value;
        if (!tried || signal.aborted)
            throw new failure/* Interrupted */.j$();
        throw new failure/* Failure */.HR('registry-unreachable', `${registry} ${tried.trouble.fault}, ${attempts} times in a row, to ${request.method} ${request.url.pathname}.`, 'see whether the registry is well and this runner may reach it, then run the job again.');
    }
    async function tryOnce(request) {
        const again = { passing: true, perhapsDone: true };
        try {
            const answer = await authorized(request);
            if (answer.status !== 429 && answer.status < 500)
                return { value: answer };
            const fault = `answered ${answer.status}${reasonIn(answer)}`;
            return { trouble: { ...again, fault, waitMs: retryAfterMs(answer) } };
        }
        catch (error) {
            if (!(error instanceof NoAnswer))
                throw error;
            return { trouble: { ...again, fault: `gave no whole answer (${error.message})`, waitMs: undefined } };
        }
    }
    async function authorized(request) {
        const first = await follow(request);
        if (first.status !== 401)
            return refused(first);
        // The first time, or a token that has run out.
        const challenge = parseChallenge(headerText(first.headers['www-authenticate']));
        if (challenge)
            authorization = await authorizationFor(challenge);
        return challenge ? refused(await follow(request)) : refused(first);
    }
    function refused(answer) {
        if (answer.status === 401)
            throw loginRefused(reasonIn(answer));
        if (answer.status === 403 && !speaksOfImmutable(answer)) {
            const may = options.writes ? 'push to' : 'read';
            throw new failure/* Failure */.HR('registry-denied', `${registry} does not let ${who()} ${may} ${image.name}${reasonIn(answer)}.`, 'give that account the right; on ghcr.io the job needs "permissions: packages: write".');
        }
        return answer;
    }
    async function authorizationFor({ scheme, realm, service }) {
        if (scheme === 'basic')
            return basicOf(credentials);
        // Asked by POST, the login is in the body.
        const request = tokenRequest(realm, service);
        const answer = await follow(request, request.method === 'GET' ? (basicOf(credentials) ?? '') : '');
        if (answer.status === 401 || answer.status === 403 || answer.status === 400)
            throw loginRefused(reasonIn(answer));
        if (answer.status !== 200)
            return answerAsFault(answer);
        const { token, access_token } = jsonIn(answer, 'a login');
        if (!(token || access_token))
            throw strange('a login', 'without a token');
        return `Bearer ${token || access_token}`;
    }
    /** What the token service says of load or trouble is passed on as if the registry had said it. */
    function answerAsFault(answer) {
        throw new NoAnswer(`its token service answered ${answer.status}`, true);
    }
    function tokenRequest(realm, service) {
        const scope = `repository:${repository}:${options.writes ? 'pull,push' : 'pull'}`;
        if (!URL.canParse(realm))
            throw new failure/* Failure */.HR('registry-answer', `${registry} names no place to log in: "${realm}".`);
        const url = new URL(realm);
        if (url.protocol !== 'https:' && origin.startsWith('https:'))
            throw new failure/* Failure */.HR('registry-answer', `${registry} wants the login sent unencrypted, to ${url.origin}.`);
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
     * Blobs are often answered by a redirect to a store that must not be shown the registry's login, and neither must where
     * a token service leads to.
     */
    async function follow(request, shown = authorization ?? '') {
        let { url } = request;
        for (let hop = 0;; hop++) {
            const login = shown !== '' && url.origin === request.url.origin ? { authorization: shown } : {};
            const headers = { 'user-agent': 'belay', ...request.headers, ...login };
            const answer = await request_request({ ...request, url, headers, timeoutMs, signal }, maxBytes);
            const { location } = answer.headers;
            if (request.method !== 'GET' || ![301, 302, 303, 307, 308].includes(answer.status) || !location)
                return answer;
            if (hop === maxRedirects)
                throw new failure/* Failure */.HR('registry-answer', `${registry} redirects in a circle.`);
            url = new URL(location, url);
        }
    }
    function loginRefused(reason) {
        const mend = 'see whether username and password (or token) are right and may use this repository.';
        return credentials
            ? new failure/* Failure */.HR('registry-login', `${registry} refused the login of ${who()}${reason}.`, mend)
            : new failure/* Failure */.HR('registry-login', `${registry} asks for a login${reason}.`, `give username and password; ${mend}`);
    }
    function who() {
        return credentials && 'username' in credentials ? `"${credentials.username}"` : 'this job';
    }
    /** By the path alone: behind a proxy a registry may know itself by another name, and none other is shown the login. */
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
            // said below
        }
        throw strange(what, 'with something that no registry says');
    }
    function strange(what, how) {
        return new failure/* Failure */.HR('registry-answer', `${registry} answered ${what} of ${image.name} ${how}.`, 'see whether that is a registry, and whether a proxy or a sign-in page stands before it.');
    }
    function expectOk(answer, what) {
        if (answer.status >= 200 && answer.status < 300)
            return answer;
        throw new failure/* Failure */.HR('registry-answer', `${registry} answered ${answer.status}${reasonIn(answer)} for ${what} of ${image.name}.`, answer.status === 404
            ? 'see whether the repository is there; some registries want it made first.'
            : 'see what it means by that; its own log may say more.');
    }
}
function basicOf(credentials) {
    if (!credentials || !('username' in credentials))
        return undefined;
    return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}
/** `: unauthorized, authentication required`, cut short and on one line. */
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
/** The header, without parameters; some registries leave it out, but the content says it too. */
function mediaTypeOf({ headers }, { mediaType, manifests }) {
    const [said = ''] = String(headers['content-type'] ?? '').split(';');
    if (Object.values(mediaTypes).includes(said.trim()))
        return said.trim();
    return mediaType ?? (manifests ? mediaTypes.index : mediaTypes.manifest);
}
/** Registries refuse to move a tag with 400, 403, 409 or 412, and say why in words only. */
function speaksOfImmutable({ status, body }) {
    return status >= 400 && status < 500 && /immutab(le|ility)/i.test(body.toString('utf8'));
}
function headerText(header) {
    return Array.isArray(header) ? header.join(', ') : header;
}

;// CONCATENATED MODULE: ./actions/build-image/src/work.ts


/** The repository of `image`, with the login of the inputs, else with the one that an earlier step left with Docker. */
async function openRepository(image, login, { writes, step, signal = step.signal, attempts = 4 }) {
    const credentials = login ?? (await storedCredentials(image.registry, dockerFolder()));
    return openRegistry(image, { credentials, writes, signal, attempts, onRetry: (text) => step.info(text) });
}

;// CONCATENATED MODULE: ./actions/build-image/src/build.ts
















/** Builds and pushes what the event asks for, or takes what is there; the registry has the last word on what that is. */
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
    // What runs anywhere is as it was: only promote moves tags that somebody follows.
    return { result: 'unchanged' };
}
async function buildIn(folder, inputs, step) {
    const docker = dockerOf(inputs, folder, step);
    // Asked meanwhile, and needed only where there is something to build.
    const choosing = chooseEngine(inputs.engine, docker, folder);
    choosing.catch(() => undefined);
    const commit = await commitIn(inputs.context);
    const plan = planBuild(readEvent(), { sha: commit.sha, tags: inputs.tags, push: inputs.push });
    const order = build_orderOf(inputs, plan, commit);
    tellPlan(inputs, plan, commit, step);
    const registry = plan.push
        ? await openRepository(inputs.image, inputs.login, { writes: !inputs.dryRun, step })
        : undefined;
    const existing = registry && (await findExisting(registry, inputs, plan, commit));
    if (inputs.dryRun)
        return tellOrder(await choosing, order, existing, step);
    if (registry && existing) {
        for (const tag of existing.missing)
            await registry.put(tag, existing.manifest);
        return tellPushed(inputs, { plan, commit, look: existing.look, how: 'reused' }, step);
    }
    const engine = await choosing;
    tellLimits(engine, order, step);
    const built = await buildPatiently(engine, order, step);
    annotate(built.checks, inputs.file ?? (0,external_node_path_.join)(inputs.context, 'Dockerfile'), step);
    if (!registry)
        return tellUnpushed(plan, commit, built, step);
    const look = await verify(registry, plan.tags, built, inputs.platforms, step.signal);
    tellPushed(inputs, { plan, commit, look, how: 'built' }, step);
}
function build_orderOf(inputs, plan, commit) {
    return {
        ...inputs,
        refs: plan.tags.map((tag) => `${inputs.image.name}:${tag}`),
        labels: labelsOf(commit, plan.version, inputs.labels),
        epoch: commit.time,
        push: plan.push,
    };
}
/** Docker with the login of the inputs, if there is one, until the deadline. */
function dockerOf(inputs, folder, step) {
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
 * Whether a caller's workflow takes a text for a release id: GitHub's expressions know no patterns, so callers ask
 * `startsWith(version, '20') && contains(version, 'Z-')`, in any case of letters. What is so and is no release id may
 * never be released: the caller has let it pass without an approval.
 */
function resemblesReleaseId(text) {
    return /^20.*z-/i.test(text);
}
/**
 * Whether a version names a release that only the hosts know: `previous`, or a release id. GitHub need not be asked for
 * its commit, and going to it is going back.
 */
function isKeptRelease(version) {
    return version === 'previous' || isReleaseId(version);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/release.ts



/** Reads `service`, `environment`, `version` and the commit of the run. Every action that changes production takes these. */
function readReleaseInputs(read, env = process.env) {
    const repository = env.GITHUB_REPOSITORY?.split('/')[1] ?? '';
    const service = read.text('service', { default: repository, required: 'the name of what is released' });
    const environment = read.text('environment', { required: 'where it is released to, such as qa or production' });
    const runSha = (env.GITHUB_SHA ?? '').toLowerCase();
    const version = read.text('version', { default: runSha });
    for (const [name, value] of [['service', service], ['environment', environment]]) {
        if (value !== '' && !isName(value))
            read.mistake(name, `is "${value}"`, 'Give letters, digits, ".", "_" and "-", 63 at most.');
    }
    if (!/^[0-9a-f]{40}$/.test(runSha))
        read.mistake('version', `GITHUB_SHA is "${runSha}"`, 'Run this step in a workflow.');
    const runIsOfVersion = version === runSha || (env.GITHUB_REF_TYPE === 'tag' && env.GITHUB_REF_NAME === version);
    return { service, environment, version, runSha, runIsOfVersion };
}
/** The release of this service that an earlier step of the job began; undefined where none did. */
function earlierRelease({ journal }, { service, environment }) {
    return journal.read().releases.find((one) => one.service === service && one.environment === environment);
}
/**
 * The release of this service in this job: the one an earlier step made, or a new one, in journal and record. The only
 * place where an action learns id, version and commit of what it releases.
 * @param sha the commit that the version stands for, where that is known; else it is the run's
 */
function joinRelease(step, { service, environment, version, runSha }, sha = runSha) {
    const earlier = earlierRelease(step, { service, environment });
    if (earlier)
        return earlier;
    const release = { id: releaseId(new Date(), sha, jobIdentity(step)), service, environment, version, sha };
    step.journal.append({ step: step.id, event: 'release-began', release });
    step.record({ event: 'release-began', release, run: (0,job/* currentRun */.xh)() });
    return release;
}
/** What a job is known by on its targets: the same for all its steps, and no other job's. */
function jobIdentity({ id, journal }) {
    // Steps that run beside each other may both draw one: the first line of the journal that has one holds for all.
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
 * Writes what a URL of GitHub's storage holds to a file, as it comes. The storage is another server: it is not asked by
 * octokit, and does not see the token. Returns the SHA-256 of it.
 * @throws Failure `download-failed`
 */
async function saveFrom(url, file, signal) {
    for (let attempt = 1;; attempt++) {
        const asked = { method: 'GET', url, headers: { 'user-agent': 'belay' }, timeoutMs: attemptMs, signal };
        const outcome = await saveAnswer(asked, file).catch((error) => error);
        if (!(outcome instanceof Error) && outcome.status === 200)
            return outcome.sha256;
        const what = outcome instanceof Error ? outcome.message : `HTTP ${outcome.status}`;
        const passing = outcome instanceof NoAnswer || (!(outcome instanceof Error) && outcome.status >= 500);
        if (!passing || attempt === download_attempts || signal.aborted)
            throw new failure/* Failure */.HR('download-failed', `The artifact could not be downloaded from ${url.host}: ${what}.`);
        await (0,clock/* sleep */.y)(500 * 2 ** attempt, signal);
    }
}
/** Writes what is answered to a file. Returns the status and the SHA-256 of what was written. @throws NoAnswer */
async function saveAnswer(asked, file) {
    return request_open(asked, async (response) => {
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

/** GitHub answered that it would not, or what answered is not GitHub. */
class failure_GitHubRefusal extends failure/* Failure */.HR {
    /** HTTP status. */
    status;
    constructor(status, code, message, mend) {
        super(code, message, mend);
        this.name = 'GitHubRefusal';
        this.status = status;
    }
}
/** There was no whole answer. `why` is one line. */
function unreachable({ host, pathname }, why) {
    return new failure/* Failure */.HR('github-unreachable', `GitHub could not be asked (${host}${pathname}): ${why}.`, 'look at the status of GitHub, and at HTTPS_PROXY where the runner needs it; then run the job again.');
}
/** What answered is not what GitHub's API answers: such as the page of a proxy. */
function unexpectedAnswer(status, what) {
    return new failure_GitHubRefusal(status, 'github-unexpected-answer', `What answered (HTTP ${status}) is not what GitHub's API answers: ${what}.`, 'look at GITHUB_API_URL, and at a proxy between the runner and GitHub.');
}
/** @throws GitHubRefusal `github-unexpected-answer` where what was answered has not the shape that it must have */
function failure_assertShape(fits, what) {
    if (!fits)
        throw unexpectedAnswer(200, `${what} is missing or is not what it must be`);
}
/** An answer of 400 or more. @param asked such as `GET /repos/acme/api` */
function failure_refusal(status, limited, asked, said) {
    if (limited)
        return new failure/* Failure */.HR('github-rate-limited', `GitHub lets this repository ask no more for now (${asked}: ${said}).`, 'run the job again later.');
    if (status === 401)
        return new failure_GitHubRefusal(status, 'github-token-refused', `GitHub does not know the token (${asked}: ${said}).`);
    if (status === 403)
        return new failure_GitHubRefusal(status, 'github-permission', `The token may not do ${asked}: ${said}.`, 'give the job the permissions that the README of release names.');
    const code = status === 404 ? 'github-not-found' : status >= 500 ? 'github-server-error' : 'github-refused';
    return new failure_GitHubRefusal(status, code, `GitHub answered HTTP ${status} to ${asked}: ${said}.`);
}

;// CONCATENATED MODULE: ./packages/github/src/request-rules.ts


/** How often a request is sent at most, and how long one of them may take, its answer included. */
const request_rules_attempts = 4;
const request_rules_attemptMs = 15_000;
/** A comparison of two commits is the longest answer; it may hold the text of hundreds of changed files. */
const request_rules_maxBytes = 20_000_000;
/** The longest that is waited for a limit to end; the limit of an hour is not waited for. */
const longestWaitMs = 60_000;
/**
 * Belay's rules for every request to GitHub, as the one hook around octokit's `request`. A request is bounded in time
 * and size, is sent again where that can help and can do no harm, and follows no redirect. An answer that breaks off, and
 * one that is not JSON, is no answer. In place of octokit's retry plugin: that repeats a POST whose answer was lost
 * (docs/research/github.md#a-lost-answer-to-a-post).
 * @param urlOf gives a request's URL, its parameters filled in
 * @throws Failure `github-unreachable`, `github-rate-limited`, or GitHubRefusal
 */
function requestRules(signal, urlOf) {
    return async (send, options) => {
        const repeatable = options.method === 'GET' || options.request.repeatable === true;
        for (let attempt = 1;; attempt++) {
            const outcome = await sendOnce(send, options, signal);
            const wait = waitOf(outcome, attempt, repeatable);
            if (wait === undefined || wait > longestWaitMs || attempt === request_rules_attempts || signal.aborted)
                return settle(outcome, options, new URL(urlOf(options)));
            await (0,clock/* sleep */.y)(wait, signal);
        }
    };
}
async function sendOnce(send, options, signal) {
    const timeout = AbortSignal.timeout(request_rules_attemptMs);
    // In place: octokit's own hook, for the token, is given this object, whatever is passed on here.
    options.headers = {
        ...options.headers,
        'x-github-api-version': '2022-11-28',
        // One that is kept open may be closed by the other side while a request is on its way.
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
        return { kind: 'lost', sent: !unsent.includes(codeOf(error)), why };
    }
}
/** All of it; undefined where it is too long. */
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
/** The codes of errors after which nothing of a request can have reached the server. */
const unsent = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];
/** The code of an error or of what caused it; empty where there is none. */
function codeOf(error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause)
        if ('code' in cause && typeof cause.code === 'string')
            return cause.code;
    return '';
}
/** How long to wait before the same request may go well, in milliseconds; undefined where it never will. */
function waitOf(outcome, attempt, repeatable) {
    const soon = 500 * 2 ** (attempt - 1);
    if (outcome.kind === 'lost')
        return repeatable || !outcome.sent ? soon : undefined;
    if (outcome.kind !== 'refused')
        return undefined;
    const { answer } = outcome;
    if (isLimited(answer)) {
        const after = Number(answer.headers['retry-after']);
        if (Number.isFinite(after) && after > 0)
            return after * 1000;
        const reset = Number(answer.headers['x-ratelimit-reset']) * 1000 - Date.now();
        return Number.isFinite(reset) ? Math.max(1000, reset) : 1000 * 2 ** attempt;
    }
    return answer.status >= 500 && repeatable ? soon : undefined;
}
function isLimited({ status, headers }) {
    if (status === 429)
        return true;
    return status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0');
}
/** The answer, if it is one. */
function settle(outcome, { method, request }, url) {
    const asked = `${method} ${url.pathname}`;
    if (outcome.kind === 'lost')
        throw unreachable(url, outcome.why);
    if (outcome.kind === 'unusable')
        throw unexpectedAnswer(outcome.status, `to ${asked} ${outcome.why}`);
    const { answer } = outcome;
    const { status, headers, data } = answer;
    if (outcome.kind === 'refused') {
        // Without JSON it is the page of something in between, and no reason.
        const said = isObject(data) ? oneLine(outcome.message) : 'no word why';
        throw failure_refusal(status, isLimited(answer), asked, said);
    }
    if (request.wantsLocation && status === 302 && headers.location)
        return answer;
    if (status >= 300)
        throw unexpectedAnswer(status, `${asked} was redirected`);
    // A 202 is no result: such as a merge that was made instead of a deployment.
    if (status === 202)
        throw unexpectedAnswer(status, `${asked} was put off: ${messageIn(data)}`);
    if (!isObject(data))
        throw unexpectedAnswer(status, `${asked} was answered without JSON`);
    return answer;
}
function isObject(data) {
    return typeof data === 'object' && data !== null;
}
function messageIn(data) {
    return oneLine(String(data?.message ?? 'no word why'));
}
function oneLine(text) {
    return text.replace(/[^\x20-\x7e]/g, ' ').slice(0, 300);
}

;// CONCATENATED MODULE: ./packages/github/src/client.ts




/** Reads `github-token`; the rest is what the runner says of the run. */
function readGitHubInputs(read, env = process.env) {
    const token = read.secret('github-token').trim();
    const apiUrl = new URL(env.GITHUB_API_URL || 'https://api.github.com');
    if (!apiUrl.pathname.endsWith('/'))
        apiUrl.pathname += '/';
    if (token !== '' && !/^[\x21-\x7e]+$/.test(token))
        read.mistake('github-token', 'has characters that no token has', 'Leave it out, or give one token.');
    return { token, repository: env.GITHUB_REPOSITORY ?? '', apiUrl };
}
/** Opens the API of one repository. Nothing is loaded or sent before the first question. */
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
        // The name is left as it is by the bundler; scripts/build.ts puts the path of the shared bundle in its place.
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
    read.mistake('image', `"${text}" ${image.wrong}`, 'Give its name without tag and digest: ghcr.io/acme/api.');
    return { name: text, registry: '', repository: '', origin: 'https://localhost' };
}
function readLogin(read) {
    const username = read.text('username', { default: process.env.GITHUB_ACTOR ?? '' });
    // Secrets are often stored with the line end that a copied token came with.
    const password = read.secret('password').trim();
    if (password === '')
        return undefined;
    if (username === '' || username.includes(':'))
        read.mistake('username', username === '' ? 'is missing' : 'holds a ":"', 'Give the name that password belongs to.');
    (0,mask/* mask */.d)(Buffer.from(`${username}:${password}`).toString('base64'));
    return { username, password };
}
function readTags(read) {
    const tags = read.lines('tags');
    for (const tag of tags) {
        const wrong = tagMistake(tag);
        if (wrong)
            read.mistake('tags', wrong, 'Give a tag a line, of letters, digits, ".", "_" and "-", 128 at most, no comma.');
    }
    return tags;
}
function readPromote(read, common) {
    const digest = read.text('digest');
    // Pasted from the output ref, it has the name before it.
    const bare = digest.replace(`${common.image.name}@`, '');
    if (bare !== '' && !isDigest(bare))
        read.mistake('digest', `is "${digest}"`, 'Give sha256: and 64 hex digits, as the outputs digest and ref have it.');
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
        read.mistake('context', `"${given}" is no folder`, 'Give a folder of the workspace; is there a checkout before?');
    return context;
}
function readFile(read, context) {
    const given = read.text('file');
    const file = given === '' ? (0,external_node_path_.join)(context, 'Dockerfile') : (0,external_node_path_.resolve)(workspace(), given);
    if (!(0,external_node_fs_.existsSync)(file)) {
        const mend = 'Give its path in the workspace, or put a Dockerfile into the context.';
        read.mistake('file', `"${given || 'Dockerfile'}" is not there`, mend);
    }
    return given === '' ? undefined : file;
}
function readPlatforms(read) {
    const platforms = read.lines('platforms');
    for (const platform of platforms) {
        if (!/^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/.test(platform))
            read.mistake('platforms', `"${platform}" is none`, 'Give one a line, such as linux/amd64 or linux/arm64.');
    }
    return platforms;
}
/** Of names that end so, the value is secret in nearly every project; what a browser gets anyway says so in front. */
const secretName = /(^|_)(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|(API|ACCESS|SECRET|PRIVATE|AUTH)_?KEY)$/i;
const publicName = /(^|_)(PUBLIC|VITE|REACT_APP)_/i;
/** Build arguments stand in the image's history and in its provenance for everybody to read. */
function readBuildArgs(read, hidden) {
    const pairs = readPairs(read, 'build-args', hidden);
    for (const { name } of pairs) {
        if (!secretName.test(name) || publicName.test(name))
            continue;
        const mend = 'Give it in secrets and mount it with RUN --mount=type=secret; if it is none, name it otherwise.';
        read.mistake('build-args', `${name} looks like a secret, and everybody could read it in the image`, mend);
    }
    return pairs;
}
/** Other actions read CSV there; here the quotes would become part of the name. */
const unquoted = 'Leave the quotes out: a line is taken as it is, commas and spaces included.';
function readPairs(read, input, hidden) {
    return read.lines(input).map((line) => {
        const [, name = '', value = ''] = /^([^=\s]+)=(.*)$/.exec(line) ?? [];
        if (name === '')
            read.mistake(input, `"${line.split('=')[0]}" has no value`, 'Give NAME=value, one a line.');
        else if (/["']/.test(name))
            read.mistake(input, `"${name}" has a quote in its name`, unquoted);
        if (hidden.some((secret) => value.includes(secret)))
            read.mistake(input, `${name} holds the value of a secret`, 'Everybody could read it in the image; leave it out.');
        return { name, value };
    });
}
/** Not printed: a cache may be named with a token. */
function readCaches(read, input) {
    const caches = read.lines(input);
    if (caches.some((cache) => /^["']/.test(cache)))
        read.mistake(input, 'has a line that is quoted', unquoted);
    return caches;
}
/** Values from `secrets`, from variables of the environment, which may have several lines, and from files. */
function readSecrets(read) {
    // Masks the lines as they are; the values alone are masked below.
    read.secret('secrets', { multiline: true });
    const named = (input) => read.lines(input).flatMap((line) => {
        const [, id, rest = ''] = /^([A-Za-z0-9_.-]+)=(.*)$/.exec(line) ?? [];
        if (id !== undefined)
            return [{ id, rest }];
        // Not printed: it may be a line of a value.
        read.mistake(input, 'has a line without an id', 'Give ID=…, one a line; values of several lines by secret-envs.');
        return [];
    });
    const empty = (input, id, mend) => read.mistake(input, `${id} is empty`, mend);
    const values = named('secrets').map(({ id, rest }) => {
        if (rest === '')
            empty('secrets', id, 'Is the secret there in this environment? Runs of forks get none.');
        return { id, from: { value: rest } };
    });
    const variables = named('secret-envs').map(({ id, rest }) => {
        const value = process.env[rest] ?? '';
        if (value === '')
            empty('secret-envs', `${id}, which is the variable ${rest},`, 'Set it by env of this step.');
        return { id, from: { value } };
    });
    const files = named('secret-files').map(({ id, rest }) => {
        const path = (0,external_node_path_.resolve)(workspace(), rest);
        if (!(0,external_node_fs_.existsSync)(path) || (0,external_node_fs_.statSync)(path).size === 0)
            empty('secret-files', `${id}, which is ${rest},`, 'Write it.');
        return { id, from: { path } };
    });
    const all = [...values, ...variables, ...files];
    for (const { from } of all)
        if ('value' in from && from.value !== '')
            (0,mask/* mask */.d)(from.value);
    const twice = all.find(({ id }, index) => all.findIndex((other) => other.id === id) < index);
    if (twice)
        read.mistake('secrets', `${twice.id} is given twice`, 'Give each id once.');
    return all;
}
/** Short values are passed over: they stand in harmless text by chance. */
function secretValues(secrets, login) {
    const values = secrets.flatMap(({ from }) => ('value' in from ? [from.value] : []));
    return [...values, login?.password ?? ''].filter((value) => value.length >= 6);
}
function readSbom(read) {
    const text = read.text('sbom', { default: 'false' });
    if (!/^(true|false|generator=[^,\s]+)$/.test(text))
        read.mistake('sbom', `is "${text}"`, 'Give true, false, or generator=IMAGE for a scanner of your own.');
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
        if (!(error instanceof failure_GitHubRefusal) || ![404, 422].includes(error.status))
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
        if (error instanceof GitHubRefusal && error.status === 404)
            return 'diverged';
        throw error;
    }
}
/** So many commits are asked for at most, by pages of a hundred. */
const mostPages = 3;
/** What `head` has and `base` has not, oldest first; `total` counts also those that were not asked for. */
async function commitsBetween(github, base, head) {
    const basehead = `${base}...${head}`;
    const commits = [];
    let total = 0;
    for (let page = 1; page <= mostPages; page++) {
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
/** Release branches that are asked at most, the newest by name first. */
const mostBranches = 30;
/** Whether a commit is on the default branch, and, where it is not, the branch below `release/` that holds it. */
async function branchesHolding(github, sha, defaultBranch) {
    if (await holds(github, defaultBranch, sha))
        return { default: true, release: undefined };
    const names = await releaseBranches(github);
    const newest = names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, mostBranches);
    for (const branch of newest)
        if (await holds(github, branch, sha))
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
async function holds(github, branch, sha) {
    const relation = await relationOf(github, sha, branch);
    return relation === 'ahead' || relation === 'identical';
}

;// CONCATENATED MODULE: ./packages/github/src/version.ts




/** All that GitHub may take to say which commit a tag stands for, in milliseconds. */
const budgetMs = 60_000;
/**
 * The commit that a version stands for; undefined for `previous` and a release id, which only the hosts know. Without a
 * token a name is the name of the commit that the run is for.
 * @throws Failure `no-such-version`, or why GitHub could not be asked
 */
async function commitAskedFor({ version, runSha }, github, signal) {
    if (isKeptRelease(version))
        return undefined;
    if (isSha(version))
        return version;
    if (github.token === '')
        return runSha;
    return commitOf(openGitHub(github, AbortSignal.any([signal, AbortSignal.timeout(budgetMs)])), version);
}
/**
 * The release of this service in this job, for an action that may be used alone: where no earlier step began it, GitHub
 * says which commit its version stands for. A run that was started from the tag is not asked about.
 * @throws Failure as `commitAskedFor`
 */
async function joinReleaseOfVersion(step, asked, github) {
    const known = asked.runIsOfVersion || earlierRelease(step, asked) !== undefined;
    return joinRelease(step, asked, known ? undefined : await commitAskedFor(asked, github, step.signal));
}

;// CONCATENATED MODULE: ./packages/release-model/src/tags.ts
/** The command that lets a tag name a digest again. */
function tagByHand(image, tag, digest) {
    return `docker buildx imagetools create --tag ${image}:${tag} ${image}@${digest}`;
}

;// CONCATENATED MODULE: ./actions/build-image/src/promote.ts







/** Gives the release's digest its version tag, and moves the floating tags that are its to have, `latest` last. */
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
            throw new failure/* Failure */.HR('deadline', `The tags were not moved within ${inputs.deadline} s.`, 'run it again.');
        throw error;
    }
}
/**
 * The release of the job; where the job went back, the kept one that it went back to.
 * @throws Failure `nothing-chosen` where the version is one that only the hosts know, and no step asked them
 */
async function releaseOf({ release: asked, github }, step) {
    const release = await joinReleaseOfVersion(step, asked, github);
    const chosen = step.journal.read().chosen.findLast(({ service }) => service === release.service)?.release;
    if (chosen)
        return { release: { ...release, version: chosen.version, sha: chosen.sha }, back: true };
    if (!isKeptRelease(asked.version))
        return { release, back: false };
    throw new failure/* Failure */.HR('nothing-chosen', `version is "${asked.version}", and no step of this job has gone back to a release of ${release.service}: only the hosts know its image.`, 'put this step after the one that goes back, in the same job, with the same service; or give the version by its tag.');
}
async function promoteIn(inputs, release, back, step, signal) {
    const { image, login, dryRun } = inputs;
    const registry = await openRepository(image, login, { writes: !dryRun, step, signal });
    const manifest = await findImage(registry, inputs, release);
    step.output('ref', `${image.name}@${manifest.digest}`);
    step.output('digest', manifest.digest);
    const { moves, stay } = planPromotion(release.version, await registry.tags(), inputs.tags, back);
    for (const { tag, why } of stay)
        step.info(`${tag} stays where it is: ${why}.`);
    const saved = await lookBefore(registry, inputs, moves, manifest);
    tell(inputs, manifest, moves, saved, step);
    if (dryRun)
        return { result: 'unchanged' };
    if (saved.length === 0)
        return { result: 'noop' };
    step.save({ service: release.service, image: image.name, digest: manifest.digest, moves: saved });
    for (const one of saved)
        await moveTag(one, manifest, { registry, image, version: release.version, back, step, signal });
    return { result: 'pending' };
}
/** The image that was tested: the digest that was given, else what the commit's own tag names. */
async function findImage(registry, { image, digest }, { sha }) {
    const reference = digest || shaTag(sha);
    const manifest = await registry.manifest(reference);
    if (!manifest)
        throw new failure/* Failure */.HR('not-built', `${image.name} has no image ${reference}.`, 'build that commit first, with this action and push; an old one may have been pruned from the registry.');
    const revisions = await revisionsOf(registry, manifest);
    if (revisions.join() !== sha)
        throw new failure/* Failure */.HR('other-commit', `${image.name}@${manifest.digest} was built from ${revisions.join(', ') || 'no commit that it names'}, not from ${sha}.`, 'give the digest of the image that this commit was built into, or leave digest out.');
    return manifest;
}
/**
 * What each tag names now, of those that have to be moved at all.
 * @throws Failure `tag-exists` where the version stands for another image
 */
async function lookBefore(registry, { image, ifExists }, moves, manifest) {
    const seen = await Promise.all(moves.map(async (move) => ({ ...move, now: await registry.manifest(move.tag) })));
    for (const { tag, kind, now } of seen) {
        if (kind !== 'version' || !now || ifExists === 'overwrite')
            continue;
        if (ifExists === 'reuse' && now.digest === manifest.digest)
            continue;
        throw new failure/* Failure */.HR('tag-exists', `${image.name}:${tag} is there already, as ${now.digest}; this release is ${manifest.digest}.`, 'a version names one image for ever: release a new version, or give if-exists: overwrite.');
    }
    return seen
        .filter(({ now }) => now?.digest !== manifest.digest)
        .map(({ tag, kind, now }) => ({
        tag,
        kind,
        before: now && { digest: now.digest, mediaType: now.mediaType, body: now.body.toString('base64') },
    }));
}
/**
 * Moves one tag. No registry can compare and set, so after the move it is looked again whether a higher version has come
 * meanwhile: then the tag is given to that one, whichever of the two promotions wrote last.
 */
async function moveTag({ tag, kind }, manifest, { registry, image, version, back, step, signal }) {
    signal.throwIfAborted();
    step.record({ event: 'phase', phase: `tag ${tag}` });
    await registry.put(tag, manifest);
    if (kind === 'version' || back)
        return;
    const known = await registry.tags();
    const why = whyItStays(tag, version, known);
    const higher = why && highestFor(tag, known);
    const theirs = higher && isTag(higher) ? await registry.manifest(higher) : undefined;
    if (!theirs)
        return;
    await registry.put(tag, theirs);
    step.warn(`${image.name}:${tag} is given to ${higher}: it was promoted at the same time, and is the higher version.`);
}
function tell({ image, dryRun }, { digest }, moves, saved, step) {
    const tags = moves.map(({ tag }) => tag);
    step.output('tags', JSON.stringify(tags));
    step.output('tags-before', tagsBefore(image.name, digest, saved));
    if (saved.length === 0)
        step.info(tags.length === 0 ? 'There is no tag to move.' : `${tags.join(', ')}: ${digest} already.`);
    // A runner that is lost takes its journal along; the job log stays.
    for (const { tag, before } of saved) {
        step.info(`${dryRun ? 'Would move' : 'Moves'} ${tag} from ${before?.digest ?? 'nothing'} to ${digest}.`);
        if (before)
            step.info(`  Back by hand: ${tagByHand(image.name, tag, before.digest)}`);
    }
    const rows = saved.map(({ tag, before }) => `| \`${tag}\` | ${before ? `\`${before.digest}\`` : 'new'} |`);
    const head = `**build-image: ${dryRun ? 'would promote' : 'promotes'}** \`${image.name}@${digest}\``;
    step.summary(rows.length === 0 ? `${head}: nothing to move.` : [head, '', '| tag | before |', '|---|---|', ...rows].join('\n'));
}
/** What the floating tags name that are moved away from something; empty where there is none. A version's tag stays. */
function tagsBefore(image, digest, saved) {
    const tags = saved.flatMap(({ tag, kind, before }) => kind === 'floating' && before ? [{ tag, digest: before.digest }] : []);
    const before = { image, digest, tags };
    return tags.length > 0 ? JSON.stringify(before) : '';
}

;// CONCATENATED MODULE: ./actions/build-image/src/undo.ts



/**
 * Puts every tag back to what it named, if it still names what this step gave it. Never throws: what could not be looked
 * at by `until` (monotonic seconds) is `mixed`, with the command to finish by hand.
 */
async function undoTags(saved, open, until) {
    const signal = AbortSignal.timeout(Math.ceil(Math.max(1, until - (0,clock/* monotonicSeconds */.m)()) * 1000));
    const image = parseImage(saved.image);
    if ('wrong' in image)
        throw new Error(`the journal has no image: "${saved.image}" ${image.wrong}`);
    const opened = open(image, signal);
    return Promise.all(saved.moves.map(async (move) => {
        const base = { target: `${saved.image}:${move.tag}`, service: saved.service };
        try {
            return { ...base, ...(await undoTag(await opened, saved, move)) };
        }
        catch (error) {
            const [why] = (0,failure/* messageOf */.bD)(error).split('\n');
            const command = move.before ? ` Put it back: ${tagByHand(saved.image, move.tag, move.before.digest)}` : '';
            return { ...base, result: 'mixed', detail: `nobody could put it back: ${why}${command}` };
        }
    }));
}
async function undoTag(registry, { digest }, { tag, before }) {
    const now = await registry.manifest(tag);
    if (now?.digest === before?.digest)
        return { result: 'unchanged', detail: 'it was not moved' };
    if (now?.digest !== digest)
        return { result: 'unchanged', detail: `somebody else moved it to ${now?.digest ?? 'nothing'}; it is left alone` };
    // Registries delete an image with all its tags, or nothing: what still runs by this digest would lose its image.
    if (!before)
        return { result: 'rolled-back', stays: true, detail: `new, and it names ${digest}` };
    await registry.put(tag, { ...before, body: Buffer.from(before.body, 'base64') });
    return { result: 'rolled-back', detail: `back to ${before.digest}` };
}

;// CONCATENATED MODULE: ./actions/build-image/src/action.ts








/** Builds, in a job of its own; and promotes, in the job that releases, where later failures take the tags back. */
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
        // This step arms nothing and has no key; hosts that others armed are asked over the connections they left open.
        keeper: (step) => keeper_hostKeeper(() => ({ key: '', passphrase: '' }), step.journal.recordPath),
        // A main that was killed leaves the login behind.
        close: async (step) => removePrivate(privateFolder(step.journal.folder, step.id)),
    },
};
/** The login alone: whatever else the inputs say at post may have changed since main. */
function loginFromInputs() {
    const [username, password] = [(0,inputs/* fromEnvironment */.A)('username').trim(), (0,inputs/* fromEnvironment */.A)('password').trim()];
    return password === '' ? undefined : { username, password };
}


/***/ }),

/***/ 319:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(620);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(987);


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

/***/ 144:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ controlIn)
/* harmony export */ });
/**
 * What makes a text unfit to be one line: a line break, or another control character but the tab; in words, undefined
 * where there is none. On a host such a text could be taken for a line of its own.
 */
function controlIn(text) {
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
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   h_: () => (/* binding */ asFailure),
/* harmony export */   j$: () => (/* binding */ Interrupted)
/* harmony export */ });
/**
 * A failure that a user can act on. `code` becomes the output `failure-code`; `message` names what is wrong and where;
 * `mend` says what to do about it.
 */
class Failure extends Error {
    code;
    mend;
    constructor(code, message, mend, options) {
        super(mend ? `${message}\n  To mend it: ${mend}` : message, options);
        this.name = 'Failure';
        this.code = code;
        this.mend = mend;
    }
}
/** Thrown where the runner asked the process to stop (SIGINT, SIGTERM) before its work was done. */
class Interrupted extends Failure {
    constructor() {
        super('interrupted', 'The job was cancelled while this step was at work.');
        this.name = 'Interrupted';
    }
}
/** The text of anything thrown, on one line or more, without a stack. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}
/** The `failure-code` of anything thrown: `internal` is a defect of Belay's. */
function codeOf(error) {
    const failure = asFailure(error);
    return failure instanceof Failure ? failure.code : 'internal';
}
/** A full disk is nobody's defect, whichever write found it. */
function asFailure(error) {
    const code = error instanceof Error && !(error instanceof Failure) && 'code' in error ? error.code : undefined;
    if (code !== 'ENOSPC' && code !== 'EDQUOT')
        return error;
    return new Failure('runner-disk-full', `No space is left on the runner: ${messageOf(error)}.`, `free some below RUNNER_TEMP (${process.env.RUNNER_TEMP ?? 'not set'}): remove what earlier steps of the job left.`, { cause: error });
}


/***/ }),

/***/ 221:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ fromEnvironment),
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: ./packages/action-kit/src/control.ts
var src_control = __nccwpck_require__(144);
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./packages/action-kit/src/mask.ts
var mask = __nccwpck_require__(477);
;// CONCATENATED MODULE: ./packages/action-kit/src/variables.ts
/**
 * Every input of `release`, by what may stand for it and by the target that it means something for. What describes
 * servers and services can be a variable of the environment. What belongs to one run, or to the commit, stands in the
 * workflow: a variable that is left behind would decide about every later release as well.
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
        ssh: ['until', 'phase', 'survives', 'accept-risk', 'first-release'],
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
/** What an input of `release` is; undefined for what is none. */
function kindOf(input) {
    return kinds.get(input);
}
/**
 * Reads `toJSON(vars)`; only what has Belay's prefix is Belay's: an organisation may have an IMAGE or a TARGET of its own.
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
/** What is wrong with a variable that has Belay's prefix, and how to fix it; undefined where nothing is. */
function variableMistake(name) {
    const input = name.slice(prefix.length).toLowerCase().replaceAll('_', '-');
    switch (kinds.get(input)) {
        case 'variable':
            return undefined;
        case 'secret':
            return {
                wrong: `is a variable, which everybody with access can read, and ${input} is secret`,
                mend: `Delete the variable, keep the value as a secret, and give it to the input ${input}.`,
            };
        case 'run':
            return {
                wrong: `is a variable, and ${input} decides about one run only`,
                mend: `Delete the variable; say ${input} in the workflow.`,
            };
        case 'commit':
            return {
                wrong: `is a variable, and ${input} belongs to the commit`,
                mend: `Delete the variable; say ${input} in the workflow.`,
            };
        default:
            return name === 'BELAY_RESULT'
                ? { wrong: 'is a variable, and Belay itself sets env.BELAY_RESULT', mend: 'Delete the variable.' }
                : { wrong: 'is no variable of Belay', mend: nearestMend(name) };
    }
}
function nearestMend(name) {
    const all = Object.values(releaseInputs.variable).flat().map(variableOf);
    const nearest = all.map((one) => ({ one, steps: editDistance(one, name) })).sort((a, b) => a.steps - b.steps)[0];
    // Half of another word is no misspelling of it.
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
 * Runs `read` over the inputs and returns what it made of them. An input that is empty is taken from the variable that
 * `settings` (the JSON of all variables) has for it; a secret or a decision of one run never is.
 * @throws Failure `inputs` with every mistake, a line each: the input or the variable, what is wrong, how to mend it.
 */
function readInputs(read, raw = fromEnvironment, context = {}) {
    const mistakes = [];
    const ignored = new Set();
    const value = read(inputReader(sourcesOf(raw, context), mistakes, ignored));
    for (const text of ignored)
        context.note?.(text);
    if (mistakes.length > 0)
        throw new failure/* Failure */.HR('inputs', inputError(mistakes));
    return value;
}
function inputError(mistakes) {
    const inputs = new Set(mistakes.map((mistake) => mistake.split(':')[0])).size;
    const count = inputs === 1 ? 'One input is' : `${inputs} inputs are`;
    return `${count} not usable; nothing was touched.\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`;
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
    const place = environment === '' ? '' : ` of environment ${environment}`;
    return {
        raw,
        value: (name) => (raw(name).trim() === '' ? set(name) : raw(name)),
        isVariable,
        label: (name) => (isVariable(name) ? `${variable(name)}` : known(name)),
        remedy(name) {
            if (text.trim() === '')
                return '';
            if (kind(name) === 'secret')
                return ` Set a secret${place}, and let the input ${known(name)} get it.`;
            return variable(name) ? ` Set the variable ${variable(name)}${place}, or the input ${known(name)}.` : '';
        },
        wrongSettings: settings === undefined,
    };
}
const units = { s: 1, m: 60, h: 3600 };
function secondsOf(text) {
    const [, amount, unit] = /^(\d+)\s*([smh])$/.exec(text) ?? [];
    return amount === undefined ? undefined : Number(amount) * units[unit];
}
function inputReader(sources, mistakes, ignored) {
    const mistake = (name, wrong, mend) => {
        const remedy = wrong === 'is missing' ? sources.remedy(name) : '';
        mistakes.push(`${sources.label(name)}: ${wrong}.${remedy} ${mend}`);
    };
    if (sources.wrongSettings)
        mistake('settings', 'is not the JSON of variables', 'Give ${{ toJSON(vars) }}.');
    const required = (name, value, example) => {
        if (example !== undefined && value === '')
            mistake(name, 'is missing', `Give ${example}.`);
        return value;
    };
    const oneLine = (name, value) => {
        const control = (0,src_control/* controlIn */.X)(value);
        if (control)
            mistake(name, `has ${control}`, 'Give plain text without it.');
    };
    const within = (name, value, min, max, unit) => {
        if (value < min || value > max)
            mistake(name, `is ${value}${unit}`, `Give ${min} to ${max}${unit}.`);
        return value;
    };
    // An input that is passed on empty (as a composite does with what its own caller left out) is an input not given.
    const given = (name, fallback) => sources.value(name).trim() || fallback;
    return {
        mistake,
        unneeded(name, wrong, mend) {
            if (sources.isVariable(name))
                ignored.add(`The variable ${sources.label(name)} is ignored: it ${wrong}.`);
            else
                mistake(name, wrong, mend);
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
            mistake(name, `is "${text}", not a whole number`, `Give ${min} to ${max}; without it ${fallback} is taken.`);
            return fallback;
        },
        seconds(name, { default: fallback, min, max }) {
            const text = given(name, fallback);
            const value = secondsOf(text);
            if (value !== undefined)
                return within(name, value, min, max, ' s');
            // Minutes are meant as often as seconds, and either is believed to be what everybody means.
            if (/^\d+$/.test(text))
                mistake(name, `is "${text}", without a unit`, `Give ${text}s or ${text}m.`);
            else
                mistake(name, `is "${text}", not a length of time`, 'Give a number with s, m or h: 90s, 10m, 1h.');
            return secondsOf(fallback) ?? min;
        },
        choice(name, { default: fallback, of }) {
            const text = given(name, fallback);
            const found = of.find((option) => option === text);
            if (found === undefined)
                mistake(name, `is "${text}"`, `Give one of: ${of.join(', ')}.`);
            return found ?? fallback;
        },
        boolean(name, { default: fallback }) {
            const text = given(name, String(fallback)).toLowerCase();
            if (text !== 'true' && text !== 'false')
                mistake(name, `is "${text}"`, 'Give true or false.');
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
/** Where the actions of this job keep what they share. The runner empties RUNNER_TEMP after the posts. */
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
/* unused harmony export defuse */
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(210);

/**
 * The only way to the job log. Texts of hosts, tools and servers are in almost every line, and the runner reads
 * commands out of standard output and standard error alike: what is printed here starts none.
 */
const log = {
    info: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(defuse(text)),
    debug: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz(defuse(text)),
    notice: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(defuse(text), properties),
    warning: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(defuse(text), properties),
    error: (text, properties) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3(defuse(text), properties),
    /** An error annotation, and the step is red. */
    setFailed: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setFailed */ .C1(defuse(text)),
};
/** A stream of a tool's own output, which comes in pieces: whole lines are printed, the last one at the end. */
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
 * A text of several lines that starts no workflow command: neither `::x::`, which the runner takes at the start of a
 * line, spaces before it or not, nor the older `##[x]`, which it finds in the middle of a line too. A lone carriage
 * return is a line break to the runner (docs/research/runner.md#texts). Colours stay; other control characters are written out. Pure.
 */
function defuse(text) {
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
/** All forms of a secret that must not be seen. Lines shorter than 4 characters would hide half the log. */
function maskedForms(secret) {
    const lines = secret.split(/\r?\n/).map((line) => line.trim());
    const forms = [secret, encodeURIComponent(secret), ...lines, ...lines.map(encodeURIComponent)];
    return [...new Set(forms)].filter((form) => form.trim().length >= 4);
}


/***/ }),

/***/ 620:
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
;// CONCATENATED MODULE: ./packages/release-model/src/result.ts
/**
 * What became of a step or of the whole job (rule 15 of the transaction), from harmless to worst.
 * `pending` is only a main's own output: all is well and nothing is decided yet.
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
 * The worst of several results. `noop`, `unchanged` and `superseded` never hide another; what was committed in one place and taken
 * back in another is `mixed`. Of nothing at all: `unknown`.
 */
function worst(all) {
    if (all.length === 0)
        return 'unknown';
    const has = (result) => all.includes(result);
    if (has('committed') && (has('rolled-back') || has('undo-started')))
        return 'mixed';
    return all.reduce((a, b) => (results.indexOf(b) > results.indexOf(a) ? b : a));
}

;// CONCATENATED MODULE: ./packages/action-kit/src/job-state.ts

/** The release of the composite `release` whose steps run just now; undefined where a step is used alone. */
function releaseUnderWay({ releases, unfinishedReleases }) {
    return releases.findLast(({ id }) => unfinishedReleases.includes(id));
}
/** Whether the release that is under way was overtaken by a newer one: what comes after has nothing to do. */
function isSuperseded(job) {
    const service = releaseUnderWay(job)?.service;
    return job.steps.some((step) => step.mutates && step.service === service && service !== undefined && step.ended?.result === 'superseded');
}
/** The armed targets of a step of which nothing final is known. */
function unsettled(step) {
    const final = new Set(step.settled.filter(({ result }) => isFinal(result)).map(({ target }) => target));
    return step.armed.filter((target) => !final.has(target.name));
}
function isFinal(result) {
    return result === 'committed' || result === 'rolled-back' || result === 'unchanged';
}
/**
 * What became of one step, in the words of rule 15: what its targets say once they have been settled, else what its
 * main said at its end. A main that left no word at all is `unknown`, and so is what is armed and not settled yet.
 */
function resultOf(step) {
    if (step.armed.length > 0) {
        const silent = step.armed.length > step.settled.length;
        return worst([...step.settled.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
    }
    if (!step.ended || step.ended.result === 'pending')
        return 'unknown';
    return step.ended.result;
}
/**
 * The job's result (`BELAY_RESULT`): the worst of the steps that change something. Where none was reached nothing was
 * changed, or a newer release was there first. At best `unknown` where the journal is damaged.
 */
function jobResult({ steps, damaged }) {
    if (damaged !== undefined)
        return worst([...steps.filter((step) => step.mutates).map(resultOf), 'unknown']);
    const changing = steps.filter((step) => step.mutates);
    if (changing.length > 0)
        return worst(changing.map(resultOf));
    return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged';
}

;// CONCATENATED MODULE: ./packages/action-kit/src/decision.ts

/** All posts of a cancelled job have five minutes less 15 s together (rule 13); a margin stays for the others. */
const postsShareSeconds = 240;
/**
 * Decides once for the whole job (rule 7). Pure but for asking: first what the job's own story says, then every armed
 * target. The caller writes the decision to the journal before anything follows from it.
 */
async function decide(job, jobStatus, keeper) {
    const why = reasonToUndo(job, jobStatus);
    if (why !== undefined)
        return { decision: 'undo', why };
    const missing = await keeper.missing(job.steps.flatMap(unsettled));
    if (missing.length === 0)
        return { decision: 'commit', why: 'every step ended well and every armed target is there' };
    return { decision: 'undo', why: missing.map(({ target, why }) => `${target}: ${why}`).join('; ') };
}
/** Why the job has to be undone by what is known without asking anybody; `undefined` where nothing speaks for it. */
function reasonToUndo(job, jobStatus) {
    if (job.damaged !== undefined)
        return `the journal of the job cannot be believed: ${job.damaged}`;
    if (jobStatus !== 'success')
        return `the job ended as ${jobStatus}`;
    for (const step of job.steps) {
        if (!step.mutates)
            continue;
        if (!step.ended)
            return `${step.id} began and never ended`;
        // A step that failed, put everything back itself and was tolerated by the workflow harms nobody.
        const harmless = ['unchanged', 'rolled-back', 'noop'].includes(step.ended.result);
        if (!step.ended.ok && !harmless)
            return `${step.id} failed and is ${step.ended.result}`;
    }
    const [unfinished] = job.unfinishedReleases;
    if (unfinished !== undefined)
        return `release ${unfinished} began and did not reach its end`;
    return undefined;
}
/** The decision of the job: the one in the journal, or a new one, written there before anything follows from it. */
async function decideOnce(journal, step, jobStatus, keeper, now) {
    const job = journal.read();
    if (job.decided)
        return { decided: job.decided, here: false };
    const decided = { ...(await decide(job, jobStatus, keeper)), until: now + postsShareSeconds };
    journal.append({ step, event: 'decided', ...decided });
    return { decided, here: true };
}
/**
 * Confirms every target at once that is not confirmed yet: all of them for the post that decided; for a later one what
 * an interrupted post left.
 */
async function confirmAll(journal, step, keeper) {
    const open = journal.read().steps.flatMap(unsettled);
    if (open.length === 0)
        return [];
    const settled = await keeper.confirm(open);
    journal.append({ step, event: 'settled', settled });
    return settled;
}

// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 1 modules
var src_inputs = __nccwpck_require__(221);
;// CONCATENATED MODULE: ./packages/action-kit/src/interrupt.ts
/**
 * A signal that is aborted when the runner asks this process to stop. The runner sends SIGINT, 7.5 s later SIGTERM and
 * 2.5 s after that kills (docs/research/runner.md#cancelling). So about seven seconds are left to start what must be
 * started.
 */
function interruptSignal() {
    const controller = new AbortController();
    const abort = () => controller.abort();
    process.on('SIGINT', abort);
    process.on('SIGTERM', abort);
    return controller.signal;
}
/** What is left of a main after SIGINT for starting its own undo, in milliseconds. */
const interruptBudgetMs = 6500;

// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./packages/release-model/src/record.ts

/** A line of its own, also after one that a kill or a full disk left unfinished. */
function jsonLine(value) {
    return `\n${JSON.stringify(value)}\n`;
}
/** Appends one line, by a single write. */
function appendRecord(path, step, event, now = new Date()) {
    (0,external_node_fs_.appendFileSync)(path, jsonLine({ at: now.toISOString(), step, ...event }));
}
/** Reads what is there; a last line that a killed process left unfinished is passed over. */
function readRecord(path) {
    return readJsonLines(path);
}
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
            // torn by a kill in the middle of a write: what it would have said did not happen yet
        }
    }
    return lines;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/journal-fold.ts

/** Adds the lines of a journal up. Pure. */
function foldJournal(entries) {
    const steps = new Map();
    const releases = [];
    const open = new Set();
    const connections = [];
    let nonce;
    let decided;
    let returnsAt;
    let alone;
    let damaged;
    let reason;
    const chosen = [];
    const schemas = [];
    const judged = [];
    const update = (id, change) => {
        const step = steps.get(id);
        if (step)
            steps.set(id, { ...step, ...change(step) });
    };
    for (const entry of entries) {
        switch (entry.event) {
            case 'began':
                // A step begins once; a second beginning would hide what it has to undo.
                if (steps.has(entry.step))
                    break;
                steps.set(entry.step, {
                    id: entry.step,
                    action: entry.action,
                    mutates: entry.mutates,
                    closes: entry.closes ?? false,
                    service: entry.service,
                    undo: undefined,
                    ended: undefined,
                    armed: [],
                    settled: [],
                });
                break;
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
            case 'ended':
                update(entry.step, () => ({ ended: { ok: entry.ok, result: entry.result } }));
                break;
            case 'settled':
                for (const settled of entry.settled)
                    settle(settled, entry.step);
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
            case 'judged': {
                const { step: _, event: __, ...what } = entry;
                judged.push(what);
                break;
            }
            case 'damaged':
                damaged ??= entry.why;
                break;
            case 'chosen':
                chosen.push({ service: entry.service, release: entry.release });
                break;
            case 'alone':
                alone = { step: entry.step, why: entry.why };
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
    // A target's news may come from another step's post; it belongs to the last step that armed it. What nobody armed
    // (a schema) is told by the step that changed it.
    function settle(settled, by) {
        const all = [...steps.values()];
        const step = all.findLast(({ armed }) => armed.some(({ name }) => name === settled.target)) ?? steps.get(by);
        if (!step)
            return;
        const others = step.settled.filter((earlier) => earlier.target !== settled.target);
        steps.set(step.id, { ...step, settled: [...others, settled] });
    }
    // Once all that was armed is settled, no time of return binds the job any more.
    if (![...steps.values()].some((step) => unsettled(step).length > 0))
        returnsAt = undefined;
    return {
        steps: [...steps.values()],
        nonce,
        releases,
        unfinishedReleases: [...open],
        decided,
        returnsAt,
        schemas,
        judged,
        chosen,
        alone,
        reason,
        connections,
        damaged,
    };
}

;// CONCATENATED MODULE: ./packages/action-kit/src/journal.ts





/** Opens the job's journal, and makes it if this is the first action of the job. */
function openJournal(folder) {
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const path = (0,external_node_path_.join)(folder, 'journal.jsonl');
    return {
        folder,
        recordPath: (0,external_node_path_.join)(folder, 'record.jsonl'),
        append: (entry) => (0,external_node_fs_.appendFileSync)(path, jsonLine(entry), { mode: 0o600 }),
        read() {
            const { entries, foreign } = entriesOf(textOf(path)?.toString('utf8') ?? '');
            const job = foldJournal(entries);
            return { ...job, damaged: job.damaged ?? foreign };
        },
        mark: () => markOf(textOf(path) ?? Buffer.alloc(0)),
        whyNot(mark) {
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
 * The entries of a journal's text, and which line, if any, no step of Belay began to write. One that a kill
 * or a full disk tore is passed over: what it would have said did not happen yet.
 */
function entriesOf(text) {
    const entries = [];
    let foreign;
    for (const [index, line] of text.split('\n').entries()) {
        if (line === '')
            continue;
        const entry = entryOf(line);
        if (entry)
            entries.push(entry);
        else if (!line.startsWith('{'))
            foreign ??= `line ${index + 1} cannot be read`;
    }
    return { entries, foreign };
}
function entryOf(line) {
    try {
        const value = JSON.parse(line);
        return typeof value === 'object' && typeof value?.step === 'string' ? value : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lost-journal.ts



/**
 * Compares the journal with what this step's main left of it, and notes it there if it is not the same: from then on the
 * job decides to undo and ends as `unknown`.
 */
function noteLoss(journal, state) {
    const why = journal.whyNot(state.mark);
    if (why === undefined || !state.mutates)
        return;
    journal.append({ step: state.step, event: 'damaged', why });
}
/**
 * The journal as a post reads it: the connections that its main left open are there also where the journal is lost. No
 * line is added, as a step that only reads may be the first to find it missing, and the next one must find it so, too.
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
/** The same for a main that finds no journal, though an earlier step of the job had one. */
function noteEarlierLoss(journal, step, env = process.env) {
    if (!env.BELAY_RESULT || journal.read().steps.length > 0)
        return;
    journal.append({ step, event: 'damaged', why: 'it is missing, and an earlier step of this job had begun one' });
}
/** @throws Failure `journal-lost` where what earlier steps of the job did is not known any more */
function refuseWithoutJournal(journal) {
    const { damaged } = journal.read();
    if (damaged === undefined)
        return;
    throw new src_failure/* Failure */.HR('journal-lost', `${journalIs(journal, damaged)} This step changed nothing.`, spareIt);
}
/** What post says of a journal that is not as main left it: what happened, where, what goes back, and how to look. */
function lossStory(action, journal, why, state) {
    const look = `Look at what serves now: ${action} with its command that only reads (\`status\`, \`look\`), or docs/by-hand.md.`;
    const settled = journal.read().steps.find(({ id }) => id === state.step)?.settled ?? [];
    return [
        journalIs(journal, why),
        ...becameOf(settled),
        ...leftBehind(state, settled),
        look,
        `How to fix: ${spareIt}`,
    ].join('\n');
}
function journalIs({ folder }, why) {
    return `The journal of this job (${(0,external_node_path_.join)(folder, 'journal.jsonl')}) is not as Belay left it: ${why}. A step of this job emptied or changed RUNNER_TEMP.`;
}
const spareIt = 'let no step of the job remove or change what is in RUNNER_TEMP/belay, then see what serves and release again.';
/** What is left of the journal may have been enough to undo by. */
function becameOf(settled) {
    return settled.map(({ target, result, detail }) => `${target} is ${result}: ${detail}.`);
}
/** What the step did and nobody settled. */
function leftBehind({ step, result, armed, returnsAt }, settled) {
    const open = armed.filter((name) => !settled.some(({ target }) => target === name));
    if (settled.length > 0 && open.length === 0)
        return [];
    if (result !== undefined && result !== 'pending')
        return [`${step} had ended as ${result}; that was not changed.`];
    if (open.length === 0 || returnsAt === undefined)
        return [`${step} had armed nothing: what it changed, if anything, does not go back by itself.`];
    const time = new Date(Date.now() + (returnsAt - (0,clock/* monotonicSeconds */.m)()) * 1000).toISOString().slice(11, 19);
    return [
        `${step} could not be confirmed. Without a confirmation each goes back by itself, at ${time} UTC at the latest: ${open.join(', ')}.`,
    ];
}

;// CONCATENATED MODULE: ./packages/action-kit/src/main-state.ts

const stateName = 'belay';
/** The journal for a main: each of its own lines is handed to post as well, as soon as it is written. */
function keptForPost(journal, step) {
    let state = {
        folder: journal.folder,
        step,
        mutates: false,
        armed: [],
        connections: [],
        mark: journal.mark(),
    };
    const keep = () => core/* saveState */.LZ(stateName, JSON.stringify(state));
    keep();
    return {
        ...journal,
        append(entry) {
            journal.append(entry);
            state = { ...state, ...newsOf(state, entry), mark: journal.mark() };
            keep();
        },
    };
}
/** A step may write lines for another one, as the aftercare of a lost runner does: they are no news of its own. */
function newsOf(state, entry) {
    if (entry.step !== state.step)
        return {};
    switch (entry.event) {
        case 'began':
            return { mutates: entry.mutates };
        case 'armed':
            return { armed: [...state.armed, ...entry.targets.map(({ name }) => name)], returnsAt: entry.returnsAt };
        case 'connected':
            return { connections: [...state.connections, entry.socket] };
        case 'ended':
            return { result: entry.result };
        default:
            return {};
    }
}
/** What main left; undefined where it was stopped before it began. */
function mainState() {
    const text = core/* getState */.Gu(stateName);
    return text === '' ? undefined : JSON.parse(text);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/summary.ts



/** A text from outside, such as a version's name, as one line of Markdown that means nothing but itself. */
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
 * Keeps sections for the last post of the job: the runner shows the summaries of a job in the order of its steps, and
 * which version serves, known at the very end, has to stand above all ids and digests.
 */
function keepSections(journal, stage, sections) {
    for (const section of sections)
        (0,external_node_fs_.appendFileSync)(pathOf(journal), jsonLine({ stage, section }), { mode: 0o600 });
}
/** All that was kept: of the posts first, the newest above, for they say how it ended. */
function keptSections(journal) {
    const kept = readJsonLines(pathOf(journal));
    const of = (stage) => kept.filter((one) => one.stage === stage).map(({ section }) => section);
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

;// CONCATENATED MODULE: ./packages/release-model/src/serving.ts
/** A version as people say it: of a commit its first seven digits. */
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

;// CONCATENATED MODULE: ./packages/action-kit/src/conclusion.ts


/**
 * Concludes a job: which version serves now, and what became of the other one. Only of services whose users were moved,
 * or were to be. Pure.
 */
function conclude(concluded) {
    const services = new Set(concluded.job.steps.flatMap(({ service }) => service ?? []));
    return [...services].flatMap((service) => {
        const places = lastOfEach(concluded.job.steps.filter((step) => step.service === service).flatMap(placesOf));
        return places.length > 0 ? [concludeService(service, places, concluded)] : [];
    });
}
function placesOf({ armed, settled }) {
    return armed.flatMap(({ name, move }) => {
        const { result = 'unknown', detail = '' } = settled.find(({ target }) => target === name) ?? {};
        return move ? [{ name, move, result, detail }] : [];
    });
}
/** A job that goes back moves a target twice: what its last step did there is what holds. */
function lastOfEach(places) {
    return [...new Map(places.map((place) => [place.name, place])).values()];
}
function concludeService(service, places, concluded) {
    const whole = wholeResult(places);
    if (whole)
        return { service, result: whole, text: `${service}: ${sentence(whole, places, concluded)}` };
    const [first, ...others] = places;
    if (others.length === 0)
        return { service, result: first.result, text: `${service}: ${whatServes(first)}` };
    const known = new Set(places.flatMap((place) => serving(place) ?? []));
    const differs = known.size > 1 ? 'is not the same everywhere' : 'may not be the same everywhere';
    return { service, result: 'mixed', text: `${service} ${differs}: ${places.map(whatServes).join('; ')}` };
}
/** What became of the service as a whole, where all hosts serve one and the same; else undefined. */
function wholeResult(places) {
    const results = new Set(places.map(({ result }) => result));
    const from = new Set(places.map(({ move }) => nameOf(move.from)));
    const to = new Set(places.map(({ move }) => nameOf(move.to)));
    if (results.size === 1 && results.has('committed'))
        return to.size === 1 ? 'committed' : undefined;
    if (places.some((place) => !isBefore(place)) || from.size > 1)
        return undefined;
    return results.has('rolled-back') ? 'rolled-back' : 'unchanged';
}
/** What served before the job serves there: it came back, or never went. */
function isBefore({ result }) {
    return result === 'rolled-back' || result === 'unchanged';
}
function sentence(whole, places, { job, record, status, actor }) {
    const where = places.length === 1 ? 'on 1 host' : `on ${places.length} hosts`;
    const back = places.some(({ move }) => move.back);
    const [to, from] = [namesOf(places, 'to'), namesOf(places, 'from')];
    const why = () => whyUndone(job, record, status);
    switch (whole) {
        case 'committed':
            if (!back)
                return `${to} serves ${where}${from ? ` (before: ${from})` : ''}`;
            return `${to} serves again ${where} (${actor} went back from ${from || 'what was live'}${job.reason ? `: ${job.reason}` : ''})`;
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
function namesOf(places, side) {
    const names = new Set(places.map(({ move }) => nameOf(move[side])).filter(Boolean));
    return [...names].join(' and ');
}
function nameOf({ version }) {
    return versionName(version);
}
/** The version that serves on a host, in words; undefined where that is not known. */
function serving(place) {
    if (place.result === 'committed')
        return nameOf(place.move.to);
    return isBefore(place) ? nameOf(place.move.from) || 'what was there before' : undefined;
}
function whatServes(place) {
    const host = place.name.replace(/^.* on /, '');
    const version = serving(place);
    if (version !== undefined)
        return `${version} serves on ${host}`;
    return place.detail === '' ? `not known of ${host}` : `${host}: ${place.detail.replace(/\s*\n\s*/g, ' ')}`;
}
/** Why a job was undone, in as few words as a headline has room for. The step that failed is named where Belay can. */
function whyUndone(job, record, status) {
    if (status === 'cancelled')
        return 'the job was cancelled';
    // A step that refuses to begin after another one's failure is not the reason.
    const failed = record.findLast((line) => line.event === 'step-ended' && !line.ok && line.code !== 'job-failed');
    if (failed) {
        const action = job.steps.find(({ id }) => id === failed.step)?.action ?? failed.step;
        return `${action} failed`;
    }
    const [stopped] = job.steps.filter(({ mutates, ended }) => mutates && !ended);
    if (stopped)
        return `${stopped.action} was stopped before its end`;
    if (status === 'failure')
        return foreignFailure(job);
    return job.decided?.why ?? reasonToUndo(job, status) ?? 'not known';
}
/** The runner does not say which step failed; what Belay knows is between which of its own it stood. */
function foreignFailure(job) {
    const last = job.steps.findLast(({ ended }) => ended);
    const after = last ? ` after ${last.action === 'release-end' ? 'release' : last.action}` : '';
    return job.unfinishedReleases.length > 0 ? `a step inside release${after} failed` : `a step${after} failed`;
}

// EXTERNAL MODULE: ./packages/action-kit/src/log.ts
var log = __nccwpck_require__(671);
;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/report.ts









/** What went wrong, as an annotation. What no part of Belay foresaw comes with its stack, for those who repair it. */
function reportError(thrown) {
    const error = (0,src_failure/* asFailure */.h_)(thrown);
    if (error instanceof src_failure/* Failure */.HR) {
        log/* log */.Rm.setFailed(error.message);
        return;
    }
    log/* log */.Rm.setFailed(`${(0,src_failure/* messageOf */.bD)(error)}\n  This is a defect of Belay. Please report it with the lines of the log below.`);
    if (error instanceof Error)
        log/* log */.Rm.info(error.stack ?? '');
}
/** Where not even the journal could be written, or its end: later steps still read why. */
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
/** A job that changed production and lost its journal is red, and says what is left behind. */
function sayLoss(action, step, state) {
    const { damaged } = step.journal.read();
    if (damaged === undefined || !state.mutates)
        return;
    const story = lossStory(action, step.journal, damaged, state);
    log/* log */.Rm.setFailed(story);
    step.summary(`**${action}**: the journal was lost\n\n${codeBlock(story)}`);
}
function conclusionsOf({ journal }, status) {
    return conclude({ job: journal.read(), record: readRecord(journal.recordPath), status, actor: (0,job/* currentRun */.xh)().actor });
}
/** The one annotation of a job that says which version serves now. */
function annotate({ result, text }) {
    if (result === 'committed')
        log/* log */.Rm.notice(text, { title: 'Released' });
    else
        log/* log */.Rm.error(text, { title: titles[result] ?? 'Inspect what serves' });
}
const titles = { 'rolled-back': 'Rolled back', unchanged: 'Not released' };
/** A job that ends other than its steps promised is red, whatever the workflow tolerates. */
function complain(result, decided, jobStatus) {
    if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
        log/* log */.Rm.setFailed(`This step ended as ${result}. Inspect the targets that the summary names.`);
    else if (decided.decision === 'undo' && jobStatus === 'success')
        log/* log */.Rm.setFailed(`The release was rolled back, because ${decided.why}.`);
}
function outcomeTable(action, why, step) {
    const rows = (step?.settled ?? []).map(({ target, result, detail, stays }) => `| ${plainMarkdown(target)} | ${stays ? 'stays' : result} | ${plainMarkdown(detail)} |`);
    const table = rows.length > 0 ? `\n\n| target | result | |\n|---|---|---|\n${rows.join('\n')}` : '';
    return `**${action}**: ${step ? resultOf(step) : 'unknown'}, because ${plainMarkdown(why)}.${table}`;
}
/** The last post of the job writes the summary of all its steps, what serves above; without one each writes its own. */
function flushSections({ id, stage, journal }, sections) {
    const job = journal.read();
    const last = job.steps.find(({ closes }) => closes)?.id;
    // A journal that lost something does not know its last post any more.
    const alone = job.damaged !== undefined || last === undefined;
    if (alone)
        writeSummary(sections);
    else
        keepSections(journal, stage, sections);
    if (stage === 'main' || last !== id)
        return;
    const serves = conclusionsOf({ journal }, process.env['INPUT_JOB-STATUS'] || 'success');
    writeSummary([...serves.map(({ text }) => `**${plainMarkdown(text)}**`), ...keptSections(journal)]);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/step.ts






function makeStep(id, stage, journal) {
    const sections = [];
    const record = (event) => appendRecord(journal.recordPath, id, event);
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
        save: (undo) => journal.append({ step: id, event: 'saved', undo }),
        arm(targets, seconds) {
            journal.append({ step: id, event: 'armed', targets: [...targets], returnsAt: (0,clock/* monotonicSeconds */.m)() + seconds });
            const moved = targets.flatMap(({ name, move }) => (move ? [[name, move.from]] : []));
            record({ event: 'armed', hosts: targets.map(({ name }) => name), seconds, previous: Object.fromEntries(moved) });
        },
        settle: (settled) => journal.append({ step: id, event: 'settled', settled: [...settled] }),
    };
    return { step, flush: () => flushSections(step, sections) };
}
function find(step) {
    return step.journal.read().steps.find(({ id }) => id === step.id);
}
function nextStep(journal, action) {
    const earlier = journal.read().steps.filter((step) => step.action === action).length;
    return `${action}-${earlier + 1}`;
}
/** A post is never interrupted by the runner; a stray Ctrl-C at a terminal must not stop an undo either. */
function ignoredInterrupts() {
    interruptSignal();
    return new AbortController().signal;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/undo.ts




/** Undoes this step as far as its journal says that there is something to undo. Never throws. */
async function undoNow(action, step, until) {
    const me = find(step);
    if (me?.undo === undefined || !action.transaction)
        return 'unchanged';
    try {
        const settled = await action.transaction.undo(me.undo, step, until);
        step.settle(settled);
        for (const one of settled) {
            log/* log */.Rm.info(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`);
            step.record({ event: 'settled', ...one });
        }
        return worst(settled.map(({ result }) => result));
    }
    catch (error) {
        log/* log */.Rm.error(`Rollback failed: ${(0,src_failure/* messageOf */.bD)(error)}`);
        return 'mixed';
    }
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/main.ts















async function main(action) {
    const opened = openJournal((0,job/* jobFolder */.OW)());
    const id = nextStep(opened, action.name);
    // Before inputs are read: post runs whatever happens from here on, and must find the journal.
    const journal = keptForPost(opened, id);
    noteEarlierLoss(journal, id);
    const { step, flush } = makeStep(id, 'main', journal);
    const began = (0,clock/* monotonicSeconds */.m)();
    const { transaction } = action;
    // Until the inputs say otherwise: one that cannot read them would have changed something.
    let mutates = transaction !== undefined;
    try {
        const inputs = (0,src_inputs/* readInputs */.K)((read) => action.inputs(read), src_inputs/* fromEnvironment */.A, {
            ...(action.variables && { variables: action.variables }),
            releaseTo: releaseUnderWay(journal.read())?.environment,
            note: step.info,
        });
        mutates = transaction?.mutates(inputs) ?? false;
        const service = transaction?.service(inputs);
        if (transaction && mutates)
            refuseTooLate(journal, transaction.startsAfterFailure(inputs));
        begin(action, journal, id, mutates, service);
        step.record({ event: 'step-began', action: action.name, mutates, ...(service && { service }) });
        core/* exportVariable */.dN('BELAY_RESULT', jobResult(journal.read()));
        step.output('failure-code', '');
        const outcome = await action.main(inputs, step);
        if (step.signal.aborted)
            throw new src_failure/* Interrupted */.j$();
        endWell(step, outcome, began);
    }
    catch (error) {
        await endBadly(action, step, error, began, mutates);
    }
    finally {
        flush();
    }
}
function begin({ name, end }, journal, step, mutates, service) {
    const closes = (mutates || end !== undefined) && { closes: true };
    journal.append({ step, event: 'began', action: name, mutates, ...(service && { service }), ...closes });
}
/** A mutating step changes nothing after a failure, nor once something of this job has begun to return by itself. */
function refuseTooLate(journal, startsAfterFailure) {
    const status = process.env['INPUT_JOB-STATUS'] || 'success';
    if (status !== 'success' && !startsAfterFailure)
        throw new src_failure/* Failure */.HR('job-failed', `An earlier step of this job ended as ${status}; nothing more is changed.`);
    refuseWithoutJournal(journal);
    const { alone } = journal.read();
    if (alone)
        throw new src_failure/* Failure */.HR('not-alone', `${alone.step} must be the only change of its job: ${alone.why}`);
    refuseAfterReturn(journal);
}
/** @throws Failure `window-passed` where hosts armed by this job have begun to return by themselves. */
function refuseAfterReturn(journal) {
    const { returnsAt } = journal.read();
    if (returnsAt === undefined || (0,clock/* monotonicSeconds */.m)() < returnsAt)
        return;
    throw new src_failure/* Failure */.HR('window-passed', 'What this job changed earlier was not confirmed in time and returns by itself; nothing more is changed.', 'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.');
}
function endWell(step, outcome, began) {
    step.journal.append({ step: step.id, event: 'ended', ok: true, result: outcome.result });
    step.output('result', outcome.result);
    step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) });
    // `undo: false` and rollback are final at the end of their own main: no post has to say so.
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(step.journal.read()));
}
async function endBadly(action, step, error, began, mutates) {
    reportError(error);
    const { journal } = step;
    // Inputs that could not be read: the step never began, which is a way of leaving everything unchanged.
    if (!find(step))
        begin(action, journal, step.id, mutates);
    const hurry = step.signal.aborted ? interruptBudgetMs / 1000 : postsShareSeconds;
    const result = await undoNow(action, step, (0,clock/* monotonicSeconds */.m)() + hurry);
    attempt(() => step.output('result', result));
    attempt(() => step.output('failure-code', (0,src_failure/* codeOf */.$N)(error)));
    journal.append({ step: step.id, event: 'ended', ok: false, result });
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(journal.read()));
    const failure = (0,src_failure/* asFailure */.h_)(error);
    const reason = (0,src_failure/* messageOf */.bD)(failure);
    const remedy = failure instanceof src_failure/* Failure */.HR && failure.mend !== undefined && { remedy: failure.mend };
    const code = (0,src_failure/* codeOf */.$N)(error);
    step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code, ...remedy });
    // What only reads always leaves everything as it was; said of it, that would contradict what became of the release.
    const became = mutates ? `: ${result}` : '';
    step.summary(`**${action.name} failed** (\`${code}\`)${became}\n\n${codeBlock(reason)}`);
}
function elapsed(began) {
    return Math.round(((0,clock/* monotonicSeconds */.m)() - began) * 100) / 100;
}

;// CONCATENATED MODULE: ./packages/action-kit/src/lifecycle/post-action.ts

/** What the post of a step has to do, by what the journal says of it. Pure. */
function postAction(job, step, decision) {
    if (isOvertaken(job, step))
        return 'mark-superseded';
    if (decision === 'commit')
        return isUnarmed(step) && isPending(step) ? 'mark-committed' : 'nothing';
    if (step?.undo === undefined && !step?.ended)
        return 'mark-unchanged';
    return needsUndo(step) ? 'undo' : 'nothing';
}
/** Whether a step has saved a way back, and has not gone it. */
function needsUndo(step) {
    if (step?.undo === undefined)
        return false;
    return !['rolled-back', 'unchanged', 'committed', 'noop'].includes(resultOf(step));
}
/**
 * What a job did for a service before it found that a newer release was there first, and that arms nothing (a schema):
 * it stays, for the newer release was built upon it.
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
        return log/* log */.Rm.info('The main stage was stopped before it did anything; there is nothing to do.');
    const journal = journalForPost(openJournal(state.folder), state);
    noteLoss(journal, state);
    const { step, flush } = makeStep(state.step, 'post', journal);
    try {
        if (action.transaction && (state.mutates || find(step)?.mutates))
            await follow(action, step);
        else
            await action.end?.(step);
    }
    catch (error) {
        // An action that only reads tells what others did; it must not change what that is.
        if (state.mutates || find(step)?.mutates)
            throw error;
        log/* log */.Rm.warning((0,src_failure/* messageOf */.bD)(error));
    }
    finally {
        attempt(() => sayLoss(action.name, step, state));
        await action.transaction?.close(step).catch((error) => log/* log */.Rm.debug((0,src_failure/* messageOf */.bD)(error)));
        flush();
    }
}
/** Follows the decision of the job: everything is confirmed at once, or this step undoes its own; then the result. */
async function follow(action, step) {
    const { journal } = step;
    const jobStatus = process.env['INPUT_JOB-STATUS'] || 'success';
    const keeper = action.transaction?.keeper(step);
    if (!keeper)
        return;
    const { decided, here } = await decideOnce(journal, step.id, jobStatus, keeper, (0,clock/* monotonicSeconds */.m)());
    if (here)
        step.record({ event: 'decided', decision: decided.decision, why: decided.why });
    log/* log */.Rm.info(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
    if (decided.decision === 'commit')
        for (const settled of await confirmAll(journal, step.id, keeper))
            step.record({ event: 'settled', ...settled });
    await doPostAction(postAction(journal.read(), find(step), decided.decision), action, step, decided.until);
    const job = journal.read();
    const mine = find(step);
    core/* exportVariable */.dN('BELAY_RESULT', jobResult(job));
    step.record({ event: 'result', result: jobResult(job) });
    step.summary(outcomeTable(action.name, decided.why, mine));
    if (isFirstChange(job, step.id))
        for (const one of conclusionsOf(step, jobStatus))
            annotate(one);
    if (job.damaged === undefined)
        complain(mine ? resultOf(mine) : 'unknown', decided, jobStatus);
}
async function doPostAction(doing, action, step, until) {
    const end = (ok, result) => step.journal.append({ step: step.id, event: 'ended', ok, result });
    if (doing === 'nothing')
        return;
    if (doing === 'mark-committed')
        return end(true, 'committed');
    if (doing === 'mark-superseded')
        return end(true, 'superseded');
    if (doing === 'mark-unchanged')
        return end(false, 'unchanged');
    const result = await undoNow(action, step, shareOf(step.journal, until));
    // The result of what was armed is its targets'.
    if (find(step)?.armed.length === 0)
        end(false, result);
}
/** The posts of a job share one span of time; each may use what is left, divided by the steps still to be undone. */
function shareOf(journal, until) {
    const waiting = journal.read().steps.filter((step) => step.mutates && needsUndo(step)).length;
    const left = Math.max(5, until - (0,clock/* monotonicSeconds */.m)());
    return (0,clock/* monotonicSeconds */.m)() + left / Math.max(1, waiting);
}
/** Posts run in reverse order: once the first change of the job is settled, all of them are. */
function isFirstChange({ steps }, id) {
    return steps.find(({ mutates }) => mutates)?.id === id;
}

// EXTERNAL MODULE: ./packages/action-kit/src/secret-folder.ts
var secret_folder = __nccwpck_require__(650);
;// CONCATENATED MODULE: ./packages/action-kit/src/run.ts







/**
 * Runs an action: one bundle for both stages of the runner. `main` does the work and undoes it if it fails; `post`
 * follows the decision of the job, and makes it if it is the first of a mutating action.
 */
async function run(action) {
    // Node would print it by itself, as it is.
    process.once('uncaughtException', (error) => {
        reportError(error);
        process.exit(1);
    });
    try {
        if (process.platform !== 'linux')
            throw new src_failure/* Failure */.HR('platform', `Belay runs on Linux runners, not ${process.platform}.`);
        // A main that was killed while it logged in has left its key.
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
 * The runner says nowhere which stage it starts, and a main that was killed at once leaves no state to tell by. So
 * `post:` in action.yml names `dist/post.js`, which does nothing but import the one bundle.
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



/** A folder for files of secrets, named for this process: one that is killed cannot remove it, and others must know. */
function makeSecretFolder() {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)((0,_job_js__WEBPACK_IMPORTED_MODULE_2__/* .jobFolder */ .OW)(), { recursive: true, mode: 0o700 });
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_job_js__WEBPACK_IMPORTED_MODULE_2__/* .jobFolder */ .OW)(), `secret-${process.pid}-`));
}
/** Removes the secrets of processes that are gone. Steps may run beside each other: those of a living one stay. */
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
