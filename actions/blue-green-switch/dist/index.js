import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 591:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



/* unused reexport */ __nccwpck_require__(335);
exports.parse = __nccwpck_require__(696);


/***/ }),

/***/ 696:
/***/ ((module) => {



/**
 * @import {
 * 	ControlOperator,
 * 	Env,
 * 	GlobPattern,
 * 	ParseEntry,
 * } from './parse' */

// '<(' and '>(' are process substitution operators and
// can be parsed the same as control operator
var CONTROL = /** @type {const} */ ('(?:') + /** @type {const} */ ([
	'\\|\\|',
	'\\&(?:\\&|>>?)', // `&&`, `&>`, and `&>>`
	';;\\&?', // `;;` and `;;&`
	'[;|]\\&', // `;&` and `|&`
	'\\<\\(',
	'\\<\\<\\<',
	'\\<\\<-',
	'\\<\\<(?!\\()', // `<<(` stays `<` and `<(`, as zsh reads it; other shells reject it
	'>>',
	'>[&|(]', // `>&`, `>|`, and `>(`
	'<[&>]', // `<&` and `<>`
	'[&;()|<>]'
]).join(/** @type {const} */ ('|')) + /** @type {const} */ (')');
var controlRE = new RegExp('^' + CONTROL + '$');
var META = /** @type {const} */ ('|&;()<> \\t');
var SINGLE_QUOTE = /** @type {const} */ ('\'([^\']*?)\'');
// bash ANSI-C quoting, `$'...'`: a backslash escapes the next character, including `'`
var ANSI_C_BODY = '(?:\\\\[\\s\\S]|[^\\\\\'])*?';
var ANSI_C_QUOTE = '\\$\'' + ANSI_C_BODY + '\'';
var ansiCAt = new RegExp('\\$\'' + ANSI_C_BODY + '(?:(\')|\\\\?$)', 'g');
var ANSI_C_LETTERS = 'abeEfnrtv';
var ANSI_C_CHARS = '\x07\b\x1B\x1B\f\n\r\t\v';
var hash = /^#$/;

var SQ = /** @type {const} */ ("'");
var DQ = /** @type {const} */ ('"');
var DS = /** @type {const} */ ('$');

var TOKEN = '';
var mult = /** @type {const} */ (0x100000000); // Math.pow(16, 8);
for (var i = 0; i < 4; i++) {
	TOKEN += (mult * Math.random()).toString(16);
}
var startsWithToken = new RegExp('^' + TOKEN);

/**
 * @param {string} s
 * @param {RegExp} r
 */
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

/**
 * @param {Env} env
 * @param {string} pre
 * @param {string} key
 */
function getVar(env, pre, key) {
	var r = typeof env === 'function' ? env(key) : env[key];
	if (typeof r === 'undefined' && key != '') {
		r = '';
	} else if (typeof r === 'undefined') {
		r = '$';
	}

	if (typeof r === 'object') {
		return pre + TOKEN + JSON.stringify(r) + TOKEN;
	}
	return pre + r;
}

var ansiCEscape = /\\([0-7]{1,3}|x[\dA-Fa-f]{1,2}|u[\dA-Fa-f]{1,4}|U[\dA-Fa-f]{1,8}|c(?:\\\\|[\s\S])|[abeEfnrtv\\'"?])/g;

/**
 * @param {string} m
 * @param {string} escape
 */
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

/** @param {string} body */
function expandAnsiC(body) {
	return body.replace(ansiCEscape, expandAnsiCEscape).split('\0')[0]; // like bash, a NUL ends the string
}

/**
 * @param {string} s
 * @param {number} i
 */
function closesAnsiC(s, i) {
	ansiCAt.lastIndex = i;
	return !!(/** @type {RegExpExecArray} */ (ansiCAt.exec(s)))[1];
}

/**
 * @param {string} string
 * @param {Env} [env]
 * @param {{ escape?: string, splitUnquoted?: boolean | string }} [opts]
 * @returns {ParseEntry[]}
 */
function parseInternal(string, env, opts) {
	if (!opts) {
		opts = {};
	}
	var BS = opts.escape || '\\';
	var ifs = opts.splitUnquoted === true ? ' \t\n' : (typeof opts.splitUnquoted === 'string' ? opts.splitUnquoted : '');
	var BAREWORD = '(\\' + BS + '[\'"$\\' + BS + META + ']|\\$\\$|\\$(?!' + ANSI_C_QUOTE.slice(2) + ')|[^\\s\'"$' + META + '])+';
	var DOUBLE_QUOTE = '"(?:\\' + BS + '[\\s\\S]|[^"\\' + BS + '])*"';

	var chunker = new RegExp([
		'(' + CONTROL + ')', // control chars
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
			return /** @type {ControlOperator} */ ({ op: s });
		}

		// Hand-written scanner/parser for Bash quoting rules:
		//
		// 1. inside single quotes, all characters are printed literally.
		// 2. inside double quotes, all characters are printed literally
		//    except variables prefixed by '$' and backslashes followed by
		//    either a double quote or another backslash.
		// 3. outside of any quotes, backslashes are treated as escape
		//    characters and not printed (unless they are themselves escaped)
		// 4. quote context can switch mid-token if there is no whitespace
		//     between the two quote contexts (e.g. all'one'"token" parses as
		//     "allonetoken")
		/** @type {string | boolean} */
		var quote = false;
		var esc = false;
		var out = '';
		/** @type {string[]} */
		var words = [];
		var sawQuote = false;
		/** @type {number | null} */
		var pendingNw = null;
		var isGlob = false;
		/** @type {number} */
		var i;

		function parseEnvVar() {
			i += 1;
			/** @type {number | RegExpMatchArray | null} */
			var varend;
			/** @type {string} */
			var varname;
			var char = s.charAt(i);

			if (char === '{') {
				i += 1;
				if (s.charAt(i) === '}') {
					throw new Error('Bad substitution: ' + s.slice(i - 2, i + 1));
				}
				// match braces by depth so a nested `${` keeps its inner `}` from ending the outer substitution
				var depth = 1;
				varend = i;
				while (depth > 0 && varend < s.length) {
					if (s.charAt(varend) === '{' && s.charAt(varend - 1) === '$') {
						depth += 1;
					} else if (s.charAt(varend) === '}') {
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
			} else if ((/[*@#?$!-]/).test(char)) {
				varname = char;
			} else {
				var slicedFromI = s.slice(i);
				varend = slicedFromI.match(/[^\w\d_]/);
				if (!varend) {
					varname = slicedFromI;
					i = s.length;
				} else {
					varname = slicedFromI.slice(0, varend.index);
					i += /** @type {number} */ (varend.index) - 1;
				}
			}
			return getVar(/** @type {NonNullable<typeof env>} */ (env), '', varname);
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
			} else {
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
			} else if (quote) {
				if (c === quote) {
					quote = false;
				} else if (quote == SQ) {
					out += c;
				} else { // Double quote
					if (c === BS) {
						i += 1;
						c = s.charAt(i);
						if (c === DQ || c === BS || c === DS) {
							out += c;
						} else {
							out += BS + c;
						}
					} else if (c === DS) {
						out += parseEnvVar();
					} else {
						out += c;
					}
				}
			} else if (c === DQ || c === SQ) {
				quote = c;
				sawQuote = true;
			} else if (controlRE.test(c)) {
				return /** @type {ControlOperator} */ ({ op: s });
			} else if (hash.test(c)) {
				commented = true;
				var commentObj = { comment: string.slice(match.index + i + 1) };
				if (out.length) {
					return /** @type {const} */ ([out, commentObj]);
				}
				return /** @type {const} */ ([commentObj]);
			} else if (c === BS) {
				esc = true;
			} else if (c === DS && s.charAt(i + 1) === SQ && closesAnsiC(s, i)) {
				flushRun();
				sawQuote = true;
				out += expandAnsiC(s.slice(i + 2, ansiCAt.lastIndex - 1));
				i = ansiCAt.lastIndex - 1;
			} else if (c === DS) {
				var value = parseEnvVar();
				if (!ifs) {
					out += value;
				} else {
					for (var vi = 0; vi < value.length; vi += 1) {
						var vc = value.charAt(vi);
						if (ifs.indexOf(vc) < 0) {
							flushRun();
							out += vc;
						} else if (pendingNw === null) {
							pendingNw = vc === ' ' || vc === '\t' || vc === '\n' ? 0 : 1;
						} else if (vc !== ' ' && vc !== '\t' && vc !== '\n') {
							pendingNw += 1;
						}
					}
				}
			} else {
				out += c;
			}
		}

		if (isGlob) {
			return /** @type {GlobPattern} */ ({ op: 'glob', pattern: out });
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
	}).reduce(function (prev, arg) { // finalize parsed arguments
		if (typeof arg === 'undefined') {
			return prev;
		}
		/** @type {ParseEntry[]} */ ([]).concat(arg).forEach(function (entry) {
			prev[prev.length] = entry;
		});
		return prev;
	}, /** @type {ParseEntry[]} */ ([]));
}

/** @type {typeof import('./parse')} */
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
	}, /** @type {ParseEntry[]} */ ([]));
};


/***/ }),

/***/ 335:
/***/ ((module) => {



/** @import { ControlOperator } from './parse' */

/** @type {ControlOperator['op'][]} */
var OPS = /** @type {const} */ ([
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

/** @type {typeof import('./quote')} */
module.exports = function quote(xs) {
	var sawComment = false;
	return xs.map(function (s) {
		if (sawComment && typeof s === 'string' && LINE_TERMINATORS.test(s)) {
			throw new TypeError('a token after a `comment` must not contain line terminators');
		}
		if (s === '') {
			return /** @type {const} */ ('\'\'');
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
					return /** @type {const} */ ('\'\'');
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


/***/ }),

/***/ 770:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

/* unused reexport */ __nccwpck_require__(218);


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var net = __nccwpck_require__(278);
var tls = __nccwpck_require__(756);
var http = __nccwpck_require__(611);
var https = __nccwpck_require__(692);
var events = __nccwpck_require__(434);
var assert = __nccwpck_require__(613);
var util = __nccwpck_require__(23);


__webpack_unused_export__ = httpOverHttp;
__webpack_unused_export__ = httpsOverHttp;
__webpack_unused_export__ = httpOverHttps;
__webpack_unused_export__ = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
__webpack_unused_export__ = debug; // for test


/***/ }),

/***/ 951:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (/* binding */ blueGreenSwitch)
});

// EXTERNAL MODULE: ./packages/action-kit/src/journal.ts
var src_journal = __nccwpck_require__(210);
;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./packages/action-kit/src/job.ts
var job = __nccwpck_require__(878);
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var clock = __nccwpck_require__(563);
// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 2 modules
var inputs = __nccwpck_require__(557);
;// CONCATENATED MODULE: ./packages/remote/src/credentials.ts




/** Reads `ssh-key`, `ssh-key-passphrase` and `known-hosts`, and tries them out before any connection is made. */
function readCredentials(read, hosts) {
    const key = normaliseKey(read.secret('ssh-key', { required: 'the private key of the deploy user, whole' }));
    const passphrase = read.secret('ssh-key-passphrase');
    const knownHosts = read.text('known-hosts').replaceAll('\r', '');
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
function keyFromInputs() {
    return { key: normaliseKey((0,inputs/* fromEnvironment */.A)('ssh-key')), passphrase: (0,inputs/* fromEnvironment */.A)('ssh-key-passphrase') };
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
            (0,external_node_child_process_namespaceObject.execFileSync)('ssh-keygen', ['-y', '-f', file], { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
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
 * Writes the key where OpenSSH's tools find it, as long as `use` takes. Below RUNNER_TEMP, which the runner empties, so
 * that not even a kill leaves it behind; the passphrase is in no argument and in no environment.
 */
function withSecretFiles(key, passphrase, use) {
    (0,external_node_fs_.mkdirSync)((0,job/* jobFolder */.OW)(), { recursive: true, mode: 0o700 });
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,job/* jobFolder */.OW)(), 'secret-'));
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
    (0,external_node_fs_.mkdirSync)((0,job/* jobFolder */.OW)(), { recursive: true, mode: 0o700 });
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,job/* jobFolder */.OW)(), 'known-hosts-'));
    try {
        const file = (0,external_node_path_.join)(folder, 'known_hosts');
        (0,external_node_fs_.writeFileSync)(file, `${knownHosts}\n`);
        const broken = knownHosts.split('\n').flatMap((line, index) => (isKnownHostsLine(line) ? [] : [index + 1]));
        if (broken.length > 0)
            return [`has a line that is no host key: line ${broken.join(', ')}`];
        // ssh-keygen knows hashed names, patterns and certificate authorities; a parser of our own would not.
        return hosts.filter((host) => !isPinned(file, host)).map((host) => `has no key of ${knownHostsName(host)}`);
    }
    finally {
        (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
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
        (0,external_node_child_process_namespaceObject.execFileSync)('ssh-keygen', ['-F', knownHostsName(host), '-f', file], {
            env: (0,job/* childEnvironment */.Qc)(),
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

;// CONCATENATED MODULE: ./packages/remote/src/connection.ts







/** What makes two connections the same: where to, with which key, trusting whom. */
function connectionKey(target, credentials) {
    const { key, knownHosts } = credentials;
    return (0,external_node_crypto_namespaceObject.createHash)('sha256')
        .update(JSON.stringify([target.name, key, knownHosts]))
        .digest('hex');
}
/** A folder for a connection that is to be opened; journalled before that, so that a kill leaves none behind. */
function connectionFolder() {
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
        const child = (0,external_node_child_process_namespaceObject.spawn)('ssh', [...args, 'belay'], { env, stdio: 'ignore', ...(signal && { signal }) });
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
async function connectPatiently(target, credentials, folder, tries, signal) {
    for (let left = tries - 1;; left--) {
        try {
            return await connect(target, credentials, folder, signal);
        }
        catch (error) {
            if (left <= 0 || !(error instanceof failure/* Failure */.HR) || error.code !== 'unreachable')
                throw error;
            await (0,clock/* sleep */.y)(500, signal);
        }
    }
}
function reopen(target, folder) {
    return { target, folder };
}
/** Ends a connection and removes its folder. Never throws: what is gone already is what was wanted. */
async function disconnect({ folder }) {
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'socket'))) {
        const child = (0,external_node_child_process_namespaceObject.spawn)('ssh', ['-F', (0,external_node_path_.join)(folder, 'config'), '-O', 'exit', 'belay'], {
            env: (0,job/* childEnvironment */.Qc)(),
            stdio: 'ignore',
            timeout: 5000,
        });
        await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
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

;// CONCATENATED MODULE: ./packages/remote/src/local.ts


/** The runner itself as a host: the same host script, by the same standard input, without ssh. */
const localTarget = { user: '', address: 'local', port: 0, name: 'local' };
/** No address of a host that ssh could reach has port 0. */
function isLocal({ address, port }) {
    return address === localTarget.address && port === localTarget.port;
}
/** What runs a host script there: program, arguments, environment. */
function shellOf(connection) {
    if (!isLocal(connection.target))
        return { program: 'ssh', args: [...overConnection(connection), 'exec sh -s'], env: (0,job/* childEnvironment */.Qc)() };
    // At the end of a job the runner kills what carries this variable, and with it the countdown.
    const { RUNNER_TRACKING_ID: _, ...env } = (0,job/* childEnvironment */.Qc)();
    return { program: 'sh', args: ['-s'], env };
}

;// CONCATENATED MODULE: ./packages/remote/src/quote.ts
/**
 * One word of a POSIX shell, whatever is in it. The only place where text becomes shell text: everything that a host
 * script is given goes through here. NUL cannot be in a shell variable and is refused.
 */
function quote(text) {
    if (text.includes('\0'))
        throw new TypeError('a value for a host contains a NUL byte');
    return `'${text.replaceAll("'", "'\\''")}'`;
}
/**
 * Assignments as lines of shell. Each name is unset first: a name that the login's environment exported already would
 * else carry its new value to every child's environment (facts: hosts).
 */
function quote_assignments(prefix, values) {
    return Object.entries(values)
        .map(([name, value]) => `unset ${prefix}${name}\n${prefix}${name}=${quote(String(value))}\n`)
        .join('');
}
/** Words as one list that `eval "set -- …"` gives back unchanged. */
function words(list) {
    return list.map(quote).join(' ');
}

;// CONCATENATED MODULE: ./packages/remote/src/call.ts





const prefix = '@belay ';
/** The part of every host script that all actions share. */
const call_hostScript = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "host.sh", 'utf8');
/**
 * Runs one command of a host script over an open connection. The remote command is the constant `exec sh -s`; the
 * script and its values go by standard input, and only lines with Belay's prefix are read back.
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
    let rest = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
        errors = `${errors}${text}`.slice(-2000);
    });
    child.stdout.setEncoding('utf8').on('data', (text) => {
        const parts = `${rest}${text}`.split('\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
            if (!part.startsWith(prefix))
                continue;
            const [word = '', ...words] = part.slice(prefix.length).split(' ');
            lines.push([word, words.join(' ')]);
            options.onLine?.(word, words.join(' '));
        }
    });
    // The far end may be gone before all of it is written; the exit says so.
    child.stdin.on('error', () => { });
    child.stdin.end(`${quote_assignments('b_', { command, ...values })}${script}\nmain </dev/null\nexit\n`);
    const ended = await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (status) => resolve({ status, killed: child.killed }));
    });
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

;// CONCATENATED MODULE: ./packages/remote/src/contract.ts

/**
 * Notes on a host, beside the releases of `base`, that releases older than `oldest` cannot live with the schema any more:
 * deploy, rollback and switch refuse them from then on. A migration that is noted already is noted anew.
 */
async function rememberContract(connection, base, contract) {
    const [migration, oldest] = [oneWord(contract.migration), oneWord(contract.oldest)];
    await call(connection, hostScript, 'contract', { base, migration, oldest }, { timeoutMs: 20_000 });
}
/** The opposite, where the migration was not applied after all. */
async function forgetContract(connection, base, migration) {
    await call(connection, hostScript, 'forget', { base, migration: oneWord(migration) }, { timeoutMs: 20_000 });
}
/** The names of migrations as a host keeps them: one list with a space between, so none inside. */
function schemaText(migrations) {
    return migrations.map(oneWord).join(' ');
}
function oneWord(name) {
    return name.trim().replaceAll(/\s+/g, '_');
}

// EXTERNAL MODULE: ./packages/action-kit/src/run.ts + 2 modules
var run = __nccwpck_require__(92);
;// CONCATENATED MODULE: ./packages/remote/src/fleet.ts




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
async function onAll(hosts, work, signal) {
    const settled = await Promise.allSettled(hosts.map(work));
    if (signal?.aborted)
        throw new failure/* Interrupted */.j$();
    const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    if (failures.length === 0)
        return settled.map((one) => one.value);
    const [first] = failures;
    if (failures.length === 1)
        throw first;
    const code = first instanceof failure/* Failure */.HR ? first.code : 'internal';
    throw new failure/* Failure */.HR(code, failures.map(failure/* messageOf */.bD).join('\n'), undefined, { cause: first });
}
/**
 * One connection a host and job: what an earlier step of the job left open to the same host with the same key is used
 * again; what is opened here stays open for later steps and is closed by this step's post.
 */
async function openFleet(journal, step, hosts, credentials, signal) {
    const open = journal.read().connections;
    return onAll(hosts, async (host) => {
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
/** `ssh -O check` calls a connection well that a firewall has forgotten: only an answer counts (facts: hosts). */
async function isAlive(connection) {
    return call_call(connection, call_hostScript, 'hello', { base: '/' }, { timeoutMs: 10_000 }).then(() => true, () => false);
}
/** Closes what this step opened. */
async function closeFleet(journal, step) {
    const mine = journal.read().connections.filter((connection) => connection.step === step);
    const nowhere = { user: '', address: '', port: 22, name: '' };
    await Promise.all(mine.map(({ socket }) => disconnect(reopen(nowhere, socket))));
}
/**
 * Takes all or none: tried at once on every host; after a refusal all are given back and tried again, until `timeout`
 * seconds are over. So two jobs that name the same hosts in other orders never wait for each other.
 * @throws Failure `lock-held` with the holder's words, or the first other failure
 */
async function allOrNone(hosts, take, giveBack, options) {
    const end = (0,clock/* monotonicSeconds */.m)() + options.timeoutSeconds;
    for (let round = 0;; round++) {
        const tried = await Promise.allSettled(hosts.map(take));
        if (tried.every((one) => one.status === 'fulfilled') && !options.signal.aborted)
            return tried.map((one) => one.value);
        await Promise.all(tried.map(async (one, index) => {
            if (one.status === 'fulfilled')
                await giveBack(hosts[index], one.value).catch(() => { });
        }));
        if (options.signal.aborted)
            throw new failure/* Interrupted */.j$();
        const reasons = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
        const other = reasons.find((reason) => !(reason instanceof failure/* Failure */.HR && reason.code === 'lock-held'));
        if (other !== undefined)
            throw other;
        const held = reasons[0];
        if ((0,clock/* monotonicSeconds */.m)() >= end)
            throw held;
        if (round === 0)
            options.onWait(held.message);
        // Unequal pauses, or two jobs that refuse each other once would do so for ever.
        await (0,clock/* sleep */.y)(300 + Math.random() * 900, options.signal);
    }
}

;// CONCATENATED MODULE: ./packages/remote/src/release-process.ts



/** Joins an action's part (`do_change`, `undo_change`, `undo_change_at_boot`) to the shared one. */
function withPart(name, part) {
    // Called as a file (by the detached process, by a boot hook) it runs what its arguments say.
    return { name, text: `${call_hostScript}\n${part}\n[ -z "\${1-}" ] || main "$@"\n` };
}
/** Seconds for which a host keeps the lock of a runner that does not renew it. */
const leaseSeconds = 30;
/** Who acts, in words that stand in files on the host. */
function actor(verb) {
    const run = (0,job/* currentRun */.xh)();
    return `${verb} by ${run.repository} run ${run.id} attempt ${run.attempt} job ${run.job}`;
}
/** Takes the host's lock for a release, and settles first what a dead process left open. */
async function hold(connection, script, held, release, signal) {
    const values = {
        base: held.base,
        id: held.id,
        keep: release.keep,
        owner: release.owner,
        lease: leaseSeconds,
        script: script.name,
        text: script.text,
        params: quote_assignments('r_', release.params),
    };
    // Putting back what a lost run left may restart a service and wait for its check.
    const reply = await call_call(connection, script.text, 'hold', values, { timeoutMs: 300_000, signal });
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
async function renew(connection, held) {
    const values = { base: held.base, id: held.id, lease: leaseSeconds };
    await call_call(connection, call_hostScript, 'renew', values, { timeoutMs: 20_000 });
}
/**
 * Orders the change: from here on the host returns by itself after `window` seconds unless it is confirmed. Follows
 * until the change is through or the host has gone back.
 */
async function arm(connection, held, options) {
    const values = { ...orderOf(held, 'armed'), window: options.window, wait: options.wait, until: 'worked' };
    const reply = await call_call(connection, call_hostScript, 'arm', values, {
        timeoutMs: (options.wait + 15) * 1000,
        signal: options.signal,
        onLine: (word, text) => word === 'phase' && options.onPhase?.(text),
    });
    return hostState(reply);
}
/** Whether the host is still armed (`armed`), else its state; `dead` where its process is gone. Prolongs by 60 s once. */
async function ask(connection, held) {
    const reply = await call_call(connection, call_hostScript, 'ask', orderOf(held, ''), { timeoutMs: 15_000 });
    return reply.last('state');
}
/** Makes the change final. The host's marker decides, so that a lost reply can be settled by confirming again. */
async function release_process_confirm(connection, held, record) {
    const values = { ...orderOf(held, 'confirmed'), record };
    return hostState(await call_call(connection, call_hostScript, 'confirm', values, { timeoutMs: 15_000 }));
}
/** Orders the return and follows it for `wait` seconds. A dead process's work is done by this call itself. */
async function undo(connection, held, script, wait, onPhase) {
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
    return { base: held.base, id: held.id, by: actor(verb) };
}
function hostState(reply) {
    return {
        state: reply.last('state'),
        who: reply.last('who'),
        worked: reply.all('worked').length > 0,
        failed: reply.last('failed'),
        undoFailed: reply.last('undo-failed'),
        tail: reply.all('tail'),
    };
}

;// CONCATENATED MODULE: ./packages/remote/src/keeper.ts







/** The hosts of a service's change as armed targets; `nameOf` names a host among those of the job. */
function armedTargets({ service, held }, nameOf) {
    return held.map((host) => ({ name: nameOf(host.host), service, handle: host }));
}
/** The host of an armed target, as the journal holds it. */
function heldOf(target) {
    return target.handle;
}
/**
 * Does something on a host over the connection that its main left open, else over a new one with this step's key; a
 * broken connection is tried anew, up to three times in all.
 */
async function onHost(held, key, work) {
    const target = { user: held.user, address: held.address, port: held.port, name: held.host };
    try {
        return await work(reopen(target, held.folder));
    }
    catch (error) {
        if (!(error instanceof failure/* Failure */.HR) || error.code !== 'unreachable' || isLocal(target))
            throw error;
    }
    let last;
    for (const pause of [0, 1000]) {
        await (0,clock/* sleep */.y)(pause);
        try {
            const connection = reopen(target, connectionFolder());
            // Whoever stopped waiting for this may end the process before it is through.
            const sweep = () => disconnectNow(connection);
            process.once('exit', sweep);
            try {
                return await work(await connect(target, { ...key(), knownHosts: held.knownHosts }, connection.folder));
            }
            finally {
                await disconnect(connection);
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
function hostKeeper(key, recordPath) {
    return {
        async missing(targets) {
            const answers = await Promise.all(targets.map((target) => whyMissing(heldOf(target), key)));
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
    return hostKeeper(keyFromInputs, journal.recordPath);
}
/** Being asked prolongs a countdown by 60 s: an answer that takes longer than this says nothing about what is there now. */
const askSeconds = 40;
async function whyMissing(held, key) {
    try {
        const late = (0,clock/* sleep */.y)(askSeconds * 1000).then(() => 'silent');
        const state = await Promise.race([late, onHost(held, key, (connection) => ask(connection, held))]);
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
    const held = heldOf(target);
    const base = { target: target.name, service: target.service };
    if (held.shadow)
        return { ...base, ...(await endShadow(held, key)) };
    try {
        const { state, who } = await onHost(held, key, (connection) => release_process_confirm(connection, held, recordText(recordPath)));
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
    const script = { name: '', text: call_hostScript };
    try {
        return shadowEnd(await onHost(held, key, (connection) => undo(connection, held, script, shadowSeconds)));
    }
    catch (error) {
        const detail = `nobody could see whether its slot is idle again: ${(0,failure/* messageOf */.bD)(error)}; by itself it will be`;
        return { result: 'mixed', detail };
    }
}
/** What became of a shadow release that was told to go back. */
function shadowEnd({ state, undoFailed }) {
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

;// CONCATENATED MODULE: ./packages/remote/src/countdown.ts




/**
 * Starts the countdown on all hosts at once, and follows each until its change is made or it has gone back. How each
 * ended is for `refuseUnarmed`.
 * @throws Failure `window-passed` where the countdown of an earlier step of the job is over
 */
async function armFleet(step, fleet, order, signal) {
    const { saved, way, window, wait } = order;
    (0,run/* refuseAfterReturn */.D)(step.journal);
    step.save(saved);
    for (const { held } of fleet)
        step.record({ event: 'phase', phase: order.boundary, host: held.host });
    step.arm(armedTargets(saved, way.target), window, order.previous);
    step.info(`Unless this job confirms, ${order.otherwise} at ${inSeconds(window)}.`);
    return onAll(fleet, ({ connection, held }) => arm(connection, held, { window, wait, signal, onPhase: (text) => order.onPhase(text, held.host) }), signal);
}
/** @throws Failure with every host whose change is not made, and the code of the first one's phase: `check-failed`. */
function refuseUnarmed(fleet, states, mend) {
    const failed = states.flatMap((state, index) => {
        if (state.worked && state.state === 'armed')
            return [];
        const [phase = '', ...why] = state.failed.split(' ');
        const ended = state.state === 'armed' ? 'its process ended before it was through' : `is ${state.state} (${state.who})`;
        const text = `${fleet[index]?.held.host}: ${phase ? `${phase} failed: ${why.join(' ')}` : ended}`;
        return [{ code: phase || 'switch', text }];
    });
    const [first] = failed;
    if (!first)
        return;
    throw new failure/* Failure */.HR(`${first.code}-failed`, failed.map(({ text }) => text).join('\n'), mend);
}
/**
 * Makes a change final now, at the end of its own main (`undo: false`, rollback); after the first confirm no way back.
 * @throws Failure `not-confirmed`
 */
async function confirmFleet(step, saved, way, key, mend) {
    step.save({ ...saved, confirming: true });
    const settled = await hostKeeper(() => key, step.journal.recordPath).confirm(armedTargets(saved, way.target));
    step.settle(settled);
    for (const one of settled)
        step.record({ event: 'settled', ...one });
    const late = settled.filter(({ result }) => result !== 'committed');
    if (late.length === 0)
        return;
    throw new failure/* Failure */.HR('not-confirmed', late.map(({ target, detail }) => `${target} ${detail}`).join('\n'), mend);
}
function inSeconds(seconds) {
    return `${new Date(Date.now() + seconds * 1000).toISOString().slice(11, 19)} UTC (in ${seconds} s)`;
}

;// CONCATENATED MODULE: ./packages/remote/src/finding.ts

/** Says what stops nothing. */
function tellNotices(step, findings) {
    for (const { host, text, notice } of findings)
        if (notice)
            step.warn(text, host);
}
/**
 * Refuses with everything that stops the action, on all hosts, after `refusal`. `mend` is told the codes.
 * @throws Failure with the one code that there is; `preflight` where they differ
 */
function refuseFindings(findings, refusal, mend) {
    const stopping = findings.filter(({ notice }) => !notice);
    if (stopping.length === 0)
        return;
    const codes = new Set(stopping.map(({ code }) => code));
    const [first = 'preflight'] = codes;
    throw new failure/* Failure */.HR(codes.size === 1 ? first : 'preflight', `${refusal}\n${stopping.map(({ host, text }) => `  - ${host}: ${text}`).join('\n')}`, mend(codes));
}
/** What a user lacks that may not run `line` as root without a password. */
function refusedLine(user, line) {
    return { code: 'sudo', text: `${user} may not run "sudo -n ${line}" without a password` };
}
/** What a host where no process outlives its login lacks: nothing would return by itself there. */
function endsWithLogin(user) {
    return {
        code: 'kills-processes',
        text: `processes of ${user} end with its login: set KillExcludeUsers=${user} in logind.conf`,
    };
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./packages/remote/src/forward.ts




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
function control({ folder }, words) {
    const child = spawn('ssh', ['-F', join(folder, 'config'), ...words, 'belay'], {
        env: childEnvironment(),
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: 10_000,
        killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
        said = `${said}${text}`.slice(-1000);
    });
    return new Promise((resolve) => {
        child.once('error', (error) => resolve({ status: null, said: error.message }));
        child.once('close', (status) => resolve({ status, said }));
    });
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

;// CONCATENATED MODULE: ./packages/remote/src/lock.ts



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
    await Promise.all(fleet.map((host) => giveBack(host, script).catch((error) => step.warn(`its lock ends by itself: ${(0,failure/* messageOf */.bD)(error)}`, host.held.host))));
}
/** Milliseconds between two renewals: about a quarter of the time for which a host waits for one. */
const renewalMs = 8000;
/** Renews the locks of hosts that are not armed yet, as long as the work before the switch takes. */
async function withLease(fleet, task) {
    const timer = setInterval(() => {
        // A renewal that fails is the connection's trouble: the work itself will say so.
        for (const { connection, held } of fleet)
            void renew(connection, held).catch(() => { });
    }, renewalMs);
    try {
        return await task();
    }
    finally {
        clearInterval(timer);
    }
}

;// CONCATENATED MODULE: ./packages/remote/src/look.ts


/** Looks at a host, with the eyes of an action's script where that knows more than every action does. */
async function look(connection, { release = {}, ...what }, signal, script = hostScript) {
    const values = { ...what, params: assignments('r_', release) };
    const reply = await call(connection, script, 'inspect', values, { timeoutMs: 60_000, signal });
    const about = (word) => new Map(reply.all(word).map(firstWord));
    const facts = about('fact');
    const [schemas, misfits] = [about('schema'), about('misfit')];
    const fact = (key) => facts.get(key) ?? '';
    const number = (key) => (/^\d+$/.test(fact(key)) ? Number(fact(key)) : Number.NaN);
    return {
        host: connection.target.name,
        user: fact('user'),
        root: fact('uid') === '0',
        tools: new Set(reply.all('tool')),
        exists: fact('exists') === 'yes',
        readOnly: reply.all('read-only'),
        freeKib: number('free-kib'),
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
        missing: reply.all('missing').map((line) => {
            const [code, text] = firstWord(line);
            return { code, text };
        }),
        found: reply.all('found'),
    };
}
/** Reads what every look says of the host's lock. `fact` gives the text under a key. */
function lockFacts(fact) {
    return { held: fact('lock') === 'held', holder: fact('holder'), endsInSeconds: Number(fact('ends-in') || 0) };
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

// EXTERNAL MODULE: ./packages/action-kit/src/decision.ts
var decision = __nccwpck_require__(691);
;// CONCATENATED MODULE: ./packages/remote/src/own-steps.ts

/**
 * A host is changed once a job for one service: two countdowns on it would contradict each other.
 * @throws Failure `armed-twice`, where an earlier step armed one of the targets that `names` gives for a host; `did` says
 *   what that step did, `verb` what should be done only once
 */
function refuseArmedTwice({ journal }, hosts, names, words) {
    const armed = new Set(journal.read().steps.flatMap((other) => other.armed.map(({ name }) => name)));
    const twice = hosts.find(({ name }) => names(name).some((target) => armed.has(target)));
    if (!twice)
        return;
    throw new failure/* Failure */.HR('armed-twice', `An earlier step of this job already ${words.did(twice.name)}.`, `${words.verb} a service once a job; give other services a name of their own by the input service.`);
}
/** The other steps of this job that armed something for a service of which nothing final is known. */
function unsettledSteps({ id, journal }, service) {
    return journal
        .read()
        .steps.filter((other) => other.id !== id && other.service === service && (0,src_journal/* unsettled */.NZ)(other).length > 0);
}
/**
 * Puts back what earlier steps of this job changed, before a rollback begins its own change. `undo` is told until when
 * (monotonic seconds).
 * @throws Failure `undo-failed` where a target did not go back
 */
async function takeBackSteps(step, own, undo) {
    for (const other of own) {
        const settled = await undo(other.undo, (0,clock/* monotonicSeconds */.m)() + decision/* postsShareSeconds */.Si);
        step.settle(settled);
        for (const one of settled)
            step.record({ event: 'settled', ...one });
        const bad = settled.find(({ result }) => result !== 'rolled-back' && result !== 'unchanged');
        if (bad)
            throw new failure/* Failure */.HR('undo-failed', `${bad.target} did not go back: ${bad.detail}`, 'see to that host, then roll back again.');
    }
}

;// CONCATENATED MODULE: ./packages/remote/src/path.ts
/** The folder of a service on its hosts, where nobody says another. */
function servicePath({ service, environment }) {
    return `/srv/${service}/${environment}`;
}
/**
 * Reads a folder on a host: absolute, of plain characters, and two levels deep or more, for things are removed below it
 * and it must be nothing that others share. Returned without a slash at its end.
 */
function readHostFolder(read, name, options) {
    const path = read.text(name, { default: options.default }).replace(/\/+$/, '');
    if (!isHostFolder(path))
        read.mistake(name, `is "${path || '/'}"`, options.mend);
    return path;
}
/** Whether a text is an absolute path of plain characters, two levels deep or more. */
function isHostFolder(path) {
    return /^(\/[A-Za-z0-9_@.+-]+){2,}$/.test(path) && !path.split('/').includes('..');
}

;// CONCATENATED MODULE: ./packages/remote/src/slots.ts
/** Reads both ports of a service with slots, on one line or two; empty where none are given and none are required. */
function readSlots(read, options = {}) {
    const slots = read.lines('slots', options).flatMap((line) => line.split(/\s+/));
    const isPort = (slot) => /^[1-9]\d{0,4}$/.test(slot) && Number(slot) <= 65_535;
    if (slots.length === 0 || (slots.length === 2 && slots.every(isPort) && slots[0] !== slots[1]))
        return slots;
    read.mistake('slots', `is "${slots.join(' ')}"`, 'Give two different ports: 5006 5016.');
    return [];
}

;// CONCATENATED MODULE: ./packages/remote/src/sudo.ts
const restartVerbs = (/* unused pure expression or super */ null && (['restart', 'stop', 'reset-failed']));
/** What the deploy user must be allowed to run as root, the lines that only an undo needs included. */
function systemctlLines(unit) {
    return restartVerbs.map((verb) => `systemctl ${verb} ${unit}`);
}
/** The same for the unit of a slot, which starts after a reboot only while it is active. */
function slotLines(unit) {
    return [...restartVerbs, 'enable', 'disable'].map((verb) => `systemctl ${verb} ${unit}`);
}
/**
 * Whether `sudo -n -ll` (its lines) allows a command without a password. `sudo -n -l LINE` cannot be asked: it says yes
 * also to a line that wants one where another line does not (facts: hosts). A later entry overrides an earlier one.
 */
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
        // An entry for other users says nothing about root's.
        else if (!inCommands || !asRoot)
            continue;
        else if (line.startsWith('!'))
            allowed = allowed && !matches(line.slice(1).trim(), command);
        else if (matches(line, command))
            allowed = free;
    }
    return allowed;
}
/** The commands among `lines` that a user may not run as root without a password; none for root itself. */
function refusedBySudo({ root }, listing, lines) {
    return root ? [] : lines.filter((line) => !allowedWithoutPassword(listing, line));
}
/** Of a list of users the last word on root holds. */
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
    // An entry without arguments allows any; sudo shows a backslash before what its grammar would read otherwise.
    return rest.length === 0 || rest.join(' ').replaceAll('\\', '') === words.join(' ').replaceAll('\\', '');
}

;// CONCATENATED MODULE: ./packages/remote/src/target.ts

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
    if (bracketed !== undefined && (0,external_node_net_namespaceObject.isIP)(address) !== 6)
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

;// CONCATENATED MODULE: ./packages/remote/src/undo.ts




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
            const left = Math.max(1, until - (0,clock/* monotonicSeconds */.m)());
            return undo(connection, held, way.script, left, (phase) => onPhase(phase, held.host));
        });
        return { ...base, ...verdict(saved, way, held, state) };
    }
    catch (error) {
        const why = (0,failure/* messageOf */.bD)(error);
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
    switch (state.state) {
        case 'none':
        case 'released':
            return { result: 'unchanged', detail: way.untouched };
        case 'undone':
            return saved.differed
                ? { result: 'mixed', detail: `${way.backApart}, which differed from the other hosts before${by}` }
                : { result: 'rolled-back', detail: `${way.back}${by}` };
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

;// CONCATENATED MODULE: ./packages/remote/src/unit.ts
/** Whether a text can be the name of a systemd unit, and nothing that systemctl would read otherwise. */
function isUnit(text) {
    return /^[A-Za-z0-9_@.:\\][A-Za-z0-9_@.:\\-]*$/.test(text);
}

;// CONCATENATED MODULE: ./packages/remote/src/index.ts






















// EXTERNAL MODULE: ./packages/release/src/index.ts + 4 modules
var src = __nccwpck_require__(342);
;// CONCATENATED MODULE: ./packages/action-kit/src/release.ts


/** Reads `service`, `environment`, `version` and the commit. Every action that changes production takes these. */
function readReleaseInputs(read, env = process.env) {
    const repository = env.GITHUB_REPOSITORY?.split('/')[1] ?? '';
    const service = read.text('service', { default: repository, required: 'the name of what is released' });
    const environment = read.text('environment', { required: 'where it is released to, such as qa or production' });
    const sha = (env.GITHUB_SHA ?? '').toLowerCase();
    const version = read.text('version', { default: sha });
    for (const [name, value] of [['service', service], ['environment', environment]]) {
        if (value !== '' && !(0,src/* isName */.Eo)(value))
            read.mistake(name, `is "${value}"`, 'Give letters, digits, ".", "_" and "-", 63 at most.');
    }
    if (!/^[0-9a-f]{40}$/.test(sha))
        read.mistake('version', `GITHUB_SHA is "${sha}"`, 'Run this step in a workflow.');
    return { service, environment, version, sha };
}
/** The release of this service in this job: the one an earlier step made, or a new one, in journal and record. */
function joinRelease(step, inputs) {
    const earlier = step.journal
        .read()
        .releases.find(({ service, environment }) => service === inputs.service && environment === inputs.environment);
    if (earlier)
        return earlier;
    const run = (0,job/* currentRun */.xh)();
    const release = { ...inputs, id: (0,src/* releaseId */.Bf)(new Date(), inputs.sha, run.attempt) };
    step.journal.append({ step: step.id, event: 'release-began', release });
    step.record({ event: 'release-began', release, run });
    return release;
}

// EXTERNAL MODULE: ./node_modules/shell-quote/index.js
var shell_quote = __nccwpck_require__(591);
;// CONCATENATED MODULE: ./packages/action-kit/src/words.ts

/** Splits a line into words as a shell would; undefined where only a shell could run it (`a | b`, `rm *`). */
function splitWords(line) {
    // A variable stays as it is written: nothing on this side would be the right value for it.
    const entries = (0,shell_quote.parse)(line, (variable) => `$${variable}`);
    const words = entries.filter((entry) => typeof entry === 'string');
    return words.length === entries.length ? words : undefined;
}
/**
 * Reads a program and its arguments from the input `name`, and refuses what only a shell could run. `before` is what
 * stands before the line in that input (`command:`), for the words that say how to mend it.
 */
function readWords(read, name, line, before = '') {
    const words = splitWords(line);
    if (words === undefined) {
        const mend = `Write ${before}sh -c '…' if you want a shell.`;
        read.mistake(name, 'uses what only a shell understands (|, ;, &&, >, *)', mend);
        return [];
    }
    if (words.length === 0)
        read.mistake(name, 'names no program', `Give ${before}PROGRAM ARGUMENT….`);
    return words;
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/inputs.ts


const commands = ['switch', 'rollback', 'status', 'preflight'];
const drivers = ['nginx', 'haproxy'];
function readSwitchInputs(read) {
    const command = read.choice('command', { default: 'switch', of: commands });
    const release = readReleaseInputs(read);
    const hosts = readPlaces(read);
    const inputs = {
        command,
        dryRun: read.boolean('dry-run', { default: false }),
        undo: read.boolean('undo', { default: true }),
        // Without a version a rollback goes to the slot that had the traffic, not to the commit that the job runs for.
        release: command === 'rollback' ? { ...release, version: read.text('version', { default: 'previous' }) } : release,
        hosts,
        credentials: readKeys(read, hosts),
        path: readFolder(read, 'path', servicePath(release)),
        slots: readSlots(read, { required: 'the two ports, such as 5006 5016' }),
        proxy: readProxy(read, release),
        check: readCheck(read),
        weights: readWeights(read),
        hold: read.seconds('hold', { default: '30s', min: 1, max: 3600 }),
        drainTimeout: read.seconds('drain-timeout', { default: '10s', min: 0, max: 3600 }),
        retain: read.seconds('retain', { default: '30m', min: 0, max: 86_400 }),
        successes: read.integer('successes', { default: 3, min: 1, max: 100 }),
        confirmTimeout: read.seconds('confirm-timeout', { default: '10m', min: 5, max: 21_600 }),
        lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 0, max: 21_600 }),
        deadline: read.seconds('deadline', { default: '15m', min: 10, max: 21_600 }),
    };
    refuseContradictions(read, inputs);
    return inputs;
}
function refuseContradictions(read, inputs) {
    if (inputs.weights.length > 0 && inputs.proxy.driver === 'nginx')
        read.mistake('weights', 'is given, and nginx only moves all traffic at once', 'Leave it out, or use haproxy.');
    const seconds = inputs.weights.length * inputs.hold + inputs.drainTimeout;
    if (inputs.confirmTimeout <= seconds)
        read.mistake('confirm-timeout', `is ${inputs.confirmTimeout} s, and weights and drain alone may take ${seconds} s`, 'Raise it: past it the host goes back.');
}
/** `local`, alone, is the runner itself. */
function readPlaces(read) {
    const lines = read.lines('hosts', { required: 'a line for each host, [user@]host[:port], or local' });
    const user = read.text('user');
    if (lines.length === 0)
        return [];
    if (!lines.includes('local'))
        return readHosts(read);
    if (lines.length > 1)
        read.mistake('hosts', 'names local beside others', 'Give local alone, or hosts without it.');
    if (user !== '')
        read.mistake('user', 'is given, and local needs no login', 'Leave it out.');
    return [localTarget];
}
function readKeys(read, hosts) {
    if (hosts.length > 0 && !hosts.some(isLocal))
        return readCredentials(read, hosts);
    // Nothing is logged in to, so that nothing about a login can be missing or wrong.
    return {
        key: read.secret('ssh-key'),
        passphrase: read.secret('ssh-key-passphrase'),
        knownHosts: read.text('known-hosts'),
    };
}
function readFolder(read, name, fallback) {
    const mend = `Give an absolute folder of its own, such as ${fallback}.`;
    return readHostFolder(read, name, { default: fallback, mend });
}
function readProxy(read, { service, environment }) {
    const driver = read.choice('driver', { default: 'nginx', of: drivers });
    const upstream = readFolder(read, 'upstream', `/etc/nginx/belay/${service}-${environment}`);
    const run = readRun(read);
    const socket = readFile(read, 'socket', '/run/haproxy/admin.sock');
    const stateFile = readFile(read, 'state-file', '/var/lib/haproxy/belay/server-state');
    const backend = read.text('backend', { default: `${service}-${environment}` });
    if (!/^[A-Za-z0-9_.:-]+$/.test(backend))
        read.mistake('backend', `is "${backend}"`, 'Give the name of a backend in haproxy.cfg.');
    return driver === 'nginx' ? { driver, upstream, run } : { driver, socket, backend, stateFile };
}
function readFile(read, name, fallback) {
    const path = read.text(name, { default: fallback });
    if (!/^(\/[A-Za-z0-9_@.+-]+){2,}$/.test(path))
        read.mistake(name, `is "${path}"`, 'Give an absolute path of plain characters.');
    return path;
}
function readRun(read) {
    const text = read.text('proxy', { default: 'systemd:nginx' });
    const [, kind, rest = ''] = /^(systemd|command|compose):(.*)$/s.exec(text) ?? [];
    if (kind === 'systemd' && isUnit(rest))
        return { kind, unit: rest };
    if (kind === 'compose') {
        const [folder = '', service = 'nginx', ...more] = rest.split(':');
        if (more.length === 0 && isHostFolder(folder) && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(service))
            return { kind, folder, service };
    }
    const words = kind === 'command' ? splitWords(rest) : undefined;
    if (words !== undefined && words.length > 0)
        return { kind: 'command', words };
    read.mistake('proxy', `is "${text}"`, 'Give systemd:UNIT, compose:FOLDER or compose:FOLDER:SERVICE, or command:PROGRAM ARGUMENT… that takes validate, reload, pid.');
    return { kind: 'systemd', unit: 'nginx' };
}
function readCheck(read) {
    const check = read.text('check');
    const url = check.replaceAll('{slot}', '1');
    if (check === '' ||
        (/^https?:\/\//.test(url) && URL.canParse(url) && check.includes('{slot}') && !/[\s'"\\&|]/.test(check)))
        return check;
    read.mistake('check', `is "${check}"`, 'Give a URL as the host sees it: http://localhost:{slot}/health.');
    return '';
}
function readWeights(read) {
    const words = read.lines('weights').flatMap((line) => line.split(/[\s,]+/));
    const weights = words.map(Number);
    const rising = weights.every((weight, index) => index === 0 || weight > (weights[index - 1] ?? 0));
    if (words.every((word) => /^[1-9]\d?$/.test(word)) && rising)
        return weights;
    read.mistake('weights', `is "${words.join(' ')}"`, 'Give rising percents from 1 to 99: 5 25 50; 100 follows by itself.');
    return [];
}

;// CONCATENATED MODULE: ./packages/action-kit/src/deadline.ts

/**
 * Runs a task with a signal that is aborted when the step is interrupted or when `seconds` are over.
 * @throws Failure `deadline` where it was the latter
 */
async function withinDeadline(signal, seconds, task) {
    const deadline = AbortSignal.timeout(seconds * 1000);
    try {
        return await task(AbortSignal.any([signal, deadline]));
    }
    catch (cause) {
        if (!deadline.aborted || signal.aborted)
            throw cause;
        throw new failure/* Failure */.HR('deadline', `The deadline of ${seconds} s passed.`, 'raise the input deadline.', { cause });
    }
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/fleet.ts

/** Below the service's folder: a lock and a countdown beside deploy-ssh's. */
function baseOf({ path }) {
    return `${path}/switch`;
}
/** The hosts of a switch, each with what it is to hold there. */
function fleetOf(connections, inputs, id) {
    return heldFleet(connections, { base: baseOf(inputs), id, knownHosts: inputs.credentials.knownHosts });
}
/** The values of a switch's state file: what its process, its undo and a boot hook read. */
function stateOf(content, inputs) {
    const rollback = inputs.command === 'rollback';
    return {
        kind: rollback ? 'rollback' : 'switch',
        release: content.id,
        version: content.version,
        sha: content.sha,
        manifest: '',
        slots: inputs.slots.join(' '),
        ...proxyState(inputs.proxy),
        check: inputs.check,
        // Whoever goes back is in a hurry.
        weights: rollback ? '' : inputs.weights.join(' '),
        hold: inputs.hold,
        drain: rollback ? 0 : inputs.drainTimeout,
        retain: inputs.retain,
        successes: inputs.successes,
    };
}
function proxyState(proxy) {
    if (proxy.driver === 'haproxy')
        return {
            driver: 'haproxy',
            socket: proxy.socket,
            backend: proxy.backend,
            state_file: proxy.stateFile,
            proxy_kind: 'socket',
        };
    const { run } = proxy;
    return { driver: 'nginx', upstream: proxy.upstream, proxy_kind: run.kind, ...runState(run) };
}
function runState(run) {
    switch (run.kind) {
        case 'systemd':
            return { proxy: run.unit };
        case 'command':
            return { proxy: words(run.words) };
        case 'compose':
            return { proxy: run.folder, proxy_service: run.service };
    }
}
/** Seconds that an armed change may take: every part of it has a limit of its own on the host. */
function changeSeconds(inputs) {
    return (inputs.weights.length + 1) * 90 + inputs.weights.length * inputs.hold + inputs.drainTimeout + 150;
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/script.ts


const nginx = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "nginx.sh", 'utf8');
const haproxy = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "haproxy.sh", 'utf8');
const hostLock = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "host-lock.sh", 'utf8');
const part = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "switch.sh", 'utf8');
/** blue-green-switch's host script: the shared part, the drivers, the host's lock, and its own. */
const script = withPart('blue-green-switch', `${nginx}\n${haproxy}\n${hostLock}\n${part}`);

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/look.ts


/** Looks at a host. `params` are the values that a release's state would have; `recovery` names the boot's unit. */
async function see(connection, what, signal) {
    const values = { base: what.base, recovery: what.recovery, params: quote_assignments('r_', what.params) };
    const reply = await call_call(connection, script.text, 'see', values, { timeoutMs: 60_000, signal });
    return factsOf(connection.target.name, reply);
}
function factsOf(host, reply) {
    const facts = new Map(reply.all('fact').map(call_firstWord));
    const fact = (key) => facts.get(key) ?? '';
    const slots = reply.all('slot').map(slotOf);
    const warm = fact('warm');
    return {
        host,
        user: fact('user'),
        root: fact('uid') === '0',
        slots,
        active: slots.filter(({ weight }) => weight > 0).map(({ port }) => port),
        byDeploy: fact('deploy') === 'yes',
        last: fact('committed-slot') === '' ? undefined : lastSwitch(fact, reply.last('from')),
        past: reply.all('past').map((line) => {
            const [id, sha] = call_firstWord(line);
            return { id, sha };
        }),
        warmSeconds: warm !== '' && Number(warm) > 0 ? Number(warm) : undefined,
        newest: fact('newest'),
        state: fact('state'),
        lock: lockFacts(fact),
        missing: reply.all('missing').map((line) => {
            const [code, text] = call_firstWord(line);
            return { code, text };
        }),
        notices: reply.all('notice'),
        killsProcesses: fact('kills-processes') === 'true',
        recovery: fact('recovery-unit') === 'enabled' || fact('recovery-cron') === 'yes',
        sudo: reply.all('sudo'),
    };
}
function slotOf(line) {
    const [port = '', weight = '', listening, release = '-', sha = '-', ...version] = line.split(' ');
    return {
        port,
        weight: weight === '-' ? Number.NaN : Number(weight),
        listening: listening === 'yes',
        release: given(release),
        sha: given(sha),
        version: version.join(' '),
    };
}
function lastSwitch(fact, from) {
    const [release = '-', sha = '-', ...version] = from.split(' ');
    return {
        kind: fact('kind') === 'rollback' ? 'rollback' : 'switch',
        release: fact('committed'),
        version: fact('version'),
        slot: fact('committed-slot'),
        from: { slot: fact('from'), release: given(release), sha: given(sha), version: version.join(' ') },
    };
}
function given(word) {
    return word === '-' ? '' : word;
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/plan.ts

/** The boundaries of blue-green-switch in the order in which they are crossed; each is recorded before it is crossed. */
const boundaries = (/* unused pure expression or super */ null && ([
    'connect',
    'preflight',
    'lock',
    'prove',
    'switch',
    'weight-100',
    'switched',
    'armed',
]));
/** Plans a switch from what was seen. Pure. */
function planSwitch(content, looks) {
    const noop = looks.every((facts) => serves(facts, content));
    const before = new Set(looks.map((facts) => activeSlot(facts)?.sha ?? ''));
    const differed = before.size > 1;
    return {
        noop,
        differed,
        warnings: differed
            ? [
                `The hosts differ at the start: ${looks.map((facts) => `${facts.host} has ${named(activeSlot(facts))}`).join(', ')}.`,
            ]
            : [],
        lines: looks.map((facts) => {
            const [active, idle] = [activeSlot(facts), plan_idleSlot(facts)];
            return noop
                ? `${facts.host}: ${content.version} has the traffic in slot ${active?.port}; nothing to do`
                : `${facts.host}: slot ${active?.port ?? '?'} (${named(active)}) → slot ${idle?.port ?? '?'} (${named(idle)})`;
        }),
    };
}
/** The slot that alone has traffic. */
function activeSlot({ slots, active }) {
    return active.length === 1 ? slots.find(({ port }) => port === active[0]) : undefined;
}
function plan_idleSlot(facts) {
    const active = activeSlot(facts);
    return active && facts.slots.find(({ port }) => port !== active.port);
}
function serves(facts, content) {
    const active = activeSlot(facts);
    if (!active)
        return false;
    // What this very release brought to the idle slot is meant to get traffic, also where it has the same commit.
    if (plan_idleSlot(facts)?.release === content.id)
        return false;
    if (facts.last && facts.last.slot !== active.port)
        return false;
    // Where deploy-ssh fills no slots, the last committed switch alone knows what it brought there.
    const sha = active.sha || (facts.last ? (facts.past.at(-1)?.sha ?? '') : '');
    return sha === content.sha;
}
function named(slot) {
    if (!slot)
        return 'unknown';
    if (slot.release === '')
        return slot.listening ? 'not released by Belay' : 'empty';
    return slot.version || slot.release;
}
/**
 * What a rollback goes back to: what the last committed switch left behind in the idle slot, or the committed release
 * there that `version` names. The same for every host. Pure.
 * @throws Failure `not-warm` where a host's idle slot does not hold it any more
 */
function chooseGoal(version, looks) {
    const goals = looks.map((facts) => goalOn(version, facts));
    const cold = goals.flatMap((goal) => (typeof goal === 'string' ? [goal] : []));
    if (cold.length > 0)
        throw notWarm(cold.join('\n'));
    const [first, ...others] = goals;
    if (!first || others.some(({ sha }) => sha !== first.sha))
        throw notWarm(`The hosts' idle slots hold different versions: ${goals.map(({ version }) => version).join(', ')}.`);
    return first;
}
function goalOn(version, facts) {
    const { host, last } = facts;
    const idle = plan_idleSlot(facts);
    if (!idle)
        return `${host}: the proxy's traffic does not all go to one slot.`;
    if (!last)
        return `${host}: no switch was ever committed there.`;
    if (version !== 'previous') {
        const committed = facts.past.some(({ id }) => id === idle.release) || last.from.release === idle.release;
        if (idle.release !== '' && committed && [idle.release, idle.sha, idle.version].includes(version))
            return contentOf(idle);
        return `${host}: slot ${idle.port} holds ${named(idle)}, not a committed ${version}.`;
    }
    if (last.kind === 'rollback')
        return `${host}: the last switch was a rollback; what was before it is in no slot any more.`;
    if (last.from.slot !== idle.port)
        return `${host}: traffic was changed by somebody else since the last switch.`;
    if (idle.release !== last.from.release)
        return `${host}: slot ${idle.port} holds ${named(idle)} by now, not ${last.from.version || 'what it had'}.`;
    return contentOf(idle);
}
function contentOf({ release, sha, version, port }) {
    return { id: release, sha, version: version || `what slot ${port} had before` };
}
function notWarm(text) {
    return new failure/* Failure */.HR('not-warm', `There is nothing warm to go back to.\n${text}`, 'let deploy-ssh with `command: rollback` start the version before the live one again, then switch; version `previous` of a production release does both.');
}
/** The release of this job as what is to serve. */
function contentOfRelease({ id, version, sha }) {
    return { id, version, sha };
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/preflight.ts

/** The unit that catches a reboot inside the countdown, before the proxy starts. */
function recoveryUnit({ release }) {
    return `belay-recover-${release.service}-${release.environment}-switch.service`;
}
/** What the deploy user must be allowed to run as root, each line literally. */
function sudoLines({ proxy }) {
    if (proxy.driver !== 'nginx' || proxy.run.kind !== 'systemd')
        return [];
    return ['nginx -t', `systemctl reload ${proxy.run.unit}`];
}
/** All that a host lacks, at once. Pure. */
function missing(facts, inputs) {
    const { host } = facts;
    const findings = [];
    const add = (code, text) => findings.push({ host, code, text });
    const notice = (text) => findings.push({ host, code: 'notice', text, notice: true });
    const refused = refusedBySudo(facts, facts.sudo, sudoLines(inputs));
    for (const line of refused)
        findings.push({ host, ...refusedLine(facts.user, line) });
    // What sudo refuses to ask says nothing about the proxy.
    const blind = refused.includes('nginx -t');
    for (const { code, text } of facts.missing)
        if (!(blind && code === 'proxy-invalid'))
            add(code, text);
    for (const text of facts.notices)
        notice(text);
    if (facts.active.length > 1 && !settles(facts))
        add('traffic-split', `traffic goes to both slots: ${facts.slots.map(({ port, weight }) => `${port} has ${weight}`).join(', ')}`);
    if (facts.slots.length > 0 && facts.slots.every(({ weight }) => weight === 0))
        add('traffic-split', 'the proxy sends traffic to neither slot');
    if (inputs.check === '' && !facts.byDeploy)
        add('check-missing', 'deploy-ssh was never here, and the input check is empty: nobody could tell whether a slot works');
    if (facts.killsProcesses)
        findings.push({ host, ...endsWithLogin(facts.user) });
    if (!facts.recovery)
        notice(`a reboot inside the countdown leaves the traffic where it was moved until the next run: let root install ` +
            `${recoveryUnit(inputs)}, or give ${facts.user} the cron line "@reboot sh ${inputs.path}/switch/.belay/blue-green-switch.sh recover restart"`);
    return findings;
}
/** What a lost run left in between is put back under the lock, before anything else. */
function settles({ state }) {
    return state === 'armed' || state === 'undoing';
}
/** @throws Failure with everything that stops the switch, on all hosts; code `preflight` where the codes differ. */
function refuseMissing(findings) {
    refuseFindings(findings, 'Traffic cannot be moved; nothing was changed.', () => 'see to each of these on the host; `command: status` looks again and changes nothing.');
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/work.ts





const noContent = { id: '', version: '', sha: '' };
/** What undo needs to know, as of now. */
function savedOf({ inputs, fleet }, how) {
    return { service: inputs.release.service, held: fleet.map(({ held }) => held), ...how };
}
/** Looks at every host. Changes nothing. */
function seeFleet({ inputs, fleet, signal }) {
    const what = { base: baseOf(inputs), recovery: recoveryUnit(inputs), params: stateOf(noContent, inputs) };
    return onAll(fleet, ({ connection }) => see(connection, what, signal), signal);
}
/** Looks at every host and names all that is missing on all of them. */
async function preflight(work) {
    work.step.record({ event: 'phase', phase: 'preflight' });
    const looks = await seeFleet(work);
    const findings = looks.flatMap((facts) => missing(facts, work.inputs));
    tellNotices(work.step, findings);
    refuseMissing(findings);
    return looks;
}
/** Says what will be done, in log, outputs and summary. */
function announce({ step, inputs, content }, plan, looks) {
    for (const warning of plan.warnings)
        step.warn(warning);
    for (const line of plan.lines)
        step.info(line);
    const rows = looks.map((facts) => {
        const [from, to] = [activeSlot(facts), plan.noop ? activeSlot(facts) : plan_idleSlot(facts)];
        return { host: facts.host, previous: from?.port ?? '', active: to?.port ?? '', release: to?.release ?? '' };
    });
    step.output('previous', common(rows.map(({ previous }) => previous)));
    step.output('active', common(rows.map(({ active }) => active)));
    step.output('hosts', JSON.stringify(rows));
    step.summary(`**blue-green-switch** ${inputs.release.service} ${inputs.release.environment} ${content.version}\n\n` +
        plan.lines.map((line) => `- ${line}`).join('\n'));
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/lock.ts




/** Committed switches to remember; what they tell is small. */
const keep = 20;
/** All hosts' locks or none; what lost runs left is put back first. Then looks anew, now that nobody else is at work. */
async function lockFleet(work) {
    const { step, inputs, fleet, content, signal } = work;
    // Before the first lock: a main that is killed while it waits for the answer may hold it already.
    step.save(savedOf(work, { armed: false, differed: false }));
    step.record({ event: 'phase', phase: 'lock' });
    const order = {
        script: script,
        what: `traffic of ${inputs.release.service} ${inputs.release.environment}`,
        keep,
        params: stateOf(content, inputs),
        timeoutSeconds: inputs.lockTimeout,
        left: 'its traffic',
        logFolder: 'switch/.belay',
    };
    await lockHosts(step, fleet, order, signal);
    return seeFleet(work);
}
/** The slot that is to get traffic, asked by its host: so many times in a row, the right version, fit for the schema. */
async function proveFleet({ step, fleet, inputs, signal }) {
    step.record({ event: 'phase', phase: 'prove' });
    const timeoutMs = inputs.successes * 15_000 + 30_000;
    await onAll(fleet, ({ connection, held }) => call_call(connection, script.text, 'prove', { base: held.base, id: held.id }, { timeoutMs, signal }), signal);
}
/**
 * Where there is nothing to move: what has the traffic answers, and slots that were told otherwise than the proxy does
 * are told so now. The words of what was told, for people.
 */
async function agreeFleet({ fleet, signal }) {
    const told = await onAll(fleet, async ({ connection, held }) => {
        const values = { base: held.base, id: held.id };
        const reply = await call_call(connection, script.text, 'agree', values, { timeoutMs: 180_000, signal });
        return reply
            .all('told')
            .map((line) => `${held.host}: slot ${line.replace(' ', ' had not been told that it is ')}`);
    }, signal);
    return told.flat();
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/undo.ts


/** The hosts of a switch as armed targets. */
function targetsOf(saved) {
    return armedTargets(saved, wayBack(saved).target);
}
/** The name of a host's traffic among the job's armed targets. */
function targetName(service, host) {
    return `traffic of ${service} on ${host}`;
}
/** How traffic goes back, and what is said of that. */
function wayBack({ service }) {
    return {
        script: script,
        target: (host) => targetName(service, host),
        untouched: 'its traffic was not touched',
        back: 'traffic is back where it was',
        backApart: 'traffic is back where it was',
        alone: 'Its traffic returns by itself when its countdown ends, and both slots keep running',
    };
}
/** Tells all hosts of a switch at once to go back, and follows each until `until` (monotonic seconds). Never throws. */
async function undoSwitch(saved, key, until, onPhase) {
    return undoFleet(saved, wayBack(saved), key, until, onPhase);
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/move.ts





/** Behind the barrier: every host's idle slot is proved. Tells all at once; one that fails makes all go back. */
async function moveTraffic(work, looks, differed) {
    const { step, inputs, fleet, signal } = work;
    const saved = savedOf(work, { armed: true, differed });
    const measured = [];
    const order = {
        saved,
        way: wayBack(saved),
        boundary: 'switch',
        previous: Object.fromEntries(looks.map((facts) => [facts.host, activeSlot(facts)?.port ?? ''])),
        window: inputs.confirmTimeout,
        wait: changeSeconds(inputs),
        otherwise: 'traffic goes back by itself',
        onPhase(text, host) {
            const [phase = '', value] = text.split(' ');
            if (value !== undefined)
                measured.push({ host, what: phase, value: Number(value) });
            step.record({ event: 'phase', phase, host });
        },
    };
    const states = await armFleet(step, fleet, order, signal);
    tellMeasured(work, measured);
    refuseUnarmed(fleet, states, 'see what the proxy and the slot say on the host; all hosts of this step are put back.');
    step.record({ event: 'phase', phase: 'armed' });
}
/** Makes the switch final now, at the end of this main. */
async function confirmSwitch(work) {
    const { step, inputs } = work;
    const saved = savedOf(work, { armed: true, differed: false });
    const mend = 'run `command: status`: it says where traffic goes; then switch or roll back again.';
    await confirmFleet(step, saved, wayBack(saved), inputs.credentials, mend);
}
/** The longest switch of all hosts, and all connections that were left at the end of the drain. */
function tellMeasured({ step, inputs }, measured) {
    const switched = measured.filter(({ what }) => what === 'switched');
    const drained = measured.filter(({ what }) => what === 'drained');
    if (switched.length > 0) {
        const ms = Math.max(...switched.map(({ value }) => value));
        step.output('switch-ms', String(ms));
        step.info(`Traffic moved within ${ms} ms, as the proxy itself tells.`);
    }
    const left = drained.reduce((sum, { value }) => sum + value, 0);
    if (drained.length > 0)
        step.output('inflight-at-cutoff', String(left));
    for (const { host, value } of drained)
        if (value > 0)
            step.warn(`${value} connections to the old slot were still open after ${inputs.drainTimeout} s; it keeps running for them`, host);
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/rollback.ts










/**
 * `command: rollback`: first this job's own switch of the service goes back; then, unless that was what was before,
 * traffic goes to the slot that had it and is still warm. It is final at its own end.
 */
async function rollback(inputs, step) {
    const id = (0,src/* releaseId */.Bf)(new Date(), inputs.release.sha, (0,job/* currentRun */.xh)().attempt);
    step.output('release-id', id);
    return withinDeadline(step.signal, inputs.deadline, async (signal) => {
        const wentBack = inputs.dryRun ? false : await takeBackOwnSteps(inputs, step);
        if (wentBack && inputs.release.version === 'previous') {
            step.info('What this job had switched went back; that is what was before it.');
            return { result: 'noop' };
        }
        const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal);
        const fleet = fleetOf(connections, inputs, id);
        return goBack({ step, inputs, fleet, content: noContent, signal }, id);
    });
}
async function goBack(blank, id) {
    const { step, inputs, fleet } = blank;
    // Chosen before the lock, which may be waited for, and again under it: what it says goes into the hosts' state files.
    const seen = chooseGoal(inputs.release.version, await preflight(blank));
    if (inputs.dryRun) {
        step.info(`It would go to ${seen.version}. Nothing was changed.`);
        return { result: 'unchanged' };
    }
    const work = { ...blank, content: { ...seen, id: seen.id || id } };
    const looks = await withLease(fleet, async () => {
        const looks = await lockFleet(work);
        const goal = chooseGoal(inputs.release.version, looks);
        if (goal.id !== seen.id || goal.sha !== seen.sha) {
            await Promise.all(fleet.map((host) => giveBack(host, script)));
            throw new failure/* Failure */.HR('lock-held', 'Another run moved the traffic meanwhile.', 'roll back again if that is still wanted.');
        }
        await proveFleet(work);
        return looks;
    });
    announce(work, { ...planSwitch(work.content, looks), noop: false }, looks);
    await moveTraffic(work, looks, false);
    await confirmSwitch(work);
    return { result: 'committed' };
}
async function takeBackOwnSteps(inputs, step) {
    const own = unsettledSteps(step, inputs.release.service).filter(({ action }) => action === 'blue-green-switch');
    const key = () => inputs.credentials;
    await takeBackSteps(step, own, (saved, until) => undoSwitch(saved, key, until, () => { }));
    return own.length > 0;
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/status.ts





/** `command: status`: where traffic goes, what each slot holds, what ends by itself and when. Reads only. */
async function status_status(inputs, step) {
    const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, step.signal);
    const looks = await seeFleet({ inputs, fleet: fleetOf(connections, inputs, ''), signal: step.signal });
    const rows = looks.map(statusRow);
    for (const row of rows)
        step.info(`${row.host}: traffic goes to ${row.active || '?'}; ${row.slots}; ${row.lock}${row.warm}`);
    const findings = looks.flatMap((facts) => missing(facts, inputs));
    for (const { host, text } of findings)
        step.warn(text, host);
    step.output('active', common(rows.map(({ active }) => active)));
    step.output('hosts', JSON.stringify(rows.map((row, index) => ({ ...row, slots: looks[index]?.slots }))));
    const table = rows.map((row) => `| ${row.host} | ${row.active} | ${row.slots} | ${row.lock}${row.warm} |`);
    step.summary(`**blue-green-switch status**\n\n| host | traffic | slots | |\n|---|---|---|---|\n${table.join('\n')}`);
    return { result: 'unchanged' };
}
/**
 * `command: preflight`: whether traffic could be moved, before the job changes anything else. Reads only.
 * @throws Failure with everything that is missing on all hosts
 */
async function status_preflight(inputs, step) {
    const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, step.signal);
    const looks = await seeFleet({ inputs, fleet: fleetOf(connections, inputs, ''), signal: step.signal });
    const findings = looks.flatMap((facts) => missing(facts, inputs));
    for (const { host, text } of findings.filter(({ notice }) => notice))
        step.warn(text, host);
    // What is in a slot, and how it is asked, comes with deploy-ssh, which is still to run.
    refuseMissing(findings.filter(({ code }) => code !== 'check-missing'));
    return { result: 'unchanged' };
}
function statusRow(facts) {
    const { host, lock, state, newest, slots, warmSeconds } = facts;
    const left = ['held', 'armed', 'undoing'].includes(state)
        ? `nobody at work, but ${newest} was left ${state}: the next run puts it back`
        : 'nobody at work';
    return {
        host,
        active: facts.active.join(' '),
        idle: plan_idleSlot(facts)?.port ?? '',
        committed: facts.last?.release ?? '',
        version: activeSlot(facts)?.version ?? '',
        state,
        slots: slots
            .map(({ port, version, release, listening }) => `${port} holds ${version || release || 'nothing of Belay'}${listening ? '' : ' (not running)'}`)
            .join(', '),
        lock: lock.held ? `${lock.holder}; it ends by itself in ${Math.max(0, lock.endsInSeconds)} s` : left,
        warm: warmSeconds === undefined ? '' : `, the old slot is kept for ${warmSeconds} s`,
    };
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/switch.ts









/** `command: switch`: every host's idle slot is proved before traffic moves on any. */
async function switchTraffic(inputs, step) {
    const release = joinRelease(step, inputs.release);
    step.output('release-id', release.id);
    refuseSwitchedTwice(inputs, step);
    return withinDeadline(step.signal, inputs.deadline, async (signal) => {
        step.record({ event: 'phase', phase: 'connect' });
        const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal);
        const fleet = fleetOf(connections, inputs, release.id);
        const work = { step, inputs, fleet, content: switch_contentOf(step, inputs, release), signal };
        const looks = await preflight(work);
        if (!inputs.dryRun)
            return moveRelease(work);
        const plan = planSwitch(work.content, looks);
        announce(work, plan, looks);
        if (!plan.noop)
            step.info(`It would move traffic so${inWeights(inputs)}. Nothing was changed.`);
        return { result: 'unchanged' };
    });
}
/** The release of this job, or the kept one that an earlier step of it chose to go back to. */
function switch_contentOf(step, { release: { service } }, release) {
    const chosen = step.journal.read().chosen.findLast((one) => one.service === service);
    return chosen?.release ?? contentOfRelease(release);
}
/** From the lock to the armed fleet. */
async function moveRelease(work) {
    const { step, inputs, fleet, content, signal } = work;
    const { plan, looks } = await withLease(fleet, async () => {
        const looks = await lockFleet(work);
        const plan = planSwitch(content, looks);
        announce(work, plan, looks);
        if (plan.noop)
            for (const line of await agreeFleet(work))
                step.info(`${line}; it is now.`);
        else
            await proveFleet(work);
        return { plan, looks };
    });
    if (plan.noop) {
        await giveAllBack(step, fleet, script);
        return { result: 'noop' };
    }
    if (signal.aborted)
        throw new failure/* Failure */.HR('interrupted', 'The step was stopped before traffic was moved.');
    await moveTraffic(work, looks, plan.differed);
    if (inputs.undo)
        return { result: 'pending' };
    await confirmSwitch(work);
    return { result: 'committed' };
}
function inWeights({ weights, hold }) {
    return weights.length === 0 ? '' : `, first ${weights.map((weight) => `${weight} %`).join(', ')} for ${hold} s each`;
}
/** @throws Failure where an earlier step of this job moved the same service's traffic on one of these hosts. */
function refuseSwitchedTwice(inputs, step) {
    const { service } = inputs.release;
    refuseArmedTwice(step, inputs.hosts, (host) => [targetName(service, host)], {
        did: (host) => `moved the traffic of ${service} on ${host}`,
        verb: 'switch',
    });
}

;// CONCATENATED MODULE: ./actions/blue-green-switch/src/action.ts







const action_commands = {
    switch: switchTraffic,
    rollback: rollback,
    status: status_status,
    preflight: status_preflight,
};
const blueGreenSwitch = {
    name: 'blue-green-switch',
    inputs: readSwitchInputs,
    // BELAY_CHECK is deploy-ssh's, which may be a command.
    variables: { check: undefined },
    async main(inputs, step) {
        if (!(0,src_journal/* isSuperseded */.pe)(step.journal.read()))
            return action_commands[inputs.command](inputs, step);
        step.info('The release was overtaken by a newer one: no traffic is moved.');
        return { result: 'superseded' };
    },
    transaction: {
        mutates: ({ command, dryRun }) => !dryRun && command !== 'status' && command !== 'preflight',
        startsAfterFailure: ({ command }) => command === 'rollback',
        service: ({ release }) => release.service,
        undo: (saved, step, until) => saved.confirming
            ? postKeeper(step).confirm(targetsOf(saved))
            : undoSwitch(saved, keyFromInputs, until, (phase, host) => step.record({ event: 'phase', phase, host })),
        keeper: postKeeper,
        close: (step) => closeFleet(step.journal, step.id),
    },
};


/***/ }),

/***/ 484:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(92);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(951);


await (0,_belay_action_kit__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)(_action_js__WEBPACK_IMPORTED_MODULE_0__/* .blueGreenSwitch */ .i);

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

/***/ 691:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Si: () => (/* binding */ postsShareSeconds),
/* harmony export */   gd: () => (/* binding */ decideOnce),
/* harmony export */   iX: () => (/* binding */ confirmAll)
/* harmony export */ });
/* unused harmony exports decide, reasonToUndo */
/* harmony import */ var _journal_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(210);

/** All that all posts of a cancelled job have together is five minutes less 15 s; a margin stays for the others. */
const postsShareSeconds = 240;
/**
 * Decides once for the whole job (rule 7). Pure but for asking: first what the job's own story says, then every armed
 * target. The caller writes the decision to the journal before anything follows from it.
 */
async function decide(job, jobStatus, keeper) {
    const why = reasonToUndo(job, jobStatus);
    if (why !== undefined)
        return { decision: 'undo', why };
    const missing = await keeper.missing(job.steps.flatMap(_journal_js__WEBPACK_IMPORTED_MODULE_0__/* .unsettled */ .NZ));
    if (missing.length === 0)
        return { decision: 'commit', why: 'every step ended well and every armed target is there' };
    return { decision: 'undo', why: missing.map(({ target, why }) => `${target}: ${why}`).join('; ') };
}
/** Why the job has to be undone by what is known without asking anybody; `undefined` where nothing speaks for it. */
function reasonToUndo(job, jobStatus) {
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
    const open = journal.read().steps.flatMap(_journal_js__WEBPACK_IMPORTED_MODULE_0__/* .unsettled */ .NZ);
    if (open.length === 0)
        return [];
    const settled = await keeper.confirm(open);
    journal.append({ step, event: 'settled', settled });
    return settled;
}


/***/ }),

/***/ 95:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   HR: () => (/* binding */ Failure),
/* harmony export */   bD: () => (/* binding */ messageOf),
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
    return error instanceof Failure ? error.code : 'internal';
}


/***/ }),

/***/ 557:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ fromEnvironment),
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 21 modules
var core = __nccwpck_require__(426);
;// CONCATENATED MODULE: ./packages/action-kit/src/mask.ts

/**
 * Hides a secret in all later output of the job: whole, URL-encoded, and line by line, because the runner compares
 * masks with single lines of the log (facts: slack-github-api, D).
 */
function mask(secret) {
    for (const form of maskedForms(secret))
        core/* setSecret */.Pq(form);
}
/** All forms of a secret that must not be seen. Lines shorter than 4 characters would hide half the log. */
function maskedForms(secret) {
    const lines = secret.split(/\r?\n/).map((line) => line.trim());
    const forms = [secret, encodeURIComponent(secret), ...lines, ...lines.map(encodeURIComponent)];
    return [...new Set(forms)].filter((form) => form.trim().length >= 4);
}

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
            ...['migrations', 'migrate-command', 'status-command', 'backup', 'backup-path'],
        ],
        render: ['services', 'owner-id', 'env', 'checks', 'undo-disks', 'render-api-url'],
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
    const value = read(inputReader(sourcesOf(raw, context), mistakes));
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
    const environment = releaseTo ?? raw('environment').trim();
    const place = environment === '' ? '' : ` of environment ${environment}`;
    return {
        raw,
        value: (name) => (raw(name).trim() === '' ? set(name) : raw(name)),
        label: (name) => (raw(name).trim() === '' && set(name).trim() !== '' ? `${variable(name)}` : known(name)),
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
function inputReader(sources, mistakes) {
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
    const within = (name, value, min, max, unit) => {
        if (value < min || value > max)
            mistake(name, `is ${value}${unit}`, `Give ${min} to ${max}${unit}.`);
        return value;
    };
    // An input that is passed on empty (as a composite does with what its own caller left out) is an input not given.
    const given = (name, fallback) => sources.value(name).trim() || fallback;
    return {
        mistake,
        text: (name, options = {}) => required(name, given(name, options.default ?? ''), options.required),
        lines(name, options = {}) {
            const lines = sources
                .value(name)
                .split(/\r?\n/)
                .map((line) => line.trim())
                .filter((line) => line !== '' && !line.startsWith('#'));
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
            // Not trimmed: a passphrase may begin or end with a space.
            const value = sources.raw(name);
            if (value !== '')
                mask(value);
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

/***/ 210:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bg: () => (/* binding */ resultOf),
/* harmony export */   NZ: () => (/* binding */ unsettled),
/* harmony export */   _0: () => (/* binding */ openJournal),
/* harmony export */   fy: () => (/* binding */ releaseUnderWay),
/* harmony export */   jz: () => (/* binding */ jobResult),
/* harmony export */   pe: () => (/* binding */ isSuperseded)
/* harmony export */ });
/* unused harmony export foldJournal */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _belay_release__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(342);



/** Opens the job's journal, and makes it if this is the first action of the job. */
function openJournal(folder) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'journal.jsonl');
    return {
        folder,
        recordPath: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'record.jsonl'),
        append: (entry) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(path, (0,_belay_release__WEBPACK_IMPORTED_MODULE_2__/* .jsonLine */ .rF)(entry), { mode: 0o600 }),
        read: () => foldJournal((0,_belay_release__WEBPACK_IMPORTED_MODULE_2__/* .readJsonLines */ .sS)(path)),
    };
}
/** Adds the lines of a journal up. Pure. */
function foldJournal(entries) {
    const steps = new Map();
    const releases = [];
    const open = new Set();
    const connections = [];
    let decided;
    let returnsAt;
    let alone;
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
                steps.set(entry.step, {
                    id: entry.step,
                    action: entry.action,
                    mutates: entry.mutates,
                    service: entry.service,
                    undo: undefined,
                    ended: undefined,
                    armed: [],
                    settled: [],
                });
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
        releases,
        unfinishedReleases: [...open],
        decided,
        returnsAt,
        schemas,
        judged,
        chosen,
        alone,
        connections,
    };
}
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
        return (0,_belay_release__WEBPACK_IMPORTED_MODULE_2__/* .worst */ .QZ)([...step.settled.map(({ result }) => result), ...(silent ? ['unknown'] : [])]);
    }
    if (!step.ended || step.ended.result === 'pending')
        return 'unknown';
    return step.ended.result;
}
/** The job's result: the worst of its mutating steps' (`BELAY_RESULT`). */
function jobResult(job) {
    return (0,_belay_release__WEBPACK_IMPORTED_MODULE_2__/* .worst */ .QZ)(job.steps.filter((step) => step.mutates).map(resultOf));
}


/***/ }),

/***/ 92:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  D: () => (/* binding */ refuseAfterReturn),
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 21 modules
var core = __nccwpck_require__(426);
// EXTERNAL MODULE: ./packages/release/src/index.ts + 4 modules
var src = __nccwpck_require__(342);
// EXTERNAL MODULE: ./packages/action-kit/src/clock.ts
var clock = __nccwpck_require__(563);
// EXTERNAL MODULE: ./packages/action-kit/src/decision.ts
var decision = __nccwpck_require__(691);
// EXTERNAL MODULE: ./packages/action-kit/src/failure.ts
var failure = __nccwpck_require__(95);
// EXTERNAL MODULE: ./packages/action-kit/src/inputs.ts + 2 modules
var src_inputs = __nccwpck_require__(557);
;// CONCATENATED MODULE: ./packages/action-kit/src/interrupt.ts
/**
 * A signal that is aborted when the runner asks this process to stop. The runner sends SIGINT, 7.5 s later SIGTERM and
 * 2.5 s after that kills (facts: runner): whoever hears it has about seven seconds to start what must be started.
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
// EXTERNAL MODULE: ./packages/action-kit/src/journal.ts
var src_journal = __nccwpck_require__(210);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./packages/action-kit/src/summary.ts

/** Appends sections to the job summary of this step; without a summary file (no runner) it does nothing. */
function writeSummary(sections) {
    const path = process.env.GITHUB_STEP_SUMMARY;
    if (!path || sections.length === 0)
        return;
    (0,external_node_fs_.appendFileSync)(path, `${sections.join('\n\n')}\n\n`);
}

;// CONCATENATED MODULE: ./packages/action-kit/src/run.ts











const stateName = 'belay';
/**
 * Runs an action: one bundle for both stages of the runner. `main` does the work and undoes it if it fails; `post`
 * follows the decision of the job, and makes it if it is the first of a mutating action.
 */
async function run(action) {
    try {
        if (process.platform !== 'linux')
            throw new failure/* Failure */.HR('platform', `Belay runs on Linux runners, not ${process.platform}.`);
        if (isPost())
            await post(action, core/* getState */.Gu(stateName));
        else
            await main(action);
    }
    catch (error) {
        core/* setFailed */.C1((0,failure/* messageOf */.bD)(error));
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
async function main(action) {
    const journal = (0,src_journal/* openJournal */._0)((0,job/* jobFolder */.OW)());
    const id = nextStep(journal, action.name);
    // Before inputs are read: post runs whatever happens from here on, and must find the journal.
    core/* saveState */.LZ(stateName, JSON.stringify({ folder: journal.folder, step: id }));
    const { step, flush } = makeStep(id, 'main', journal);
    const began = (0,clock/* monotonicSeconds */.m)();
    const { transaction } = action;
    // Until the inputs say otherwise: one that cannot read them would have changed something.
    let mutates = transaction !== undefined;
    try {
        const inputs = (0,src_inputs/* readInputs */.K)((read) => action.inputs(read), src_inputs/* fromEnvironment */.A, {
            ...(action.variables && { variables: action.variables }),
            releaseTo: (0,src_journal/* releaseUnderWay */.fy)(journal.read())?.environment,
        });
        mutates = transaction?.mutates(inputs) ?? false;
        const service = transaction?.service(inputs);
        if (transaction && mutates)
            refuseTooLate(journal, transaction.startsAfterFailure(inputs));
        journal.append({ step: id, event: 'began', action: action.name, mutates, ...(service && { service }) });
        step.record({ event: 'step-began', action: action.name, mutates, ...(service && { service }) });
        if (mutates)
            core/* exportVariable */.dN('BELAY_RESULT', (0,src_journal/* jobResult */.jz)(journal.read()));
        step.output('failure-code', '');
        const outcome = await action.main(inputs, step);
        if (step.signal.aborted)
            throw new failure/* Interrupted */.j$();
        endWell(step, outcome, began);
    }
    catch (error) {
        await endBadly(action, step, error, began, mutates);
    }
    finally {
        flush();
    }
}
/** A mutating step changes nothing after a failure, nor once something of this job has begun to return by itself. */
function refuseTooLate(journal, startsAfterFailure) {
    const status = process.env['INPUT_JOB-STATUS'] || 'success';
    if (status !== 'success' && !startsAfterFailure)
        throw new failure/* Failure */.HR('job-failed', `An earlier step of this job ended as ${status}; nothing more is changed.`);
    const { alone } = journal.read();
    if (alone)
        throw new failure/* Failure */.HR('not-alone', `${alone.step} must be the only change of its job: ${alone.why}`);
    refuseAfterReturn(journal);
}
/** @throws Failure `window-passed` where hosts armed by this job have begun to return by themselves. */
function refuseAfterReturn(journal) {
    const { returnsAt } = journal.read();
    if (returnsAt === undefined || (0,clock/* monotonicSeconds */.m)() < returnsAt)
        return;
    throw new failure/* Failure */.HR('window-passed', 'What this job changed earlier was not confirmed in time and returns by itself; nothing more is changed.', 'raise confirm-timeout above the time from the first change to the end of the job, or make the job shorter.');
}
function endWell(step, outcome, began) {
    step.journal.append({ step: step.id, event: 'ended', ok: true, result: outcome.result });
    step.output('result', outcome.result);
    step.record({ event: 'step-ended', ok: true, result: outcome.result, seconds: elapsed(began) });
    const me = find(step);
    // `undo: false` and rollback are final at the end of their own main: no post has to say so.
    if (me?.mutates)
        core/* exportVariable */.dN('BELAY_RESULT', (0,src_journal/* jobResult */.jz)(step.journal.read()));
    // Whatever would have changed something is passed over from here on, and so cannot say it.
    else if (outcome.result === 'superseded')
        core/* exportVariable */.dN('BELAY_RESULT', 'superseded');
}
async function endBadly(action, step, error, began, mutates) {
    core/* setFailed */.C1((0,failure/* messageOf */.bD)(error));
    if (!(error instanceof failure/* Failure */.HR) && error instanceof Error)
        core/* info */.pq(error.stack ?? '');
    const { journal } = step;
    // Inputs that could not be read: the step never began, which is a way of leaving everything unchanged.
    if (!find(step))
        journal.append({ step: step.id, event: 'began', action: action.name, mutates });
    const hurry = step.signal.aborted ? interruptBudgetMs / 1000 : decision/* postsShareSeconds */.Si;
    const result = await undoNow(action, step, (0,clock/* monotonicSeconds */.m)() + hurry);
    journal.append({ step: step.id, event: 'ended', ok: false, result });
    step.output('result', result);
    step.output('failure-code', (0,failure/* codeOf */.$N)(error));
    const reason = (0,failure/* messageOf */.bD)(error);
    step.record({ event: 'step-ended', ok: false, result, seconds: elapsed(began), reason, code: (0,failure/* codeOf */.$N)(error) });
    step.summary(`**${action.name} failed** (\`${(0,failure/* codeOf */.$N)(error)}\`): ${result}\n\n\`\`\`\n${reason}\n\`\`\``);
    if (mutates)
        core/* exportVariable */.dN('BELAY_RESULT', (0,src_journal/* jobResult */.jz)(journal.read()));
}
/** Undoes this step as far as its journal says that there is something to undo. Never throws. */
async function undoNow(action, step, until) {
    const me = find(step);
    if (me?.undo === undefined || !action.transaction)
        return 'unchanged';
    try {
        const settled = await action.transaction.undo(me.undo, step, until);
        step.settle(settled);
        for (const one of settled) {
            core/* info */.pq(`${one.target}: ${one.stays ? 'stays' : one.result}. ${one.detail}`);
            step.record({ event: 'settled', ...one });
        }
        return (0,src/* worst */.QZ)(settled.map(({ result }) => result));
    }
    catch (error) {
        core/* error */.z3(`Undo did not get through: ${(0,failure/* messageOf */.bD)(error)}`);
        return 'mixed';
    }
}
async function post(action, state) {
    if (state === '')
        return core/* info */.pq('The main stage was stopped before it did anything; there is nothing to do.');
    const { folder, step: id } = JSON.parse(state);
    const { step, flush } = makeStep(id, 'post', (0,src_journal/* openJournal */._0)(folder));
    try {
        if (action.transaction && find(step)?.mutates)
            await follow(action, step);
        else
            await action.end?.(step);
    }
    catch (error) {
        // An action that only reads tells what others did; it must not change what that is.
        if (find(step)?.mutates)
            throw error;
        core/* warning */.$e((0,failure/* messageOf */.bD)(error));
    }
    finally {
        await action.transaction?.close(step).catch((error) => core/* debug */.Yz((0,failure/* messageOf */.bD)(error)));
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
    const { decided, here } = await (0,decision/* decideOnce */.gd)(journal, step.id, jobStatus, keeper, (0,clock/* monotonicSeconds */.m)());
    if (here)
        step.record({ event: 'decided', decision: decided.decision, why: decided.why });
    core/* info */.pq(`Decision for this job: ${decided.decision}, because ${decided.why}.`);
    if (decided.decision === 'commit') {
        for (const settled of await (0,decision/* confirmAll */.iX)(journal, step.id, keeper))
            step.record({ event: 'settled', ...settled });
        const me = find(step);
        // Nothing had to be confirmed: what its main did stays now.
        if (me?.armed.length === 0 && me.ended?.result === 'pending') {
            const result = isPassedOver(journal.read(), me) ? 'superseded' : 'committed';
            journal.append({ step: step.id, event: 'ended', ok: true, result });
        }
    }
    else if (isPassedOver(journal.read(), find(step))) {
        journal.append({ step: step.id, event: 'ended', ok: true, result: 'superseded' });
    }
    else if (find(step)?.undo === undefined && !find(step)?.ended) {
        // Stopped before it had saved an undo, and so before it changed anything.
        journal.append({ step: step.id, event: 'ended', ok: false, result: 'unchanged' });
    }
    else if (needsUndo(find(step))) {
        const result = await undoNow(action, step, shareOf(journal, decided.until));
        if (find(step)?.armed.length === 0)
            journal.append({ step: step.id, event: 'ended', ok: false, result });
    }
    const job = journal.read();
    const mine = find(step);
    core/* exportVariable */.dN('BELAY_RESULT', (0,src_journal/* jobResult */.jz)(job));
    step.record({ event: 'result', result: (0,src_journal/* jobResult */.jz)(job) });
    step.summary(outcomeTable(action.name, decided.why, mine));
    complain(mine ? (0,src_journal/* resultOf */.Bg)(mine) : 'unknown', decided, jobStatus);
}
/** A job that ends other than its steps promised is red, whatever the workflow tolerates. */
function complain(result, decided, jobStatus) {
    if (result === 'mixed' || result === 'undo-started' || result === 'unknown')
        core/* setFailed */.C1(`This step ends as ${result}: look at the targets that the summary names.`);
    else if (decided.decision === 'undo' && jobStatus === 'success')
        core/* setFailed */.C1(`The release was taken back, because ${decided.why}.`);
}
/**
 * What a job did for a service before it found that a newer release was there first, and that arms nothing (a schema):
 * it stays, for the newer release was built upon it.
 */
function isPassedOver({ steps }, step) {
    if (step?.service === undefined || step.armed.length > 0 || step.ended?.result !== 'pending')
        return false;
    return steps.some(({ mutates, service, ended }) => mutates && service === step.service && ended?.result === 'superseded');
}
function needsUndo(step) {
    if (step?.undo === undefined)
        return false;
    return !['rolled-back', 'unchanged', 'committed', 'noop'].includes((0,src_journal/* resultOf */.Bg)(step));
}
/** The posts of a job share one span of time; each may use what is left, divided by the steps still to be undone. */
function shareOf(journal, until) {
    const waiting = journal.read().steps.filter((step) => step.mutates && needsUndo(step)).length;
    const left = Math.max(5, until - (0,clock/* monotonicSeconds */.m)());
    return (0,clock/* monotonicSeconds */.m)() + left / Math.max(1, waiting);
}
function outcomeTable(action, why, step) {
    const rows = (step?.settled ?? []).map(({ target, result, detail, stays }) => `| ${target} | ${stays ? 'stays' : result} | ${detail} |`);
    const table = rows.length > 0 ? `\n\n| target | result | |\n|---|---|---|\n${rows.join('\n')}` : '';
    return `**${action}**: ${step ? (0,src_journal/* resultOf */.Bg)(step) : 'unknown'}, because ${why}.${table}`;
}
function find(step) {
    return step.journal.read().steps.find(({ id }) => id === step.id);
}
function nextStep(journal, action) {
    const earlier = journal.read().steps.filter((step) => step.action === action).length;
    return `${action}-${earlier + 1}`;
}
function elapsed(began) {
    return Math.round(((0,clock/* monotonicSeconds */.m)() - began) * 100) / 100;
}
function makeStep(id, stage, journal) {
    const sections = [];
    const record = (event) => (0,src/* appendRecord */.EB)(journal.recordPath, id, event);
    const step = {
        id,
        stage,
        journal,
        signal: stage === 'main' ? interruptSignal() : ignoredInterrupts(),
        record,
        output: (name, value) => core/* setOutput */.uH(name, value),
        summary: (markdown) => sections.push(markdown),
        info: (text) => core/* info */.pq(text),
        warn(text, host) {
            core/* warning */.$e(host ? `${host}: ${text}` : text);
            record({ event: 'note', level: 'warning', text, ...(host && { host }) });
        },
        save: (undo) => journal.append({ step: id, event: 'saved', undo }),
        arm(targets, seconds, previous) {
            journal.append({ step: id, event: 'armed', targets: [...targets], returnsAt: (0,clock/* monotonicSeconds */.m)() + seconds });
            record({ event: 'armed', hosts: targets.map(({ name }) => name), seconds, previous });
        },
        settle: (settled) => journal.append({ step: id, event: 'settled', settled: [...settled] }),
    };
    return { step, flush: () => writeSummary(sections) };
}
/** A post is never interrupted by the runner; a stray Ctrl-C at a terminal must not stop an undo either. */
function ignoredInterrupts() {
    interruptSignal();
    return new AbortController().signal;
}


/***/ }),

/***/ 342:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  EB: () => (/* reexport */ appendRecord),
  Eo: () => (/* reexport */ isName),
  rF: () => (/* reexport */ jsonLine),
  sS: () => (/* reexport */ readJsonLines),
  Bf: () => (/* reexport */ releaseId),
  QZ: () => (/* reexport */ worst)
});

// UNUSED EXPORTS: compareSemver, parseSemver, readRecord, results, tagByHand

;// CONCATENATED MODULE: ./packages/release/src/identity.ts
/** Makes a release id. `sha` is 40 lower-case hex digits, `attempt` GitHub's run attempt, from 1. */
function releaseId(now, sha, attempt) {
    const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
    return `${time}-${sha.slice(0, 12)}-${attempt}`;
}
/** Letters, digits, `.`, `_` and `-`, not starting with `.` or `-`: safe as one part of a path and of a unit's name. */
function isName(text) {
    return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,62}$/.test(text);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./packages/release/src/record.ts

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

;// CONCATENATED MODULE: ./packages/release/src/result.ts
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

;// CONCATENATED MODULE: ./packages/release/src/semver.ts
const number = '(0|[1-9]\\d*)';
const pattern = new RegExp(`^v?${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?(?:[+_][0-9A-Za-z.-]+)?$`);
/** Reads `1.2.3`, `v1.2.3-rc.1`, and `1.2.3_build` as a registry's tag has to write `1.2.3+build`. */
function parseSemver(text) {
    const [, major, minor, patch, pre] = pattern.exec(text) ?? [];
    if (major === undefined)
        return undefined;
    return { major: Number(major), minor: Number(minor), patch: Number(patch), pre: pre?.split('.') ?? [] };
}
/** Below 0 where `a` comes before `b`. */
function compareSemver(a, b) {
    return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePrereleases(a.pre, b.pre);
}
function comparePrereleases(a, b) {
    if (a.length === 0 || b.length === 0)
        return b.length - a.length;
    for (const [index, one] of a.entries()) {
        const other = b[index];
        if (other === undefined)
            return 1;
        const order = compareIdentifiers(one, other);
        if (order !== 0)
            return order;
    }
    return a.length - b.length;
}
/** Numbers come before words; a shorter list comes before the longer one that it begins. */
function compareIdentifiers(a, b) {
    const [x, y] = [a, b].map((text) => (/^\d+$/.test(text) ? Number(text) : undefined));
    if (x !== undefined && y !== undefined)
        return x - y;
    if (x !== undefined)
        return -1;
    if (y !== undefined)
        return 1;
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./packages/release/src/index.ts







/***/ }),

/***/ 613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

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

/***/ 756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 426:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yz: () => (/* binding */ core_debug),
  z3: () => (/* binding */ error),
  dN: () => (/* binding */ exportVariable),
  Gu: () => (/* binding */ getState),
  pq: () => (/* binding */ info),
  LZ: () => (/* binding */ saveState),
  C1: () => (/* binding */ setFailed),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ core_setSecret),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, endGroup, getBooleanInput, getIDToken, getInput, getMultilineInput, group, isDebug, markdownSummary, notice, platform, setCommandEcho, startGroup, summary, toPlatformPath, toPosixPath, toWin32Path

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
function utils_toCommandProperties(annotationProperties) {
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
// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(611);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(692);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./node_modules/tunnel/index.js
var node_modules_tunnel = __nccwpck_require__(770);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = (/* unused pure expression or super */ null && (['OPTIONS', 'GET', 'DELETE', 'HEAD']));
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class lib_HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? https : http;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = pm.getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || http.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new https.Agent(options) : new http.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = (/* unused pure expression or super */ null && (_summary));
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: external "string_decoder"
const external_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(434);
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
// EXTERNAL MODULE: external "assert"
var external_assert_ = __nccwpck_require__(613);
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_namespaceObject.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = external_fs_namespaceObject.constants.O_RDONLY;
function exists(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return io_util_awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = external_path_namespaceObject.dirname(filePath);
                        const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = external_path_namespaceObject.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io.js
var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield io_copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (ioUtil.IS_WINDOWS) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield ioUtil.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        ok(fsPath, 'a path argument must be provided');
        yield ioUtil.mkdir(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (IS_WINDOWS) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (IS_WINDOWS && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (isRooted(tool)) {
            const filePath = yield tryGetExecutablePath(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(external_path_namespaceObject.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield io_copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function io_copyFile(srcFile, destFile, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const toolrunner_IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (toolrunner_IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_namespaceObject.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_namespaceObject.EOL.length);
                n = s.indexOf(external_os_namespaceObject.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return toolrunner_awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!isRooted(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield which(this.toolPath, true);
            return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_namespaceObject.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield exists(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec_exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = tr.argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new tr.ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new StringDecoder('utf8');
        const stderrDecoder = new StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec_exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
function core_setSecret(secret) {
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
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
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
    return core_awaiter(this, void 0, void 0, function* () {
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
    return core_awaiter(this, void 0, void 0, function* () {
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
/******/ var __webpack_exports__ = __nccwpck_require__(484);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
