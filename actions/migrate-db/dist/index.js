import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_modules__ = ({
    785: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports["default"] = {};
    }),
    6122: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        function parse(str, options = {}) {
            if (str.charAt(0) === '/') {
                const config = str.split(' ');
                return { host: config[0], database: config[1] };
            }
            const config = Object.create(null);
            let result;
            let dummyHost = false;
            if (/ |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i.test(str)) {
                str = encodeURI(str).replace(/%25(\d\d)/g, '%$1');
            }
            try {
                try {
                    result = new URL(str, 'postgres://base');
                }
                catch (e) {
                    result = new URL(str.replace('@/', '@___DUMMY___/'), 'postgres://base');
                    dummyHost = true;
                }
            }
            catch (err) {
                err.input && (err.input = '*****REDACTED*****');
                throw err;
            }
            for (const entry of result.searchParams.entries()) {
                config[entry[0]] = entry[1];
            }
            config.user = config.user || decodeURIComponent(result.username);
            config.password = config.password || decodeURIComponent(result.password);
            if (result.protocol == 'socket:') {
                config.host = decodeURI(result.pathname);
                config.database = result.searchParams.get('db');
                config.client_encoding = result.searchParams.get('encoding');
                return config;
            }
            const hostname = (dummyHost ? '' : result.hostname).replace(/^\[(.+)\]$/, '$1');
            if (!config.host) {
                config.host = decodeURIComponent(hostname);
            }
            else if (hostname && /^%2f/i.test(hostname)) {
                result.pathname = hostname + result.pathname;
            }
            if (!config.port) {
                config.port = result.port;
            }
            const pathname = result.pathname.slice(1) || null;
            config.database = pathname ? decodeURI(pathname) : null;
            if (config.ssl === 'true' || config.ssl === '1') {
                config.ssl = true;
            }
            if (config.ssl === '0') {
                config.ssl = false;
            }
            if (config.sslcert || config.sslkey || config.sslrootcert || config.sslmode) {
                config.ssl = {};
            }
            if (config.sslnegotiation === 'direct' && config.ssl === undefined) {
                config.ssl = true;
            }
            const fs = config.sslcert || config.sslkey || config.sslrootcert ? __nccwpck_require__(9896) : null;
            if (config.sslcert) {
                config.ssl.cert = fs.readFileSync(config.sslcert).toString();
            }
            if (config.sslkey) {
                config.ssl.key = fs.readFileSync(config.sslkey).toString();
            }
            if (config.sslrootcert) {
                config.ssl.ca = fs.readFileSync(config.sslrootcert).toString();
            }
            if (options.useLibpqCompat && config.uselibpqcompat) {
                throw new Error('Both useLibpqCompat and uselibpqcompat are set. Please use only one of them.');
            }
            if (config.uselibpqcompat === 'true' || options.useLibpqCompat) {
                switch (config.sslmode) {
                    case 'disable': {
                        config.ssl = false;
                        break;
                    }
                    case 'prefer': {
                        config.ssl.rejectUnauthorized = false;
                        break;
                    }
                    case 'require': {
                        if (config.sslrootcert) {
                            config.ssl.checkServerIdentity = function () { };
                        }
                        else {
                            config.ssl.rejectUnauthorized = false;
                        }
                        break;
                    }
                    case 'verify-ca': {
                        if (!config.ssl.ca) {
                            throw new Error('SECURITY WARNING: Using sslmode=verify-ca requires specifying a CA with sslrootcert. If a public CA is used, verify-ca allows connections to a server that somebody else may have registered with the CA, making you vulnerable to Man-in-the-Middle attacks. Either specify a custom CA certificate with sslrootcert parameter or use sslmode=verify-full for proper security.');
                        }
                        config.ssl.checkServerIdentity = function () { };
                        break;
                    }
                    case 'verify-full': {
                        break;
                    }
                }
            }
            else {
                switch (config.sslmode) {
                    case 'disable': {
                        config.ssl = false;
                        break;
                    }
                    case 'prefer':
                    case 'require':
                    case 'verify-ca':
                    case 'verify-full': {
                        if (config.sslmode !== 'verify-full') {
                            deprecatedSslModeWarning(config.sslmode);
                        }
                        break;
                    }
                    case 'no-verify': {
                        config.ssl.rejectUnauthorized = false;
                        break;
                    }
                }
            }
            return config;
        }
        function toConnectionOptions(sslConfig) {
            const connectionOptions = Object.entries(sslConfig).reduce((c, [key, value]) => {
                if (value !== undefined && value !== null) {
                    c[key] = value;
                }
                return c;
            }, Object.create(null));
            return connectionOptions;
        }
        function toClientConfig(config) {
            const poolConfig = Object.entries(config).reduce((c, [key, value]) => {
                if (key === 'ssl') {
                    const sslConfig = value;
                    if (typeof sslConfig === 'boolean') {
                        c[key] = sslConfig;
                    }
                    if (typeof sslConfig === 'object') {
                        c[key] = toConnectionOptions(sslConfig);
                    }
                }
                else if (value !== undefined && value !== null) {
                    if (key === 'port') {
                        if (value !== '') {
                            const v = parseInt(value, 10);
                            if (isNaN(v)) {
                                throw new Error(`Invalid ${key}: ${value}`);
                            }
                            c[key] = v;
                        }
                    }
                    else {
                        c[key] = value;
                    }
                }
                return c;
            }, Object.create(null));
            return poolConfig;
        }
        function parseIntoClientConfig(str) {
            return toClientConfig(parse(str));
        }
        function deprecatedSslModeWarning(sslmode) {
            if (!deprecatedSslModeWarning.warned && typeof process !== 'undefined' && process.emitWarning) {
                deprecatedSslModeWarning.warned = true;
                process.emitWarning(`SECURITY WARNING: The SSL modes 'prefer', 'require', and 'verify-ca' are treated as aliases for 'verify-full'.
In the next major version (pg-connection-string v3.0.0 and pg v9.0.0), these modes will adopt standard libpq semantics, which have weaker security guarantees.

To prepare for this change:
- If you want the current behavior, explicitly use 'sslmode=verify-full'
- If you want libpq compatibility now, use 'uselibpqcompat=true&sslmode=${sslmode}'

See https://www.postgresql.org/docs/current/libpq-ssl.html for libpq SSL mode definitions.`);
            }
        }
        module.exports = parse;
        parse.parse = parse;
        parse.toClientConfig = toClientConfig;
        parse.parseIntoClientConfig = parseIntoClientConfig;
    }),
    2299: ((module) => {
        var BASE = 1000000;
        function readInt8(buffer) {
            var high = buffer.readInt32BE(0);
            var low = buffer.readUInt32BE(4);
            var sign = '';
            if (high < 0) {
                high = ~high + (low === 0);
                low = (~low + 1) >>> 0;
                sign = '-';
            }
            var result = '';
            var carry;
            var t;
            var digits;
            var pad;
            var l;
            var i;
            {
                carry = high % BASE;
                high = high / BASE >>> 0;
                t = 0x100000000 * carry + low;
                low = t / BASE >>> 0;
                digits = '' + (t - BASE * low);
                if (low === 0 && high === 0) {
                    return sign + digits + result;
                }
                pad = '';
                l = 6 - digits.length;
                for (i = 0; i < l; i++) {
                    pad += '0';
                }
                result = pad + digits + result;
            }
            {
                carry = high % BASE;
                high = high / BASE >>> 0;
                t = 0x100000000 * carry + low;
                low = t / BASE >>> 0;
                digits = '' + (t - BASE * low);
                if (low === 0 && high === 0) {
                    return sign + digits + result;
                }
                pad = '';
                l = 6 - digits.length;
                for (i = 0; i < l; i++) {
                    pad += '0';
                }
                result = pad + digits + result;
            }
            {
                carry = high % BASE;
                high = high / BASE >>> 0;
                t = 0x100000000 * carry + low;
                low = t / BASE >>> 0;
                digits = '' + (t - BASE * low);
                if (low === 0 && high === 0) {
                    return sign + digits + result;
                }
                pad = '';
                l = 6 - digits.length;
                for (i = 0; i < l; i++) {
                    pad += '0';
                }
                result = pad + digits + result;
            }
            {
                carry = high % BASE;
                t = 0x100000000 * carry + low;
                digits = '' + t % BASE;
                return sign + digits + result;
            }
        }
        module.exports = readInt8;
    }),
    7558: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const EventEmitter = (__nccwpck_require__(4434).EventEmitter);
        const NOOP = function () { };
        const removeWhere = (list, predicate) => {
            const i = list.findIndex(predicate);
            return i === -1 ? undefined : list.splice(i, 1)[0];
        };
        class IdleItem {
            constructor(client, idleListener, timeoutId) {
                this.client = client;
                this.idleListener = idleListener;
                this.timeoutId = timeoutId;
            }
        }
        class PendingItem {
            constructor(callback) {
                this.callback = callback;
            }
        }
        function throwOnDoubleRelease() {
            throw new Error('Release called on client which has already been released to the pool.');
        }
        function promisify(Promise, callback) {
            if (callback) {
                return { callback: callback, result: undefined };
            }
            let rej;
            let res;
            const cb = function (err, client) {
                err ? rej(err) : res(client);
            };
            const result = new Promise(function (resolve, reject) {
                res = resolve;
                rej = reject;
            }).catch((err) => {
                Error.captureStackTrace(err);
                throw err;
            });
            return { callback: cb, result: result };
        }
        function makeIdleListener(pool, client) {
            return function idleListener(err) {
                err.client = client;
                client.removeListener('error', idleListener);
                client.on('error', () => {
                    pool.log('additional client error after disconnection due to error', err);
                });
                pool._remove(client);
                pool.emit('error', err, client);
            };
        }
        class Pool extends EventEmitter {
            constructor(options, Client) {
                super();
                this.options = Object.assign({}, options);
                if (options != null && 'password' in options) {
                    Object.defineProperty(this.options, 'password', {
                        configurable: true,
                        enumerable: false,
                        writable: true,
                        value: options.password,
                    });
                }
                if (options != null && options.ssl && options.ssl.key) {
                    Object.defineProperty(this.options.ssl, 'key', {
                        enumerable: false,
                    });
                }
                this.options.max = this.options.max || this.options.poolSize || 10;
                this.options.min = this.options.min || 0;
                this.options.maxUses = this.options.maxUses || Infinity;
                this.options.allowExitOnIdle = this.options.allowExitOnIdle || false;
                this.options.maxLifetimeSeconds = this.options.maxLifetimeSeconds || 0;
                this.log = this.options.log || function () { };
                this.Client = this.options.Client || Client || (__nccwpck_require__(3273).Client);
                this.Promise = this.options.Promise || global.Promise;
                if (typeof this.options.idleTimeoutMillis === 'undefined') {
                    this.options.idleTimeoutMillis = 10000;
                }
                this._clients = [];
                this._idle = [];
                this._expired = new WeakSet();
                this._pendingQueue = [];
                this._endCallback = undefined;
                this.ending = false;
                this.ended = false;
            }
            _promiseTry(f) {
                const Promise = this.Promise;
                if (typeof Promise.try === 'function') {
                    return Promise.try(f);
                }
                return new Promise((resolve) => resolve(f()));
            }
            _isFull() {
                return this._clients.length >= this.options.max;
            }
            _isAboveMin() {
                return this._clients.length > this.options.min;
            }
            _pulseQueue() {
                this.log('pulse queue');
                if (this.ended) {
                    this.log('pulse queue ended');
                    return;
                }
                if (this.ending) {
                    this.log('pulse queue on ending');
                    if (this._idle.length) {
                        this._idle.slice().map((item) => {
                            this._remove(item.client);
                        });
                    }
                    if (!this._clients.length) {
                        this.ended = true;
                        this._endCallback();
                    }
                    return;
                }
                if (!this._pendingQueue.length) {
                    this.log('no queued requests');
                    return;
                }
                if (!this._idle.length && this._isFull()) {
                    return;
                }
                const pendingItem = this._pendingQueue.shift();
                if (this._idle.length) {
                    const idleItem = this._idle.pop();
                    clearTimeout(idleItem.timeoutId);
                    const client = idleItem.client;
                    client.ref && client.ref();
                    const idleListener = idleItem.idleListener;
                    return this._acquireClient(client, pendingItem, idleListener, false);
                }
                if (!this._isFull()) {
                    return this.newClient(pendingItem);
                }
                throw new Error('unexpected condition');
            }
            _remove(client, callback) {
                const removed = removeWhere(this._idle, (item) => item.client === client);
                if (removed !== undefined) {
                    clearTimeout(removed.timeoutId);
                }
                this._clients = this._clients.filter((c) => c !== client);
                const context = this;
                client.end(() => {
                    context.emit('remove', client);
                    if (typeof callback === 'function') {
                        callback();
                    }
                });
            }
            connect(cb) {
                if (this.ending) {
                    const err = new Error('Cannot use a pool after calling end on the pool');
                    return cb ? cb(err) : this.Promise.reject(err);
                }
                const response = promisify(this.Promise, cb);
                const result = response.result;
                if (this._isFull() || this._idle.length) {
                    if (this._idle.length) {
                        process.nextTick(() => this._pulseQueue());
                    }
                    if (!this.options.connectionTimeoutMillis) {
                        this._pendingQueue.push(new PendingItem(response.callback));
                        return result;
                    }
                    const queueCallback = (err, res, done) => {
                        clearTimeout(tid);
                        response.callback(err, res, done);
                    };
                    const pendingItem = new PendingItem(queueCallback);
                    const tid = setTimeout(() => {
                        removeWhere(this._pendingQueue, (i) => i.callback === queueCallback);
                        pendingItem.timedOut = true;
                        response.callback(new Error('timeout exceeded when trying to connect'));
                    }, this.options.connectionTimeoutMillis);
                    if (tid.unref) {
                        tid.unref();
                    }
                    this._pendingQueue.push(pendingItem);
                    return result;
                }
                this.newClient(new PendingItem(response.callback));
                return result;
            }
            newClient(pendingItem) {
                const client = new this.Client(this.options);
                this._clients.push(client);
                const idleListener = makeIdleListener(this, client);
                this.log('checking client timeout');
                let tid;
                let timeoutHit = false;
                if (this.options.connectionTimeoutMillis) {
                    tid = setTimeout(() => {
                        if (client.connection) {
                            this.log('ending client due to timeout');
                            timeoutHit = true;
                            client.connection.stream.destroy();
                        }
                        else if (!client.isConnected()) {
                            this.log('ending client due to timeout');
                            timeoutHit = true;
                            client.end();
                        }
                    }, this.options.connectionTimeoutMillis);
                }
                this.log('connecting new client');
                client.connect((err) => {
                    if (tid) {
                        clearTimeout(tid);
                    }
                    client.on('error', idleListener);
                    if (err) {
                        this.log('client failed to connect', err);
                        this._clients = this._clients.filter((c) => c !== client);
                        if (timeoutHit) {
                            err = new Error('Connection terminated due to connection timeout', { cause: err });
                        }
                        this._pulseQueue();
                        if (!pendingItem.timedOut) {
                            pendingItem.callback(err, undefined, NOOP);
                        }
                    }
                    else {
                        this.log('new client connected');
                        if (this.options.onConnect) {
                            this._promiseTry(() => this.options.onConnect(client)).then(() => {
                                this._afterConnect(client, pendingItem, idleListener);
                            }, (hookErr) => {
                                this._clients = this._clients.filter((c) => c !== client);
                                client.end(() => {
                                    this._pulseQueue();
                                    if (!pendingItem.timedOut) {
                                        pendingItem.callback(hookErr, undefined, NOOP);
                                    }
                                });
                            });
                            return;
                        }
                        return this._afterConnect(client, pendingItem, idleListener);
                    }
                });
            }
            _afterConnect(client, pendingItem, idleListener) {
                if (this.options.maxLifetimeSeconds !== 0) {
                    const maxLifetimeTimeout = setTimeout(() => {
                        this.log('ending client due to expired lifetime');
                        this._expired.add(client);
                        const idleIndex = this._idle.findIndex((idleItem) => idleItem.client === client);
                        if (idleIndex !== -1) {
                            this._acquireClient(client, new PendingItem((err, client, clientRelease) => clientRelease()), idleListener, false);
                        }
                    }, this.options.maxLifetimeSeconds * 1000);
                    maxLifetimeTimeout.unref();
                    client.once('end', () => clearTimeout(maxLifetimeTimeout));
                }
                return this._acquireClient(client, pendingItem, idleListener, true);
            }
            _acquireClient(client, pendingItem, idleListener, isNew) {
                if (isNew) {
                    this.emit('connect', client);
                }
                this.emit('acquire', client);
                client.release = this._releaseOnce(client, idleListener);
                client.removeListener('error', idleListener);
                if (!pendingItem.timedOut) {
                    if (isNew && this.options.verify) {
                        this.options.verify(client, (err) => {
                            if (err) {
                                client.release(err);
                                return pendingItem.callback(err, undefined, NOOP);
                            }
                            pendingItem.callback(undefined, client, client.release);
                        });
                    }
                    else {
                        pendingItem.callback(undefined, client, client.release);
                    }
                }
                else {
                    if (isNew && this.options.verify) {
                        this.options.verify(client, client.release);
                    }
                    else {
                        client.release();
                    }
                }
            }
            _releaseOnce(client, idleListener) {
                let released = false;
                return (err) => {
                    if (released) {
                        throwOnDoubleRelease();
                    }
                    released = true;
                    this._release(client, idleListener, err);
                };
            }
            _release(client, idleListener, err) {
                client.on('error', idleListener);
                client._poolUseCount = (client._poolUseCount || 0) + 1;
                this.emit('release', err, client);
                if (err || this.ending || !client._queryable || client._ending || client._poolUseCount >= this.options.maxUses) {
                    if (client._poolUseCount >= this.options.maxUses) {
                        this.log('remove expended client');
                    }
                    return this._remove(client, this._pulseQueue.bind(this));
                }
                const isExpired = this._expired.has(client);
                if (isExpired) {
                    this.log('remove expired client');
                    this._expired.delete(client);
                    return this._remove(client, this._pulseQueue.bind(this));
                }
                let tid;
                if (this.options.idleTimeoutMillis && this._isAboveMin()) {
                    tid = setTimeout(() => {
                        if (this._isAboveMin()) {
                            this.log('remove idle client');
                            this._remove(client, this._pulseQueue.bind(this));
                        }
                    }, this.options.idleTimeoutMillis);
                    if (this.options.allowExitOnIdle) {
                        tid.unref();
                    }
                }
                if (this.options.allowExitOnIdle) {
                    client.unref();
                }
                this._idle.push(new IdleItem(client, idleListener, tid));
                this._pulseQueue();
            }
            query(text, values, cb) {
                if (typeof text === 'function') {
                    const response = promisify(this.Promise, text);
                    setImmediate(function () {
                        return response.callback(new Error('Passing a function as the first parameter to pool.query is not supported'));
                    });
                    return response.result;
                }
                if (typeof values === 'function') {
                    cb = values;
                    values = undefined;
                }
                const response = promisify(this.Promise, cb);
                cb = response.callback;
                this.connect((err, client) => {
                    if (err) {
                        return cb(err);
                    }
                    let clientReleased = false;
                    const onError = (err) => {
                        if (clientReleased) {
                            return;
                        }
                        clientReleased = true;
                        client.release(err);
                        cb(err);
                    };
                    client.once('error', onError);
                    this.log('dispatching query');
                    try {
                        client.query(text, values, (err, res) => {
                            this.log('query dispatched');
                            client.removeListener('error', onError);
                            if (clientReleased) {
                                return;
                            }
                            clientReleased = true;
                            client.release(err);
                            if (err) {
                                return cb(err);
                            }
                            return cb(undefined, res);
                        });
                    }
                    catch (err) {
                        client.release(err);
                        return cb(err);
                    }
                });
                return response.result;
            }
            end(cb) {
                this.log('ending');
                if (this.ending) {
                    const err = new Error('Called end on pool more than once');
                    return cb ? cb(err) : this.Promise.reject(err);
                }
                this.ending = true;
                const promised = promisify(this.Promise, cb);
                this._endCallback = promised.callback;
                this._pulseQueue();
                return promised.result;
            }
            get waitingCount() {
                return this._pendingQueue.length;
            }
            get idleCount() {
                return this._idle.length;
            }
            get expiredCount() {
                return this._clients.reduce((acc, client) => acc + (this._expired.has(client) ? 1 : 0), 0);
            }
            get totalCount() {
                return this._clients.length;
            }
        }
        module.exports = Pool;
    }),
    9971: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.BufferReader = void 0;
        class BufferReader {
            constructor(offset = 0) {
                this.offset = offset;
                this.buffer = Buffer.allocUnsafe(0);
                this.encoding = 'utf-8';
            }
            setBuffer(offset, buffer) {
                this.offset = offset;
                this.buffer = buffer;
            }
            int16() {
                const result = this.buffer.readInt16BE(this.offset);
                this.offset += 2;
                return result;
            }
            byte() {
                const result = this.buffer[this.offset];
                this.offset++;
                return result;
            }
            int32() {
                const result = this.buffer.readInt32BE(this.offset);
                this.offset += 4;
                return result;
            }
            uint32() {
                const result = this.buffer.readUInt32BE(this.offset);
                this.offset += 4;
                return result;
            }
            string(length) {
                const result = this.buffer.toString(this.encoding, this.offset, this.offset + length);
                this.offset += length;
                return result;
            }
            cstring() {
                const start = this.offset;
                let end = start;
                while (this.buffer[end++]) { }
                this.offset = end;
                return this.buffer.toString(this.encoding, start, end - 1);
            }
            bytes(length) {
                const result = this.buffer.slice(this.offset, this.offset + length);
                this.offset += length;
                return result;
            }
        }
        exports.BufferReader = BufferReader;
    }),
    9315: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.Writer = void 0;
        class Writer {
            constructor(size = 256) {
                this.size = size;
                this.offset = 5;
                this.headerPosition = 0;
                this.buffer = Buffer.allocUnsafe(size);
            }
            ensure(size) {
                const remaining = this.buffer.length - this.offset;
                if (remaining < size) {
                    const oldBuffer = this.buffer;
                    const newSize = oldBuffer.length + (oldBuffer.length >> 1) + size;
                    this.buffer = Buffer.allocUnsafe(newSize);
                    oldBuffer.copy(this.buffer, 0, 0, this.offset);
                }
            }
            addInt32(num) {
                this.ensure(4);
                this.buffer[this.offset++] = (num >>> 24) & 0xff;
                this.buffer[this.offset++] = (num >>> 16) & 0xff;
                this.buffer[this.offset++] = (num >>> 8) & 0xff;
                this.buffer[this.offset++] = (num >>> 0) & 0xff;
                return this;
            }
            addInt16(num) {
                this.ensure(2);
                this.buffer[this.offset++] = (num >>> 8) & 0xff;
                this.buffer[this.offset++] = (num >>> 0) & 0xff;
                return this;
            }
            addCString(string) {
                if (!string) {
                    this.ensure(1);
                }
                else {
                    const len = Buffer.byteLength(string);
                    this.ensure(len + 1);
                    this.buffer.write(string, this.offset, 'utf-8');
                    this.offset += len;
                }
                this.buffer[this.offset++] = 0;
                return this;
            }
            addString(string = '') {
                const len = Buffer.byteLength(string);
                this.ensure(len);
                this.buffer.write(string, this.offset);
                this.offset += len;
                return this;
            }
            addInt32PrefixedString(string) {
                const len = Buffer.byteLength(string);
                this.ensure(4 + len);
                const buffer = this.buffer;
                let offset = this.offset;
                buffer[offset++] = (len >>> 24) & 0xff;
                buffer[offset++] = (len >>> 16) & 0xff;
                buffer[offset++] = (len >>> 8) & 0xff;
                buffer[offset++] = (len >>> 0) & 0xff;
                buffer.write(string, offset, 'utf-8');
                this.offset = offset + len;
                return this;
            }
            add(otherBuffer) {
                this.ensure(otherBuffer.length);
                otherBuffer.copy(this.buffer, this.offset);
                this.offset += otherBuffer.length;
                return this;
            }
            reserveUnsafe(size) {
                const offset = this.offset;
                this.ensure(size);
                this.offset += size;
                return offset;
            }
            join(code) {
                if (code) {
                    this.buffer[this.headerPosition] = code;
                    const length = this.offset - (this.headerPosition + 1);
                    this.buffer.writeInt32BE(length, this.headerPosition + 1);
                }
                return this.buffer.slice(code ? 0 : 5, this.offset);
            }
            flush(code) {
                const result = this.join(code);
                this.offset = 5;
                this.headerPosition = 0;
                this.buffer = Buffer.allocUnsafe(this.size);
                return result;
            }
            clear() {
                this.offset = 5;
                this.headerPosition = 0;
            }
        }
        exports.Writer = Writer;
    }),
    4233: ((__unused_webpack_module, exports, __nccwpck_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.DatabaseError = exports.serialize = void 0;
        exports.parse = parse;
        const messages_1 = __nccwpck_require__(5809);
        Object.defineProperty(exports, "DatabaseError", ({ enumerable: true, get: function () { return messages_1.DatabaseError; } }));
        const serializer_1 = __nccwpck_require__(6513);
        Object.defineProperty(exports, "serialize", ({ enumerable: true, get: function () { return serializer_1.serialize; } }));
        const parser_1 = __nccwpck_require__(3318);
        function parse(stream, callback) {
            const parser = new parser_1.Parser();
            stream.on('data', (buffer) => parser.parse(buffer, callback));
            return new Promise((resolve) => stream.on('end', () => resolve()));
        }
    }),
    5809: ((__unused_webpack_module, exports) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.NoticeMessage = exports.DataRowMessage = exports.CommandCompleteMessage = exports.ReadyForQueryMessage = exports.NotificationResponseMessage = exports.BackendKeyDataMessage = exports.AuthenticationMD5Password = exports.ParameterStatusMessage = exports.ParameterDescriptionMessage = exports.RowDescriptionMessage = exports.Field = exports.CopyResponse = exports.CopyDataMessage = exports.DatabaseError = exports.copyDone = exports.emptyQuery = exports.replicationStart = exports.portalSuspended = exports.noData = exports.closeComplete = exports.bindComplete = exports.parseComplete = void 0;
        exports.parseComplete = {
            name: 'parseComplete',
            length: 5,
        };
        exports.bindComplete = {
            name: 'bindComplete',
            length: 5,
        };
        exports.closeComplete = {
            name: 'closeComplete',
            length: 5,
        };
        exports.noData = {
            name: 'noData',
            length: 5,
        };
        exports.portalSuspended = {
            name: 'portalSuspended',
            length: 5,
        };
        exports.replicationStart = {
            name: 'replicationStart',
            length: 4,
        };
        exports.emptyQuery = {
            name: 'emptyQuery',
            length: 4,
        };
        exports.copyDone = {
            name: 'copyDone',
            length: 4,
        };
        class DatabaseError extends Error {
            constructor(message, length, name) {
                super(message);
                this.length = length;
                this.name = name;
            }
        }
        exports.DatabaseError = DatabaseError;
        class CopyDataMessage {
            constructor(length, chunk) {
                this.length = length;
                this.chunk = chunk;
                this.name = 'copyData';
            }
        }
        exports.CopyDataMessage = CopyDataMessage;
        class CopyResponse {
            constructor(length, name, binary, columnCount) {
                this.length = length;
                this.name = name;
                this.binary = binary;
                this.columnTypes = new Array(columnCount);
            }
        }
        exports.CopyResponse = CopyResponse;
        class Field {
            constructor(name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, format) {
                this.name = name;
                this.tableID = tableID;
                this.columnID = columnID;
                this.dataTypeID = dataTypeID;
                this.dataTypeSize = dataTypeSize;
                this.dataTypeModifier = dataTypeModifier;
                this.format = format;
            }
        }
        exports.Field = Field;
        class RowDescriptionMessage {
            constructor(length, fieldCount) {
                this.length = length;
                this.fieldCount = fieldCount;
                this.name = 'rowDescription';
                this.fields = new Array(this.fieldCount);
            }
        }
        exports.RowDescriptionMessage = RowDescriptionMessage;
        class ParameterDescriptionMessage {
            constructor(length, parameterCount) {
                this.length = length;
                this.parameterCount = parameterCount;
                this.name = 'parameterDescription';
                this.dataTypeIDs = new Array(this.parameterCount);
            }
        }
        exports.ParameterDescriptionMessage = ParameterDescriptionMessage;
        class ParameterStatusMessage {
            constructor(length, parameterName, parameterValue) {
                this.length = length;
                this.parameterName = parameterName;
                this.parameterValue = parameterValue;
                this.name = 'parameterStatus';
            }
        }
        exports.ParameterStatusMessage = ParameterStatusMessage;
        class AuthenticationMD5Password {
            constructor(length, salt) {
                this.length = length;
                this.salt = salt;
                this.name = 'authenticationMD5Password';
            }
        }
        exports.AuthenticationMD5Password = AuthenticationMD5Password;
        class BackendKeyDataMessage {
            constructor(length, processID, secretKey) {
                this.length = length;
                this.processID = processID;
                this.secretKey = secretKey;
                this.name = 'backendKeyData';
            }
        }
        exports.BackendKeyDataMessage = BackendKeyDataMessage;
        class NotificationResponseMessage {
            constructor(length, processId, channel, payload) {
                this.length = length;
                this.processId = processId;
                this.channel = channel;
                this.payload = payload;
                this.name = 'notification';
            }
        }
        exports.NotificationResponseMessage = NotificationResponseMessage;
        class ReadyForQueryMessage {
            constructor(length, status) {
                this.length = length;
                this.status = status;
                this.name = 'readyForQuery';
            }
        }
        exports.ReadyForQueryMessage = ReadyForQueryMessage;
        class CommandCompleteMessage {
            constructor(length, text) {
                this.length = length;
                this.text = text;
                this.name = 'commandComplete';
            }
        }
        exports.CommandCompleteMessage = CommandCompleteMessage;
        class DataRowMessage {
            constructor(length, fields) {
                this.length = length;
                this.fields = fields;
                this.name = 'dataRow';
                this.fieldCount = fields.length;
            }
        }
        exports.DataRowMessage = DataRowMessage;
        class NoticeMessage {
            constructor(length, message) {
                this.length = length;
                this.message = message;
                this.name = 'notice';
            }
        }
        exports.NoticeMessage = NoticeMessage;
    }),
    3318: ((__unused_webpack_module, exports, __nccwpck_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.Parser = void 0;
        const messages_1 = __nccwpck_require__(5809);
        const buffer_reader_1 = __nccwpck_require__(9971);
        const CODE_LENGTH = 1;
        const LEN_LENGTH = 4;
        const HEADER_LENGTH = CODE_LENGTH + LEN_LENGTH;
        const LATEINIT_LENGTH = -1;
        const emptyBuffer = Buffer.allocUnsafe(0);
        class Parser {
            constructor(opts) {
                this.buffer = emptyBuffer;
                this.bufferLength = 0;
                this.bufferOffset = 0;
                this.reader = new buffer_reader_1.BufferReader();
                if ((opts === null || opts === void 0 ? void 0 : opts.mode) === 'binary') {
                    throw new Error('Binary mode not supported yet');
                }
                this.mode = (opts === null || opts === void 0 ? void 0 : opts.mode) || 'text';
            }
            parse(buffer, callback) {
                this.mergeBuffer(buffer);
                const bufferFullLength = this.bufferOffset + this.bufferLength;
                let offset = this.bufferOffset;
                while (offset + HEADER_LENGTH <= bufferFullLength) {
                    const code = this.buffer[offset];
                    const length = this.buffer.readUInt32BE(offset + CODE_LENGTH);
                    const fullMessageLength = CODE_LENGTH + length;
                    if (fullMessageLength + offset <= bufferFullLength) {
                        const message = this.handlePacket(offset + HEADER_LENGTH, code, length, this.buffer);
                        callback(message);
                        offset += fullMessageLength;
                    }
                    else {
                        break;
                    }
                }
                if (offset === bufferFullLength) {
                    this.buffer = emptyBuffer;
                    this.bufferLength = 0;
                    this.bufferOffset = 0;
                }
                else {
                    this.bufferLength = bufferFullLength - offset;
                    this.bufferOffset = offset;
                }
            }
            mergeBuffer(buffer) {
                if (this.bufferLength > 0) {
                    const newLength = this.bufferLength + buffer.byteLength;
                    const newFullLength = newLength + this.bufferOffset;
                    if (newFullLength > this.buffer.byteLength) {
                        let newBuffer;
                        if (newLength <= this.buffer.byteLength && this.bufferOffset >= this.bufferLength) {
                            newBuffer = this.buffer;
                        }
                        else {
                            let newBufferLength = this.buffer.byteLength * 2;
                            while (newLength >= newBufferLength) {
                                newBufferLength *= 2;
                            }
                            newBuffer = Buffer.allocUnsafe(newBufferLength);
                        }
                        this.buffer.copy(newBuffer, 0, this.bufferOffset, this.bufferOffset + this.bufferLength);
                        this.buffer = newBuffer;
                        this.bufferOffset = 0;
                    }
                    buffer.copy(this.buffer, this.bufferOffset + this.bufferLength);
                    this.bufferLength = newLength;
                }
                else {
                    this.buffer = buffer;
                    this.bufferOffset = 0;
                    this.bufferLength = buffer.byteLength;
                }
            }
            handlePacket(offset, code, length, bytes) {
                const { reader } = this;
                reader.setBuffer(offset, bytes);
                let message;
                switch (code) {
                    case 50:
                        message = messages_1.bindComplete;
                        break;
                    case 49:
                        message = messages_1.parseComplete;
                        break;
                    case 51:
                        message = messages_1.closeComplete;
                        break;
                    case 110:
                        message = messages_1.noData;
                        break;
                    case 115:
                        message = messages_1.portalSuspended;
                        break;
                    case 99:
                        message = messages_1.copyDone;
                        break;
                    case 87:
                        message = messages_1.replicationStart;
                        break;
                    case 73:
                        message = messages_1.emptyQuery;
                        break;
                    case 68:
                        message = parseDataRowMessage(reader);
                        break;
                    case 67:
                        message = parseCommandCompleteMessage(reader);
                        break;
                    case 90:
                        message = parseReadyForQueryMessage(reader);
                        break;
                    case 65:
                        message = parseNotificationMessage(reader);
                        break;
                    case 82:
                        message = parseAuthenticationResponse(reader, length);
                        break;
                    case 83:
                        message = parseParameterStatusMessage(reader);
                        break;
                    case 75:
                        message = parseBackendKeyData(reader);
                        break;
                    case 69:
                        message = parseErrorMessage(reader, 'error');
                        break;
                    case 78:
                        message = parseErrorMessage(reader, 'notice');
                        break;
                    case 84:
                        message = parseRowDescriptionMessage(reader);
                        break;
                    case 116:
                        message = parseParameterDescriptionMessage(reader);
                        break;
                    case 71:
                        message = parseCopyInMessage(reader);
                        break;
                    case 72:
                        message = parseCopyOutMessage(reader);
                        break;
                    case 100:
                        message = parseCopyData(reader, length);
                        break;
                    default:
                        return new messages_1.DatabaseError('received invalid response: ' + code.toString(16), length, 'error');
                }
                reader.setBuffer(0, emptyBuffer);
                message.length = length;
                return message;
            }
        }
        exports.Parser = Parser;
        const parseReadyForQueryMessage = (reader) => {
            const status = reader.string(1);
            return new messages_1.ReadyForQueryMessage(LATEINIT_LENGTH, status);
        };
        const parseCommandCompleteMessage = (reader) => {
            const text = reader.cstring();
            return new messages_1.CommandCompleteMessage(LATEINIT_LENGTH, text);
        };
        const parseCopyData = (reader, length) => {
            const chunk = reader.bytes(length - 4);
            return new messages_1.CopyDataMessage(LATEINIT_LENGTH, chunk);
        };
        const parseCopyInMessage = (reader) => parseCopyMessage(reader, 'copyInResponse');
        const parseCopyOutMessage = (reader) => parseCopyMessage(reader, 'copyOutResponse');
        const parseCopyMessage = (reader, messageName) => {
            const isBinary = reader.byte() !== 0;
            const columnCount = reader.int16();
            const message = new messages_1.CopyResponse(LATEINIT_LENGTH, messageName, isBinary, columnCount);
            for (let i = 0; i < columnCount; i++) {
                message.columnTypes[i] = reader.int16();
            }
            return message;
        };
        const parseNotificationMessage = (reader) => {
            const processId = reader.int32();
            const channel = reader.cstring();
            const payload = reader.cstring();
            return new messages_1.NotificationResponseMessage(LATEINIT_LENGTH, processId, channel, payload);
        };
        const parseRowDescriptionMessage = (reader) => {
            const fieldCount = reader.int16();
            const message = new messages_1.RowDescriptionMessage(LATEINIT_LENGTH, fieldCount);
            for (let i = 0; i < fieldCount; i++) {
                message.fields[i] = parseField(reader);
            }
            return message;
        };
        const parseField = (reader) => {
            const name = reader.cstring();
            const tableID = reader.uint32();
            const columnID = reader.int16();
            const dataTypeID = reader.uint32();
            const dataTypeSize = reader.int16();
            const dataTypeModifier = reader.int32();
            const mode = reader.int16() === 0 ? 'text' : 'binary';
            return new messages_1.Field(name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, mode);
        };
        const parseParameterDescriptionMessage = (reader) => {
            const parameterCount = reader.int16();
            const message = new messages_1.ParameterDescriptionMessage(LATEINIT_LENGTH, parameterCount);
            for (let i = 0; i < parameterCount; i++) {
                message.dataTypeIDs[i] = reader.uint32();
            }
            return message;
        };
        const parseDataRowMessage = (reader) => {
            const fieldCount = reader.int16();
            const fields = new Array(fieldCount);
            for (let i = 0; i < fieldCount; i++) {
                const len = reader.int32();
                fields[i] = len === -1 ? null : reader.string(len);
            }
            return new messages_1.DataRowMessage(LATEINIT_LENGTH, fields);
        };
        const parseParameterStatusMessage = (reader) => {
            const name = reader.cstring();
            const value = reader.cstring();
            return new messages_1.ParameterStatusMessage(LATEINIT_LENGTH, name, value);
        };
        const parseBackendKeyData = (reader) => {
            const processID = reader.int32();
            const secretKey = reader.int32();
            return new messages_1.BackendKeyDataMessage(LATEINIT_LENGTH, processID, secretKey);
        };
        const parseAuthenticationResponse = (reader, length) => {
            const code = reader.int32();
            const message = {
                name: 'authenticationOk',
                length,
            };
            switch (code) {
                case 0:
                    break;
                case 3:
                    if (message.length === 8) {
                        message.name = 'authenticationCleartextPassword';
                    }
                    break;
                case 5:
                    if (message.length === 12) {
                        message.name = 'authenticationMD5Password';
                        const salt = reader.bytes(4);
                        return new messages_1.AuthenticationMD5Password(LATEINIT_LENGTH, salt);
                    }
                    break;
                case 10:
                    {
                        message.name = 'authenticationSASL';
                        message.mechanisms = [];
                        let mechanism;
                        do {
                            mechanism = reader.cstring();
                            if (mechanism) {
                                message.mechanisms.push(mechanism);
                            }
                        } while (mechanism);
                    }
                    break;
                case 11:
                    message.name = 'authenticationSASLContinue';
                    message.data = reader.string(length - 8);
                    break;
                case 12:
                    message.name = 'authenticationSASLFinal';
                    message.data = reader.string(length - 8);
                    break;
                default:
                    throw new Error('Unknown authenticationOk message type ' + code);
            }
            return message;
        };
        const parseErrorMessage = (reader, name) => {
            const fields = {};
            let fieldType = reader.string(1);
            while (fieldType !== '\0') {
                fields[fieldType] = reader.cstring();
                fieldType = reader.string(1);
            }
            const messageValue = fields.M;
            const message = name === 'notice'
                ? new messages_1.NoticeMessage(LATEINIT_LENGTH, messageValue)
                : new messages_1.DatabaseError(messageValue, LATEINIT_LENGTH, name);
            message.severity = fields.S;
            message.code = fields.C;
            message.detail = fields.D;
            message.hint = fields.H;
            message.position = fields.P;
            message.internalPosition = fields.p;
            message.internalQuery = fields.q;
            message.where = fields.W;
            message.schema = fields.s;
            message.table = fields.t;
            message.column = fields.c;
            message.dataType = fields.d;
            message.constraint = fields.n;
            message.file = fields.F;
            message.line = fields.L;
            message.routine = fields.R;
            return message;
        };
    }),
    6513: ((__unused_webpack_module, exports, __nccwpck_require__) => {
        Object.defineProperty(exports, "__esModule", ({ value: true }));
        exports.serialize = void 0;
        const buffer_writer_1 = __nccwpck_require__(9315);
        const writer = new buffer_writer_1.Writer();
        const startup = (opts) => {
            writer.addInt16(3).addInt16(0);
            for (const key of Object.keys(opts)) {
                writer.addCString(key).addCString(opts[key]);
            }
            writer.addCString('client_encoding').addCString('UTF8');
            const bodyBuffer = writer.addCString('').flush();
            const length = bodyBuffer.length + 4;
            return new buffer_writer_1.Writer().addInt32(length).add(bodyBuffer).flush();
        };
        const requestSsl = () => {
            const response = Buffer.allocUnsafe(8);
            response.writeInt32BE(8, 0);
            response.writeInt32BE(80877103, 4);
            return response;
        };
        const password = (password) => {
            return writer.addCString(password).flush(112);
        };
        const sendSASLInitialResponseMessage = function (mechanism, initialResponse) {
            writer.addCString(mechanism).addInt32PrefixedString(initialResponse);
            return writer.flush(112);
        };
        const sendSCRAMClientFinalMessage = function (additionalData) {
            return writer.addString(additionalData).flush(112);
        };
        const query = (text) => {
            return writer.addCString(text).flush(81);
        };
        const emptyArray = [];
        const parse = (query) => {
            const name = query.name || '';
            if (name.length > 63) {
                console.error('Warning! Postgres only supports 63 characters for query names.');
                console.error('You supplied %s (%s)', name, name.length);
                console.error('This can cause conflicts and silent errors executing queries');
            }
            const types = query.types || emptyArray;
            const len = types.length;
            const buffer = writer
                .addCString(name)
                .addCString(query.text)
                .addInt16(len);
            for (let i = 0; i < len; i++) {
                buffer.addInt32(types[i]);
            }
            return writer.flush(80);
        };
        const writeValues = function (values, valueMapper, formatsOffset) {
            const len = values.length;
            for (let i = 0; i < len; i++) {
                const mappedVal = valueMapper ? valueMapper(values[i], i) : values[i];
                let formatByte = 0;
                if (mappedVal == null) {
                    writer.addInt32(-1);
                }
                else if (mappedVal instanceof Buffer) {
                    formatByte = 1;
                    writer.addInt32(mappedVal.length);
                    writer.add(mappedVal);
                }
                else {
                    writer.addInt32PrefixedString(mappedVal);
                }
                const buf = writer.buffer;
                buf[formatsOffset++] = 0;
                buf[formatsOffset++] = formatByte;
            }
        };
        const bind = (config = {}) => {
            const portal = config.portal || '';
            const statement = config.statement || '';
            const binary = config.binary || false;
            const values = config.values || emptyArray;
            const len = values.length;
            writer.addCString(portal).addCString(statement);
            writer.addInt16(len);
            const formatsOffset = writer.reserveUnsafe(len * 2);
            writer.addInt16(len);
            try {
                writeValues(values, config.valueMapper, formatsOffset);
            }
            catch (err) {
                writer.clear();
                throw err;
            }
            writer.addInt16(1);
            writer.addInt16(binary ? 1 : 0);
            return writer.flush(66);
        };
        const emptyExecute = Buffer.from([69, 0x00, 0x00, 0x00, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00]);
        const execute = (config) => {
            if (!config || (!config.portal && !config.rows)) {
                return emptyExecute;
            }
            const portal = config.portal || '';
            const rows = config.rows || 0;
            const portalLength = Buffer.byteLength(portal);
            const len = 4 + portalLength + 1 + 4;
            const buff = Buffer.allocUnsafe(1 + len);
            buff[0] = 69;
            buff.writeInt32BE(len, 1);
            buff.write(portal, 5, 'utf-8');
            buff[portalLength + 5] = 0;
            buff.writeUInt32BE(rows, buff.length - 4);
            return buff;
        };
        const cancel = (processID, secretKey) => {
            const buffer = Buffer.allocUnsafe(16);
            buffer.writeInt32BE(16, 0);
            buffer.writeInt16BE(1234, 4);
            buffer.writeInt16BE(5678, 6);
            buffer.writeInt32BE(processID, 8);
            buffer.writeInt32BE(secretKey, 12);
            return buffer;
        };
        const cstringMessage = (code, string) => {
            const stringLen = Buffer.byteLength(string);
            const len = 4 + stringLen + 1;
            const buffer = Buffer.allocUnsafe(1 + len);
            buffer[0] = code;
            buffer.writeInt32BE(len, 1);
            buffer.write(string, 5, 'utf-8');
            buffer[len] = 0;
            return buffer;
        };
        const emptyDescribePortal = writer.addCString('P').flush(68);
        const emptyDescribeStatement = writer.addCString('S').flush(68);
        const describe = (msg) => {
            return msg.name
                ? cstringMessage(68, `${msg.type}${msg.name || ''}`)
                : msg.type === 'P'
                    ? emptyDescribePortal
                    : emptyDescribeStatement;
        };
        const close = (msg) => {
            const text = `${msg.type}${msg.name || ''}`;
            return cstringMessage(67, text);
        };
        const copyData = (chunk) => {
            return writer.add(chunk).flush(100);
        };
        const copyFail = (message) => {
            return cstringMessage(102, message);
        };
        const codeOnlyBuffer = (code) => Buffer.from([code, 0x00, 0x00, 0x00, 0x04]);
        const flushBuffer = codeOnlyBuffer(72);
        const syncBuffer = codeOnlyBuffer(83);
        const endBuffer = codeOnlyBuffer(88);
        const copyDoneBuffer = codeOnlyBuffer(99);
        const serialize = {
            startup,
            password,
            requestSsl,
            sendSASLInitialResponseMessage,
            sendSCRAMClientFinalMessage,
            query,
            parse,
            bind,
            execute,
            describe,
            close,
            flush: () => flushBuffer,
            sync: () => syncBuffer,
            end: () => endBuffer,
            copyData,
            copyDone: () => copyDoneBuffer,
            copyFail,
            cancel,
        };
        exports.serialize = serialize;
    }),
    1549: ((__unused_webpack_module, exports, __nccwpck_require__) => {
        var textParsers = __nccwpck_require__(4784);
        var binaryParsers = __nccwpck_require__(7522);
        var arrayParser = __nccwpck_require__(6471);
        var builtinTypes = __nccwpck_require__(6345);
        exports.getTypeParser = getTypeParser;
        exports.setTypeParser = setTypeParser;
        exports.arrayParser = arrayParser;
        exports.builtins = builtinTypes;
        var typeParsers = {
            text: {},
            binary: {}
        };
        function noParse(val) {
            return String(val);
        }
        ;
        function getTypeParser(oid, format) {
            format = format || 'text';
            if (!typeParsers[format]) {
                return noParse;
            }
            return typeParsers[format][oid] || noParse;
        }
        ;
        function setTypeParser(oid, format, parseFn) {
            if (typeof format == 'function') {
                parseFn = format;
                format = 'text';
            }
            typeParsers[format][oid] = parseFn;
        }
        ;
        textParsers.init(function (oid, converter) {
            typeParsers.text[oid] = converter;
        });
        binaryParsers.init(function (oid, converter) {
            typeParsers.binary[oid] = converter;
        });
    }),
    6471: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        var array = __nccwpck_require__(3879);
        module.exports = {
            create: function (source, transform) {
                return {
                    parse: function () {
                        return array.parse(source, transform);
                    }
                };
            }
        };
    }),
    7522: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        var parseInt64 = __nccwpck_require__(2299);
        var parseBits = function (data, bits, offset, invert, callback) {
            offset = offset || 0;
            invert = invert || false;
            callback = callback || function (lastValue, newValue, bits) { return (lastValue * Math.pow(2, bits)) + newValue; };
            var offsetBytes = offset >> 3;
            var inv = function (value) {
                if (invert) {
                    return ~value & 0xff;
                }
                return value;
            };
            var mask = 0xff;
            var firstBits = 8 - (offset % 8);
            if (bits < firstBits) {
                mask = (0xff << (8 - bits)) & 0xff;
                firstBits = bits;
            }
            if (offset) {
                mask = mask >> (offset % 8);
            }
            var result = 0;
            if ((offset % 8) + bits >= 8) {
                result = callback(0, inv(data[offsetBytes]) & mask, firstBits);
            }
            var bytes = (bits + offset) >> 3;
            for (var i = offsetBytes + 1; i < bytes; i++) {
                result = callback(result, inv(data[i]), 8);
            }
            var lastBits = (bits + offset) % 8;
            if (lastBits > 0) {
                result = callback(result, inv(data[bytes]) >> (8 - lastBits), lastBits);
            }
            return result;
        };
        var parseFloatFromBits = function (data, precisionBits, exponentBits) {
            var bias = Math.pow(2, exponentBits - 1) - 1;
            var sign = parseBits(data, 1);
            var exponent = parseBits(data, exponentBits, 1);
            if (exponent === 0) {
                return 0;
            }
            var precisionBitsCounter = 1;
            var parsePrecisionBits = function (lastValue, newValue, bits) {
                if (lastValue === 0) {
                    lastValue = 1;
                }
                for (var i = 1; i <= bits; i++) {
                    precisionBitsCounter /= 2;
                    if ((newValue & (0x1 << (bits - i))) > 0) {
                        lastValue += precisionBitsCounter;
                    }
                }
                return lastValue;
            };
            var mantissa = parseBits(data, precisionBits, exponentBits + 1, false, parsePrecisionBits);
            if (exponent == (Math.pow(2, exponentBits + 1) - 1)) {
                if (mantissa === 0) {
                    return (sign === 0) ? Infinity : -Infinity;
                }
                return NaN;
            }
            return ((sign === 0) ? 1 : -1) * Math.pow(2, exponent - bias) * mantissa;
        };
        var parseInt16 = function (value) {
            if (parseBits(value, 1) == 1) {
                return -1 * (parseBits(value, 15, 1, true) + 1);
            }
            return parseBits(value, 15, 1);
        };
        var parseInt32 = function (value) {
            if (parseBits(value, 1) == 1) {
                return -1 * (parseBits(value, 31, 1, true) + 1);
            }
            return parseBits(value, 31, 1);
        };
        var parseFloat32 = function (value) {
            return parseFloatFromBits(value, 23, 8);
        };
        var parseFloat64 = function (value) {
            return parseFloatFromBits(value, 52, 11);
        };
        var parseNumeric = function (value) {
            var sign = parseBits(value, 16, 32);
            if (sign == 0xc000) {
                return NaN;
            }
            var weight = Math.pow(10000, parseBits(value, 16, 16));
            var result = 0;
            var digits = [];
            var ndigits = parseBits(value, 16);
            for (var i = 0; i < ndigits; i++) {
                result += parseBits(value, 16, 64 + (16 * i)) * weight;
                weight /= 10000;
            }
            var scale = Math.pow(10, parseBits(value, 16, 48));
            return ((sign === 0) ? 1 : -1) * Math.round(result * scale) / scale;
        };
        var parseDate = function (isUTC, value) {
            var sign = parseBits(value, 1);
            var rawValue = parseBits(value, 63, 1);
            var result = new Date((((sign === 0) ? 1 : -1) * rawValue / 1000) + 946684800000);
            if (!isUTC) {
                result.setTime(result.getTime() + result.getTimezoneOffset() * 60000);
            }
            result.usec = rawValue % 1000;
            result.getMicroSeconds = function () {
                return this.usec;
            };
            result.setMicroSeconds = function (value) {
                this.usec = value;
            };
            result.getUTCMicroSeconds = function () {
                return this.usec;
            };
            return result;
        };
        var parseArray = function (value) {
            var dim = parseBits(value, 32);
            var flags = parseBits(value, 32, 32);
            var elementType = parseBits(value, 32, 64);
            var offset = 96;
            var dims = [];
            for (var i = 0; i < dim; i++) {
                dims[i] = parseBits(value, 32, offset);
                offset += 32;
                offset += 32;
            }
            var parseElement = function (elementType) {
                var length = parseBits(value, 32, offset);
                offset += 32;
                if (length == 0xffffffff) {
                    return null;
                }
                var result;
                if ((elementType == 0x17) || (elementType == 0x14)) {
                    result = parseBits(value, length * 8, offset);
                    offset += length * 8;
                    return result;
                }
                else if (elementType == 0x19) {
                    result = value.toString(this.encoding, offset >> 3, (offset += (length << 3)) >> 3);
                    return result;
                }
                else {
                    console.log("ERROR: ElementType not implemented: " + elementType);
                }
            };
            var parse = function (dimension, elementType) {
                var array = [];
                var i;
                if (dimension.length > 1) {
                    var count = dimension.shift();
                    for (i = 0; i < count; i++) {
                        array[i] = parse(dimension, elementType);
                    }
                    dimension.unshift(count);
                }
                else {
                    for (i = 0; i < dimension[0]; i++) {
                        array[i] = parseElement(elementType);
                    }
                }
                return array;
            };
            return parse(dims, elementType);
        };
        var parseText = function (value) {
            return value.toString('utf8');
        };
        var parseBool = function (value) {
            if (value === null)
                return null;
            return (parseBits(value, 8) > 0);
        };
        var init = function (register) {
            register(20, parseInt64);
            register(21, parseInt16);
            register(23, parseInt32);
            register(26, parseInt32);
            register(1700, parseNumeric);
            register(700, parseFloat32);
            register(701, parseFloat64);
            register(16, parseBool);
            register(1114, parseDate.bind(null, false));
            register(1184, parseDate.bind(null, true));
            register(1000, parseArray);
            register(1007, parseArray);
            register(1016, parseArray);
            register(1008, parseArray);
            register(1009, parseArray);
            register(25, parseText);
        };
        module.exports = {
            init: init
        };
    }),
    6345: ((module) => {
        module.exports = {
            BOOL: 16,
            BYTEA: 17,
            CHAR: 18,
            INT8: 20,
            INT2: 21,
            INT4: 23,
            REGPROC: 24,
            TEXT: 25,
            OID: 26,
            TID: 27,
            XID: 28,
            CID: 29,
            JSON: 114,
            XML: 142,
            PG_NODE_TREE: 194,
            SMGR: 210,
            PATH: 602,
            POLYGON: 604,
            CIDR: 650,
            FLOAT4: 700,
            FLOAT8: 701,
            ABSTIME: 702,
            RELTIME: 703,
            TINTERVAL: 704,
            CIRCLE: 718,
            MACADDR8: 774,
            MONEY: 790,
            MACADDR: 829,
            INET: 869,
            ACLITEM: 1033,
            BPCHAR: 1042,
            VARCHAR: 1043,
            DATE: 1082,
            TIME: 1083,
            TIMESTAMP: 1114,
            TIMESTAMPTZ: 1184,
            INTERVAL: 1186,
            TIMETZ: 1266,
            BIT: 1560,
            VARBIT: 1562,
            NUMERIC: 1700,
            REFCURSOR: 1790,
            REGPROCEDURE: 2202,
            REGOPER: 2203,
            REGOPERATOR: 2204,
            REGCLASS: 2205,
            REGTYPE: 2206,
            UUID: 2950,
            TXID_SNAPSHOT: 2970,
            PG_LSN: 3220,
            PG_NDISTINCT: 3361,
            PG_DEPENDENCIES: 3402,
            TSVECTOR: 3614,
            TSQUERY: 3615,
            GTSVECTOR: 3642,
            REGCONFIG: 3734,
            REGDICTIONARY: 3769,
            JSONB: 3802,
            REGNAMESPACE: 4089,
            REGROLE: 4096
        };
    }),
    4784: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        var array = __nccwpck_require__(3879);
        var arrayParser = __nccwpck_require__(6471);
        var parseDate = __nccwpck_require__(2690);
        var parseInterval = __nccwpck_require__(8755);
        var parseByteA = __nccwpck_require__(463);
        function allowNull(fn) {
            return function nullAllowed(value) {
                if (value === null)
                    return value;
                return fn(value);
            };
        }
        function parseBool(value) {
            if (value === null)
                return value;
            return value === 'TRUE' ||
                value === 't' ||
                value === 'true' ||
                value === 'y' ||
                value === 'yes' ||
                value === 'on' ||
                value === '1';
        }
        function parseBoolArray(value) {
            if (!value)
                return null;
            return array.parse(value, parseBool);
        }
        function parseBaseTenInt(string) {
            return parseInt(string, 10);
        }
        function parseIntegerArray(value) {
            if (!value)
                return null;
            return array.parse(value, allowNull(parseBaseTenInt));
        }
        function parseBigIntegerArray(value) {
            if (!value)
                return null;
            return array.parse(value, allowNull(function (entry) {
                return parseBigInteger(entry).trim();
            }));
        }
        var parsePointArray = function (value) {
            if (!value) {
                return null;
            }
            var p = arrayParser.create(value, function (entry) {
                if (entry !== null) {
                    entry = parsePoint(entry);
                }
                return entry;
            });
            return p.parse();
        };
        var parseFloatArray = function (value) {
            if (!value) {
                return null;
            }
            var p = arrayParser.create(value, function (entry) {
                if (entry !== null) {
                    entry = parseFloat(entry);
                }
                return entry;
            });
            return p.parse();
        };
        var parseStringArray = function (value) {
            if (!value) {
                return null;
            }
            var p = arrayParser.create(value);
            return p.parse();
        };
        var parseDateArray = function (value) {
            if (!value) {
                return null;
            }
            var p = arrayParser.create(value, function (entry) {
                if (entry !== null) {
                    entry = parseDate(entry);
                }
                return entry;
            });
            return p.parse();
        };
        var parseIntervalArray = function (value) {
            if (!value) {
                return null;
            }
            var p = arrayParser.create(value, function (entry) {
                if (entry !== null) {
                    entry = parseInterval(entry);
                }
                return entry;
            });
            return p.parse();
        };
        var parseByteAArray = function (value) {
            if (!value) {
                return null;
            }
            return array.parse(value, allowNull(parseByteA));
        };
        var parseInteger = function (value) {
            return parseInt(value, 10);
        };
        var parseBigInteger = function (value) {
            var valStr = String(value);
            if (/^\d+$/.test(valStr)) {
                return valStr;
            }
            return value;
        };
        var parseJsonArray = function (value) {
            if (!value) {
                return null;
            }
            return array.parse(value, allowNull(JSON.parse));
        };
        var parsePoint = function (value) {
            if (value[0] !== '(') {
                return null;
            }
            value = value.substring(1, value.length - 1).split(',');
            return {
                x: parseFloat(value[0]),
                y: parseFloat(value[1])
            };
        };
        var parseCircle = function (value) {
            if (value[0] !== '<' && value[1] !== '(') {
                return null;
            }
            var point = '(';
            var radius = '';
            var pointParsed = false;
            for (var i = 2; i < value.length - 1; i++) {
                if (!pointParsed) {
                    point += value[i];
                }
                if (value[i] === ')') {
                    pointParsed = true;
                    continue;
                }
                else if (!pointParsed) {
                    continue;
                }
                if (value[i] === ',') {
                    continue;
                }
                radius += value[i];
            }
            var result = parsePoint(point);
            result.radius = parseFloat(radius);
            return result;
        };
        var init = function (register) {
            register(20, parseBigInteger);
            register(21, parseInteger);
            register(23, parseInteger);
            register(26, parseInteger);
            register(700, parseFloat);
            register(701, parseFloat);
            register(16, parseBool);
            register(1082, parseDate);
            register(1114, parseDate);
            register(1184, parseDate);
            register(600, parsePoint);
            register(651, parseStringArray);
            register(718, parseCircle);
            register(1000, parseBoolArray);
            register(1001, parseByteAArray);
            register(1005, parseIntegerArray);
            register(1007, parseIntegerArray);
            register(1028, parseIntegerArray);
            register(1016, parseBigIntegerArray);
            register(1017, parsePointArray);
            register(1021, parseFloatArray);
            register(1022, parseFloatArray);
            register(1231, parseFloatArray);
            register(1014, parseStringArray);
            register(1015, parseStringArray);
            register(1008, parseStringArray);
            register(1009, parseStringArray);
            register(1040, parseStringArray);
            register(1041, parseStringArray);
            register(1115, parseDateArray);
            register(1182, parseDateArray);
            register(1185, parseDateArray);
            register(1186, parseInterval);
            register(1187, parseIntervalArray);
            register(17, parseByteA);
            register(114, JSON.parse.bind(JSON));
            register(3802, JSON.parse.bind(JSON));
            register(199, parseJsonArray);
            register(3807, parseJsonArray);
            register(3907, parseStringArray);
            register(2951, parseStringArray);
            register(791, parseStringArray);
            register(1183, parseStringArray);
            register(1270, parseStringArray);
        };
        module.exports = {
            init: init
        };
    }),
    5042: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const EventEmitter = (__nccwpck_require__(4434).EventEmitter);
        const utils = __nccwpck_require__(9652);
        const nodeUtils = __nccwpck_require__(9023);
        const sasl = __nccwpck_require__(948);
        const TypeOverrides = __nccwpck_require__(365);
        const ConnectionParameters = __nccwpck_require__(646);
        const Query = __nccwpck_require__(4473);
        const defaults = __nccwpck_require__(8995);
        const Connection = __nccwpck_require__(9809);
        const crypto = __nccwpck_require__(4150);
        const activeQueryDeprecationNotice = nodeUtils.deprecate(() => { }, 'Client.activeQuery is deprecated and will be removed in pg@9.0');
        const queryQueueDeprecationNotice = nodeUtils.deprecate(() => { }, 'Client.queryQueue is deprecated and will be removed in pg@9.0.');
        const pgPassDeprecationNotice = nodeUtils.deprecate(() => { }, 'pgpass support is deprecated and will be removed in pg@9.0. ' +
            'You can provide an async function as the password property to the Client/Pool constructor that returns a password instead. Within this function you can call the pgpass module in your own code.');
        const byoPromiseDeprecationNotice = nodeUtils.deprecate(() => { }, 'Passing a custom Promise implementation to the Client/Pool constructor is deprecated and will be removed in pg@9.0.');
        const queryQueueLengthDeprecationNotice = nodeUtils.deprecate(() => { }, 'Calling client.query() when the client is already executing a query is deprecated and will be removed in pg@9.0. Use async/await or an external async flow control mechanism instead.');
        function coerceNumberOrDefault(value, defaultValue) {
            if (typeof value === 'number') {
                return Number.isFinite(value) ? value : defaultValue;
            }
            if (typeof value === 'string' && value.trim() !== '') {
                const n = Number(value);
                return Number.isFinite(n) ? n : defaultValue;
            }
            return defaultValue;
        }
        class Client extends EventEmitter {
            constructor(config) {
                super();
                this.connectionParameters = new ConnectionParameters(config);
                this.user = this.connectionParameters.user;
                this.database = this.connectionParameters.database;
                this.port = this.connectionParameters.port;
                this.host = this.connectionParameters.host;
                Object.defineProperty(this, 'password', {
                    configurable: true,
                    enumerable: false,
                    writable: true,
                    value: this.connectionParameters.password,
                });
                this.replication = this.connectionParameters.replication;
                const c = config || {};
                if (c.Promise) {
                    byoPromiseDeprecationNotice();
                }
                this._Promise = c.Promise || global.Promise;
                this._types = new TypeOverrides(c.types);
                this._ending = false;
                this._ended = false;
                this._connecting = false;
                this._connected = false;
                this._connectionError = false;
                this._queryable = true;
                this._activeQuery = null;
                this._txStatus = null;
                this.enableChannelBinding = Boolean(c.enableChannelBinding);
                this.scramMaxIterations = coerceNumberOrDefault(c.scramMaxIterations, sasl.DEFAULT_MAX_SCRAM_ITERATIONS);
                this.connection =
                    c.connection ||
                        new Connection({
                            stream: c.stream,
                            ssl: this.connectionParameters.ssl,
                            sslNegotiation: this.connectionParameters.sslnegotiation,
                            keepAlive: c.keepAlive || false,
                            keepAliveInitialDelayMillis: c.keepAliveInitialDelayMillis || 0,
                            encoding: this.connectionParameters.client_encoding || 'utf8',
                        });
                this._queryQueue = [];
                this._sentQueryQueue = [];
                this.pipeline = Boolean(c.pipeline);
                this.binary = c.binary || defaults.binary;
                this.processID = null;
                this.secretKey = null;
                this.ssl = this.connectionParameters.ssl || false;
                this.sslNegotiation = this.connectionParameters.sslnegotiation || 'postgres';
                if (this.ssl && this.ssl.key) {
                    Object.defineProperty(this.ssl, 'key', {
                        enumerable: false,
                    });
                }
                this._connectionTimeoutMillis = c.connectionTimeoutMillis || 0;
            }
            get activeQuery() {
                activeQueryDeprecationNotice();
                return this._activeQuery;
            }
            set activeQuery(val) {
                activeQueryDeprecationNotice();
                this._activeQuery = val;
            }
            _getActiveQuery() {
                return this._activeQuery;
            }
            _errorAllQueries(err) {
                const enqueueError = (query) => {
                    process.nextTick(() => {
                        query.handleError(err, this.connection);
                    });
                };
                const activeQuery = this._getActiveQuery();
                if (activeQuery) {
                    enqueueError(activeQuery);
                    this._activeQuery = null;
                }
                this._sentQueryQueue.forEach(enqueueError);
                this._sentQueryQueue.length = 0;
                this._queryQueue.forEach(enqueueError);
                this._queryQueue.length = 0;
            }
            _connect(callback) {
                const self = this;
                const con = this.connection;
                this._connectionCallback = callback;
                if (this._connecting || this._connected) {
                    const err = new Error('Client has already been connected. You cannot reuse a client.');
                    process.nextTick(() => {
                        callback(err);
                    });
                    return;
                }
                this._connecting = true;
                if (this._connectionTimeoutMillis > 0) {
                    this.connectionTimeoutHandle = setTimeout(() => {
                        con._ending = true;
                        con.stream.destroy(new Error('timeout expired'));
                    }, this._connectionTimeoutMillis);
                    if (this.connectionTimeoutHandle.unref) {
                        this.connectionTimeoutHandle.unref();
                    }
                }
                if (this.host && this.host.indexOf('/') === 0) {
                    con.connect(this.host + '/.s.PGSQL.' + this.port);
                }
                else {
                    con.connect(this.port, this.host);
                }
                con.on('connect', function () {
                    if (self.ssl) {
                        if (self.sslNegotiation !== 'direct') {
                            con.requestSsl();
                        }
                    }
                    else {
                        con.startup(self.getStartupConf());
                    }
                });
                con.on('sslconnect', function () {
                    con.startup(self.getStartupConf());
                });
                this._attachListeners(con);
                con.once('end', () => {
                    const error = this._ending ? new Error('Connection terminated') : new Error('Connection terminated unexpectedly');
                    clearTimeout(this.connectionTimeoutHandle);
                    this._errorAllQueries(error);
                    this._ended = true;
                    if (!this._ending) {
                        if (this._connecting && !this._connectionError) {
                            if (this._connectionCallback) {
                                this._connectionCallback(error);
                            }
                            else {
                                this._handleErrorEvent(error);
                            }
                        }
                        else if (!this._connectionError) {
                            this._handleErrorEvent(error);
                        }
                    }
                    process.nextTick(() => {
                        this.emit('end');
                    });
                });
            }
            connect(callback) {
                if (callback) {
                    this._connect(callback);
                    return;
                }
                return new this._Promise((resolve, reject) => {
                    this._connect((error) => {
                        if (error) {
                            reject(error);
                        }
                        else {
                            resolve(this);
                        }
                    });
                });
            }
            _attachListeners(con) {
                con.on('authenticationCleartextPassword', this._handleAuthCleartextPassword.bind(this));
                con.on('authenticationMD5Password', this._handleAuthMD5Password.bind(this));
                con.on('authenticationSASL', this._handleAuthSASL.bind(this));
                con.on('authenticationSASLContinue', this._handleAuthSASLContinue.bind(this));
                con.on('authenticationSASLFinal', this._handleAuthSASLFinal.bind(this));
                con.on('backendKeyData', this._handleBackendKeyData.bind(this));
                con.on('error', this._handleErrorEvent.bind(this));
                con.on('errorMessage', this._handleErrorMessage.bind(this));
                con.on('readyForQuery', this._handleReadyForQuery.bind(this));
                con.on('notice', this._handleNotice.bind(this));
                con.on('rowDescription', this._handleRowDescription.bind(this));
                con.on('dataRow', this._handleDataRow.bind(this));
                con.on('portalSuspended', this._handlePortalSuspended.bind(this));
                con.on('emptyQuery', this._handleEmptyQuery.bind(this));
                con.on('commandComplete', this._handleCommandComplete.bind(this));
                con.on('parseComplete', this._handleParseComplete.bind(this));
                con.on('copyInResponse', this._handleCopyInResponse.bind(this));
                con.on('copyData', this._handleCopyData.bind(this));
                con.on('notification', this._handleNotification.bind(this));
            }
            _getPassword(cb) {
                const con = this.connection;
                if (typeof this.password === 'function') {
                    this._Promise
                        .resolve()
                        .then(() => this.password(this.connectionParameters))
                        .then((pass) => {
                        if (pass !== undefined) {
                            if (typeof pass !== 'string') {
                                con.emit('error', new TypeError('Password must be a string'));
                                return;
                            }
                            this.connectionParameters.password = this.password = pass;
                        }
                        else {
                            this.connectionParameters.password = this.password = null;
                        }
                        cb();
                    })
                        .catch((err) => {
                        con.emit('error', err);
                    });
                }
                else if (this.password !== null) {
                    cb();
                }
                else {
                    try {
                        const pgPass = __nccwpck_require__(3272);
                        pgPass(this.connectionParameters, (pass) => {
                            if (undefined !== pass) {
                                pgPassDeprecationNotice();
                                this.connectionParameters.password = this.password = pass;
                            }
                            cb();
                        });
                    }
                    catch (e) {
                        this.emit('error', e);
                    }
                }
            }
            _handleAuthCleartextPassword(msg) {
                this._getPassword(() => {
                    this.connection.password(this.password);
                });
            }
            _handleAuthMD5Password(msg) {
                this._getPassword(async () => {
                    try {
                        const hashedPassword = await crypto.postgresMd5PasswordHash(this.user, this.password, msg.salt);
                        this.connection.password(hashedPassword);
                    }
                    catch (e) {
                        this.emit('error', e);
                    }
                });
            }
            _handleAuthSASL(msg) {
                this._getPassword(() => {
                    try {
                        this.saslSession = sasl.startSession(msg.mechanisms, this.enableChannelBinding && this.connection.stream, this.scramMaxIterations);
                        this.connection.sendSASLInitialResponseMessage(this.saslSession.mechanism, this.saslSession.response);
                    }
                    catch (err) {
                        this.connection.emit('error', err);
                    }
                });
            }
            async _handleAuthSASLContinue(msg) {
                try {
                    await sasl.continueSession(this.saslSession, this.password, msg.data, this.enableChannelBinding && this.connection.stream);
                    this.connection.sendSCRAMClientFinalMessage(this.saslSession.response);
                }
                catch (err) {
                    this.connection.emit('error', err);
                }
            }
            _handleAuthSASLFinal(msg) {
                try {
                    sasl.finalizeSession(this.saslSession, msg.data);
                    this.saslSession = null;
                }
                catch (err) {
                    this.connection.emit('error', err);
                }
            }
            _handleBackendKeyData(msg) {
                this.processID = msg.processID;
                this.secretKey = msg.secretKey;
            }
            _handleReadyForQuery(msg) {
                if (this._connecting) {
                    this._connecting = false;
                    this._connected = true;
                    clearTimeout(this.connectionTimeoutHandle);
                    if (this._connectionCallback) {
                        this._connectionCallback(null, this);
                        this._connectionCallback = null;
                    }
                    this.emit('connect');
                }
                const activeQuery = this._getActiveQuery();
                this._activeQuery = null;
                this._txStatus = msg?.status ?? null;
                this.readyForQuery = true;
                if (activeQuery) {
                    activeQuery.handleReadyForQuery(this.connection);
                }
                this._pulseQueryQueue();
            }
            _handleErrorWhileConnecting(err) {
                if (this._connectionError) {
                    return;
                }
                this._connectionError = true;
                clearTimeout(this.connectionTimeoutHandle);
                if (this._connectionCallback) {
                    return this._connectionCallback(err);
                }
                this.emit('error', err);
            }
            _handleErrorEvent(err) {
                if (this._connecting) {
                    return this._handleErrorWhileConnecting(err);
                }
                this._queryable = false;
                this._errorAllQueries(err);
                this.emit('error', err);
            }
            _handleErrorMessage(msg) {
                if (this._connecting) {
                    return this._handleErrorWhileConnecting(msg);
                }
                const activeQuery = this._getActiveQuery();
                if (!activeQuery) {
                    this._handleErrorEvent(msg);
                    return;
                }
                this._activeQuery = null;
                if (activeQuery.name) {
                    delete this.connection.submittedNamedStatements[activeQuery.name];
                }
                activeQuery.handleError(msg, this.connection);
            }
            _handleRowDescription(msg) {
                const activeQuery = this._getActiveQuery();
                if (activeQuery == null) {
                    const error = new Error('Received unexpected rowDescription message from backend.');
                    this._handleErrorEvent(error);
                    return;
                }
                activeQuery.handleRowDescription(msg);
            }
            _handleDataRow(msg) {
                const activeQuery = this._getActiveQuery();
                if (activeQuery == null) {
                    const error = new Error('Received unexpected dataRow message from backend.');
                    this._handleErrorEvent(error);
                    return;
                }
                activeQuery.handleDataRow(msg);
            }
            _handlePortalSuspended(msg) {
                const activeQuery = this._getActiveQuery();
                if (activeQuery == null) {
                    const error = new Error('Received unexpected portalSuspended message from backend.');
                    this._handleErrorEvent(error);
                    return;
                }
                activeQuery.handlePortalSuspended(this.connection);
            }
            _handleEmptyQuery(msg) {
                const activeQuery = this._getActiveQuery();
                if (activeQuery == null) {
                    const error = new Error('Received unexpected emptyQuery message from backend.');
                    this._handleErrorEvent(error);
                    return;
                }
                activeQuery.handleEmptyQuery(this.connection);
            }
            _handleCommandComplete(msg) {
                const activeQuery = this._getActiveQuery();
                if (activeQuery == null) {
                    const error = new Error('Received unexpected commandComplete message from backend.');
                    this._handleErrorEvent(error);
                    return;
                }
                activeQuery.handleCommandComplete(msg, this.connection);
            }
            _handleParseComplete() {
                const activeQuery = this._getActiveQuery();
                if (activeQuery == null) {
                    const error = new Error('Received unexpected parseComplete message from backend.');
                    this._handleErrorEvent(error);
                    return;
                }
                if (activeQuery.name) {
                    this.connection.parsedStatements[activeQuery.name] = activeQuery.text;
                    delete this.connection.submittedNamedStatements[activeQuery.name];
                }
            }
            _handleCopyInResponse(msg) {
                const activeQuery = this._getActiveQuery();
                if (activeQuery == null) {
                    const error = new Error('Received unexpected copyInResponse message from backend.');
                    this._handleErrorEvent(error);
                    return;
                }
                activeQuery.handleCopyInResponse(this.connection);
            }
            _handleCopyData(msg) {
                const activeQuery = this._getActiveQuery();
                if (activeQuery == null) {
                    const error = new Error('Received unexpected copyData message from backend.');
                    this._handleErrorEvent(error);
                    return;
                }
                activeQuery.handleCopyData(msg, this.connection);
            }
            _handleNotification(msg) {
                this.emit('notification', msg);
            }
            _handleNotice(msg) {
                this.emit('notice', msg);
            }
            getStartupConf() {
                const params = this.connectionParameters;
                const data = {
                    user: params.user,
                    database: params.database,
                };
                const appName = params.application_name || params.fallback_application_name;
                if (appName) {
                    data.application_name = appName;
                }
                if (params.replication) {
                    data.replication = '' + params.replication;
                }
                if (params.statement_timeout) {
                    data.statement_timeout = String(parseInt(params.statement_timeout, 10));
                }
                if (params.lock_timeout) {
                    data.lock_timeout = String(parseInt(params.lock_timeout, 10));
                }
                if (params.idle_in_transaction_session_timeout) {
                    data.idle_in_transaction_session_timeout = String(parseInt(params.idle_in_transaction_session_timeout, 10));
                }
                if (params.options) {
                    data.options = params.options;
                }
                return data;
            }
            cancel(client, query) {
                if (client.activeQuery === query) {
                    const con = this.connection;
                    if (this.host && this.host.indexOf('/') === 0) {
                        con.connect(this.host + '/.s.PGSQL.' + this.port);
                    }
                    else {
                        con.connect(this.port, this.host);
                    }
                    con.on('connect', function () {
                        con.cancel(client.processID, client.secretKey);
                    });
                }
                else if (client._queryQueue.indexOf(query) !== -1) {
                    client._queryQueue.splice(client._queryQueue.indexOf(query), 1);
                }
                else if (client._sentQueryQueue.indexOf(query) !== -1) {
                    query.callback = () => { };
                }
            }
            setTypeParser(oid, format, parseFn) {
                return this._types.setTypeParser(oid, format, parseFn);
            }
            getTypeParser(oid, format) {
                return this._types.getTypeParser(oid, format);
            }
            escapeIdentifier(str) {
                return utils.escapeIdentifier(str);
            }
            escapeLiteral(str) {
                return utils.escapeLiteral(str);
            }
            _pulseQueryQueue() {
                if (this.pipeline) {
                    this._pulsePipelinedQueryQueue();
                    return;
                }
                if (this.readyForQuery === true) {
                    this._activeQuery = this._queryQueue.shift();
                    const activeQuery = this._getActiveQuery();
                    if (activeQuery) {
                        this.readyForQuery = false;
                        this.hasExecuted = true;
                        const queryError = activeQuery.submit(this.connection);
                        if (queryError) {
                            process.nextTick(() => {
                                activeQuery.handleError(queryError, this.connection);
                                this.readyForQuery = true;
                                this._pulseQueryQueue();
                            });
                        }
                    }
                    else if (this.hasExecuted) {
                        this._activeQuery = null;
                        this.emit('drain');
                    }
                }
            }
            _pulsePipelinedQueryQueue() {
                if (!this._connected || !this._queryable) {
                    return;
                }
                while (this._queryQueue.length > 0) {
                    const query = this._queryQueue.shift();
                    this.hasExecuted = true;
                    const queryError = query.submit(this.connection);
                    if (queryError) {
                        process.nextTick(() => {
                            query.handleError(queryError, this.connection);
                        });
                        continue;
                    }
                    this._sentQueryQueue.push(query);
                }
                if (this.readyForQuery && !this._activeQuery && this._sentQueryQueue.length > 0) {
                    this._activeQuery = this._sentQueryQueue.shift();
                    this.readyForQuery = false;
                }
                if (!this._activeQuery && this._sentQueryQueue.length === 0 && this._queryQueue.length === 0 && this.hasExecuted) {
                    this.emit('drain');
                }
            }
            query(config, values, callback) {
                let query;
                let result;
                if (config == null) {
                    throw new TypeError('Client was passed a null or undefined query');
                }
                if (typeof config.submit === 'function') {
                    result = query = config;
                    if (!query.callback) {
                        if (typeof values === 'function') {
                            query.callback = values;
                        }
                        else if (callback) {
                            query.callback = callback;
                        }
                    }
                }
                else {
                    query = new Query(config, values, callback);
                    if (!query.callback) {
                        result = new this._Promise((resolve, reject) => {
                            query.callback = (err, res) => (err ? reject(err) : resolve(res));
                        }).catch((err) => {
                            Error.captureStackTrace(err);
                            throw err;
                        });
                    }
                    else if (typeof query.callback !== 'function') {
                        throw new TypeError('callback is not a function');
                    }
                }
                const readTimeout = config.query_timeout || this.connectionParameters.query_timeout;
                if (readTimeout) {
                    const queryCallback = query.callback || (() => { });
                    const readTimeoutTimer = setTimeout(() => {
                        const error = new Error('Query read timeout');
                        process.nextTick(() => {
                            query.handleError(error, this.connection);
                        });
                        queryCallback(error);
                        query.callback = () => { };
                        const index = this._queryQueue.indexOf(query);
                        if (index > -1) {
                            this._queryQueue.splice(index, 1);
                        }
                        else if (this.pipeline) {
                            this.connection.stream.destroy();
                            return;
                        }
                        this._pulseQueryQueue();
                    }, readTimeout);
                    query.callback = (err, res) => {
                        clearTimeout(readTimeoutTimer);
                        queryCallback(err, res);
                    };
                }
                if (this.binary && !query.binary) {
                    query.binary = true;
                }
                if (query._result && !query._result._types) {
                    query._result._types = this._types;
                }
                if (this.pipeline) {
                    const portalQuery = typeof config.submit === 'function' && !(query instanceof Query)
                        ? 'Custom query classes such as pg-cursor and pg-query-stream are'
                        : query.rows
                            ? 'The `rows` option is'
                            : null;
                    if (portalQuery) {
                        process.nextTick(() => {
                            query.handleError(new Error(`${portalQuery} not supported in pipeline mode`), this.connection);
                        });
                        return result;
                    }
                }
                if (!this._queryable) {
                    process.nextTick(() => {
                        query.handleError(new Error('Client has encountered a connection error and is not queryable'), this.connection);
                    });
                    return result;
                }
                if (this._ending) {
                    process.nextTick(() => {
                        query.handleError(new Error('Client was closed and is not queryable'), this.connection);
                    });
                    return result;
                }
                if (this._queryQueue.length > 0 && !this.pipeline) {
                    queryQueueLengthDeprecationNotice();
                }
                this._queryQueue.push(query);
                this._pulseQueryQueue();
                return result;
            }
            ref() {
                this.connection.ref();
            }
            unref() {
                this.connection.unref();
            }
            getTransactionStatus() {
                return this._txStatus;
            }
            end(cb) {
                this._ending = true;
                if (!this.connection._connecting || this._ended) {
                    if (cb) {
                        cb();
                        return;
                    }
                    else {
                        return this._Promise.resolve();
                    }
                }
                if (!this._queryable) {
                    this.connection.stream.destroy();
                }
                else if (this.pipeline &&
                    (this._getActiveQuery() || this._sentQueryQueue.length > 0 || this._queryQueue.length > 0)) {
                    this.once('drain', () => this.connection.end());
                }
                else if (this._getActiveQuery()) {
                    this.connection.stream.destroy();
                }
                else {
                    this.connection.end();
                }
                if (cb) {
                    this.connection.once('end', cb);
                }
                else {
                    return new this._Promise((resolve) => {
                        this.connection.once('end', resolve);
                    });
                }
            }
            get queryQueue() {
                queryQueueDeprecationNotice();
                return this._queryQueue;
            }
        }
        Client.Query = Query;
        module.exports = Client;
    }),
    646: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const dns = __nccwpck_require__(2250);
        const defaults = __nccwpck_require__(8995);
        const parse = (__nccwpck_require__(6122).parse);
        const val = function (key, config, envVar) {
            if (config[key]) {
                return config[key];
            }
            if (envVar === undefined) {
                envVar = process.env['PG' + key.toUpperCase()];
            }
            else if (envVar === false) {
            }
            else {
                envVar = process.env[envVar];
            }
            return envVar || defaults[key];
        };
        const readSSLConfigFromEnvironment = function () {
            switch (process.env.PGSSLMODE) {
                case 'disable':
                    return false;
                case 'prefer':
                case 'require':
                case 'verify-ca':
                case 'verify-full':
                    return true;
                case 'no-verify':
                    return { rejectUnauthorized: false };
            }
            return defaults.ssl;
        };
        const quoteParamValue = function (value) {
            return "'" + ('' + value).replace(/\\/g, '\\\\').replace(/'/g, "\\'") + "'";
        };
        const add = function (params, config, paramName) {
            const value = config[paramName];
            if (value !== undefined && value !== null) {
                params.push(paramName + '=' + quoteParamValue(value));
            }
        };
        class ConnectionParameters {
            constructor(config) {
                config = typeof config === 'string' ? parse(config) : config || {};
                if (config.connectionString) {
                    config = Object.assign({}, config, parse(config.connectionString));
                }
                this.user = val('user', config);
                this.database = val('database', config);
                if (this.database === undefined) {
                    this.database = this.user;
                }
                this.port = parseInt(val('port', config), 10);
                this.host = val('host', config);
                Object.defineProperty(this, 'password', {
                    configurable: true,
                    enumerable: false,
                    writable: true,
                    value: val('password', config),
                });
                this.binary = val('binary', config);
                this.options = val('options', config);
                this.ssl = typeof config.ssl === 'undefined' ? readSSLConfigFromEnvironment() : config.ssl;
                if (typeof this.ssl === 'string') {
                    if (this.ssl === 'true') {
                        this.ssl = true;
                    }
                }
                if (this.ssl === 'no-verify') {
                    this.ssl = { rejectUnauthorized: false };
                }
                if (this.ssl && this.ssl.key) {
                    Object.defineProperty(this.ssl, 'key', {
                        enumerable: false,
                    });
                }
                this.sslnegotiation = val('sslnegotiation', config, 'PGSSLNEGOTIATION');
                if (this.sslnegotiation !== undefined && this.sslnegotiation !== 'postgres' && this.sslnegotiation !== 'direct') {
                    throw new Error(`Invalid sslnegotiation value: "${this.sslnegotiation}". Valid values are "postgres" and "direct".`);
                }
                if (this.sslnegotiation === 'direct' && !this.ssl) {
                    throw new Error('sslnegotiation=direct requires SSL to be enabled');
                }
                this.client_encoding = val('client_encoding', config);
                this.replication = val('replication', config);
                this.isDomainSocket = !(this.host || '').indexOf('/');
                this.application_name = val('application_name', config, 'PGAPPNAME');
                this.fallback_application_name = val('fallback_application_name', config, false);
                this.statement_timeout = val('statement_timeout', config, false);
                this.lock_timeout = val('lock_timeout', config, false);
                this.idle_in_transaction_session_timeout = val('idle_in_transaction_session_timeout', config, false);
                this.query_timeout = val('query_timeout', config, false);
                if (config.connectionTimeoutMillis === undefined) {
                    this.connect_timeout = process.env.PGCONNECT_TIMEOUT || 0;
                }
                else {
                    this.connect_timeout = Math.floor(config.connectionTimeoutMillis / 1000);
                }
                if (config.keepAlive === false) {
                    this.keepalives = 0;
                }
                else if (config.keepAlive === true) {
                    this.keepalives = 1;
                }
                if (typeof config.keepAliveInitialDelayMillis === 'number') {
                    this.keepalives_idle = Math.floor(config.keepAliveInitialDelayMillis / 1000);
                }
            }
            getLibpqConnectionString(cb) {
                const params = [];
                add(params, this, 'user');
                add(params, this, 'password');
                add(params, this, 'port');
                add(params, this, 'application_name');
                add(params, this, 'fallback_application_name');
                add(params, this, 'connect_timeout');
                add(params, this, 'options');
                const ssl = typeof this.ssl === 'object' ? this.ssl : this.ssl ? { sslmode: this.ssl } : {};
                add(params, ssl, 'sslmode');
                add(params, ssl, 'sslca');
                add(params, ssl, 'sslkey');
                add(params, ssl, 'sslcert');
                add(params, ssl, 'sslrootcert');
                add(params, this, 'sslnegotiation');
                if (this.database) {
                    params.push('dbname=' + quoteParamValue(this.database));
                }
                if (this.replication) {
                    params.push('replication=' + quoteParamValue(this.replication));
                }
                if (this.host) {
                    params.push('host=' + quoteParamValue(this.host));
                }
                if (this.isDomainSocket) {
                    return cb(null, params.join(' '));
                }
                if (this.client_encoding) {
                    params.push('client_encoding=' + quoteParamValue(this.client_encoding));
                }
                dns.lookup(this.host, function (err, address) {
                    if (err)
                        return cb(err, null);
                    params.push('hostaddr=' + quoteParamValue(address));
                    return cb(null, params.join(' '));
                });
            }
        }
        module.exports = ConnectionParameters;
    }),
    9809: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const EventEmitter = (__nccwpck_require__(4434).EventEmitter);
        const { parse, serialize } = __nccwpck_require__(4233);
        const stream = __nccwpck_require__(829);
        const { getStream } = stream;
        const flushBuffer = serialize.flush();
        const syncBuffer = serialize.sync();
        const endBuffer = serialize.end();
        class Connection extends EventEmitter {
            constructor(config) {
                super();
                config = config || {};
                this.stream = config.stream || getStream(config.ssl);
                if (typeof this.stream === 'function') {
                    this.stream = this.stream(config);
                }
                this._keepAlive = config.keepAlive;
                this._keepAliveInitialDelayMillis = config.keepAliveInitialDelayMillis;
                this.parsedStatements = {};
                this.submittedNamedStatements = {};
                this.ssl = config.ssl || false;
                this.sslNegotiation = config.sslNegotiation || 'postgres';
                this._ending = false;
                this._emitMessage = false;
                const self = this;
                this.on('newListener', function (eventName) {
                    if (eventName === 'message') {
                        self._emitMessage = true;
                    }
                });
            }
            connect(port, host) {
                const self = this;
                this._connecting = true;
                this.stream.setNoDelay(true);
                this.stream.connect(port, host);
                this.stream.once('connect', function () {
                    if (self._keepAlive) {
                        self.stream.setKeepAlive(true, self._keepAliveInitialDelayMillis);
                    }
                    self.emit('connect');
                });
                const reportStreamError = function (error) {
                    if (self._ending && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) {
                        return;
                    }
                    self.emit('error', error);
                };
                this.stream.on('error', reportStreamError);
                this.stream.on('close', function () {
                    self.emit('end');
                });
                if (!this.ssl) {
                    return this.attachListeners(this.stream);
                }
                if (this.sslNegotiation === 'direct') {
                    return this.stream.once('connect', function () {
                        self.upgradeToSSL(host, reportStreamError);
                    });
                }
                this.stream.once('data', function (buffer) {
                    const responseCode = buffer.toString('utf8');
                    switch (responseCode) {
                        case 'S':
                            break;
                        case 'N':
                            self.stream.end();
                            return self.emit('error', new Error('The server does not support SSL connections'));
                        default:
                            self.stream.end();
                            return self.emit('error', new Error('There was an error establishing an SSL connection'));
                    }
                    self.upgradeToSSL(host, reportStreamError);
                });
            }
            upgradeToSSL(host, reportStreamError) {
                const self = this;
                const options = {
                    socket: self.stream,
                    host,
                };
                if (self.ssl !== true) {
                    Object.assign(options, self.ssl);
                    if ('key' in self.ssl) {
                        options.key = self.ssl.key;
                    }
                }
                if (self.sslNegotiation === 'direct') {
                    options.ALPNProtocols = ['postgresql'];
                }
                const net = __nccwpck_require__(9278);
                if (net.isIP && net.isIP(host) === 0) {
                    options.servername = host;
                }
                try {
                    self.stream = stream.getSecureStream(options);
                }
                catch (err) {
                    return self.emit('error', err);
                }
                self.attachListeners(self.stream);
                self.stream.on('error', reportStreamError);
                self.emit('sslconnect');
            }
            attachListeners(stream) {
                parse(stream, (msg) => {
                    const eventName = msg.name === 'error' ? 'errorMessage' : msg.name;
                    if (this._emitMessage) {
                        this.emit('message', msg);
                    }
                    this.emit(eventName, msg);
                });
            }
            requestSsl() {
                this.stream.write(serialize.requestSsl());
            }
            startup(config) {
                this.stream.write(serialize.startup(config));
            }
            cancel(processID, secretKey) {
                this._send(serialize.cancel(processID, secretKey));
            }
            password(password) {
                this._send(serialize.password(password));
            }
            sendSASLInitialResponseMessage(mechanism, initialResponse) {
                this._send(serialize.sendSASLInitialResponseMessage(mechanism, initialResponse));
            }
            sendSCRAMClientFinalMessage(additionalData) {
                this._send(serialize.sendSCRAMClientFinalMessage(additionalData));
            }
            _send(buffer) {
                if (!this.stream.writable) {
                    return false;
                }
                return this.stream.write(buffer);
            }
            query(text) {
                this._send(serialize.query(text));
            }
            parse(query) {
                this._send(serialize.parse(query));
            }
            bind(config) {
                this._send(serialize.bind(config));
            }
            execute(config) {
                this._send(serialize.execute(config));
            }
            flush() {
                if (this.stream.writable) {
                    this.stream.write(flushBuffer);
                }
            }
            sync() {
                this._send(syncBuffer);
            }
            ref() {
                this.stream.ref();
            }
            unref() {
                this.stream.unref();
            }
            end() {
                this._ending = true;
                if (!this._connecting || !this.stream.writable) {
                    this.stream.end();
                    return;
                }
                return this.stream.write(endBuffer, () => {
                    this.stream.end();
                });
            }
            close(msg) {
                this._send(serialize.close(msg));
            }
            describe(msg) {
                this._send(serialize.describe(msg));
            }
            sendCopyFromChunk(chunk) {
                this._send(serialize.copyData(chunk));
            }
            endCopyFrom() {
                this._send(serialize.copyDone());
            }
            sendCopyFail(msg) {
                this._send(serialize.copyFail(msg));
            }
        }
        module.exports = Connection;
    }),
    9765: ((module) => {
        function x509Error(msg, cert) {
            return new Error('SASL channel binding: ' + msg + ' when parsing public certificate ' + cert.toString('base64'));
        }
        function readASN1Length(data, index) {
            let length = data[index++];
            if (length < 0x80)
                return { length, index };
            const lengthBytes = length & 0x7f;
            if (lengthBytes > 4)
                throw x509Error('bad length', data);
            length = 0;
            for (let i = 0; i < lengthBytes; i++) {
                length = (length << 8) | data[index++];
            }
            return { length, index };
        }
        function readASN1OID(data, index) {
            if (data[index++] !== 0x6)
                throw x509Error('non-OID data', data);
            const { length: OIDLength, index: indexAfterOIDLength } = readASN1Length(data, index);
            index = indexAfterOIDLength;
            const lastIndex = index + OIDLength;
            const byte1 = data[index++];
            let oid = ((byte1 / 40) >> 0) + '.' + (byte1 % 40);
            while (index < lastIndex) {
                let value = 0;
                while (index < lastIndex) {
                    const nextByte = data[index++];
                    value = (value << 7) | (nextByte & 0x7f);
                    if (nextByte < 0x80)
                        break;
                }
                oid += '.' + value;
            }
            return { oid, index };
        }
        function expectASN1Seq(data, index) {
            if (data[index++] !== 0x30)
                throw x509Error('non-sequence data', data);
            return readASN1Length(data, index);
        }
        function signatureAlgorithmHashFromCertificate(data, index) {
            if (index === undefined)
                index = 0;
            index = expectASN1Seq(data, index).index;
            const { length: certInfoLength, index: indexAfterCertInfoLength } = expectASN1Seq(data, index);
            index = indexAfterCertInfoLength + certInfoLength;
            index = expectASN1Seq(data, index).index;
            const { oid, index: indexAfterOID } = readASN1OID(data, index);
            switch (oid) {
                case '1.2.840.113549.1.1.4':
                    return 'MD5';
                case '1.2.840.113549.1.1.5':
                    return 'SHA-1';
                case '1.2.840.113549.1.1.11':
                    return 'SHA-256';
                case '1.2.840.113549.1.1.12':
                    return 'SHA-384';
                case '1.2.840.113549.1.1.13':
                    return 'SHA-512';
                case '1.2.840.113549.1.1.14':
                    return 'SHA-224';
                case '1.2.840.113549.1.1.15':
                    return 'SHA512-224';
                case '1.2.840.113549.1.1.16':
                    return 'SHA512-256';
                case '1.2.840.10045.4.1':
                    return 'SHA-1';
                case '1.2.840.10045.4.3.1':
                    return 'SHA-224';
                case '1.2.840.10045.4.3.2':
                    return 'SHA-256';
                case '1.2.840.10045.4.3.3':
                    return 'SHA-384';
                case '1.2.840.10045.4.3.4':
                    return 'SHA-512';
                case '1.2.840.113549.1.1.10': {
                    index = indexAfterOID;
                    index = expectASN1Seq(data, index).index;
                    if (data[index++] !== 0xa0)
                        throw x509Error('non-tag data', data);
                    index = readASN1Length(data, index).index;
                    index = expectASN1Seq(data, index).index;
                    const { oid: hashOID } = readASN1OID(data, index);
                    switch (hashOID) {
                        case '1.2.840.113549.2.5':
                            return 'MD5';
                        case '1.3.14.3.2.26':
                            return 'SHA-1';
                        case '2.16.840.1.101.3.4.2.1':
                            return 'SHA-256';
                        case '2.16.840.1.101.3.4.2.2':
                            return 'SHA-384';
                        case '2.16.840.1.101.3.4.2.3':
                            return 'SHA-512';
                    }
                    throw x509Error('unknown hash OID ' + hashOID, data);
                }
                case '1.3.101.110':
                case '1.3.101.112':
                    return 'SHA-512';
                case '1.3.101.111':
                case '1.3.101.113':
                    throw x509Error('Ed448 certificate channel binding is not currently supported by Postgres');
            }
            throw x509Error('unknown OID ' + oid, data);
        }
        module.exports = { signatureAlgorithmHashFromCertificate };
    }),
    948: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const crypto = __nccwpck_require__(4150);
        const { signatureAlgorithmHashFromCertificate } = __nccwpck_require__(9765);
        function saslprep(password) {
            const nonAsciiSpace = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/g;
            const mappedToNothing = /[\u00AD\u034F\u1806\u180B\u180C\u180D\u200C\u200D\u2060\uFE00-\uFE0F\uFEFF]/g;
            return password.replace(nonAsciiSpace, ' ').replace(mappedToNothing, '').normalize('NFKC');
        }
        const DEFAULT_MAX_SCRAM_ITERATIONS = 100000;
        function startSession(mechanisms, stream, scramMaxIterations = DEFAULT_MAX_SCRAM_ITERATIONS) {
            const candidates = ['SCRAM-SHA-256'];
            if (stream)
                candidates.unshift('SCRAM-SHA-256-PLUS');
            const mechanism = candidates.find((candidate) => mechanisms.includes(candidate));
            if (!mechanism) {
                throw new Error('SASL: Only mechanism(s) ' + candidates.join(' and ') + ' are supported');
            }
            if (mechanism === 'SCRAM-SHA-256-PLUS' && typeof stream.getPeerCertificate !== 'function') {
                throw new Error('SASL: Mechanism SCRAM-SHA-256-PLUS requires a certificate');
            }
            const clientNonce = crypto.randomBytes(18).toString('base64');
            const gs2Header = mechanism === 'SCRAM-SHA-256-PLUS' ? 'p=tls-server-end-point' : stream ? 'y' : 'n';
            return {
                mechanism,
                clientNonce,
                response: gs2Header + ',,n=*,r=' + clientNonce,
                message: 'SASLInitialResponse',
                scramMaxIterations,
            };
        }
        async function continueSession(session, password, serverData, stream) {
            if (session.message !== 'SASLInitialResponse') {
                throw new Error('SASL: Last message was not SASLInitialResponse');
            }
            if (typeof password !== 'string') {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string');
            }
            if (password === '') {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string');
            }
            if (typeof serverData !== 'string') {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: serverData must be a string');
            }
            const sv = parseServerFirstMessage(serverData);
            if (!sv.nonce.startsWith(session.clientNonce)) {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce does not start with client nonce');
            }
            else if (sv.nonce.length === session.clientNonce.length) {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce is too short');
            }
            const scramMaxIterations = typeof session.scramMaxIterations === 'number' ? session.scramMaxIterations : DEFAULT_MAX_SCRAM_ITERATIONS;
            if (scramMaxIterations !== 0 && sv.iteration > scramMaxIterations) {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration count ' +
                    sv.iteration +
                    ' exceeds scramMaxIterations of ' +
                    scramMaxIterations);
            }
            const clientFirstMessageBare = 'n=*,r=' + session.clientNonce;
            const serverFirstMessage = 'r=' + sv.nonce + ',s=' + sv.salt + ',i=' + sv.iteration;
            let channelBinding = stream ? 'eSws' : 'biws';
            if (session.mechanism === 'SCRAM-SHA-256-PLUS') {
                const peerCert = stream.getPeerCertificate().raw;
                let hashName = signatureAlgorithmHashFromCertificate(peerCert);
                if (hashName === 'MD5' || hashName === 'SHA-1')
                    hashName = 'SHA-256';
                const certHash = await crypto.hashByName(hashName, peerCert);
                const bindingData = Buffer.concat([Buffer.from('p=tls-server-end-point,,'), Buffer.from(certHash)]);
                channelBinding = bindingData.toString('base64');
            }
            const clientFinalMessageWithoutProof = 'c=' + channelBinding + ',r=' + sv.nonce;
            const authMessage = clientFirstMessageBare + ',' + serverFirstMessage + ',' + clientFinalMessageWithoutProof;
            const saltBytes = Buffer.from(sv.salt, 'base64');
            const saltedPassword = await crypto.deriveKey(saslprep(password), saltBytes, sv.iteration);
            const clientKey = await crypto.hmacSha256(saltedPassword, 'Client Key');
            const storedKey = await crypto.sha256(clientKey);
            const clientSignature = await crypto.hmacSha256(storedKey, authMessage);
            const clientProof = xorBuffers(Buffer.from(clientKey), Buffer.from(clientSignature)).toString('base64');
            const serverKey = await crypto.hmacSha256(saltedPassword, 'Server Key');
            const serverSignatureBytes = await crypto.hmacSha256(serverKey, authMessage);
            session.message = 'SASLResponse';
            session.serverSignature = Buffer.from(serverSignatureBytes).toString('base64');
            session.response = clientFinalMessageWithoutProof + ',p=' + clientProof;
        }
        function finalizeSession(session, serverData) {
            if (session.message !== 'SASLResponse') {
                throw new Error('SASL: Last message was not SASLResponse');
            }
            if (typeof serverData !== 'string') {
                throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: serverData must be a string');
            }
            const { serverSignature } = parseServerFinalMessage(serverData);
            if (serverSignature !== session.serverSignature) {
                throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature does not match');
            }
        }
        function isPrintableChars(text) {
            if (typeof text !== 'string') {
                throw new TypeError('SASL: text must be a string');
            }
            return text
                .split('')
                .map((_, i) => text.charCodeAt(i))
                .every((c) => (c >= 0x21 && c <= 0x2b) || (c >= 0x2d && c <= 0x7e));
        }
        function isBase64(text) {
            return /^(?:[a-zA-Z0-9+/]{4})*(?:[a-zA-Z0-9+/]{2}==|[a-zA-Z0-9+/]{3}=)?$/.test(text);
        }
        function parseAttributePairs(text) {
            if (typeof text !== 'string') {
                throw new TypeError('SASL: attribute pairs text must be a string');
            }
            return new Map(text.split(',').map((attrValue) => {
                if (!/^.=/.test(attrValue)) {
                    throw new Error('SASL: Invalid attribute pair entry');
                }
                const name = attrValue[0];
                const value = attrValue.substring(2);
                return [name, value];
            }));
        }
        function parseServerFirstMessage(data) {
            const attrPairs = parseAttributePairs(data);
            const nonce = attrPairs.get('r');
            if (!nonce) {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: nonce missing');
            }
            else if (!isPrintableChars(nonce)) {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: nonce must only contain printable characters');
            }
            const salt = attrPairs.get('s');
            if (!salt) {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: salt missing');
            }
            else if (!isBase64(salt)) {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: salt must be base64');
            }
            const iterationText = attrPairs.get('i');
            if (!iterationText) {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration missing');
            }
            else if (!/^[1-9][0-9]*$/.test(iterationText)) {
                throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: invalid iteration count');
            }
            const iteration = parseInt(iterationText, 10);
            return {
                nonce,
                salt,
                iteration,
            };
        }
        function parseServerFinalMessage(serverData) {
            const attrPairs = parseAttributePairs(serverData);
            const error = attrPairs.get('e');
            const serverSignature = attrPairs.get('v');
            if (error) {
                throw new Error(`SASL: SCRAM-SERVER-FINAL-MESSAGE: server returned error: "${error}"`);
            }
            if (!serverSignature) {
                throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature is missing');
            }
            else if (!isBase64(serverSignature)) {
                throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature must be base64');
            }
            return {
                serverSignature,
            };
        }
        function xorBuffers(a, b) {
            if (!Buffer.isBuffer(a)) {
                throw new TypeError('first argument must be a Buffer');
            }
            if (!Buffer.isBuffer(b)) {
                throw new TypeError('second argument must be a Buffer');
            }
            if (a.length !== b.length) {
                throw new Error('Buffer lengths must match');
            }
            if (a.length === 0) {
                throw new Error('Buffers cannot be empty');
            }
            return Buffer.from(a.map((_, i) => a[i] ^ b[i]));
        }
        module.exports = {
            startSession,
            continueSession,
            finalizeSession,
            DEFAULT_MAX_SCRAM_ITERATIONS,
        };
    }),
    4150: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const nodeCrypto = __nccwpck_require__(6982);
        module.exports = {
            postgresMd5PasswordHash,
            randomBytes,
            deriveKey,
            sha256,
            hashByName,
            hmacSha256,
            md5,
        };
        const webCrypto = nodeCrypto.webcrypto || globalThis.crypto;
        const subtleCrypto = webCrypto.subtle;
        const textEncoder = new TextEncoder();
        function randomBytes(length) {
            return webCrypto.getRandomValues(Buffer.alloc(length));
        }
        async function md5(string) {
            try {
                return nodeCrypto.createHash('md5').update(string, 'utf-8').digest('hex');
            }
            catch (e) {
                const data = typeof string === 'string' ? textEncoder.encode(string) : string;
                const hash = await subtleCrypto.digest('MD5', data);
                return Array.from(new Uint8Array(hash))
                    .map((b) => b.toString(16).padStart(2, '0'))
                    .join('');
            }
        }
        async function postgresMd5PasswordHash(user, password, salt) {
            const inner = await md5(password + user);
            const outer = await md5(Buffer.concat([Buffer.from(inner), salt]));
            return 'md5' + outer;
        }
        async function sha256(text) {
            return await subtleCrypto.digest('SHA-256', text);
        }
        async function hashByName(hashName, text) {
            return await subtleCrypto.digest(hashName, text);
        }
        async function hmacSha256(keyBuffer, msg) {
            const key = await subtleCrypto.importKey('raw', keyBuffer, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
            return await subtleCrypto.sign('HMAC', key, textEncoder.encode(msg));
        }
        async function deriveKey(password, salt, iterations) {
            const key = await subtleCrypto.importKey('raw', textEncoder.encode(password), 'PBKDF2', false, ['deriveBits']);
            const params = { name: 'PBKDF2', hash: 'SHA-256', salt: salt, iterations: iterations };
            return await subtleCrypto.deriveBits(params, key, 32 * 8, ['deriveBits']);
        }
    }),
    8995: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        let user;
        try {
            user = process.platform === 'win32' ? process.env.USERNAME : process.env.USER;
        }
        catch {
        }
        module.exports = {
            host: 'localhost',
            user,
            database: undefined,
            password: null,
            connectionString: undefined,
            port: 5432,
            rows: 0,
            binary: false,
            max: 10,
            idleTimeoutMillis: 30000,
            client_encoding: '',
            ssl: false,
            sslnegotiation: undefined,
            application_name: undefined,
            fallback_application_name: undefined,
            options: undefined,
            parseInputDatesAsUTC: false,
            statement_timeout: false,
            lock_timeout: false,
            idle_in_transaction_session_timeout: false,
            query_timeout: false,
            connect_timeout: 0,
            keepalives: 1,
            keepalives_idle: 0,
        };
        const pgTypes = __nccwpck_require__(1549);
        const parseBigInteger = pgTypes.getTypeParser(20, 'text');
        const parseBigIntegerArray = pgTypes.getTypeParser(1016, 'text');
        module.exports.__defineSetter__('parseInt8', function (val) {
            pgTypes.setTypeParser(20, 'text', val ? pgTypes.getTypeParser(23, 'text') : parseBigInteger);
            pgTypes.setTypeParser(1016, 'text', val ? pgTypes.getTypeParser(1007, 'text') : parseBigIntegerArray);
        });
    }),
    3273: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const Client = __nccwpck_require__(5042);
        const defaults = __nccwpck_require__(8995);
        const Connection = __nccwpck_require__(9809);
        const Result = __nccwpck_require__(6424);
        const utils = __nccwpck_require__(9652);
        const Pool = __nccwpck_require__(7558);
        const TypeOverrides = __nccwpck_require__(365);
        const { DatabaseError } = __nccwpck_require__(4233);
        const { escapeIdentifier, escapeLiteral } = __nccwpck_require__(9652);
        const poolFactory = (Client) => {
            return class BoundPool extends Pool {
                constructor(options) {
                    super(options, Client);
                }
            };
        };
        const PG = function (clientConstructor) {
            this.defaults = defaults;
            this.Client = clientConstructor;
            this.Query = this.Client.Query;
            this.Pool = poolFactory(this.Client);
            this._pools = [];
            this.Connection = Connection;
            this.types = __nccwpck_require__(1549);
            this.DatabaseError = DatabaseError;
            this.TypeOverrides = TypeOverrides;
            this.escapeIdentifier = escapeIdentifier;
            this.escapeLiteral = escapeLiteral;
            this.Result = Result;
            this.utils = utils;
        };
        let clientConstructor = Client;
        let forceNative = false;
        try {
            forceNative = !!process.env.NODE_PG_FORCE_NATIVE;
        }
        catch {
        }
        if (forceNative) {
            clientConstructor = __nccwpck_require__(5301);
        }
        module.exports = new PG(clientConstructor);
        Object.defineProperty(module.exports, "native", ({
            configurable: true,
            enumerable: false,
            get() {
                let native = null;
                try {
                    native = new PG(__nccwpck_require__(5301));
                }
                catch (err) {
                    if (err.code !== 'MODULE_NOT_FOUND') {
                        throw err;
                    }
                }
                Object.defineProperty(module.exports, "native", ({
                    value: native,
                }));
                return native;
            },
        }));
    }),
    8942: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const nodeUtils = __nccwpck_require__(9023);
        var Native;
        try {
            Native = __nccwpck_require__(4390);
        }
        catch (e) {
            throw e;
        }
        const TypeOverrides = __nccwpck_require__(365);
        const EventEmitter = (__nccwpck_require__(4434).EventEmitter);
        const util = __nccwpck_require__(9023);
        const ConnectionParameters = __nccwpck_require__(646);
        const NativeQuery = __nccwpck_require__(7581);
        const queryQueueLengthDeprecationNotice = nodeUtils.deprecate(() => { }, 'Calling client.query() when the client is already executing a query is deprecated and will be removed in pg@9.0. Use async/await or an external async flow control mechanism instead.');
        const Client = (module.exports = function (config) {
            EventEmitter.call(this);
            config = config || {};
            this._Promise = config.Promise || global.Promise;
            this._types = new TypeOverrides(config.types);
            this.native = new Native({
                types: this._types,
            });
            this._queryQueue = [];
            this._ending = false;
            this._connecting = false;
            this._connected = false;
            this._queryable = true;
            this.pipeline = Boolean(config.pipeline);
            this._pipelineInFlight = false;
            const cp = (this.connectionParameters = new ConnectionParameters(config));
            if (config.nativeConnectionString)
                cp.nativeConnectionString = config.nativeConnectionString;
            this.user = cp.user;
            Object.defineProperty(this, 'password', {
                configurable: true,
                enumerable: false,
                writable: true,
                value: cp.password,
            });
            this.database = cp.database;
            this.host = cp.host;
            this.port = cp.port;
            this.namedQueries = {};
        });
        Client.Query = NativeQuery;
        util.inherits(Client, EventEmitter);
        Client.prototype._errorAllQueries = function (err) {
            const enqueueError = (query) => {
                process.nextTick(() => {
                    query.native = this.native;
                    query.handleError(err);
                });
            };
            if (this._hasActiveQuery()) {
                enqueueError(this._activeQuery);
                this._activeQuery = null;
            }
            this._queryQueue.forEach(enqueueError);
            this._queryQueue.length = 0;
        };
        Client.prototype._connect = function (cb) {
            const self = this;
            if (this._connecting) {
                process.nextTick(() => cb(new Error('Client has already been connected. You cannot reuse a client.')));
                return;
            }
            this._connecting = true;
            this.connectionParameters.getLibpqConnectionString(function (err, conString) {
                if (self.connectionParameters.nativeConnectionString)
                    conString = self.connectionParameters.nativeConnectionString;
                if (err)
                    return cb(err);
                self.native.connect(conString, function (err) {
                    if (err) {
                        self.native.end();
                        return cb(err);
                    }
                    self._connected = true;
                    self.native.on('error', function (err) {
                        self._queryable = false;
                        self._errorAllQueries(err);
                        self.emit('error', err);
                    });
                    self.native.on('notification', function (msg) {
                        self.emit('notification', {
                            channel: msg.relname,
                            payload: msg.extra,
                        });
                    });
                    self.emit('connect');
                    self._pulseQueryQueue(true);
                    cb(null, this);
                });
            });
        };
        Client.prototype.connect = function (callback) {
            if (callback) {
                this._connect(callback);
                return;
            }
            return new this._Promise((resolve, reject) => {
                this._connect((error) => {
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(this);
                    }
                });
            });
        };
        Client.prototype.query = function (config, values, callback) {
            let query;
            let result;
            let readTimeout;
            let readTimeoutTimer;
            let queryCallback;
            if (config === null || config === undefined) {
                throw new TypeError('Client was passed a null or undefined query');
            }
            else if (typeof config.submit === 'function') {
                readTimeout = config.query_timeout || this.connectionParameters.query_timeout;
                result = query = config;
                if (typeof values === 'function') {
                    config.callback = values;
                }
            }
            else {
                readTimeout = config.query_timeout || this.connectionParameters.query_timeout;
                query = new NativeQuery(config, values, callback);
                if (!query.callback) {
                    let resolveOut, rejectOut;
                    result = new this._Promise((resolve, reject) => {
                        resolveOut = resolve;
                        rejectOut = reject;
                    }).catch((err) => {
                        Error.captureStackTrace(err);
                        throw err;
                    });
                    query.callback = (err, res) => (err ? rejectOut(err) : resolveOut(res));
                }
            }
            if (readTimeout) {
                queryCallback = query.callback || (() => { });
                readTimeoutTimer = setTimeout(() => {
                    const error = new Error('Query read timeout');
                    process.nextTick(() => {
                        query.handleError(error, this.connection);
                    });
                    queryCallback(error);
                    query.callback = () => { };
                    const index = this._queryQueue.indexOf(query);
                    if (index > -1) {
                        this._queryQueue.splice(index, 1);
                    }
                    this._pulseQueryQueue();
                }, readTimeout);
                query.callback = (err, res) => {
                    clearTimeout(readTimeoutTimer);
                    queryCallback(err, res);
                };
            }
            if (!this._queryable) {
                query.native = this.native;
                process.nextTick(() => {
                    query.handleError(new Error('Client has encountered a connection error and is not queryable'));
                });
                return result;
            }
            if (this._ending) {
                query.native = this.native;
                process.nextTick(() => {
                    query.handleError(new Error('Client was closed and is not queryable'));
                });
                return result;
            }
            if (this._queryQueue.length > 0 && !this.pipeline) {
                queryQueueLengthDeprecationNotice();
            }
            this._queryQueue.push(query);
            this._pulseQueryQueue();
            return result;
        };
        Client.prototype.end = function (cb) {
            const self = this;
            this._ending = true;
            if (this._connecting && !this._connected) {
                this.once('connect', () => {
                    this.end(() => { });
                });
            }
            let result;
            if (!cb) {
                result = new this._Promise(function (resolve, reject) {
                    cb = (err) => (err ? reject(err) : resolve());
                });
            }
            const doEnd = function () {
                self.native.end(function () {
                    self._connected = false;
                    self._errorAllQueries(new Error('Connection terminated'));
                    process.nextTick(() => {
                        self.emit('end');
                        if (cb)
                            cb();
                    });
                });
            };
            if (this.pipeline && (this._pipelineInFlight || this._queryQueue.length > 0)) {
                this.once('drain', doEnd);
            }
            else {
                doEnd();
            }
            return result;
        };
        Client.prototype._hasActiveQuery = function () {
            return this._activeQuery && this._activeQuery.state !== 'error' && this._activeQuery.state !== 'end';
        };
        Client.prototype._pulseQueryQueue = function (initialConnection) {
            if (!this._connected) {
                return;
            }
            if (this.pipeline && !initialConnection) {
                return this._pulsePipelinedQueryQueue();
            }
            if (this._hasActiveQuery()) {
                return;
            }
            const query = this._queryQueue.shift();
            if (!query) {
                if (!initialConnection) {
                    this.emit('drain');
                }
                return;
            }
            this._activeQuery = query;
            query.submit(this);
            const self = this;
            query.once('_done', function () {
                self._pulseQueryQueue();
            });
        };
        Client.prototype._pulsePipelinedQueryQueue = function () {
            if (!this._connected || this._pipelineInFlight) {
                return;
            }
            if (this._queryQueue.length === 0) {
                if (this.hasExecuted) {
                    this.emit('drain');
                }
                return;
            }
            this._pipelineInFlight = true;
            const self = this;
            const queries = [];
            const nativeQueries = [];
            const utils = __nccwpck_require__(9652);
            while (this._queryQueue.length > 0) {
                const query = this._queryQueue.shift();
                this.hasExecuted = true;
                nativeQueries.push(query);
                const values = query.values ? query.values.map(utils.prepareValue) : null;
                const pipelineEntry = { text: query.text, name: query.name, arrayMode: query._arrayMode };
                if (values) {
                    pipelineEntry.values = values;
                }
                if (query.name && this.namedQueries[query.name]) {
                    pipelineEntry._alreadyPrepared = true;
                }
                queries.push(pipelineEntry);
            }
            this.native.pipeline(queries, function (err, results) {
                self._pipelineInFlight = false;
                if (err) {
                    self._connected = false;
                    self._queryable = false;
                    for (let i = 0; i < nativeQueries.length; i++) {
                        const q = nativeQueries[i];
                        q.native = self.native;
                        q.handleError(err);
                    }
                    self._errorAllQueries(err);
                    self.emit('error', err);
                    self.emit('end');
                    return;
                }
                for (let i = 0; i < nativeQueries.length; i++) {
                    const q = nativeQueries[i];
                    const r = results[i];
                    q.native = self.native;
                    if (r.err) {
                        q.handleError(r.err);
                    }
                    else {
                        if (q.name) {
                            self.namedQueries[q.name] = q.text;
                        }
                        q.state = 'end';
                        q.emit('end', r.result);
                        if (q.callback) {
                            q.callback(null, r.result);
                        }
                    }
                    setImmediate(function () {
                        q.emit('_done');
                    });
                }
                self._pulsePipelinedQueryQueue();
            });
        };
        Client.prototype.cancel = function (query) {
            if (this._activeQuery === query) {
                this.native.cancel(function () { });
            }
            else if (this._queryQueue.indexOf(query) !== -1) {
                this._queryQueue.splice(this._queryQueue.indexOf(query), 1);
            }
        };
        Client.prototype.ref = function () { };
        Client.prototype.unref = function () { };
        Client.prototype.setTypeParser = function (oid, format, parseFn) {
            return this._types.setTypeParser(oid, format, parseFn);
        };
        Client.prototype.getTypeParser = function (oid, format) {
            return this._types.getTypeParser(oid, format);
        };
        Client.prototype.isConnected = function () {
            return this._connected;
        };
        Client.prototype.getTransactionStatus = function () {
            return this.native.getTransactionStatus();
        };
    }),
    5301: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        module.exports = __nccwpck_require__(8942);
    }),
    7581: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const EventEmitter = (__nccwpck_require__(4434).EventEmitter);
        const util = __nccwpck_require__(9023);
        const utils = __nccwpck_require__(9652);
        const NativeQuery = (module.exports = function (config, values, callback) {
            EventEmitter.call(this);
            config = utils.normalizeQueryConfig(config, values, callback);
            this.text = config.text;
            this.values = config.values;
            this.name = config.name;
            this.queryMode = config.queryMode;
            this.callback = config.callback;
            this.state = 'new';
            this._arrayMode = config.rowMode === 'array';
            this._emitRowEvents = false;
            this.on('newListener', function (event) {
                if (event === 'row')
                    this._emitRowEvents = true;
            }.bind(this));
        });
        util.inherits(NativeQuery, EventEmitter);
        const errorFieldMap = {
            sqlState: 'code',
            statementPosition: 'position',
            messagePrimary: 'message',
            messageDetail: 'detail',
            messageHint: 'hint',
            context: 'where',
            schemaName: 'schema',
            tableName: 'table',
            columnName: 'column',
            dataTypeName: 'dataType',
            constraintName: 'constraint',
            sourceFile: 'file',
            sourceLine: 'line',
            sourceFunction: 'routine',
        };
        NativeQuery.prototype.handleError = function (err) {
            const fields = this.native && this.native.pq.resultErrorFields();
            if (fields) {
                for (const key in fields) {
                    const normalizedFieldName = errorFieldMap[key] || key;
                    err[normalizedFieldName] = fields[key];
                }
            }
            if (this.callback) {
                this.callback(err);
            }
            else {
                this.emit('error', err);
            }
            this.state = 'error';
        };
        NativeQuery.prototype.then = function (onSuccess, onFailure) {
            return this._getPromise().then(onSuccess, onFailure);
        };
        NativeQuery.prototype.catch = function (callback) {
            return this._getPromise().catch(callback);
        };
        NativeQuery.prototype._getPromise = function () {
            if (this._promise)
                return this._promise;
            this._promise = new Promise(function (resolve, reject) {
                this._once('end', resolve);
                this._once('error', reject);
            }.bind(this));
            return this._promise;
        };
        NativeQuery.prototype.submit = function (client) {
            this.state = 'running';
            const self = this;
            this.native = client.native;
            client.native.arrayMode = this._arrayMode;
            let after = function (err, rows, results) {
                client.native.arrayMode = false;
                setImmediate(function () {
                    self.emit('_done');
                });
                if (err) {
                    return self.handleError(err);
                }
                if (self._emitRowEvents) {
                    if (results.length > 1) {
                        rows.forEach((rowOfRows, i) => {
                            rowOfRows.forEach((row) => {
                                self.emit('row', row, results[i]);
                            });
                        });
                    }
                    else {
                        rows.forEach(function (row) {
                            self.emit('row', row, results);
                        });
                    }
                }
                self.state = 'end';
                self.emit('end', results);
                if (self.callback) {
                    self.callback(null, results);
                }
            };
            if (process.domain) {
                after = process.domain.bind(after);
            }
            if (this.name) {
                if (this.name.length > 63) {
                    console.error('Warning! Postgres only supports 63 characters for query names.');
                    console.error('You supplied %s (%s)', this.name, this.name.length);
                    console.error('This can cause conflicts and silent errors executing queries');
                }
                const values = (this.values || []).map(utils.prepareValue);
                if (client.namedQueries[this.name] !== undefined) {
                    if (this.text && client.namedQueries[this.name] !== this.text) {
                        const err = new Error(`Prepared statements must be unique - '${this.name}' was used for a different statement`);
                        return after(err);
                    }
                    return client.native.execute(this.name, values, after);
                }
                return client.native.prepare(this.name, this.text, values.length, function (err) {
                    if (err)
                        return after(err);
                    client.namedQueries[self.name] = self.text;
                    return self.native.execute(self.name, values, after);
                });
            }
            else if (this.values) {
                if (!Array.isArray(this.values)) {
                    const err = new Error('Query values must be an array');
                    return after(err);
                }
                const vals = this.values.map(utils.prepareValue);
                client.native.query(this.text, vals, after);
            }
            else if (this.queryMode === 'extended') {
                client.native.query(this.text, [], after);
            }
            else {
                client.native.query(this.text, after);
            }
        };
    }),
    4473: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const { EventEmitter } = __nccwpck_require__(4434);
        const Result = __nccwpck_require__(6424);
        const utils = __nccwpck_require__(9652);
        class Query extends EventEmitter {
            constructor(config, values, callback) {
                super();
                config = utils.normalizeQueryConfig(config, values, callback);
                this.text = config.text;
                this.values = config.values;
                this.rows = config.rows;
                this.types = config.types;
                this.name = config.name;
                this.queryMode = config.queryMode;
                this.binary = config.binary;
                this.portal = config.portal || '';
                this.callback = config.callback;
                this._rowMode = config.rowMode;
                if (process.domain && config.callback) {
                    this.callback = process.domain.bind(config.callback);
                }
                this._result = new Result(this._rowMode, this.types);
                this._results = this._result;
                this._canceledDueToError = false;
            }
            requiresPreparation() {
                if (this.queryMode === 'extended') {
                    return true;
                }
                if (this.name) {
                    return true;
                }
                if (this.rows) {
                    return true;
                }
                if (!this.text) {
                    return false;
                }
                if (!this.values) {
                    return false;
                }
                return this.values.length > 0;
            }
            _checkForMultirow() {
                if (this._result.command) {
                    if (!Array.isArray(this._results)) {
                        this._results = [this._result];
                    }
                    this._result = new Result(this._rowMode, this._result._types);
                    this._results.push(this._result);
                }
            }
            handleRowDescription(msg) {
                this._checkForMultirow();
                this._result.addFields(msg.fields);
                this._accumulateRows = this.callback || !this.listeners('row').length;
            }
            handleDataRow(msg) {
                let row;
                if (this._canceledDueToError) {
                    return;
                }
                try {
                    row = this._result.parseRow(msg.fields);
                }
                catch (err) {
                    this._canceledDueToError = err;
                    return;
                }
                this.emit('row', row, this._result);
                if (this._accumulateRows) {
                    this._result.addRow(row);
                }
            }
            handleCommandComplete(msg, connection) {
                this._checkForMultirow();
                this._result.addCommandComplete(msg);
                if (this.rows) {
                    connection.sync();
                }
            }
            handleEmptyQuery(connection) {
                if (this.rows) {
                    connection.sync();
                }
            }
            handleError(err, connection) {
                if (this._canceledDueToError) {
                    err = this._canceledDueToError;
                    this._canceledDueToError = false;
                }
                if (this.callback) {
                    return this.callback(err);
                }
                this.emit('error', err);
            }
            handleReadyForQuery(con) {
                if (this._canceledDueToError) {
                    return this.handleError(this._canceledDueToError, con);
                }
                if (this.callback) {
                    try {
                        this.callback(null, this._results);
                    }
                    catch (err) {
                        process.nextTick(() => {
                            throw err;
                        });
                    }
                }
                this.emit('end', this._results);
            }
            submit(connection) {
                if (typeof this.text !== 'string' && typeof this.name !== 'string') {
                    return new Error('A query must have either text or a name. Supplying neither is unsupported.');
                }
                const previous = connection.parsedStatements[this.name] || connection.submittedNamedStatements[this.name];
                if (this.text && previous && this.text !== previous) {
                    return new Error(`Prepared statements must be unique - '${this.name}' was used for a different statement`);
                }
                if (this.values && !Array.isArray(this.values)) {
                    return new Error('Query values must be an array');
                }
                if (this.requiresPreparation()) {
                    connection.stream.cork && connection.stream.cork();
                    try {
                        this.prepare(connection);
                    }
                    finally {
                        connection.stream.uncork && connection.stream.uncork();
                    }
                }
                else {
                    connection.query(this.text);
                }
                return null;
            }
            hasBeenParsed(connection) {
                return (this.name &&
                    (connection.parsedStatements[this.name] !== undefined ||
                        connection.submittedNamedStatements[this.name] !== undefined));
            }
            handlePortalSuspended(connection) {
                this._getRows(connection, this.rows);
            }
            _getRows(connection, rows) {
                connection.execute({
                    portal: this.portal,
                    rows: rows,
                });
                if (!rows) {
                    connection.sync();
                }
                else {
                    connection.flush();
                }
            }
            prepare(connection) {
                if (!this.hasBeenParsed(connection)) {
                    connection.parse({
                        text: this.text,
                        name: this.name,
                        types: this.types,
                    });
                    if (this.name) {
                        connection.submittedNamedStatements[this.name] = this.text;
                    }
                }
                try {
                    connection.bind({
                        portal: this.portal,
                        statement: this.name,
                        values: this.values,
                        binary: this.binary,
                        valueMapper: utils.prepareValue,
                    });
                }
                catch (err) {
                    connection.close({ type: 'S', name: this.name });
                    connection.sync();
                    this.handleError(err, connection);
                    return;
                }
                connection.describe({
                    type: 'P',
                    name: this.portal || '',
                });
                this._getRows(connection, this.rows);
            }
            handleCopyInResponse(connection) {
                connection.sendCopyFail('No source stream defined');
            }
            handleCopyData(msg, connection) {
            }
        }
        module.exports = Query;
    }),
    6424: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const types = __nccwpck_require__(1549);
        const matchRegexp = /^([A-Za-z]+)(?: (\d+))?(?: (\d+))?/;
        class Result {
            constructor(rowMode, types) {
                this.command = null;
                this.rowCount = null;
                this.oid = null;
                this.rows = [];
                this.fields = [];
                this._parsers = undefined;
                this._types = types;
                this.RowCtor = null;
                this.rowAsArray = rowMode === 'array';
                if (this.rowAsArray) {
                    this.parseRow = this._parseRowAsArray;
                }
                this._prebuiltEmptyResultObject = null;
            }
            addCommandComplete(msg) {
                let match;
                if (msg.text) {
                    match = matchRegexp.exec(msg.text);
                }
                else {
                    match = matchRegexp.exec(msg.command);
                }
                if (match) {
                    this.command = match[1];
                    if (match[3]) {
                        this.oid = parseInt(match[2], 10);
                        this.rowCount = parseInt(match[3], 10);
                    }
                    else if (match[2]) {
                        this.rowCount = parseInt(match[2], 10);
                    }
                }
            }
            _parseRowAsArray(rowData) {
                const row = new Array(rowData.length);
                for (let i = 0, len = rowData.length; i < len; i++) {
                    const rawValue = rowData[i];
                    if (rawValue !== null) {
                        row[i] = this._parsers[i](rawValue);
                    }
                    else {
                        row[i] = null;
                    }
                }
                return row;
            }
            parseRow(rowData) {
                const row = { ...this._prebuiltEmptyResultObject };
                for (let i = 0, len = rowData.length; i < len; i++) {
                    const rawValue = rowData[i];
                    const field = this.fields[i].name;
                    if (rawValue !== null) {
                        const v = this.fields[i].format === 'binary' ? Buffer.from(rawValue) : rawValue;
                        row[field] = this._parsers[i](v);
                    }
                    else {
                        row[field] = null;
                    }
                }
                return row;
            }
            addRow(row) {
                this.rows.push(row);
            }
            addFields(fieldDescriptions) {
                this.fields = fieldDescriptions;
                if (this.fields.length) {
                    this._parsers = new Array(fieldDescriptions.length);
                }
                const row = Object.create(null);
                for (let i = 0; i < fieldDescriptions.length; i++) {
                    const desc = fieldDescriptions[i];
                    row[desc.name] = null;
                    if (this._types) {
                        this._parsers[i] = this._types.getTypeParser(desc.dataTypeID, desc.format || 'text');
                    }
                    else {
                        this._parsers[i] = types.getTypeParser(desc.dataTypeID, desc.format || 'text');
                    }
                }
                this._prebuiltEmptyResultObject = { ...row };
            }
        }
        module.exports = Result;
    }),
    829: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const { getStream, getSecureStream } = getStreamFuncs();
        module.exports = {
            getStream,
            getSecureStream,
        };
        function getNodejsStreamFuncs() {
            function getStream(ssl) {
                const net = __nccwpck_require__(9278);
                return new net.Socket();
            }
            function getSecureStream(options) {
                const tls = __nccwpck_require__(4756);
                return tls.connect(options);
            }
            return {
                getStream,
                getSecureStream,
            };
        }
        function getCloudflareStreamFuncs() {
            function getStream(ssl) {
                const { CloudflareSocket } = __nccwpck_require__(785);
                return new CloudflareSocket(ssl);
            }
            function getSecureStream(options) {
                options.socket.startTls(options);
                return options.socket;
            }
            return {
                getStream,
                getSecureStream,
            };
        }
        function isCloudflareRuntime() {
            if (typeof navigator === 'object' && navigator !== null && typeof navigator.userAgent === 'string') {
                return navigator.userAgent === 'Cloudflare-Workers';
            }
            if (typeof Response === 'function') {
                const resp = new Response(null, { cf: { thing: true } });
                if (typeof resp.cf === 'object' && resp.cf !== null && resp.cf.thing) {
                    return true;
                }
            }
            return false;
        }
        function getStreamFuncs() {
            if (isCloudflareRuntime()) {
                return getCloudflareStreamFuncs();
            }
            return getNodejsStreamFuncs();
        }
    }),
    365: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const types = __nccwpck_require__(1549);
        function TypeOverrides(userTypes) {
            this._types = userTypes || types;
            this.text = {};
            this.binary = {};
        }
        TypeOverrides.prototype.getOverrides = function (format) {
            switch (format) {
                case 'text':
                    return this.text;
                case 'binary':
                    return this.binary;
                default:
                    return {};
            }
        };
        TypeOverrides.prototype.setTypeParser = function (oid, format, parseFn) {
            if (typeof format === 'function') {
                parseFn = format;
                format = 'text';
            }
            this.getOverrides(format)[oid] = parseFn;
        };
        TypeOverrides.prototype.getTypeParser = function (oid, format) {
            format = format || 'text';
            return this.getOverrides(format)[oid] || this._types.getTypeParser(oid, format);
        };
        module.exports = TypeOverrides;
    }),
    9652: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const defaults = __nccwpck_require__(8995);
        const nodeUtils = __nccwpck_require__(9023);
        const { isDate } = __nccwpck_require__(8253);
        const invalidDateDeprecationNotice = nodeUtils.deprecate(() => { }, 'Sending an invalid date to Postgres is deprecated and will throw an error in the next major version of pg. Ensure any Date object passed as a query parameter is valid.', 'PG_INVALID_DATE');
        function escapeElement(elementRepresentation) {
            const escaped = elementRepresentation.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
            return '"' + escaped + '"';
        }
        function arrayString(val) {
            let result = '{';
            for (let i = 0; i < val.length; i++) {
                if (i > 0) {
                    result += ',';
                }
                let item = val[i];
                if (item == null) {
                    result += 'NULL';
                }
                else if (Array.isArray(item)) {
                    result += arrayString(item);
                }
                else if (ArrayBuffer.isView(item)) {
                    if (!(item instanceof Buffer)) {
                        item = Buffer.from(item.buffer, item.byteOffset, item.byteLength);
                    }
                    result += '\\\\x' + item.toString('hex');
                }
                else {
                    result += escapeElement(prepareValue(item));
                }
            }
            result += '}';
            return result;
        }
        const prepareValue = function (val, seen) {
            if (val == null) {
                return null;
            }
            if (typeof val === 'object') {
                if (val instanceof Buffer) {
                    return val;
                }
                if (ArrayBuffer.isView(val)) {
                    return Buffer.from(val.buffer, val.byteOffset, val.byteLength);
                }
                if (isDate(val)) {
                    if (isNaN(val.getTime())) {
                        invalidDateDeprecationNotice();
                    }
                    if (defaults.parseInputDatesAsUTC) {
                        return dateToStringUTC(val);
                    }
                    else {
                        return dateToString(val);
                    }
                }
                if (Array.isArray(val)) {
                    return arrayString(val);
                }
                return prepareObject(val, seen);
            }
            return val.toString();
        };
        function prepareObject(val, seen) {
            if (val && typeof val.toPostgres === 'function') {
                seen = seen || [];
                if (seen.indexOf(val) !== -1) {
                    throw new Error('circular reference detected while preparing "' + val + '" for query');
                }
                seen.push(val);
                return prepareValue(val.toPostgres(prepareValue), seen);
            }
            return JSON.stringify(val);
        }
        function dateToString(date) {
            let offset = -date.getTimezoneOffset();
            let year = date.getFullYear();
            const isBCYear = year < 1;
            if (isBCYear)
                year = Math.abs(year) + 1;
            let ret = String(year).padStart(4, '0') +
                '-' +
                String(date.getMonth() + 1).padStart(2, '0') +
                '-' +
                String(date.getDate()).padStart(2, '0') +
                'T' +
                String(date.getHours()).padStart(2, '0') +
                ':' +
                String(date.getMinutes()).padStart(2, '0') +
                ':' +
                String(date.getSeconds()).padStart(2, '0') +
                '.' +
                String(date.getMilliseconds()).padStart(3, '0');
            if (offset < 0) {
                ret += '-';
                offset *= -1;
            }
            else {
                ret += '+';
            }
            ret += String(Math.floor(offset / 60)).padStart(2, '0') + ':' + String(offset % 60).padStart(2, '0');
            if (isBCYear)
                ret += ' BC';
            return ret;
        }
        function dateToStringUTC(date) {
            let year = date.getUTCFullYear();
            const isBCYear = year < 1;
            if (isBCYear)
                year = Math.abs(year) + 1;
            let ret = String(year).padStart(4, '0') +
                '-' +
                String(date.getUTCMonth() + 1).padStart(2, '0') +
                '-' +
                String(date.getUTCDate()).padStart(2, '0') +
                'T' +
                String(date.getUTCHours()).padStart(2, '0') +
                ':' +
                String(date.getUTCMinutes()).padStart(2, '0') +
                ':' +
                String(date.getUTCSeconds()).padStart(2, '0') +
                '.' +
                String(date.getUTCMilliseconds()).padStart(3, '0');
            ret += '+00:00';
            if (isBCYear)
                ret += ' BC';
            return ret;
        }
        function normalizeQueryConfig(config, values, callback) {
            config = typeof config === 'string' ? { text: config } : cloneQueryConfig(config);
            if (values) {
                if (typeof values === 'function') {
                    config.callback = values;
                }
                else {
                    config.values = values;
                }
            }
            if (callback) {
                config.callback = callback;
            }
            return config;
        }
        function cloneQueryConfig(config) {
            if (config == null) {
                return config;
            }
            return Object.defineProperties(Object.create(Object.getPrototypeOf(config)), Object.getOwnPropertyDescriptors(config));
        }
        const escapeIdentifier = function (str) {
            return '"' + str.replace(/"/g, '""') + '"';
        };
        const escapeLiteral = function (str) {
            let hasBackslash = false;
            let escaped = "'";
            if (str == null) {
                return "''";
            }
            if (typeof str !== 'string') {
                return "''";
            }
            for (let i = 0; i < str.length; i++) {
                const c = str[i];
                if (c === "'") {
                    escaped += c + c;
                }
                else if (c === '\\') {
                    escaped += c + c;
                    hasBackslash = true;
                }
                else {
                    escaped += c;
                }
            }
            escaped += "'";
            if (hasBackslash === true) {
                escaped = ' E' + escaped;
            }
            return escaped;
        };
        module.exports = {
            prepareValue: function prepareValueWrapper(value) {
                return prepareValue(value);
            },
            normalizeQueryConfig,
            escapeIdentifier,
            escapeLiteral,
        };
    }),
    8702: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        var path = __nccwpck_require__(6928), Stream = (__nccwpck_require__(2203).Stream), split = __nccwpck_require__(5286), util = __nccwpck_require__(9023), defaultPort = 5432, isWin = (process.platform === 'win32'), warnStream = process.stderr;
        var S_IRWXG = 56, S_IRWXO = 7, S_IFMT = 61440, S_IFREG = 32768;
        function isRegFile(mode) {
            return ((mode & S_IFMT) == S_IFREG);
        }
        var fieldNames = ['host', 'port', 'database', 'user', 'password'];
        var nrOfFields = fieldNames.length;
        var passKey = fieldNames[nrOfFields - 1];
        function warn() {
            var isWritable = (warnStream instanceof Stream &&
                true === warnStream.writable);
            if (isWritable) {
                var args = Array.prototype.slice.call(arguments).concat("\n");
                warnStream.write(util.format.apply(util, args));
            }
        }
        Object.defineProperty(module.exports, "isWin", ({
            get: function () {
                return isWin;
            },
            set: function (val) {
                isWin = val;
            }
        }));
        module.exports.warnTo = function (stream) {
            var old = warnStream;
            warnStream = stream;
            return old;
        };
        module.exports.getFileName = function (rawEnv) {
            var env = rawEnv || process.env;
            var file = env.PGPASSFILE || (isWin ?
                path.join(env.APPDATA || './', 'postgresql', 'pgpass.conf') :
                path.join(env.HOME || './', '.pgpass'));
            return file;
        };
        module.exports.usePgPass = function (stats, fname) {
            if (Object.prototype.hasOwnProperty.call(process.env, 'PGPASSWORD')) {
                return false;
            }
            if (isWin) {
                return true;
            }
            fname = fname || '<unkn>';
            if (!isRegFile(stats.mode)) {
                warn('WARNING: password file "%s" is not a plain file', fname);
                return false;
            }
            if (stats.mode & (S_IRWXG | S_IRWXO)) {
                warn('WARNING: password file "%s" has group or world access; permissions should be u=rw (0600) or less', fname);
                return false;
            }
            return true;
        };
        var matcher = module.exports.match = function (connInfo, entry) {
            return fieldNames.slice(0, -1).reduce(function (prev, field, idx) {
                if (idx == 1) {
                    if (Number(connInfo[field] || defaultPort) === Number(entry[field])) {
                        return prev && true;
                    }
                }
                return prev && (entry[field] === '*' ||
                    entry[field] === connInfo[field]);
            }, true);
        };
        module.exports.getPassword = function (connInfo, stream, cb) {
            var pass;
            var lineStream = stream.pipe(split());
            function onLine(line) {
                var entry = parseLine(line);
                if (entry && isValidEntry(entry) && matcher(connInfo, entry)) {
                    pass = entry[passKey];
                    lineStream.end();
                }
            }
            var onEnd = function () {
                stream.destroy();
                cb(pass);
            };
            var onErr = function (err) {
                stream.destroy();
                warn('WARNING: error on reading file: %s', err);
                cb(undefined);
            };
            stream.on('error', onErr);
            lineStream
                .on('data', onLine)
                .on('end', onEnd)
                .on('error', onErr);
        };
        var parseLine = module.exports.parseLine = function (line) {
            if (line.length < 11 || line.match(/^\s+#/)) {
                return null;
            }
            var curChar = '';
            var prevChar = '';
            var fieldIdx = 0;
            var startIdx = 0;
            var endIdx = 0;
            var obj = {};
            var isLastField = false;
            var addToObj = function (idx, i0, i1) {
                var field = line.substring(i0, i1);
                if (!Object.hasOwnProperty.call(process.env, 'PGPASS_NO_DEESCAPE')) {
                    field = field.replace(/\\([:\\])/g, '$1');
                }
                obj[fieldNames[idx]] = field;
            };
            for (var i = 0; i < line.length - 1; i += 1) {
                curChar = line.charAt(i + 1);
                prevChar = line.charAt(i);
                isLastField = (fieldIdx == nrOfFields - 1);
                if (isLastField) {
                    addToObj(fieldIdx, startIdx);
                    break;
                }
                if (i >= 0 && curChar == ':' && prevChar !== '\\') {
                    addToObj(fieldIdx, startIdx, i + 1);
                    startIdx = i + 2;
                    fieldIdx += 1;
                }
            }
            obj = (Object.keys(obj).length === nrOfFields) ? obj : null;
            return obj;
        };
        var isValidEntry = module.exports.isValidEntry = function (entry) {
            var rules = {
                0: function (x) {
                    return x.length > 0;
                },
                1: function (x) {
                    if (x === '*') {
                        return true;
                    }
                    x = Number(x);
                    return (isFinite(x) &&
                        x > 0 &&
                        x < 9007199254740992 &&
                        Math.floor(x) === x);
                },
                2: function (x) {
                    return x.length > 0;
                },
                3: function (x) {
                    return x.length > 0;
                },
                4: function (x) {
                    return x.length > 0;
                }
            };
            for (var idx = 0; idx < fieldNames.length; idx += 1) {
                var rule = rules[idx];
                var value = entry[fieldNames[idx]] || '';
                var res = rule(value);
                if (!res) {
                    return false;
                }
            }
            return true;
        };
    }),
    3272: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        var path = __nccwpck_require__(6928), fs = __nccwpck_require__(9896), helper = __nccwpck_require__(8702);
        module.exports = function (connInfo, cb) {
            var file = helper.getFileName();
            fs.stat(file, function (err, stat) {
                if (err || !helper.usePgPass(stat, file)) {
                    return cb(undefined);
                }
                var st = fs.createReadStream(file);
                helper.getPassword(connInfo, st, cb);
            });
        };
        module.exports.warnTo = helper.warnTo;
    }),
    3879: ((__unused_webpack_module, exports) => {
        exports.parse = function (source, transform) {
            return new ArrayParser(source, transform).parse();
        };
        class ArrayParser {
            constructor(source, transform) {
                this.source = source;
                this.transform = transform || identity;
                this.position = 0;
                this.entries = [];
                this.recorded = [];
                this.dimension = 0;
            }
            isEof() {
                return this.position >= this.source.length;
            }
            nextCharacter() {
                var character = this.source[this.position++];
                if (character === '\\') {
                    return {
                        value: this.source[this.position++],
                        escaped: true
                    };
                }
                return {
                    value: character,
                    escaped: false
                };
            }
            record(character) {
                this.recorded.push(character);
            }
            newEntry(includeEmpty) {
                var entry;
                if (this.recorded.length > 0 || includeEmpty) {
                    entry = this.recorded.join('');
                    if (entry === 'NULL' && !includeEmpty) {
                        entry = null;
                    }
                    if (entry !== null)
                        entry = this.transform(entry);
                    this.entries.push(entry);
                    this.recorded = [];
                }
            }
            consumeDimensions() {
                if (this.source[0] === '[') {
                    while (!this.isEof()) {
                        var char = this.nextCharacter();
                        if (char.value === '=')
                            break;
                    }
                }
            }
            parse(nested) {
                var character, parser, quote;
                this.consumeDimensions();
                while (!this.isEof()) {
                    character = this.nextCharacter();
                    if (character.value === '{' && !quote) {
                        this.dimension++;
                        if (this.dimension > 1) {
                            parser = new ArrayParser(this.source.substr(this.position - 1), this.transform);
                            this.entries.push(parser.parse(true));
                            this.position += parser.position - 2;
                        }
                    }
                    else if (character.value === '}' && !quote) {
                        this.dimension--;
                        if (!this.dimension) {
                            this.newEntry();
                            if (nested)
                                return this.entries;
                        }
                    }
                    else if (character.value === '"' && !character.escaped) {
                        if (quote)
                            this.newEntry(true);
                        quote = !quote;
                    }
                    else if (character.value === ',' && !quote) {
                        this.newEntry();
                    }
                    else {
                        this.record(character.value);
                    }
                }
                if (this.dimension !== 0) {
                    throw new Error('array dimension not balanced');
                }
                return this.entries;
            }
        }
        function identity(value) {
            return value;
        }
    }),
    463: ((module) => {
        var bufferFrom = Buffer.from || Buffer;
        module.exports = function parseBytea(input) {
            if (/^\\x/.test(input)) {
                return bufferFrom(input.substr(2), 'hex');
            }
            var output = '';
            var i = 0;
            while (i < input.length) {
                if (input[i] !== '\\') {
                    output += input[i];
                    ++i;
                }
                else {
                    if (/[0-7]{3}/.test(input.substr(i + 1, 3))) {
                        output += String.fromCharCode(parseInt(input.substr(i + 1, 3), 8));
                        i += 4;
                    }
                    else {
                        var backslashes = 1;
                        while (i + backslashes < input.length && input[i + backslashes] === '\\') {
                            backslashes++;
                        }
                        for (var k = 0; k < Math.floor(backslashes / 2); ++k) {
                            output += '\\';
                        }
                        i += Math.floor(backslashes / 2) * 2;
                    }
                }
            }
            return bufferFrom(output, 'binary');
        };
    }),
    2690: ((module) => {
        var DATE_TIME = /(\d{1,})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(\.\d{1,})?.*?( BC)?$/;
        var DATE = /^(\d{1,})-(\d{2})-(\d{2})( BC)?$/;
        var TIME_ZONE = /([Z+-])(\d{2})?:?(\d{2})?:?(\d{2})?/;
        var INFINITY = /^-?infinity$/;
        module.exports = function parseDate(isoDate) {
            if (INFINITY.test(isoDate)) {
                return Number(isoDate.replace('i', 'I'));
            }
            var matches = DATE_TIME.exec(isoDate);
            if (!matches) {
                return getDate(isoDate) || null;
            }
            var isBC = !!matches[8];
            var year = parseInt(matches[1], 10);
            if (isBC) {
                year = bcYearToNegativeYear(year);
            }
            var month = parseInt(matches[2], 10) - 1;
            var day = matches[3];
            var hour = parseInt(matches[4], 10);
            var minute = parseInt(matches[5], 10);
            var second = parseInt(matches[6], 10);
            var ms = matches[7];
            ms = ms ? 1000 * parseFloat(ms) : 0;
            var date;
            var offset = timeZoneOffset(isoDate);
            if (offset != null) {
                date = new Date(Date.UTC(year, month, day, hour, minute, second, ms));
                if (is0To99(year)) {
                    date.setUTCFullYear(year);
                }
                if (offset !== 0) {
                    date.setTime(date.getTime() - offset);
                }
            }
            else {
                date = new Date(year, month, day, hour, minute, second, ms);
                if (is0To99(year)) {
                    date.setFullYear(year);
                }
            }
            return date;
        };
        function getDate(isoDate) {
            var matches = DATE.exec(isoDate);
            if (!matches) {
                return;
            }
            var year = parseInt(matches[1], 10);
            var isBC = !!matches[4];
            if (isBC) {
                year = bcYearToNegativeYear(year);
            }
            var month = parseInt(matches[2], 10) - 1;
            var day = matches[3];
            var date = new Date(year, month, day);
            if (is0To99(year)) {
                date.setFullYear(year);
            }
            return date;
        }
        function timeZoneOffset(isoDate) {
            if (isoDate.endsWith('+00')) {
                return 0;
            }
            var zone = TIME_ZONE.exec(isoDate.split(' ')[1]);
            if (!zone)
                return;
            var type = zone[1];
            if (type === 'Z') {
                return 0;
            }
            var sign = type === '-' ? -1 : 1;
            var offset = parseInt(zone[2], 10) * 3600 +
                parseInt(zone[3] || 0, 10) * 60 +
                parseInt(zone[4] || 0, 10);
            return offset * sign * 1000;
        }
        function bcYearToNegativeYear(year) {
            return -(year - 1);
        }
        function is0To99(num) {
            return num >= 0 && num < 100;
        }
    }),
    8755: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        var extend = __nccwpck_require__(223);
        module.exports = PostgresInterval;
        function PostgresInterval(raw) {
            if (!(this instanceof PostgresInterval)) {
                return new PostgresInterval(raw);
            }
            extend(this, parse(raw));
        }
        var properties = ['seconds', 'minutes', 'hours', 'days', 'months', 'years'];
        PostgresInterval.prototype.toPostgres = function () {
            var filtered = properties.filter(this.hasOwnProperty, this);
            if (this.milliseconds && filtered.indexOf('seconds') < 0) {
                filtered.push('seconds');
            }
            if (filtered.length === 0)
                return '0';
            return filtered
                .map(function (property) {
                var value = this[property] || 0;
                if (property === 'seconds' && this.milliseconds) {
                    value = (value + this.milliseconds / 1000).toFixed(6).replace(/\.?0+$/, '');
                }
                return value + ' ' + property;
            }, this)
                .join(' ');
        };
        var propertiesISOEquivalent = {
            years: 'Y',
            months: 'M',
            days: 'D',
            hours: 'H',
            minutes: 'M',
            seconds: 'S'
        };
        var dateProperties = ['years', 'months', 'days'];
        var timeProperties = ['hours', 'minutes', 'seconds'];
        PostgresInterval.prototype.toISOString = PostgresInterval.prototype.toISO = function () {
            var datePart = dateProperties
                .map(buildProperty, this)
                .join('');
            var timePart = timeProperties
                .map(buildProperty, this)
                .join('');
            return 'P' + datePart + 'T' + timePart;
            function buildProperty(property) {
                var value = this[property] || 0;
                if (property === 'seconds' && this.milliseconds) {
                    value = (value + this.milliseconds / 1000).toFixed(6).replace(/0+$/, '');
                }
                return value + propertiesISOEquivalent[property];
            }
        };
        var NUMBER = '([+-]?\\d+)';
        var YEAR = NUMBER + '\\s+years?';
        var MONTH = NUMBER + '\\s+mons?';
        var DAY = NUMBER + '\\s+days?';
        var TIME = '([+-])?([\\d]*):(\\d\\d):(\\d\\d)\\.?(\\d{1,6})?';
        var INTERVAL = new RegExp([YEAR, MONTH, DAY, TIME].map(function (regexString) {
            return '(' + regexString + ')?';
        })
            .join('\\s*'));
        var positions = {
            years: 2,
            months: 4,
            days: 6,
            hours: 9,
            minutes: 10,
            seconds: 11,
            milliseconds: 12
        };
        var negatives = ['hours', 'minutes', 'seconds', 'milliseconds'];
        function parseMilliseconds(fraction) {
            var microseconds = fraction + '000000'.slice(fraction.length);
            return parseInt(microseconds, 10) / 1000;
        }
        function parse(interval) {
            if (!interval)
                return {};
            var matches = INTERVAL.exec(interval);
            var isNegative = matches[8] === '-';
            return Object.keys(positions)
                .reduce(function (parsed, property) {
                var position = positions[property];
                var value = matches[position];
                if (!value)
                    return parsed;
                value = property === 'milliseconds'
                    ? parseMilliseconds(value)
                    : parseInt(value, 10);
                if (!value)
                    return parsed;
                if (isNegative && ~negatives.indexOf(property)) {
                    value *= -1;
                }
                parsed[property] = value;
                return parsed;
            }, {});
        }
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
    5286: ((module, __unused_webpack_exports, __nccwpck_require__) => {
        const { Transform } = __nccwpck_require__(2203);
        const { StringDecoder } = __nccwpck_require__(3193);
        const kLast = Symbol('last');
        const kDecoder = Symbol('decoder');
        function transform(chunk, enc, cb) {
            let list;
            if (this.overflow) {
                const buf = this[kDecoder].write(chunk);
                list = buf.split(this.matcher);
                if (list.length === 1)
                    return cb();
                list.shift();
                this.overflow = false;
            }
            else {
                this[kLast] += this[kDecoder].write(chunk);
                list = this[kLast].split(this.matcher);
            }
            this[kLast] = list.pop();
            for (let i = 0; i < list.length; i++) {
                try {
                    push(this, this.mapper(list[i]));
                }
                catch (error) {
                    return cb(error);
                }
            }
            this.overflow = this[kLast].length > this.maxLength;
            if (this.overflow && !this.skipOverflow) {
                cb(new Error('maximum buffer reached'));
                return;
            }
            cb();
        }
        function flush(cb) {
            this[kLast] += this[kDecoder].end();
            if (this[kLast]) {
                try {
                    push(this, this.mapper(this[kLast]));
                }
                catch (error) {
                    return cb(error);
                }
            }
            cb();
        }
        function push(self, val) {
            if (val !== undefined) {
                self.push(val);
            }
        }
        function noop(incoming) {
            return incoming;
        }
        function split(matcher, mapper, options) {
            matcher = matcher || /\r?\n/;
            mapper = mapper || noop;
            options = options || {};
            switch (arguments.length) {
                case 1:
                    if (typeof matcher === 'function') {
                        mapper = matcher;
                        matcher = /\r?\n/;
                    }
                    else if (typeof matcher === 'object' && !(matcher instanceof RegExp) && !matcher[Symbol.split]) {
                        options = matcher;
                        matcher = /\r?\n/;
                    }
                    break;
                case 2:
                    if (typeof matcher === 'function') {
                        options = mapper;
                        mapper = matcher;
                        matcher = /\r?\n/;
                    }
                    else if (typeof mapper === 'object') {
                        options = mapper;
                        mapper = noop;
                    }
            }
            options = Object.assign({}, options);
            options.autoDestroy = true;
            options.transform = transform;
            options.flush = flush;
            options.readableObjectMode = true;
            const stream = new Transform(options);
            stream[kLast] = '';
            stream[kDecoder] = new StringDecoder('utf8');
            stream.matcher = matcher;
            stream.mapper = mapper;
            stream.maxLength = options.maxLength;
            stream.skipOverflow = options.skipOverflow || false;
            stream.overflow = false;
            stream._destroy = function (err, cb) {
                this._writableState.errorEmitted = false;
                cb(err);
            };
            return stream;
        }
        module.exports = split;
    }),
    223: ((module) => {
        module.exports = extend;
        var hasOwnProperty = Object.prototype.hasOwnProperty;
        function extend(target) {
            for (var i = 1; i < arguments.length; i++) {
                var source = arguments[i];
                for (var key in source) {
                    if (hasOwnProperty.call(source, key)) {
                        target[key] = source[key];
                    }
                }
            }
            return target;
        }
    }),
    7203: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            c: () => (migrateDb)
        });
        ;
        const confirmers = {
            async ssh(step) {
                const { postConfirmer } = await Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 6224));
                return postConfirmer(step);
            },
        };
        var external_node_path_ = __nccwpck_require__(6760);
        var src_release = __nccwpck_require__(5776);
        var mask = __nccwpck_require__(3477);
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
        var external_node_net_ = __nccwpck_require__(7030);
        ;
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
            if (bracketed !== undefined && (0, external_node_net_.isIP)(address) !== 6)
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
        var credentials = __nccwpck_require__(3530);
        var access_inputs = __nccwpck_require__(6842);
        var src_images = __nccwpck_require__(2471);
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
        function readJobRoute(read) {
            const via = read.text('via');
            if (via !== '') {
                const [, file = ''] = /^job:(.+)$/.exec(via) ?? [];
                if (file === '')
                    read.issue('via', `is "${via}"`, 'Give job:FILE with the manifest of the Job.');
                const manifest = (0, external_node_path_.resolve)(process.env.GITHUB_WORKSPACE ?? '.', file);
                return { manifest, access: (0, access_inputs.gM)(read), namespace: (0, access_inputs.oZ)(read), images: readImages(read) };
            }
            for (const name of ['namespace', 'server', 'audience'])
                read.text(name);
            for (const name of ['kubeconfig', 'ca'])
                read.text(name, { multiline: true, unchecked: true });
            read.secret('token');
            read.lines('images');
            return undefined;
        }
        var pinned_tools = __nccwpck_require__(819);
        var src_url = __nccwpck_require__(4585);
        ;
        const variables = { ...access_inputs.GE, images: undefined };
        const commands = ['apply', 'status', 'lint'];
        const tools = ['auto', 'sql', 'dbmate', 'golang-migrate', 'node-pg-migrate', 'command'];
        const phases = ['expand', 'contract'];
        function readMigrateInputs(read) {
            const command = read.choice('command', { default: 'apply', of: commands });
            const tool = read.choice('tool', { default: 'auto', of: tools });
            const release = (0, src_release.$E)(read);
            const phase = read.choice('phase', { default: 'expand', of: phases });
            const through = readThrough(read);
            const job = readJobRoute(read);
            const backup = readBackup(read, job !== undefined);
            if (job && through)
                read.issue('via', 'is given together with hosts', 'Give only one of the two.');
            return {
                command,
                dryRun: read.boolean('dry-run', { default: false }),
                tool,
                toolVersion: readToolVersion(read, tool),
                url: readUrl(read, through !== undefined, job !== undefined),
                migrations: readFolder(read),
                historyTable: readTable(read),
                ...readOwnCommands(read, tool, job !== undefined),
                release,
                github: (0, client.B)(read),
                phase,
                oldestCompatibleVersion: readOldestCompatibleVersion(read, phase),
                through,
                job,
                path: readHostFolder(read, 'path', {
                    default: servicePath(release),
                    remedy: 'Give the same absolute folder as to deploy-ssh: /srv/acme-api/qa.',
                }),
                waitTimeout: read.seconds('wait-timeout', { default: '30s', min: 0, max: 3600 }),
                lockTimeout: read.seconds('lock-timeout', { default: '5m', min: 0, max: 21_600 }),
                sessionLockTimeout: read.seconds('session-lock-timeout', { default: '5s', min: 0, max: 3600 }),
                statementTimeout: read.seconds('statement-timeout', { default: '15m', min: 0, max: 21_600 }),
                deadline: read.seconds('deadline', { default: '30m', min: 10, max: 21_600 }),
                backup,
                backupPath: readBackupPath(read, command === 'apply' && backup.kind === 'auto' && !through && !job),
                keepBackups: read.integer('keep-backups', { default: 5, min: 1, max: 1000 }),
                down: readDown(read, job !== undefined),
                acceptRisk: read.text('accept-risk'),
            };
        }
        const example = 'postgres://USER:PASSWORD@HOST:5432/DATABASE, with @ : / % of the password percent-encoded';
        const nowhere = {
            host: 'nowhere.invalid',
            port: 5432,
            socketFolder: undefined,
            user: '',
            password: '',
            database: '',
            parameters: new Map(),
        };
        function readUrl(read, through, byJob) {
            const text = read.secret('database-url').trim();
            if (text === '' && !byJob)
                read.issue('database-url', 'and via are both missing', `Give ${example}, or via.`);
            if (text !== '' && byJob)
                read.issue('database-url', 'is given together with via', 'Leave it out: the manifest says how the Job gets it.');
            if (text === '' || byJob)
                return nowhere;
            const url = (0, src_url.mx)(text);
            if (typeof url === 'string') {
                read.issue('database-url', url, `Give ${example}.`);
                return nowhere;
            }
            for (const form of (0, src_url.eo)(url))
                (0, mask.d)(form);
            if (through && url.parameters.get('sslmode') === 'verify-full')
                read.issue('database-url', 'asks for sslmode=verify-full, but through a host the connection ends at 127.0.0.1', 'Give sslmode=require or verify-ca: the host key identifies the host already.');
            return url;
        }
        function readThrough(read) {
            if (read.lines('hosts').length > 0) {
                const hosts = readHosts(read);
                return { hosts, credentials: (0, credentials.L1)(read, hosts) };
            }
            for (const name of ['user', 'known-hosts'])
                read.text(name);
            read.secret('ssh-key', { multiline: true });
            read.secret('ssh-key-passphrase');
            return undefined;
        }
        function readToolVersion(read, tool) {
            const text = read.text('tool-version');
            if (text === '')
                return undefined;
            if (tool !== 'auto' && !(tool in pinned_tools.br)) {
                read.unneeded('tool-version', `is not for tool ${tool}`, `It is for ${Object.keys(pinned_tools.br).join(' and ')}.`);
                return undefined;
            }
            const version = (0, pinned_tools.mR)(text);
            if (!version)
                read.issue('tool-version', `is "${text}"`, 'Give a version as 2.26.0, or one with its checksum: 2.26.0@sha256:HEX.');
            return version;
        }
        function readFolder(read) {
            const given = read.text('migrations');
            return given === '' ? '' : (0, external_node_path_.resolve)(process.env.GITHUB_WORKSPACE ?? '.', given);
        }
        function readTable(read) {
            const table = read.text('history-table');
            if (!/^([A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?)?$/.test(table))
                read.issue('history-table', `is "${table}"`, 'Give TABLE or SCHEMA.TABLE, of letters, digits and "_".');
            return table;
        }
        function readOwnCommands(read, tool, byJob) {
            const migrate = read.text('migrate-command', { multiline: true });
            const status = read.text('status-command', { multiline: true });
            if (byJob) {
                if (migrate !== '')
                    read.unneeded('migrate-command', 'is not for via', 'Leave it out: the manifest has the command.');
                return { migrateCommand: [], statusCommand: status === '' ? [] : readCommandLine(read, 'status-command', status) };
            }
            if (tool === 'command' && migrate === '')
                read.issue('migrate-command', 'is missing', 'Give the program and its arguments. The program gets DATABASE_URL.');
            if (tool !== 'command') {
                for (const [name, text] of Object.entries({ 'migrate-command': migrate, 'status-command': status }))
                    if (text !== '')
                        reportUnusedCommand(read, name, tool);
                return { migrateCommand: [], statusCommand: [] };
            }
            return {
                migrateCommand: migrate === '' ? [] : readCommandLine(read, 'migrate-command', migrate),
                statusCommand: status === '' ? [] : readCommandLine(read, 'status-command', status),
            };
        }
        function reportUnusedCommand(read, name, tool) {
            const wrong = `is not for tool ${tool}`;
            if (tool === 'auto')
                read.issue(name, wrong, 'Give tool: command as well. If the command belongs to another service, give the tool of this one.');
            else
                read.unneeded(name, wrong, 'Leave it out, or give tool: command.');
        }
        function readOldestCompatibleVersion(read, phase) {
            const oldest = read.text('oldest-compatible-version');
            if (phase === 'contract' && oldest === '')
                read.issue('oldest-compatible-version', 'is missing', 'Give the oldest version that works with the schema after this contract.');
            if (phase === 'expand' && oldest !== '')
                read.issue('oldest-compatible-version', 'is not for phase expand', 'Remove it: an expand migration must be compatible with the live version.');
            if (/\s/.test(oldest))
                read.issue('oldest-compatible-version', `is "${oldest}"`, 'Give one version, sha or release id.');
            return oldest;
        }
        function readDown(read, byJob) {
            const down = read.boolean('down', { default: false });
            if (down && byJob)
                read.issue('down', 'is not for via', 'Leave it out: the schema stays as the Job left it.');
            return down;
        }
        function readBackup(read, byJob) {
            const text = read.text('backup', { default: 'auto' });
            if (byJob) {
                const remedy = 'Leave it out, and let the command of the manifest make a copy, or a step before this one.';
                if (text !== 'auto' && text !== 'none')
                    read.unneeded('backup', `is "${text}", which is not for via`, remedy);
                return { kind: 'none' };
            }
            if (text === 'auto' || text === 'none')
                return { kind: text };
            if (text.startsWith('command:'))
                return { kind: 'command', words: readCommandLine(read, 'backup', text.slice(8), 'command:') };
            read.issue('backup', `is "${text}"`, 'Give auto, none, or command:PROGRAM ARGUMENT….');
            return { kind: 'none' };
        }
        const emptied = { RUNNER_TEMP: 'is deleted with the job', GITHUB_WORKSPACE: 'the next checkout cleans' };
        function readBackupPath(read, here) {
            const given = read.text('backup-path');
            const remedy = 'Give an absolute folder that outlives the job, such as a mounted disk, or backup: none.';
            if (given === '') {
                if (here)
                    read.issue('backup-path', 'is missing: RUNNER_TEMP is deleted with the job', remedy);
                return '';
            }
            if (!given.startsWith('/') || given.split('/').includes('..')) {
                read.issue('backup-path', `is "${given}"`, remedy);
                return '';
            }
            const path = (0, external_node_path_.resolve)(given);
            if (!here)
                return path;
            for (const [name, why] of Object.entries(emptied)) {
                const folder = process.env[name];
                if (folder && `${path}/`.startsWith(`${folder}/`))
                    read.issue('backup-path', `is below ${name}, which ${why}`, remedy);
            }
            if (process.env.RUNNER_ENVIRONMENT === 'github-hosted')
                read.issue('backup-path', `${path} is on a runner of GitHub, which is deleted after the job`, elsewhere);
            return path;
        }
        const elsewhere = 'Give hosts, so that the copy stays on the first one; or backup: command:PROGRAM, which stores it elsewhere; or backup: none.';
        ;
        const transaction = () => Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 7954));
        const migrateDb = {
            name: 'migrate-db',
            inputs: readMigrateInputs,
            variables: variables,
            main: async (inputs, step) => (await transaction()).main(inputs, step),
            transaction: {
                mutates: ({ command, dryRun }) => command === 'apply' && !dryRun,
                startsAfterFailure: () => false,
                service: ({ release }) => release.service,
                undo: async (saved, step, until) => (await transaction()).undo(saved, step, until),
                confirmers: confirmers,
                close: async (step) => (await transaction()).close(step),
            },
        };
    }),
    3171: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            No: () => (assertNoPooler),
            Or: () => (waitForDatabase),
            SX: () => (applicationName),
            XJ: () => (codeOfError),
            fA: () => (openSession)
        });
        var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
        var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
        var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
        var node_fs__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4878);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5563);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9095);
        const nonce = (0, node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex');
        function applicationName(role) {
            const { repository, id } = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_2__.xh)();
            const own = `#${id}-${nonce}`;
            return `${`${role} ${repository}`.slice(0, 63 - own.length)}${own}`;
        }
        async function openSession({ url, endpoint }, role, timeoutMs) {
            const sslmode = url.parameters.get('sslmode') ?? 'prefer';
            const optional = sslmode === 'prefer' || sslmode === 'allow';
            const modes = optional ? ['require', 'disable'] : [sslmode];
            let last;
            for (const tls of modes) {
                try {
                    return await openWith({ url, endpoint }, role, tls, timeoutMs);
                }
                catch (error) {
                    last = error;
                    if (!/does not support SSL/i.test(String(error)))
                        throw error;
                }
            }
            throw last;
        }
        async function openWith({ url, endpoint }, role, tls, timeoutMs) {
            const { default: pg } = await Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 3849));
            const client = new pg.Client({
                host: endpoint.host,
                port: endpoint.port,
                user: url.user,
                password: url.password,
                database: url.database,
                ssl: tlsOptions(url, tls),
                application_name: applicationName(role),
                keepAlive: true,
                keepAliveInitialDelayMillis: 5000,
                connectionTimeoutMillis: timeoutMs,
            });
            const lost = new AbortController();
            client.on('error', () => lost.abort());
            client.on('end', () => lost.abort());
            await client.connect();
            return {
                tls,
                reportedPid: client.processID,
                lost: lost.signal,
                query: async (sql, values = []) => (values.length > 0 ? await client.query(sql, [...values]) : await client.query(sql)).rows,
                close: () => client.end().catch(() => { }),
            };
        }
        function tlsOptions(url, tls) {
            if (tls === 'disable')
                return false;
            const root = url.parameters.get('sslrootcert');
            const ca = root && root !== 'system' ? { ca: (0, node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(root, 'utf8') } : {};
            if (tls === 'require')
                return { rejectUnauthorized: false };
            return tls === 'verify-ca' ? { ...ca, checkServerIdentity: () => undefined } : ca;
        }
        const startupStates = ['57P03', '53300'];
        const networkErrors = /ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EPIPE|timeout|terminated unexpectedly/i;
        async function waitForDatabase(access, seconds, signal) {
            const end = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_3__.m)() + seconds;
            for (;;) {
                try {
                    return await openSession(access, 'belay', 10_000);
                }
                catch (error) {
                    const waits = startupStates.includes(codeOfError(error)) || networkErrors.test(String(error));
                    if (!waits || (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_3__.m)() >= end || signal.aborted)
                        throw connectFailure(access, error);
                    await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_3__.y)(500, signal);
                }
            }
        }
        function codeOfError(error) {
            return String(error?.code ?? '');
        }
        function connectFailure({ url }, error) {
            const where = `${url.host || url.socketFolder}:${url.port}`;
            const code = codeOfError(error);
            if (code === '28P01' || code === '28000')
                return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_4__.HR('database-login', `The database at ${where} refuses the login of ${url.user} (${code}).`, 'check user and password of database-url, and pg_hba.conf.');
            if (code === '3D000')
                return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_4__.HR('database-missing', `The server at ${where} has no database ${url.database}.`, 'create it first, or check database-url: Belay does not create databases.');
            if (networkErrors.test(String(error)) || startupStates.includes(code))
                return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_4__.HR('database-unreachable', `The database at ${where} did not answer in time (${code || 'no answer'}).`, 'check that it runs and that the runner can reach it. If it listens only on its host, give hosts.');
            return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_4__.HR('database-refused', `The database at ${where} refused the connection: ${errorText(error)}`, 'check database-url.');
        }
        function errorText(error) {
            return error instanceof Error ? error.message : String(error);
        }
        async function assertNoPooler(session, access) {
            const pidOf = async (one) => (await one.query('select pg_backend_pid() as pid'))[0]?.pid;
            const first = await pidOf(session);
            if (first === session.reportedPid)
                return;
            const other = await openSession(access, 'belay', 3000).catch(() => undefined);
            if (!other)
                return;
            try {
                for (let round = 0; round < 3; round++) {
                    await other.query('begin');
                    const shared = (await pidOf(other)) === first;
                    const moved = (await pidOf(session)) !== first;
                    await other.query('commit');
                    if (!shared && !moved)
                        continue;
                    throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_4__.HR('pooler', 'database-url leads to a pooler that pools transactions: it loses the locks and settings of a session.', "give the direct URL of the database (PgBouncer's own port is often 6432, PostgreSQL's 5432), or a session pool.");
                }
            }
            finally {
                await other.close();
            }
        }
    }),
    5364: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            X: () => (ToolFailure)
        });
        class ToolFailure extends Error {
            sqlstate;
            lockTimeout;
            refused;
            constructor(message, what) {
                super(message);
                this.name = 'ToolFailure';
                this.sqlstate = what.sqlstate;
                this.lockTimeout = what.lockTimeout;
                this.refused = what.refused;
            }
        }
    }),
    3210: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            kW: () => (chooseDriver),
            ak: () => (drivers),
            $u: () => (migrationFolder)
        });
        var external_node_path_ = __nccwpck_require__(6760);
        var failure = __nccwpck_require__(9095);
        var src_files = __nccwpck_require__(8831);
        var environment = __nccwpck_require__(8217);
        var tool = __nccwpck_require__(3170);
        ;
        const command = {
            tool: 'command',
            folders: ['migrations', 'db/migrations'],
            strict: false,
            recognises: () => false,
            list: (folder) => (0, src_files.R8)(folder).map((file) => {
                const name = file.replace(/\.[^.]+$/, '');
                return { name, version: name, path: `${folder}/${file}`, hasDown: false, transactional: false };
            }),
            async readHistory(context) {
                const names = context.migrations.map(({ name }) => name);
                if (context.inputs.statusCommand.length === 0)
                    return {
                        exists: true,
                        applied: [],
                        edited: [],
                        pending: [commandMigration(context.inputs.migrateCommand)],
                        unknowable: true,
                    };
                const pending = await pendingOf(context);
                const open = new Set(pending.map(({ name }) => name));
                return { exists: true, applied: names.filter((name) => !open.has(name)), edited: [], pending };
            },
            scripts: async () => [],
            async apply(context) {
                const result = await (0, tool.qI)(context, context.inputs.migrateCommand, (0, environment.u)(context.inputs, context.access, context.session.tls));
                if (result.status !== 0)
                    throw (0, tool.Lu)(context.inputs.migrateCommand[0] ?? '', result);
            },
            async down() {
                throw new failure.HR('no-down', 'Belay knows no down migrations of a command of your own.');
            },
            nextCommand: () => 'check the state with your tool: Belay knows only that the command failed',
        };
        function commandMigration([program = '']) {
            return { name: program, version: program, path: '', hasDown: false, transactional: false };
        }
        async function pendingOf(context) {
            const { inputs, access, session } = context;
            if (inputs.statusCommand.length === 0)
                return [];
            const result = await (0, tool.qI)(context, inputs.statusCommand, (0, environment.u)(inputs, access, session.tls));
            if (result.status !== 0)
                throw new failure.HR('status-failed', `status-command failed: ${inputs.statusCommand[0]} ended with status ${result.status}.`, 'status-command must print the names of the pending migrations, one per line, and end with status 0.');
            const names = result.output
                .split('\n')
                .map((line) => line.trim())
                .filter((line) => line !== '');
            return names.map((name) => ({ name, version: name, path: '', hasDown: false, transactional: false }));
        }
        ;
        function tableText(table) {
            return table
                .split('.')
                .map((part) => `"${part}"`)
                .join('.');
        }
        async function tableExists(session, table) {
            const [row] = await session.query('select to_regclass($1) is not null as exists', [
                tableText(table),
            ]);
            return row?.exists === true;
        }
        ;
        const up = /^--\s*migrate:up(.*)$/m;
        const down = /^--\s*migrate:down(.*)$/m;
        const dbmate = {
            tool: 'dbmate',
            folders: ['db/migrations', 'migrations'],
            strict: false,
            recognises: (files, read) => files.some((file) => file.endsWith('.sql') && up.test(read(file))),
            list: (folder) => (0, src_files.R8)(folder)
                .filter((file) => /^\d+.*\.sql$/.test(file))
                .map((file) => {
                const path = `${folder}/${file}`;
                const text = (0, src_files.b6)(path);
                const [, options = ''] = up.exec(text) ?? [];
                const [downMark] = down.exec(text) ?? [];
                return {
                    name: file.replace(/\.sql$/, ''),
                    version: /^\d+/.exec(file)?.[0] ?? '',
                    path,
                    hasDown: downMark !== undefined && text.slice(text.indexOf(downMark) + downMark.length).trim() !== '',
                    transactional: !/transaction:\s*false/.test(options),
                };
            })
                .sort(src_files.vh),
            async readHistory({ inputs, session, migrations }) {
                const table = tableOf(inputs.historyTable);
                if (!(await tableExists(session, table)))
                    return { exists: false, applied: [], edited: [] };
                const rows = await session.query(`select version from ${tableText(table)} order by version`);
                const names = new Map(migrations.map(({ version, name }) => [version, name]));
                return { exists: true, applied: rows.map(({ version }) => names.get(version) ?? version), edited: [] };
            },
            async scripts(_context, pending) {
                return pending.map(({ name, path, transactional }) => {
                    const text = (0, src_files.b6)(path);
                    const from = up.exec(text)?.index ?? 0;
                    const to = down.exec(text)?.index ?? text.length;
                    const line = text.slice(0, from).split('\n').length;
                    return {
                        migration: name,
                        file: (0, src_files.Gt)(path),
                        line,
                        text: text.slice(from, Math.max(from, to)),
                        transactional,
                    };
                });
            },
            prepare: async (context) => void (await findDbmate(context)),
            apply: (context) => runDbmate(context, 'migrate'),
            async down(context, applied) {
                for (const _ of applied)
                    await runDbmate(context, 'rollback');
            },
            nextCommand: (_context, failed) => failed && !failed.transactional
                ? `check what ${failed.name} changed before it failed, finish or undo that by hand, and insert its version ${failed.version} into the history if you finished it`
                : 'fix the migration and run the job again',
        };
        function tableOf(given) {
            return given || process.env.DBMATE_MIGRATIONS_TABLE || 'schema_migrations';
        }
        function findDbmate(context) {
            const install = 'give tool-version, add the npm package dbmate to the repository, or install dbmate in an earlier step.';
            return (0, tool.oQ)(context, 'dbmate', { own: true, install });
        }
        async function runDbmate(context, command) {
            const { inputs, folder, access, session } = context;
            const program = await findDbmate(context);
            const words = [
                program,
                '--migrations-dir',
                folder,
                '--migrations-table',
                tableOf(inputs.historyTable),
                '--no-dump-schema',
            ];
            const result = await (0, tool.qI)(context, [...words, command], (0, environment.u)(inputs, access, session.tls));
            if (result.status !== 0)
                throw (0, tool.Lu)('dbmate', result);
        }
        var job = __nccwpck_require__(4878);
        var split = __nccwpck_require__(6692);
        ;
        const file = /^(\d+)_(.*)\.(up|down)\.sql$/;
        const golangMigrate = {
            tool: 'golang-migrate',
            folders: ['migrations', 'db/migrations'],
            strict: true,
            recognises: (files) => files.some((name) => /^\d+_.*\.up\.sql$/.test(name)),
            list(folder, parameters) {
                const files = (0, src_files.R8)(folder);
                return files
                    .flatMap((name) => {
                    const [, version = '', title = '', direction] = file.exec(name) ?? [];
                    if (direction !== 'up')
                        return [];
                    const path = `${folder}/${name}`;
                    return [
                        {
                            name: `${version}_${title}`,
                            version: String(BigInt(version)),
                            path,
                            hasDown: files.includes(`${version}_${title}.down.sql`),
                            transactional: parameters.get('x-multi-statement') !== 'true' && isTransactional((0, src_files.b6)(path)),
                        },
                    ];
                })
                    .sort(src_files.vh);
            },
            async readHistory({ inputs, session, migrations, access }) {
                const table = golang_migrate_tableOf(inputs.historyTable, access.url.parameters);
                if (!(await tableExists(session, table)))
                    return { exists: false, applied: [], edited: [] };
                const [row] = await session.query(`select version::text, dirty from ${tableText(table)} limit 1`);
                if (!row)
                    return { exists: true, applied: [], edited: [] };
                const at = { version: row.version };
                const reached = migrations.filter((one) => (0, src_files.vh)(one, at) <= 0);
                const applied = (row.dirty ? reached.filter(({ version }) => version !== row.version) : reached).map(({ name }) => name);
                if (!row.dirty && !reached.some(({ version }) => version === row.version))
                    applied.push(row.version);
                return { exists: true, applied, edited: [], ...(row.dirty && { dirty: row.version }) };
            },
            scripts: async (_context, pending) => pending.map(({ name, path }) => {
                const text = (0, src_files.b6)(path);
                const isSingle = (0, split.b)(text).length <= 1;
                return { migration: name, file: (0, src_files.Gt)(path), line: 1, text, transactional: !isSingle };
            }),
            prepare: async (context) => void (await findMigrate(context)),
            apply: (context) => runMigrate(context, ['up']),
            down: (context, applied) => runMigrate(context, ['down', String(applied.length)]),
            async repairState(context, { dirty }) {
                if (dirty === undefined)
                    return;
                await runMigrate(context, ['force', versionBefore(context, dirty)]);
            },
            nextCommand(context, failed, { dirty }) {
                if (dirty === undefined)
                    return 'fix the migration and run the job again';
                const before = versionBefore(context, dirty);
                const instruction = failed
                    ? `check what ${failed.name} changed before it failed`
                    : `check what version ${dirty} changed`;
                return `${instruction}, undo that by hand, run "migrate -path ${(0, src_files.Gt)(context.folder)} -database … force ${before}" and run the job again; or finish it by hand and force ${dirty}`;
            },
        };
        function versionBefore({ migrations }, version) {
            return migrations.filter((one) => (0, src_files.vh)(one, { version }) < 0).at(-1)?.version ?? '-1';
        }
        function isTransactional(text) {
            return !(0, split.b)(text).some(({ bare }) => /^(begin|commit|end|rollback|start transaction)\b|\bconcurrently\b/i.test(bare));
        }
        function golang_migrate_tableOf(given, parameters) {
            return given || (parameters.get('x-migrations-table') ?? '').replaceAll('"', '') || 'schema_migrations';
        }
        function findMigrate(context) {
            const install = 'give tool-version, or install golang-migrate in an earlier step.';
            return (0, tool.oQ)(context, 'golang-migrate', { own: false, install });
        }
        async function runMigrate(context, command) {
            const { inputs, folder, access, session } = context;
            const program = await findMigrate(context);
            const own = new URLSearchParams([...access.url.parameters].filter(([name]) => /^x-|^search_path$/.test(name)));
            if (inputs.historyTable.includes('.')) {
                own.set('x-migrations-table', tableText(inputs.historyTable));
                own.set('x-migrations-table-quoted', '1');
            }
            else if (inputs.historyTable)
                own.set('x-migrations-table', inputs.historyTable);
            const words = [program, '-path', folder, '-database', `postgres:///?${own}`, ...command];
            const { DATABASE_URL: _, ...env } = { ...(0, job.Qc)(), ...(0, environment.u)(inputs, access, session.tls) };
            const result = await (0, tool.qI)(context, words, env);
            if (result.status !== 0)
                throw (0, tool.Lu)('golang-migrate', result);
        }
        var src_url = __nccwpck_require__(4585);
        ;
        const code = /\.(c|m)?(j|t)s$/;
        const sectionMark = (direction) => new RegExp(`^\\s*--[\\s-]*${direction}\\s+migration`, 'im');
        const nodePgMigrate = {
            tool: 'node-pg-migrate',
            folders: ['migrations', 'db/migrations'],
            strict: true,
            recognises: (files, read) => files.some((file) => (/^\d/.test(file) && code.test(file)) || (file.endsWith('.sql') && sectionMark('up').test(read(file)))),
            list: (folder) => (0, src_files.R8)(folder)
                .filter((file) => code.test(file) || file.endsWith('.sql'))
                .map((file) => {
                const path = `${folder}/${file}`;
                const text = (0, src_files.b6)(path);
                const name = file.replace(/\.[^.]+$/, '');
                return {
                    name,
                    version: name,
                    path,
                    hasDown: hasDown(file, text),
                    transactional: !/\bnoTransaction\(/.test(text),
                };
            })
                .sort(src_files.vh),
            async readHistory({ inputs, session }) {
                const table = inputs.historyTable || 'public.pgmigrations';
                if (!(await tableExists(session, table)))
                    return { exists: false, applied: [], edited: [] };
                const rows = await session.query(`select name from ${tableText(table)} order by run_on, id`);
                return { exists: true, applied: rows.map(({ name }) => name), edited: [] };
            },
            async scripts(context, pending) {
                const generated = context && pending.some(({ path }) => code.test(path)) ? await dryRun(context) : new Map();
                return pending.flatMap(({ name, path, transactional }) => {
                    if (code.test(path)) {
                        const text = generated.get(name);
                        return text === undefined
                            ? []
                            : [{ migration: name, file: `${(0, src_files.Gt)(path)} (generated SQL)`, line: 1, text, transactional }];
                    }
                    const text = (0, src_files.b6)(path);
                    const up = text.search(sectionMark('up'));
                    const down = text.search(sectionMark('down'));
                    const from = Math.max(0, up);
                    const to = down > from ? down : text.length;
                    const line = text.slice(0, from).split('\n').length;
                    return [{ migration: name, file: (0, src_files.Gt)(path), line, text: text.slice(from, to), transactional }];
                });
            },
            prepare: async () => void findNodePgMigrate(),
            async apply(context) {
                const result = await runNodePgMigrate(context, ['up']);
                if (result.status !== 0)
                    throw (0, tool.Lu)('node-pg-migrate', result);
            },
            async down(context, applied) {
                const result = await runNodePgMigrate(context, ['down', String(applied.length)]);
                if (result.status !== 0)
                    throw (0, tool.Lu)('node-pg-migrate', result);
            },
            nextCommand: (_context, failed) => failed && !failed.transactional
                ? `check what ${failed.name} changed before it failed, finish or undo that by hand, and mark it with "node-pg-migrate up --fake" only if you finished it`
                : 'fix the migration and run the job again',
        };
        function hasDown(file, text) {
            if (file.endsWith('.sql'))
                return sectionMark('down').test(text);
            return !/\bdown\s*[=:]\s*(false|null)\b/.test(text);
        }
        function findNodePgMigrate() {
            return (0, tool.Kp)('node-pg-migrate', 'add the npm package node-pg-migrate to the repository, and run npm ci before this step.');
        }
        function runNodePgMigrate({ inputs, folder, access, session, ...context }, command, more = {}) {
            const program = findNodePgMigrate();
            const [table, schema] = inputs.historyTable.split('.').reverse();
            const env = (0, environment.u)(inputs, access, session.tls);
            const parameters = new Map([...access.url.parameters].filter(([name]) => !['options', 'application_name'].includes(name)));
            const text = (0, src_url.xG)({ ...access.url, parameters }, access.endpoint, { sslmode: session.tls, uselibpqcompat: 'true' });
            const url = text.replace('@:', '@localhost:');
            const words = [program, ...command, '--migrations-dir', folder, '--advisory-lock-mode', 'wait'];
            if (table)
                words.push('--migrations-table', table);
            if (schema)
                words.push('--migrations-schema', schema);
            return (0, tool.qI)({ ...context, session }, words, { ...env, DATABASE_URL: url, ...more });
        }
        async function dryRun(context) {
            const env = (0, environment.u)(context.inputs, context.access, context.session.tls);
            const quiet = { ...context, print: () => { } };
            const result = await runNodePgMigrate(quiet, ['up', '--dry-run'], {
                PGOPTIONS: `${env.PGOPTIONS} -c default_transaction_read_only=on`,
            });
            if (result.status !== 0)
                return new Map();
            const parts = result.output.split(/^### MIGRATION (.*) \(UP\) ###$/m);
            const pairs = parts.flatMap((name, index) => index % 2 === 1 ? [[name, parts[index + 1] ?? '']] : []);
            return new Map(pairs);
        }
        var database = __nccwpck_require__(3171);
        var lock = __nccwpck_require__(8937);
        var driver = __nccwpck_require__(5364);
        ;
        const noTransaction = /^--\s*belay:\s*no-transaction\s*$/;
        const sql = {
            tool: 'sql',
            folders: ['migrations', 'db/migrations'],
            strict: false,
            recognises: (files) => files.some((file) => /^\d+_.*\.sql$/.test(file)) && !files.some((file) => /\.up\.sql$/.test(file)),
            list(folder) {
                const files = (0, src_files.R8)(folder);
                const migrations = files
                    .filter((file) => /^\d+_.+\.sql$/.test(file) && !file.endsWith('.down.sql'))
                    .map((file) => {
                    const path = `${folder}/${file}`;
                    const text = (0, src_files.b6)(path);
                    const name = file.replace(/\.sql$/, '');
                    const transactional = !noTransaction.test(text.split('\n', 1)[0] ?? '');
                    assertNoTransactionStatement(path, text);
                    return {
                        name,
                        version: /^\d+/.exec(name)?.[0] ?? '',
                        path,
                        hasDown: files.includes(`${name}.down.sql`),
                        transactional,
                    };
                })
                    .sort(src_files.vh);
                return migrations;
            },
            async readHistory({ inputs, session, migrations }) {
                const table = sql_tableOf(inputs.historyTable);
                if (!(await tableExists(session, table)))
                    return { exists: false, applied: [], edited: [] };
                const rows = await session.query(`select version, name, checksum from ${tableText(table)} order by applied_at, name`);
                const files = new Map(migrations.map((migration) => [migration.version, migration]));
                return {
                    exists: true,
                    applied: rows.map(({ version, name }) => files.get(version)?.name ?? name),
                    edited: rows.flatMap(({ version, checksum }) => {
                        const file = files.get(version);
                        return file && (0, src_files.lf)((0, src_files.b6)(file.path)) !== checksum ? [file.name] : [];
                    }),
                };
            },
            scripts: async (_context, pending) => pending.map(({ name, path, transactional }) => ({
                migration: name,
                file: (0, src_files.Gt)(path),
                line: 1,
                text: (0, src_files.b6)(path),
                transactional,
            })),
            apply: (context, pending) => inSession(context, async (session) => {
                const table = tableText(sql_tableOf(context.inputs.historyTable));
                await session.query(`create table if not exists ${table} (version text primary key, name text not null, checksum text not null,
           applied_at timestamptz not null default now(), run_id text not null, duration_ms integer not null)`);
                for (const migration of pending)
                    await applyOne(context, session, table, migration);
            }),
            down: (context, applied) => inSession(context, async (session) => {
                const table = tableText(sql_tableOf(context.inputs.historyTable));
                for (const { name, path, version } of applied.toReversed()) {
                    context.print(`undoing ${name}`);
                    const text = (0, src_files.b6)(path.replace(/\.sql$/, '.down.sql'));
                    const removeRow = () => session.query(`delete from ${table} where version = $1`, [version]);
                    await runText(session, name, text, !noTransaction.test(text.split('\n', 1)[0] ?? ''), removeRow);
                }
            }),
            nextCommand(_context, failed, _history) {
                if (!failed || failed.transactional)
                    return 'fix the migration and run the job again';
                return (`finish or undo by hand the statements that ran; if you finished the migration, insert version ${failed.version} ` +
                    `with sha256 of the file into the history, else run the job again`);
            },
        };
        function sql_tableOf(given) {
            return given || 'belay_migrations';
        }
        function assertNoTransactionStatement(path, text) {
            const own = (0, split.b)(text).find(({ bare }) => /^(begin|commit|end|rollback|start transaction|abort|savepoint)\b/i.test(bare));
            if (!own)
                return;
            throw new failure.HR('migration-files', `${(0, src_files.Gt)(path)}:${own.line} begins or ends a transaction.`, 'remove that statement: each file is a transaction of its own. With "-- belay: no-transaction" as its first line it is none.');
        }
        async function applyOne(context, session, table, migration) {
            const { name, version, path, transactional } = migration;
            const text = (0, src_files.b6)(path);
            context.print(`applying ${name}`);
            const began = performance.now();
            const { repository, id, attempt } = (0, job.xh)();
            const insertRow = () => {
                if (context.session.lost.aborted)
                    throw new Error('the connection that held the lock was lost');
                return session.query(`insert into ${table} (version, name, checksum, run_id, duration_ms) values ($1, $2, $3, $4, $5)`, [version, name, (0, src_files.lf)(text), `${repository}#${id}.${attempt}`, Math.round(performance.now() - began)]);
            };
            try {
                await runText(session, name, text, transactional, insertRow);
            }
            catch (error) {
                if (error instanceof driver.X)
                    context.print(error.message);
                throw error;
            }
            context.print(`applied ${name} in ${Math.round(performance.now() - began)} ms`);
        }
        async function runText(session, name, text, transactional, recordInHistory) {
            const statements = (0, split.b)(text);
            let at;
            try {
                if (transactional)
                    await session.query('begin');
                for (at of statements)
                    await session.query(at.sql);
                at = undefined;
                await recordInHistory();
                if (transactional)
                    await session.query('commit');
            }
            catch (error) {
                if (transactional)
                    await session.query('rollback').catch(() => { });
                const state = (0, database.XJ)(error);
                const where = at ? ` at line ${at.line}` : '';
                const what = { sqlstate: state, lockTimeout: state === '55P03', refused: state !== '' };
                throw new driver.X(`${name} failed${where}: ${(0, failure.bD)(error)}`, what);
            }
        }
        async function inSession(context, task) {
            const session = await (0, database.fA)(context.access, 'belay-tool', 10_000);
            const stop = () => void (0, lock.Y_)(context.session).catch(() => { });
            context.signal.addEventListener('abort', stop);
            try {
                for (const [name, value] of Object.entries((0, environment.M)(context.inputs)))
                    await session.query('select set_config($1, $2, false)', [name, value]);
                const path = context.access.url.parameters.get('search_path');
                if (path)
                    await session.query('select set_config($1, $2, false)', ['search_path', path]);
                await task(session);
            }
            catch (error) {
                if (context.signal.aborted)
                    throw new failure.j$();
                throw error;
            }
            finally {
                context.signal.removeEventListener('abort', stop);
                await session.close();
            }
        }
        ;
        const drivers = {
            sql: sql,
            dbmate: dbmate,
            'golang-migrate': golangMigrate,
            'node-pg-migrate': nodePgMigrate,
            command: command,
        };
        function chooseDriver(inputs) {
            const folder = migrationFolder(inputs);
            const files = (0, src_files.R8)(folder);
            if (inputs.tool === 'command')
                return { driver: command, folder };
            if (files.length === 0)
                throw new failure.HR('migrations-missing', `The folder ${(0, src_files.Gt)(folder)} has no migrations.`, 'check out the repository before this step, or give the folder as migrations.');
            if (inputs.tool !== 'auto')
                return { driver: drivers[inputs.tool], folder };
            const read = (file) => (0, src_files.b6)((0, external_node_path_.join)(folder, file));
            const fits = [golangMigrate, dbmate, nodePgMigrate].filter((driver) => driver.recognises(files, read));
            if (fits.length === 0 && sql.recognises(files, read))
                fits.push(sql);
            const [driver, other] = fits;
            if (driver && !other)
                return { driver, folder };
            const verdict = other
                ? `fit more than one tool: ${fits.map(({ tool }) => tool).join(' and ')}`
                : 'fit no tool that Belay knows';
            throw new failure.HR('tool-unclear', `The files in ${(0, src_files.Gt)(folder)} ${verdict}.`, 'give the input tool.');
        }
        function migrationFolder({ tool, migrations }) {
            return migrations || firstFolder(tool === 'auto' ? sql.folders : drivers[tool].folders);
        }
        function firstFolder(folders) {
            const found = folders.map((folder) => (0, external_node_path_.join)((0, src_files.ih)(), folder));
            return found.find((folder) => (0, src_files.R8)(folder).length > 0) ?? found[0] ?? '';
        }
    }),
    8217: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            M: () => (sessionSettings),
            u: () => (toolEnvironment)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4878);
        var _database_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3171);
        var _url_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4585);
        function sessionSettings(inputs) {
            return {
                lock_timeout: String(inputs.sessionLockTimeout * 1000),
                statement_timeout: String(inputs.statementTimeout * 1000),
            };
        }
        function toolEnvironment(inputs, { url, endpoint }, tls) {
            const parameters = new Map([...url.parameters].filter(([name]) => !['options', 'application_name'].includes(name)));
            const settings = Object.entries(sessionSettings(inputs)).map(([name, value]) => `-c ${name}=${value}`);
            const root = url.parameters.get('sslrootcert');
            return {
                ...(0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.Qc)(),
                DATABASE_URL: (0, _url_js__WEBPACK_IMPORTED_MODULE_2__.xG)({ ...url, parameters }, endpoint, { sslmode: tls }),
                PGHOST: endpoint.host,
                PGPORT: String(endpoint.port),
                PGUSER: url.user,
                PGPASSWORD: url.password,
                PGDATABASE: url.database,
                PGSSLMODE: tls,
                ...(root && { PGSSLROOTCERT: root }),
                PGAPPNAME: (0, _database_js__WEBPACK_IMPORTED_MODULE_0__.SX)('belay-tool'),
                PGOPTIONS: [url.parameters.get('options') ?? '', ...settings].join(' ').trim(),
            };
        }
    }),
    8831: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Gt: () => (displayPath),
            R8: () => (filesOf),
            b6: () => (textOf),
            ih: () => (workspaceFolder),
            lE: () => (assertUniqueVersions),
            lf: () => (checksumOf),
            vh: () => (byNumber)
        });
        var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
        var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
        var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
        var node_fs__WEBPACK_IMPORTED_MODULE_1___default = __nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
        var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
        var node_path__WEBPACK_IMPORTED_MODULE_2___default = __nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9095);
        function filesOf(folder) {
            if (!(0, node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(folder) || !(0, node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(folder).isDirectory())
                return [];
            return (0, node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)(folder)
                .filter((name) => !name.startsWith('.') && (0, node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)((0, node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name)).isFile())
                .sort();
        }
        function textOf(path) {
            return (0, node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(path, 'utf8')
                .replace(/^\ufeff/, '')
                .replaceAll('\r\n', '\n');
        }
        function checksumOf(text) {
            return (0, node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
        }
        function displayPath(path) {
            const workspace = workspaceFolder();
            const short = (0, node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(workspace, path);
            return short.startsWith('..') ? path : short;
        }
        function workspaceFolder() {
            return (0, node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(process.env.GITHUB_WORKSPACE ?? '.');
        }
        function byNumber(a, b) {
            const [x, y] = [a, b].map(({ version }) => BigInt(/^\d+/.exec(version)?.[0] ?? '0'));
            if (x !== y)
                return x < y ? -1 : 1;
            return a.version < b.version ? -1 : a.version > b.version ? 1 : 0;
        }
        function assertUniqueVersions(migrations) {
            const twin = migrations.find(({ version }, index) => migrations.findIndex((other) => other.version === version) < index);
            if (twin)
                throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_3__.HR('migration-files', `Two migrations have the version ${twin.version}; one of them is ${twin.name}.`, 'give each a number of its own.');
        }
    }),
    8762: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Hx: () => (assertExclusive),
            Mr: () => (assertNotEmptied),
            K: () => (recordLimitsOnHosts),
            To: () => (removeLimitsOnHosts)
        });
        var clock = __nccwpck_require__(5563);
        var failure = __nccwpck_require__(9095);
        var encode = __nccwpck_require__(960);
        var host_script = __nccwpck_require__(5684);
        var run_command = __nccwpck_require__(2407);
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
        var fleet = __nccwpck_require__(5652);
        var compatibility_limit = __nccwpck_require__(6574);
        ;
        async function recordLimitsOnHosts(connections, path, migrations, oldest) {
            await (0, fleet.ko)(connections, async (connection) => {
                for (const migration of migrations)
                    await (0, compatibility_limit.bs)(connection, path, { migration, oldestCompatible: oldest });
            });
        }
        async function removeLimitsOnHosts(connections, path, migrations, until) {
            await (0, fleet.ko)(connections, async (connection) => {
                for (const migration of migrations)
                    await (0, compatibility_limit.wE)(connection, path, migration, until - (0, clock.m)());
            });
        }
        async function assertNotEmptied(session, history, connections, path, signal) {
            if (history.exists || connections.length === 0 || (await tableCount(session)) > 0)
                return;
            const fleetFacts = await (0, fleet.ko)(connections, (connection) => inspectHost(connection, { base: path, unit: '', recovery: '' }, signal), signal);
            const released = fleetFacts.find(({ releases }) => releases.some(({ state }) => state === 'confirmed'));
            if (!released)
                return;
            throw new failure.HR('empty-database', `The database is empty, but ${released.host} serves ${released.version || 'a release'} from ${path}: this is another database, or its data is lost.`, 'restore the last backup, or correct database-url. If the database is meant to be empty, remove the old releases on the hosts first.');
        }
        async function tableCount(session) {
            const [row] = await session.query(`select count(*)::int as count from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`);
            return row?.count ?? 0;
        }
        function assertExclusive(step) {
            const idle = ['unchanged', 'noop'];
            const other = step.journal
                .read()
                .steps.find(({ id, mutates, ended }) => mutates && id !== step.id && !idle.includes(ended?.result ?? ''));
            const why = 'a contract migration must be a release of its own, so that no other change has to be undone with it';
            if (other)
                throw new failure.HR('not-exclusive', `The step ${other.id} changes something in this job too: ${why}.`, 'put phase: contract into a job of its own.');
            step.record({ event: 'exclusive', why: `${why}.` });
        }
    }),
    475: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            v8: () => (assertContinuable),
            pn: () => (assertLinted),
            PJ: () => (inspectOnly),
            Ko: () => (inspectSchema),
            Di: () => (lintPending),
            VH: () => (preview),
            Bs: () => (reportInspection),
            kR: () => (withDatabase)
        });
        var failure = __nccwpck_require__(9095);
        var deadline = __nccwpck_require__(6969);
        var summary = __nccwpck_require__(6813);
        var drivers = __nccwpck_require__(3210);
        var files = __nccwpck_require__(8831);
        var hosts = __nccwpck_require__(8762);
        ;
        const names_name = String.raw `(?:"[^"]*"|[a-z_\x80-\uffff][a-z0-9_$\x80-\uffff]*)(?:\s?\.\s?(?:"[^"]*"|[a-z_\x80-\uffff][a-z0-9_$\x80-\uffff]*))*`;
        function pattern(text) {
            return new RegExp(text.replaceAll('NAME', `(${names_name})`), 'i');
        }
        function plain(text) {
            const parts = text
                .trim()
                .replace(/^only /i, '')
                .replace(/\s?\(.*$/, '')
                .split(/\s?\.\s?/)
                .map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase()));
            return parts.filter((part, index) => !(index === 0 && parts.length > 1 && part === 'public')).join('.');
        }
        function topLevel(bare) {
            let depth = 0;
            let text = '';
            for (const one of bare) {
                if (one === ')')
                    depth--;
                if (depth === 0)
                    text += one;
                if (one === '(')
                    depth++;
            }
            return text;
        }
        ;
        const relations = ['table', 'view', 'materialized view', 'foreign table', 'sequence', 'index'];
        function objectKey(kind, name) {
            return relations.includes(kind) ? plain(name) : `${kind} ${plain(name)}`;
        }
        function createdObject(bare) {
            const table = pattern('^create (?:(?:global|local) )?(?:temp |temporary |unlogged )?table (?!if not exists )NAME');
            const index = pattern('^create (?:unique )?index (?:concurrently )?(?!(?:on|concurrently|if not exists) )NAME ');
            const other = pattern('^create (?:recursive |temp |temporary )*(materialized view|view|foreign table|sequence|type|domain|schema|function|procedure) (?!if not exists )NAME');
            const relation = table.exec(bare)?.[1] ?? index.exec(bare)?.[1];
            if (relation !== undefined)
                return objectKey('table', relation);
            const [, kind, name] = other.exec(bare) ?? [];
            return kind === undefined || name === undefined ? undefined : objectKey(kind.toLowerCase(), name);
        }
        ;
        function breaks(rule, text) {
            return {
                rule,
                kind: 'breaks',
                text,
                remedy: 'first release a version that does not use it, then run this as a release of its own with phase: contract',
            };
        }
        function blocks(rule, text, remedy) {
            return { rule, kind: 'blocks', text, remedy };
        }
        var split = __nccwpck_require__(6692);
        ;
        function alterations(bare, created) {
            const altered = pattern('^alter table (?:if exists )?(?:only )?NAME(?: \\*)? (.*)$').exec(bare);
            const table = altered?.[1] ?? '';
            if (!altered || created.has(objectKey('table', table)))
                return [];
            return (0, split.F)(altered[2] ?? '').flatMap((action) => alteration(table, action));
        }
        function alteration(table, action) {
            const is = (text) => pattern(`^${text}`).test(action);
            const [, what = ''] = pattern('^(?:drop|alter|rename)(?: column)?(?: if exists)? NAME').exec(action) ?? [];
            if (is('drop (?!constraint\\b)'))
                return [breaks('drop-column', `drops the column ${table}.${what}`)];
            if (is('rename constraint '))
                return [];
            if (is('rename to '))
                return [breaks('rename', `renames the table ${table}`)];
            if (is('rename '))
                return [breaks('rename', `renames the column ${table}.${what}`)];
            if (is('set schema '))
                return [breaks('rename', `moves the table ${table} to another schema`)];
            if (is('alter (?:column )?NAME (?:set data )?type '))
                return [breaks('type-change', `changes the type of ${table}.${what}, and may rewrite the whole table under a lock`)];
            if (is('alter (?:column )?NAME set not null'))
                return [
                    blocks('set-not-null', `makes ${table}.${what} NOT NULL: it reads the whole table under a lock, and the live version may still write NULL`, 'add CHECK (… IS NOT NULL) NOT VALID, then VALIDATE CONSTRAINT, and SET NOT NULL in a later release'),
                ];
            if (is('add (?:constraint (?:"[^"]*"|\\S+) )?(?:check|foreign key|unique|primary key|exclude)\\b'))
                return constraint(table, action);
            if (is('add '))
                return addition(table, action);
            return [];
        }
        function constraint(table, action) {
            if (/\bnot valid$|\busing index\b/i.test(action))
                return [];
            const [kind = ''] = /check|foreign key|unique|primary key|exclude/i.exec(unquoted(action)) ?? [];
            return [
                notValid(`adds a constraint (${kind.toLowerCase()}) to ${table}, and reads the whole table under a lock`, kind),
            ];
        }
        function notValid(text, kind) {
            const remedy = /check|foreign|references/i.test(kind)
                ? 'add it NOT VALID, and VALIDATE CONSTRAINT in a later migration'
                : 'build a unique index CONCURRENTLY, then ADD CONSTRAINT … USING INDEX';
            return blocks('constraint-not-valid', text, remedy);
        }
        function addition(table, action) {
            const [, column, whole = ''] = pattern('^add (?:column )?(?:if not exists )?NAME (.*)$').exec(action) ?? [];
            if (column === undefined)
                return [];
            const name = `${table}.${column}`;
            const definition = unquoted(whole);
            const own = topLevel(definition);
            const found = [];
            const computed = computedBy(definition, own);
            if (computed !== undefined)
                found.push(blocks('column-rewrite', `adds ${name} with ${computed}: the whole table is rewritten, and readers and writers are locked out until then`, 'add it without that, set the default afterwards (for new rows only), and fill the old rows in batches'));
            const [, inline] = /\b(unique|primary key|references|check)\b/i.exec(own) ?? [];
            if (inline !== undefined)
                found.push(notValid(`adds ${name} with a constraint of its own (${inline.toLowerCase()}), which locks out all others while it is checked or built`, inline));
            if (/\bnot null\b/i.test(own) && computed === undefined && !/\bdefault\b/i.test(own))
                found.push(blocks('not-null-without-default', `adds ${name} NOT NULL without a default: it fails on a table with rows, and the live version does not write the column`, 'give a DEFAULT, or allow NULL until every live version writes the column'));
            return found;
        }
        function computedBy(definition, own) {
            if (/^(?:(?:small|big)?serial|serial[248])\b/i.test(own))
                return 'a sequence';
            if (/\bas identity\b/i.test(own))
                return 'an identity';
            if (/\bgenerated always as \(.*\) stored\b/i.test(definition))
                return 'a stored generated value';
            const [, value = ''] = /(?<!\bby )\bdefault (.*?)(?= (?:not null|null|unique|primary key|references|check|constraint|collate|generated)\b|$)/i.exec(definition) ?? [];
            const call = [...value.matchAll(/(?<!::\s?)(?<![\w.])([a-z_][\w.]*)\s?\(/gi)].find(([, name = '']) => !sameForAllRows.has(name.toLowerCase().replace(/^pg_catalog\./, '')));
            return call === undefined
                ? undefined
                : `a default that calls ${call[1]}, which may return another value for every row`;
        }
        const sameForAllRows = new Set([
            ...['now', 'transaction_timestamp', 'statement_timestamp', 'current_timestamp', 'current_time', 'localtime'],
            ...['localtimestamp', 'current_setting', 'date_trunc', 'make_date', 'make_interval', 'to_timestamp', 'to_date'],
            ...[
                'timezone',
                'interval',
                'cast',
                'coalesce',
                'nullif',
                'array',
                'row',
                'concat',
                'lower',
                'upper',
                'md5',
                'length',
            ],
            ...['numeric', 'decimal', 'varchar', 'char', 'character', 'timestamp', 'timestamptz', 'time', 'bit'],
            ...['json_build_object', 'jsonb_build_object', 'json_build_array', 'jsonb_build_array', 'to_json', 'to_jsonb'],
        ]);
        function unquoted(text) {
            return text.replace(/"[^"]*"/g, 'x');
        }
        ;
        const concurrently = (what) => `use ${what} CONCURRENTLY in a migration without a transaction`;
        const atLowLoad = 'do it outside of a release, at a time of low load: no migration depends on it';
        const rules = [
            {
                begins: pattern('^create (?:unique )?index (?:if not exists )?(?:(?!on |concurrently )NAME )?on (?:only )?NAME'),
                found: (name) => blocks('index-not-concurrently', `builds an index on ${name}, and locks writers out until it is built`, concurrently('CREATE INDEX')),
            },
            {
                begins: pattern('^refresh materialized view (?!concurrently )NAME'),
                found: (name) => blocks('refresh-not-concurrently', `refreshes ${name}, and locks its readers out while it is computed`, 'use REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on it'),
            },
            {
                begins: pattern('^reindex (?!\\([^)]*\\bconcurrently\\b)(?:\\([^)]*\\) )?(?:index|table|schema|database|system)\\b(?! concurrently\\b)(?: NAME)?'),
                found: (name) => blocks('reindex-not-concurrently', `rebuilds the indexes of ${name || 'the database'}, and locks writers out until they are built`, concurrently('REINDEX')),
            },
            {
                begins: pattern('^vacuum (?:full\\b|\\([^)]*\\bfull\\b(?! (?:false|off|0))[^)]*\\)) ?(?:freeze |verbose |analyze )*NAME?'),
                found: (name) => blocks('vacuum-full', `rewrites ${name || 'all tables'}, and locks readers and writers out until it is done`, atLowLoad),
            },
            {
                begins: pattern('^cluster\\b ?(?:\\([^)]*\\) )?(?:verbose )?NAME?'),
                found: (name) => blocks('cluster', `rewrites ${name || 'all tables'}, and locks readers and writers out until it is done`, atLowLoad),
            },
        ];
        function statements(bare, created, transactional) {
            if (transactional && needsNoTransaction.test(bare))
                return [
                    {
                        rule: 'concurrently-in-transaction',
                        kind: 'fails',
                        text: 'CONCURRENTLY cannot run inside a transaction',
                        remedy: 'put it into a migration of its own without a transaction, as your tool marks one',
                    },
                ];
            return [...byBeginning(bare, created), ...drops(bare, created), ...wholeTables(bare, created), ...renames(bare)];
        }
        const needsNoTransaction = /^(create (unique )?index|drop index|reindex (\([^)]*\) )?(index|table|schema|database|system)) concurrently\b|^reindex \([^)]*\bconcurrently\b/i;
        function byBeginning(bare, created) {
            for (const { begins, found } of rules) {
                const match = begins.exec(bare);
                if (!match)
                    continue;
                const name = match.slice(1).findLast((one) => one !== undefined) ?? '';
                return created.has(objectKey('table', name)) ? [] : [found(name)];
            }
            return [];
        }
        const droppable = [
            ...['table', 'schema', 'database', 'materialized view', 'view', 'sequence', 'foreign table', 'type', 'domain'],
            ...['function', 'procedure', 'routine', 'aggregate', 'trigger', 'extension', 'index'],
        ];
        function drops(bare, created) {
            const dropped = new RegExp(`^drop (${droppable.join('|')}) (?!concurrently )(?:if exists )?(.*?)(?: cascade| restrict)?$`, 'i').exec(bare);
            if (!dropped)
                return [];
            const what = (dropped[1] ?? '').toLowerCase();
            return (0, split.F)(dropped[2] ?? '')
                .filter((one) => !created.has(objectKey(what, one)))
                .flatMap((one) => drop(what, one, created));
        }
        function drop(what, name, created) {
            if (what === 'index')
                return [
                    blocks('drop-index-not-concurrently', `drops the index ${name}: it waits for all users of its table, and all others wait behind it`, concurrently('DROP INDEX')),
                ];
            const [, table] = pattern(' on (?:only )?NAME$').exec(name) ?? [];
            if (what === 'trigger' && table !== undefined && created.has(objectKey('table', table)))
                return [];
            return [breaks(`drop-${what.replace(' ', '-')}`, `drops the ${what} ${name}`)];
        }
        function wholeTables(bare, created) {
            const isCreated = (name) => created.has(objectKey('table', name));
            const truncated = /^truncate (?:table )?(?:only )?(.*?)(?: restart identity| continue identity)?(?: cascade| restrict)?$/i.exec(bare);
            if (truncated)
                return (0, split.F)(truncated[1] ?? '')
                    .filter((one) => !isCreated(one))
                    .map((one) => breaks('truncate', `empties the table ${one}`));
            const own = topLevel(bare);
            if (/\bwhere\b/i.test(own))
                return [];
            const [, deleted] = pattern('^(?:with (?!.* insert into ).* )?delete from (?:only )?NAME').exec(own) ?? [];
            if (deleted !== undefined && !isCreated(deleted))
                return [breaks('delete-all', `deletes every row of ${deleted}`)];
            const [, updated] = pattern('^(?:with (?!.* insert into ).* )?update (?:only )?NAME').exec(own) ?? [];
            if (updated === undefined || isCreated(updated))
                return [];
            return [
                blocks('update-all', `changes every row of ${updated} in one statement: a write to one of them waits until it ends`, 'change them in batches, outside of the release; or select rows with WHERE'),
            ];
        }
        const renamable = 'view|materialized view|sequence|type|domain|schema|foreign table|function|procedure|routine|aggregate';
        function renames(bare) {
            const [, what = '', name = '', how = ''] = pattern(`^alter (${renamable}) (?:if exists )?NAME ?(?:\\([^)]*\\) ?)?(rename (?:to|value|attribute|column)|set schema) `).exec(bare) ?? [];
            if (name === '')
                return [];
            const part = /(value|attribute|column)$/i.exec(how)?.[1];
            const kind = what.toLowerCase();
            if (part !== undefined)
                return [breaks('rename', `renames a ${part.toLowerCase()} of the ${kind} ${name}`)];
            if (/^set/i.test(how))
                return [breaks('rename', `moves the ${kind} ${name} to another schema`)];
            return [breaks('rename', `renames the ${kind} ${name}`)];
        }
        ;
        function lint(scripts) {
            const created = new Set();
            return scripts.flatMap(({ migration, file, line, text, transactional }) => (0, split.b)(text, line).flatMap(({ bare, line }) => {
                const found = [...statements(bare, created, transactional), ...alterations(bare, created)];
                const object = createdObject(bare);
                if (object !== undefined)
                    created.add(object);
                return found.map((one) => ({ ...one, migration, file, line }));
            }));
        }
        function stops(finding, phase) {
            return finding.kind === 'fails' || finding.kind === 'blocks' || phase === 'expand';
        }
        function findingLine({ file, line, text, rule }) {
            return `${file}:${line}: ${text} (${rule})`;
        }
        var phases = __nccwpck_require__(562);
        var src_plan = __nccwpck_require__(9225);
        var src_route = __nccwpck_require__(3447);
        ;
        async function inspectSchema({ step, inputs, route, session, signal, }) {
            const { driver, folder } = (0, drivers.kW)(inputs);
            const migrations = driver.list(folder, inputs.url.parameters);
            (0, files.lE)(migrations);
            const print = (line) => step.info(`${driver.tool}| ${line}`);
            const context = { inputs, folder, migrations, access: route.access, session, print, signal };
            const history = await driver.readHistory(context);
            const plan = (0, src_plan.n)(migrations, history);
            return { driver, context, history, plan };
        }
        async function assertContinuable(open, { driver, context, history, plan }) {
            const { step, inputs, route, session, signal } = open;
            step.info(`${driver.tool}: ${history.applied.length} applied, ${plan.pending.length} pending${plan.pending.length > 0 ? `: ${plan.pending.map(({ name }) => name).join(', ')}` : ''}.`);
            if (plan.ahead.length > 0)
                step.info(`Applied, but not in this version: ${plan.ahead.join(', ')}. This version is compatible with expand migrations of later versions.`);
            (0, src_plan.G)(driver, history, plan, driver.nextCommand(context, undefined, history));
            if (plan.outOfOrder.length > 0)
                step.warn(`Out of order: ${plan.outOfOrder.join(', ')} comes before migrations that are applied already.`);
            if (plan.pending.length > 0)
                await (0, hosts.Mr)(session, history, route.connections, inputs.path, signal);
        }
        async function lintPending({ step, inputs }, { driver, context, plan }) {
            return assertLinted(step, inputs, plan.pending, await driver.scripts(context, plan.pending));
        }
        function assertLinted(step, inputs, pending, scripts) {
            const linted = new Set(scripts.map(({ migration }) => migration));
            const unlinted = pending.filter(({ name }) => !linted.has(name)).map(({ name }) => name);
            if (unlinted.length > 0)
                step.warn(`Not linted, because their SQL is not available: ${unlinted.join(', ')}.`);
            const findings = lint(scripts);
            step.output('findings', JSON.stringify(findings));
            const stopping = findings.filter((finding) => stops(finding, inputs.phase));
            for (const finding of findings)
                if (!stopping.includes(finding))
                    step.info(`Allowed with phase contract: ${findingLine(finding)}`);
            if (stopping.length === 0)
                return scripts;
            step.summary(findingTable(stopping));
            const certain = stopping.filter(({ kind }) => kind === 'fails');
            if (inputs.acceptRisk !== '' && certain.length === 0) {
                for (const finding of stopping)
                    step.warn(`${findingLine(finding)}. Accepted: ${inputs.acceptRisk}`);
                return scripts;
            }
            throw new failure.HR('lint', `${stopping.length === 1 ? 'One finding stops' : `${stopping.length} findings stop`} this migration; nothing was applied.\n${stopping.map((finding) => `  - ${findingLine(finding)}. Instead: ${finding.remedy}`).join('\n')}`, 'fix the migration; or give accept-risk with the reason, which the record keeps.');
        }
        function findingTable(findings) {
            const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
            const rows = findings.map(({ file, line, text, remedy, rule }) => `| \`${file}:${line}\` | ${cell(text)} (${rule}) | ${cell(remedy)} |`);
            return `| where | what | instead |\n|---|---|---|\n${rows.join('\n')}`;
        }
        async function withDatabase(inputs, step, task) {
            const phase = (0, phases.$)(step);
            step.output('applied', '[]');
            step.output('findings', '[]');
            step.output('schema', '[]');
            let route;
            let session;
            try {
                return await (0, deadline.i)(step.signal, inputs.deadline, async (signal) => {
                    session = await phase.run('wait', async () => {
                        route = await (0, src_route.S)(inputs, step, signal);
                        return (0, src_route.i)(route, inputs, signal);
                    });
                    return task({ step, inputs, route: route, session, signal }, phase);
                });
            }
            catch (cause) {
                if (step.signal.aborted)
                    throw new failure.j$();
                if (session?.lost.aborted && !(cause instanceof failure.HR))
                    throw new failure.HR('database-lost', 'The connection to the database was lost, and the lock with it.', 'read the log of the database, then run the job again.', { cause });
                throw cause;
            }
            finally {
                await session?.close();
                await route?.close();
                step.info(`Duration of the phases: ${phase.text()}.`);
                step.summary(`**migrate-db** ${inputs.release.service} ${inputs.release.environment}: ${phase.text()}`);
            }
        }
        async function inspectOnly(inputs, step) {
            return withDatabase(inputs, step, async (open, phase) => {
                const inspection = await phase.run('inspect', () => inspectSchema(open));
                reportInspection(step, inspection);
                await assertContinuable(open, inspection);
                const { pending } = inspection.plan;
                if (inputs.command !== 'status') {
                    const scripts = await phase.run('lint', () => lintPending(open, inspection));
                    if (inputs.command === 'apply')
                        preview(step, scripts);
                }
                if (inputs.command === 'apply')
                    step.info(`Dry run: would apply ${pending.length} migration(s) with ${inspection.driver.tool}. Nothing was changed.`);
                return { result: 'unchanged' };
            });
        }
        function reportInspection(step, { driver, history, plan, context }) {
            const pending = plan.pending.map(({ name }) => name);
            step.output('tool', driver.tool);
            step.output('pending', JSON.stringify(pending));
            step.output('version', context.migrations.filter(({ name }) => history.applied.includes(name)).at(-1)?.name ?? '');
            const list = pending.map((name) => `- ${name}`).join('\n') || '- nothing';
            step.summary(`${driver.tool}: ${history.applied.length} applied; pending:\n\n${list}`);
        }
        function preview(step, scripts) {
            if (scripts.length === 0)
                return;
            const text = scripts.map(({ file, text }) => `-- ${file}\n${text.trim()}`).join('\n\n');
            const shown = text.length > 60_000 ? `${text.slice(0, 60_000)}\n-- … and more` : text;
            step.summary(`<details><summary>The SQL that would run</summary>\n\n${(0, summary.DV)(shown, 'sql')}\n</details>`);
        }
    }),
    825: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.r(__webpack_exports__);
        __nccwpck_require__.d(__webpack_exports__, {
            applyByJob: () => (applyByJob),
            closeConnection: () => (closeConnection),
            inspectByJob: () => (inspectByJob),
            releaseLock: () => (releaseLock),
            sweepProxies: () => (sweepProxies),
            undoJob: () => (undoJob)
        });
        var inputs = __nccwpck_require__(4221);
        var failure = __nccwpck_require__(9095);
        var external_node_fs_ = __nccwpck_require__(3024);
        var external_node_path_ = __nccwpck_require__(6760);
        var secret_folder = __nccwpck_require__(9650);
        var log = __nccwpck_require__(6671);
        var mask = __nccwpck_require__(3477);
        var bounded = __nccwpck_require__(8700);
        var retry = __nccwpck_require__(5511);
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
        var clock = __nccwpck_require__(5563);
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
        var client = __nccwpck_require__(1049);
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
        const domain = 'belay-actions.github.io';
        function annotation(name) {
            return `${domain}/${name}`;
        }
        const createdBy = annotation('release');
        ;
        const stateName = annotation('state');
        const lease_state_stateAt = (null && (`/metadata/annotations/${escapePointer(stateName)}`));
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
                throw new Failure('cluster-object', `These objects belong to the whole cluster, not to the namespace: ${ofCluster.map(label).join(', ')}. Nothing was changed.`, 'apply them in a release of their own, by a person who may: an undo of one service must not change others.');
            const unknown = objects.filter(({ apiVersion = '', kind = '' }) => !found.has(key(apiVersion, kind)));
            if (unknown.length > 0)
                throw new Failure('source', `The server knows no such kind: ${unknown.map((one) => `${one.apiVersion} ${label(one)}`).join(', ')}. Nothing was changed.`, 'correct apiVersion and kind, or install the CRD first.');
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
        const committedAt = (null && (`/metadata/annotations/${escapePointer(committedName)}`));
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
        var release = __nccwpck_require__(5776);
        ;
        function holderOf(step) {
            const { url, attempt, job } = (0, src_job.xh)();
            return `${url}/attempts/${attempt}#${job}-${(0, release.Kv)(step).nonce}`;
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
        var hosts = __nccwpck_require__(8762);
        var inspect = __nccwpck_require__(475);
        var phases = __nccwpck_require__(562);
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
        function readyPods({ pods }) {
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
                ready: Math.max(best.ready, readyPods(workload)),
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
                ready: ref.kind === 'Job' || complete ? counts.available : readyPods(workload),
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
        function followFailure({ evidence, code, reason, remedy, }) {
            const text = evidenceText(evidence);
            if (text !== '')
                log.Rm.info(text);
            return new failure.HR(code, reason, remedy);
        }
        ;
        const progressTimeout = 300;
        async function followJob(client, name, { namespace, deadline, signal, info }) {
            const outcome = await followWorkloads(client, {
                namespace,
                workloads: [{ kind: 'Job', name }],
                progressTimeout,
                deadline,
                signal,
                onProgress: info,
            });
            if (outcome.ok)
                return;
            signal.throwIfAborted();
            throw followFailure(outcome);
        }
        ;
        const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
        async function readManifests(paths, namespace, kubectl, signal) {
            const objects = [];
            for (const { from, text } of (await Promise.all(paths.map((path) => textsOf(path, kubectl, signal)))).flat())
                objects.push(...(await objectsIn(text, from, namespace)));
            if (objects.length === 0)
                throw sourceError(`No object is in ${paths.join(', ')}.`);
            const names = objects.map(identity);
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
        function identity({ apiVersion = '', kind = '', metadata }) {
            return `${apiVersion.split('/')[0]?.replace(/^v\d.*/, '')}${apiVersion.includes('/') ? '/' : ''}${refName({ kind, name: metadata.name })}`;
        }
        function sourceError(what) {
            return new failure.HR('source', `${what} Nothing was changed.`, 'correct the files of manifests, or the chart.');
        }
        var src_images = __nccwpck_require__(2471);
        ;
        const ofMigrations = annotation('migrations');
        function migrationsOf(lease) {
            return lease.length <= 63 ? lease : `${lease.slice(0, 50)}-${shortHash(lease)}`;
        }
        const keptSeconds = 86_400;
        const leastKeptSeconds = 600;
        const askSeconds = 300;
        async function readJobManifest({ manifest, namespace, images, }, kubectl, signal) {
            const [found, ...others] = await readManifests([manifest], namespace, kubectl, signal);
            if (!found || others.length > 0 || found.kind !== 'Job' || found.apiVersion !== 'batch/v1')
                throw manifest_sourceError(`${manifest} must have one object, of apiVersion batch/v1 and kind Job.`);
            const job = (0, src_images.nS)(found, images);
            if (manifest_containersOf(job).length === 0)
                throw manifest_sourceError(`${manifest} has no container.`);
            const floating = (0, src_images.h_)([job]);
            if (images.length > 0 && floating.length > 0 && (0, src_images.qo)(found, images).length === 0)
                throw manifest_sourceError(`${manifest} has no image ${images.map(({ name }) => name).join(', ')}.`);
            return { job, warnings: floating.map((image) => `The image ${image} is not given by its digest.`) };
        }
        function manifest_sourceError(what) {
            return new failure.HR('source', `${what} Nothing was changed.`, 'correct the file that via names, or images.');
        }
        function migrationJob(manifest, { release, lease, deadline }) {
            const { activeDeadlineSeconds = deadline, ttlSecondsAfterFinished = keptSeconds } = specOf(manifest);
            const name = `${beginningOf(manifest)}-${shortHash(release)}`;
            return jobOf(manifest, name, { release, [ofMigrations]: migrationsOf(lease) }, specOf(manifest).template, {
                activeDeadlineSeconds: Math.min(activeDeadlineSeconds, deadline),
                ttlSecondsAfterFinished: Math.max(ttlSecondsAfterFinished, leastKeptSeconds),
            });
        }
        function statusJob(manifest, { release, deadline }, command) {
            const { template } = specOf(manifest);
            const [first = {}, ...others] = manifest_containersOf(manifest);
            const { args: _, ...container } = first;
            const spec = { ...template.spec, containers: [{ ...container, command }, ...others] };
            return jobOf(manifest, `${beginningOf(manifest)}-status`, { release }, { ...template, spec }, {
                activeDeadlineSeconds: Math.min(askSeconds, deadline),
                ttlSecondsAfterFinished: leastKeptSeconds,
            });
        }
        function jobOf({ metadata }, name, { release, ...labels }, template, times) {
            return {
                apiVersion: 'batch/v1',
                kind: 'Job',
                metadata: {
                    name,
                    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
                    labels: { ...metadata.labels, ...labels },
                    annotations: { ...metadata.annotations, [createdBy]: release },
                },
                spec: {
                    ...times,
                    backoffLimit: 0,
                    completions: 1,
                    parallelism: 1,
                    podReplacementPolicy: 'Failed',
                    template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
                },
            };
        }
        function specOf(job) {
            return job.spec;
        }
        function manifest_containersOf(job) {
            return job.spec?.template?.spec?.containers ?? [];
        }
        function beginningOf({ metadata }) {
            return metadata.name.slice(0, 40).replace(/[-.]+$/, '');
        }
        function shortHash(text) {
            return (0, external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 8);
        }
        ;
        const jobsOf = (namespace) => collection('batch/v1', 'jobs', namespace);
        const podsOf = (namespace) => collection('v1', 'pods', namespace);
        function endOf({ status }) {
            const has = (type) => status?.conditions?.some((one) => one.type === type && one.status === 'True');
            if (has('Complete'))
                return 'complete';
            return has('Failed') ? 'failed' : undefined;
        }
        async function wasKilled(client, namespace, { metadata }) {
            const labelSelector = `batch.kubernetes.io/controller-uid=${metadata.uid}`;
            const { items } = await client.get(podsOf(namespace), { labelSelector });
            const codes = items.flatMap(({ status }) => (status?.containerStatuses ?? []).map(({ state }) => state?.terminated?.exitCode ?? 137));
            return codes.length === 0 || codes.some((code) => code > 128);
        }
        function readJob(client, namespace, name) {
            return client_orUndefined(client.get(`${jobsOf(namespace)}/${name}`));
        }
        async function runningMigrations(client, namespace, lease) {
            const labelSelector = `${ofMigrations}=${migrationsOf(lease)}`;
            const { items } = await listAll(client, jobsOf(namespace), { labelSelector });
            return items.filter((job) => endOf(job) === undefined);
        }
        async function createJob(client, namespace, body) {
            try {
                return await client.create(jobsOf(namespace), body);
            }
            catch (error) {
                if (!(error instanceof ApiError) || error.status !== 409)
                    throw error;
                const found = await readJob(client, namespace, body.metadata.name);
                if (!found || releaseOf(found) !== releaseOf(body))
                    throw error;
                return found;
            }
        }
        function releaseOf({ metadata }) {
            return metadata.annotations?.[createdBy] ?? '';
        }
        async function removeJob(client, namespace, { metadata }) {
            const signal = AbortSignal.timeout(2000);
            await client.remove(`${jobsOf(namespace)}/${metadata.name}`, { ...idOf(metadata), signal }).catch(() => { });
        }
        const idOf = ({ uid }) => (uid === undefined ? {} : { uid });
        async function printedBy(client, namespace, { metadata }) {
            const labelSelector = `batch.kubernetes.io/job-name=${metadata.name}`;
            const { items } = await client.get(podsOf(namespace), { labelSelector, limit: 10 });
            const [pod] = items.filter((one) => one.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid));
            if (!pod)
                throw new Error(`the pod of job/${metadata.name} is gone, and what it printed with it`);
            const { containers } = pod.spec;
            const container = containers[0]?.name ?? '';
            const text = await client.text(`${podsOf(namespace)}/${pod.metadata.name}/log`, { container }, 1_000_000);
            if (/^unable to retrieve container logs for \S+$/.test(text))
                throw new Error(text);
            return text;
        }
        const jobs_pauseMs = 200;
        async function stopJob(client, namespace, { metadata }, signal) {
            const pods = new PodSightings(client, namespace, metadata.uid ?? '');
            try {
                await pods.list(signal);
                const path = `${jobsOf(namespace)}/${metadata.name}`;
                await client_orUndefined(client.remove(path, { ...idOf(metadata), propagation: 'Foreground', signal }));
                const ended = new AbortController();
                const watching = pods.watch(AbortSignal.any([signal, ended.signal]));
                while (!signal.aborted) {
                    const left = await client_orUndefined(client.get(path, undefined, signal));
                    if (left?.metadata.uid !== metadata.uid && (await pods.none(signal)))
                        break;
                    await (0, clock.y)(jobs_pauseMs, signal);
                }
                ended.abort();
                await watching;
                if (signal.aborted)
                    return 'not-gone';
                return pods.haveRun ? 'stopped' : 'never-ran';
            }
            catch {
                return 'not-gone';
            }
        }
        class PodSightings {
            #client;
            #path;
            #query;
            #version = '';
            haveRun = false;
            constructor(client, namespace, uid) {
                this.#client = client;
                this.#path = podsOf(namespace);
                this.#query = { labelSelector: `batch.kubernetes.io/controller-uid=${uid}` };
            }
            async list(signal) {
                const { items, metadata } = await this.#client.get(this.#path, this.#query, signal);
                for (const pod of items)
                    this.#see(pod);
                this.#version = metadata.resourceVersion ?? '';
            }
            async none(signal) {
                const { items } = await this.#client.get(this.#path, this.#query, signal);
                return items.length === 0;
            }
            async watch(signal) {
                try {
                    const query = { ...this.#query, resourceVersion: this.#version };
                    for await (const { type, object } of this.#client.watch(this.#path, query, signal))
                        if (type === 'ERROR')
                            break;
                        else if (type !== 'BOOKMARK')
                            this.#see(object);
                }
                catch {
                }
                if (!signal.aborted)
                    this.haveRun = true;
            }
            #see({ status }) {
                const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
                if (all.some(({ containerID = '' }) => containerID !== ''))
                    this.haveRun = true;
            }
        }
        ;
        async function askPending(client, status, following) {
            const { namespace } = following;
            const name = `${status.metadata.name}-${(0, external_node_crypto_.randomBytes)(4).toString('hex')}`;
            const job = await createJob(client, namespace, { ...status, metadata: { ...status.metadata, name } });
            try {
                await followJob(client, name, following);
                const text = await printedBy(client, namespace, job).catch((error) => {
                    throw statusFailure(`What status-command printed could not be read: ${(0, failure.bD)(error)}.`);
                });
                return namesIn(text);
            }
            finally {
                await removeJob(client, namespace, job);
            }
        }
        function namesIn(text) {
            const lines = text
                .split('\n')
                .map((line) => line.trim())
                .filter((line) => line !== '');
            const other = lines.find((line) => !/^[\w.@:+/-]+$/.test(line));
            if (other !== undefined)
                throw statusFailure(`status-command printed a line that is no name: "${other.slice(0, 200)}".`);
            return lines;
        }
        function statusFailure(what) {
            return new failure.HR('status-failed', what, 'let status-command print the names of the pending migrations, one a line, and nothing else, also not on standard error.');
        }
        var drivers = __nccwpck_require__(3210);
        var files = __nccwpck_require__(8831);
        ;
        function readFiles(inputs) {
            const isUnsaid = inputs.tool === 'command' || (inputs.tool === 'auto' && inputs.migrations === '');
            if (isUnsaid && (0, files.R8)((0, drivers.$u)(inputs)).length === 0)
                return undefined;
            const { driver, folder } = (0, drivers.kW)(inputs);
            const migrations = driver.list(folder, new Map());
            (0, files.lE)(migrations);
            return { driver, migrations };
        }
        function fileOf(files, name) {
            const plain = name.replace(/^.*\//, '').replace(/(\.up)?\.(sql|[cm]?[jt]s)$/, '');
            return files?.migrations.find((one) => one.name === plain || one.version === plain);
        }
        function knownOf(files, names) {
            return names.map((name) => ({ name, transactional: fileOf(files, name)?.transactional ?? false }));
        }
        async function scriptsOf(files, names) {
            if (!files)
                return [];
            const named = names.flatMap((name) => {
                const file = fileOf(files, name);
                return file ? [{ name, file }] : [];
            });
            const scripts = await files.driver.scripts(undefined, named.map(({ file }) => file));
            return scripts.map((script) => ({
                ...script,
                migration: named.find(({ file }) => file.name === script.migration)?.name ?? script.migration,
            }));
        }
        var src_deadline = __nccwpck_require__(6969);
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
        function neededRights(lease) {
            return [
                ...rights('coordination.k8s.io', 'leases', 'create'),
                ...rights('coordination.k8s.io', 'leases', 'get patch', lease),
                ...rights('batch', 'jobs', 'get list watch create delete'),
                ...rights('', 'pods', 'list watch'),
                ...rights('', 'pods/log', 'get'),
                ...rights('', 'events', 'list watch'),
            ];
        }
        const roleName = 'belay-migrate';
        ;
        async function withCluster(inputs, step, task) {
            const { job: route, deadline, release } = inputs;
            if (!route)
                throw new Error('no Job migrates');
            step.output('applied', '[]');
            step.output('findings', '[]');
            step.output('schema', '[]');
            try {
                const files = readFiles(inputs);
                return await (0, src_deadline.i)(step.signal, deadline, async (signal) => {
                    const { namespace } = route;
                    const { connection, client } = await connectMain(route.access, signal);
                    const { kubectl, server } = connection;
                    await assertNamespace(client, namespace);
                    const { job: manifest, warnings } = await readJobManifest({ ...route }, kubectl, signal);
                    for (const text of warnings)
                        step.warn(text);
                    const lease = leaseName(release.service, release.environment);
                    await assertRights(client, namespace, neededRights(lease), { what: 'the migration', role: roleName });
                    const following = { namespace, deadline, signal, info: step.info };
                    return task({ inputs, route, client, server, lease, manifest, files, following, signal });
                });
            }
            catch (error) {
                throw failure_failureOf(error, step.signal, 'run it with dry-run, which prints the role.');
            }
        }
        ;
        async function applyByJob(inputs, step, release) {
            const phase = (0, phases.$)(step);
            try {
                if (inputs.phase === 'contract') {
                    (0, hosts.Hx)(step);
                    step.warn('In a cluster Belay cannot refuse an older version that does not work with this schema.');
                }
                return await withCluster(inputs, step, async (context) => {
                    const locked = await phase.run('lock', () => lock(context, step, release));
                    const pending = await phase.run('inspect', () => apply_inspect(context, step, locked.status));
                    if (pending?.length === 0) {
                        recordSchema(context, step, []);
                        return { result: 'noop' };
                    }
                    await phase.run('lint', () => lintNames(context, step, pending));
                    const saved = { ...locked, stage: 'applying', pending };
                    await phase.run('apply', () => runJob(context, step, saved));
                    await phase.run('verify', () => verify(context, saved));
                    step.save({ ...saved, stage: 'applied' });
                    await renewLease(context.client, saved.lease);
                    const applied = pending?.map(({ name }) => name) ?? [];
                    step.output('applied', JSON.stringify(applied));
                    step.output('pending', '[]');
                    step.output('version', applied.at(-1) ?? '');
                    recordSchema(context, step, applied);
                    step.summary(`Applied by job/${saved.job}:\n\n${applied.map((name) => `- ${name}`).join('\n') || '- not known'}`);
                    return { result: 'pending' };
                });
            }
            finally {
                step.info(`Duration of the phases: ${phase.text()}.`);
            }
        }
        async function lock(context, step, release) {
            const { inputs, route, client, server, manifest, signal } = context;
            const lease = leaseRef(route.namespace, inputs.release, holderOf(step));
            const facts = { release: release.id, lease: lease.name, deadline: inputs.deadline };
            const saved = {
                via: 'job',
                service: lease.service,
                release: release.id,
                server,
                lease,
                stage: 'locked',
                job: migrationJob(manifest, facts).metadata.name,
                status: inputs.statusCommand.length > 0 ? statusJob(manifest, facts, inputs.statusCommand) : undefined,
                pending: undefined,
            };
            assertOnce(step, saved);
            step.save(saved);
            await takeLease(client, lease, {
                timeoutSeconds: inputs.lockTimeout,
                signal,
                isGone: (holder) => hasJobEnded(holder, inputs.github, { signal, info: step.info }),
                info: step.info,
            });
            await waitForOthers(context, step);
            return saved;
        }
        function assertOnce(step, { job }) {
            const earlier = step.journal.read().steps.find(({ id, undo }) => {
                const other = undo;
                return id !== step.id && other?.via === 'job' && other.job === job && other.stage !== 'locked';
            });
            if (!earlier)
                return;
            throw new failure.HR('migrated-twice', `An earlier step of this job already ran job/${job}.`, 'give the Jobs of different databases different names in their manifests.');
        }
        const apply_pauseMs = 1000;
        async function waitForOthers({ inputs, route, client, lease, signal }, step) {
            const end = (0, clock.m)() + inputs.lockTimeout;
            for (let shown = '';;) {
                const names = (await runningMigrations(client, route.namespace, lease)).map(describeJob).join(', ');
                if (names === '')
                    return;
                if ((0, clock.m)() >= end)
                    throw new failure.HR('lock-held', `Another migration of this service is running: ${names}. This step waited ${inputs.lockTimeout} s for it.`, 'wait for it, or raise lock-timeout. Its own deadline ends it; kubectl delete job does it by hand.');
                if (names !== shown)
                    step.info(`Waiting up to ${inputs.lockTimeout} s: ${names} still runs.`);
                shown = names;
                await (0, clock.y)(apply_pauseMs, signal);
                signal.throwIfAborted();
            }
        }
        function describeJob(job) {
            return `job/${job.metadata.name} of the release ${releaseOf(job)}`;
        }
        async function apply_inspect({ client, following, files }, step, status) {
            step.output('tool', files?.driver.tool ?? 'command');
            if (!status) {
                step.warn('No status-command is given, so Belay cannot ask what is applied: the Job runs in each release.');
                return undefined;
            }
            const names = await askPending(client, status, following);
            step.output('pending', JSON.stringify(names));
            step.info(names.length === 0 ? 'Nothing is pending.' : `${names.length} pending: ${names.join(', ')}.`);
            return knownOf(files, names);
        }
        async function lintNames({ inputs, files }, step, pending) {
            if (!pending) {
                step.warn('Nothing was linted, because it is not known what is pending.');
                return [];
            }
            return (0, inspect.pn)(step, inputs, pending, await scriptsOf(files, pending.map(({ name }) => name)));
        }
        async function runJob(context, step, saved) {
            const { inputs, route, client, manifest, following, signal } = context;
            const { namespace } = route;
            await assertHeld(client, saved.lease);
            step.save(saved);
            signal.throwIfAborted();
            const job = await createJob(client, namespace, migrationJob(manifest, { release: saved.release, lease: saved.lease.name, deadline: inputs.deadline }));
            step.save({ ...saved, ...(job.metadata.uid !== undefined && { uid: job.metadata.uid }) });
            step.info(`job/${saved.job} migrates.`);
            await followJob(client, saved.job, following);
            await printLog(context, job, step);
        }
        async function printLog({ client, route }, job, step) {
            try {
                const text = lastLines(await printedBy(client, route.namespace, job), 20_000, 500);
                for (const line of text.split('\n'))
                    if (line !== '')
                        step.info(`job| ${line}`);
            }
            catch (error) {
                step.warn(`What the Job printed could not be read: ${(0, failure.bD)(error)}`);
            }
        }
        async function verify({ client, following }, { status, job }) {
            if (!status)
                return;
            const left = await askPending(client, status, following);
            if (left.length === 0)
                return;
            throw new failure.HR('not-applied', `job/${job} ended well, but status-command still names as pending: ${left.join(', ')}.`, 'read its output in the log above.');
        }
        function recordSchema({ inputs, files }, step, applied) {
            const migrations = files?.migrations.map(({ name }) => name) ?? applied;
            step.output('schema', JSON.stringify(migrations));
            step.record({ event: 'schema', service: inputs.release.service, migrations, applied });
        }
        var summary = __nccwpck_require__(6813);
        ;
        function inspectByJob(inputs, step) {
            return withCluster(inputs, step, async (context) => {
                const { route, lease, manifest } = context;
                const role = roleYaml(roleName, route.namespace, neededRights(lease));
                step.info(role);
                step.summary(`The role that a migration needs:\n\n${(0, summary.DV)(role, 'yaml')}`);
                const { statusCommand, deadline, command } = inputs;
                const status = statusCommand.length > 0 ? statusJob(manifest, { release: 'none', deadline }, statusCommand) : undefined;
                const pending = await apply_inspect(context, step, status);
                if (command !== 'status') {
                    const scripts = await lintNames(context, step, pending);
                    if (command === 'apply')
                        (0, inspect.VH)(step, scripts);
                }
                if (command === 'apply')
                    step.info('Dry run: no migration was run.');
                return { result: 'unchanged' };
            }).finally(closeConnection);
        }
        ;
        function conclude(saved, end, asked) {
            const { job, lease, stage } = saved;
            if (stage === 'applied')
                return stays(saved.pending?.map(({ name }) => name), saved);
            if (end === 'not-created')
                return { result: 'unchanged', detail: 'the Job was not created' };
            if (end === 'never-ran')
                return { result: 'unchanged', detail: `no container of job/${job} was started` };
            if (end === 'not-gone' || end === 'unseen') {
                const byHand = `kubectl delete job/${job} -n ${lease.namespace} --cascade=foreground`;
                return {
                    result: 'mixed',
                    detail: `job/${job} may still change the schema: it was not seen to end. By hand: ${byHand}`,
                };
            }
            const { pending } = saved;
            if (pending === undefined || 'unknown' in asked) {
                if (end === 'complete' && pending === undefined)
                    return stays(undefined, saved);
                const why = 'unknown' in asked ? asked.unknown : '';
                const any = pending === undefined ? '' : ` Any of these may be applied: ${pending.map(({ name }) => name).join(', ')}.`;
                return {
                    result: 'mixed',
                    detail: `job/${job} ${words[end]}, and what is applied could not be asked: ${why}.${any}`,
                };
            }
            const open = pending.filter(({ name }) => asked.pending.includes(name));
            const applied = pending.filter(({ name }) => !asked.pending.includes(name)).map(({ name }) => name);
            const [next] = open;
            if (next && (end === 'stopped' || !next.transactional)) {
                const why = end === 'stopped'
                    ? 'the database may still be at work for it'
                    : 'by its file it is not certain that it is one transaction';
                const detail = `job/${job} ${words[end]}. ${next.name} may be applied in part: ${why}. ${conclude_describe(applied)}`;
                return { result: 'mixed', detail };
            }
            if (applied.length === 0)
                return { result: 'unchanged', detail: `job/${job} ${words[end]}, and nothing was applied` };
            return stays(applied, saved);
        }
        const words = { complete: 'ended well', failed: 'failed', stopped: 'was stopped' };
        function stays(applied, { job }) {
            const detail = applied
                ? conclude_describe(applied)
                : `the changes of job/${job} stay; without status-command Belay cannot know which these are`;
            return { result: 'rolled-back', stays: true, detail };
        }
        function conclude_describe(applied) {
            if (applied.length === 0)
                return 'Nothing else was applied';
            const [stay, them] = applied.length === 1 ? ['stays', 'it'] : ['stay', 'them'];
            return `${applied.join(', ')} ${stay} applied; the previous version works with ${them}, if it was an expand migration`;
        }
        ;
        const undo_askSeconds = 2;
        const reserveSeconds = 1;
        async function undoJob(saved, step, until) {
            const outcome = (conclusion) => [
                { target: `schema of ${saved.service}`, service: saved.service, ...conclusion },
            ];
            if (saved.stage === 'locked')
                return outcome(conclude(saved, 'not-created', { pending: [] }));
            if (saved.stage === 'applied')
                return outcome(conclude(saved, 'complete', { pending: [] }));
            const left = () => Math.max(0.5, until - (0, clock.m)() - reserveSeconds);
            const within = (seconds) => AbortSignal.timeout(Math.ceil(seconds * 1000));
            try {
                const client = await reconnectTo(saved.server, within(left()));
                const share = saved.status ? Math.max(left() / 2, left() - 20) : left();
                const end = await endJob(client, saved, step, within(share));
                const asks = end === 'complete' || end === 'failed' || end === 'stopped';
                const asked = asks ? await ask(client, saved, step, left()) : { unknown: '' };
                return outcome(conclude(saved, end, asked));
            }
            catch (error) {
                step.info(`The Job could not be seen: ${(0, failure.TM)((0, failure.bD)(error))}`);
                return outcome(conclude(saved, 'unseen', { unknown: '' }));
            }
        }
        async function endJob(client, saved, step, signal) {
            const { job: name, lease, release, uid } = saved;
            const { namespace } = lease;
            const found = await readJob(client, namespace, name);
            const job = found && releaseOf(found) === release ? found : undefined;
            if (job && endOf(job) === 'complete')
                return 'complete';
            if (job && endOf(job) === 'failed')
                return (await wasKilled(client, namespace, job)) ? 'stopped' : 'failed';
            const id = job?.metadata.uid ?? uid;
            if (id === undefined)
                return 'not-created';
            step.save({ ...saved, uid: id });
            const end = await stopJob(client, namespace, { metadata: { name, uid: id } }, signal);
            return end === 'never-ran' && !job ? 'stopped' : end;
        }
        async function ask(client, saved, step, seconds) {
            if (!saved.status)
                return { unknown: 'no status-command is given' };
            if (seconds < undo_askSeconds)
                return { unknown: 'there was no time to ask' };
            const signal = AbortSignal.timeout(Math.ceil(seconds * 1000));
            const { namespace } = saved.lease;
            try {
                return {
                    pending: await askPending(client, saved.status, { namespace, deadline: seconds, signal, info: step.info }),
                };
            }
            catch (error) {
                return { unknown: (0, failure.TM)((0, failure.bD)(error)).replace(/\.$/, '') };
            }
        }
        async function releaseLock(saved) {
            const client = await reconnectTo(saved.server, AbortSignal.timeout(10_000));
            await releaseLease(client, saved.lease);
        }
        ;
    }),
    6692: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            F: () => (splitCommas),
            b: () => (splitSql)
        });
        function splitSql(text, line = 1) {
            const statements = [];
            let bare = '';
            let start = 0;
            let startLine = line;
            let current = line;
            const flush = (end) => {
                const tidy = bare.replace(/\s+/g, ' ').trim();
                if (tidy !== '')
                    statements.push({ sql: text.slice(start, end).trim(), line: startLine, bare: tidy });
                bare = '';
            };
            const token = /--[^\n]*|\/\*|'|"|\$(?:[A-Za-z_\x80-\uffff][A-Za-z0-9_\x80-\uffff]*)?\$|;|\n|[A-Za-z0-9_\x80-\uffff$]+|[\s\S]/g;
            for (let match = token.exec(text); match; match = token.exec(text)) {
                const [part] = match;
                const from = match.index;
                const end = endOf(text, part, from, bare);
                const whole = text.slice(from, end);
                token.lastIndex = end;
                const isSpace = /^\s$/.test(part) || part.startsWith('--') || part === '/*';
                if (bare.trim() === '' && !isSpace && part !== ';') {
                    start = from;
                    startLine = current;
                }
                current += whole.split('\n').length - 1;
                if (part === ';')
                    flush(from);
                else if (part.startsWith('--') || part === '/*')
                    bare += ' ';
                else if (part === "'" || part.startsWith('$'))
                    bare += "''";
                else
                    bare += whole;
            }
            flush(text.length);
            return statements;
        }
        function endOf(text, part, from, before) {
            const after = from + part.length;
            if (part === "'")
                return closing(text, after, "'", /(^|[^A-Za-z0-9_])e$/i.test(before));
            if (part === '"')
                return closing(text, after, '"', false);
            if (part.startsWith('$') && part.endsWith('$') && part.length > 1) {
                const end = text.indexOf(part, after);
                return end < 0 ? text.length : end + part.length;
            }
            if (part === '/*')
                return commentEnd(text, after);
            return after;
        }
        function closing(text, from, quote, escapes) {
            for (let at = from; at < text.length; at++) {
                if (escapes && text[at] === '\\')
                    at++;
                else if (text[at] === quote) {
                    if (text[at + 1] !== quote)
                        return at + 1;
                    at++;
                }
            }
            return text.length;
        }
        function commentEnd(text, from) {
            let depth = 1;
            for (let at = from; at < text.length; at++) {
                const two = text.slice(at, at + 2);
                if (two === '/*')
                    depth++;
                else if (two === '*/')
                    depth--;
                else
                    continue;
                at++;
                if (depth === 0)
                    return at + 1;
            }
            return text.length;
        }
        function splitCommas(text) {
            const parts = [];
            let depth = 0;
            let part = '';
            for (const one of text) {
                if (one === '(')
                    depth++;
                if (one === ')')
                    depth--;
                if (one === ',' && depth === 0) {
                    parts.push(part.trim());
                    part = '';
                }
                else
                    part += one;
            }
            return [...parts, part.trim()];
        }
    }),
    8937: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            IZ: () => (acquireLock),
            WK: () => (toolsEnded),
            Y_: () => (cancelTools),
            x_: () => (releaseLock)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5563);
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9095);
        var _database_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3171);
        const key = [0x62656c61, 0x79];
        async function acquireLock(session, seconds, signal, onWait) {
            await session.query(`select set_config(name, value, false) from (values ('tcp_keepalives_idle', '10'),
    ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3'), ('statement_timeout', '0')) settings (name, value)`);
            const end = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.m)() + seconds;
            const waitFor = async (isFree, holders) => {
                for (let reported = ''; !(await isFree());) {
                    const now = (await holders()).map(describeHolder).join('; ') || 'a session that is hidden from this login';
                    if ((0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.m)() >= end)
                        throw lockHeldFailure(now, seconds);
                    const who = now.replace(/ since .*$/, '');
                    if (who !== reported)
                        onWait(now);
                    reported = who;
                    await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.y)(150 + Math.random() * 250, signal);
                    if (signal.aborted)
                        throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_2__.j$();
                }
            };
            await waitFor(async () => (await session.query('select pg_try_advisory_lock($1, $2) as ok', key))[0]?.ok === true, () => lockHolders(session));
            await waitFor(async () => (await orphanedTools(session)).length === 0, () => orphanedTools(session));
        }
        async function releaseLock(session) {
            await session.query('select pg_advisory_unlock($1, $2)', key);
        }
        async function lockHolders(session) {
            return session.query(`select a.pid, a.application_name as application, extract(epoch from now() - a.backend_start)::int as seconds
       from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = $2 and l.objsubid = 2
        and l.database = (select oid from pg_database where datname = current_database())`, key);
        }
        async function orphanedTools(session) {
            return session.query(`select pid, application_name as application, extract(epoch from now() - backend_start)::int as seconds
       from pg_stat_activity where datname = current_database() and application_name like 'belay-tool %'`);
        }
        async function cancelTools(session) {
            await session.query(`select pg_cancel_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = $1`, [(0, _database_js__WEBPACK_IMPORTED_MODULE_0__.SX)('belay-tool')]);
        }
        async function toolsEnded(session, seconds) {
            const end = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.m)() + seconds;
            while ((await orphanedTools(session)).length > 0) {
                if ((0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.m)() >= end)
                    return false;
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.y)(100);
            }
            return true;
        }
        function describeHolder({ pid, application, seconds }) {
            return `${application || 'a session without a name'} (pid ${pid}) since ${seconds} s`;
        }
        function lockHeldFailure(holder, seconds) {
            return new _belay_action_kit__WEBPACK_IMPORTED_MODULE_2__.HR('lock-held', `Another migration of this database is running: ${holder}. This step waited ${seconds} s for it.`, 'wait for that run, or raise lock-timeout. If its runner is certainly lost, end the session with select pg_terminate_backend(PID).');
        }
    }),
    9303: ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
            try {
                var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1432);
                var _action_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7203);
                await (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.e)(_action_js__WEBPACK_IMPORTED_MODULE_0__.c);
                __webpack_async_result__();
            }
            catch (e) {
                __webpack_async_result__(e);
            }
        }, 1);
    }),
    562: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            $: () => (phaseTimer)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5563);
        function phaseTimer(step) {
            const seconds = [];
            return {
                async run(phase, task) {
                    step.record({ event: 'phase', phase });
                    const began = (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.m)();
                    try {
                        return await task();
                    }
                    finally {
                        seconds.push([phase, (0, _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.m)() - began]);
                    }
                },
                text: () => seconds.map(([phase, took]) => `${phase} ${took.toFixed(1)} s`).join(', '),
            };
        }
    }),
    819: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            mR: () => (parseToolVersion),
            Ph: () => (pinnedFile),
            br: () => (toolReleases)
        });
        var failure = __nccwpck_require__(9095);
        ;
        const pinned_tools_namespaceObject = [];
        ;
        const toolReleases = {
            dbmate: {
                program: 'dbmate',
                packed: false,
                path: (version, arch) => `amacneil/dbmate/releases/download/v${version}/dbmate-linux-${names[arch]}`,
            },
            'golang-migrate': {
                program: 'migrate',
                packed: true,
                path: (version, arch) => `golang-migrate/migrate/releases/download/v${version}/migrate.linux-${names[arch]}.tar.gz`,
            },
        };
        const arches = ['x64', 'arm64'];
        const names = { x64: 'amd64', arm64: 'arm64' };
        const releaseServer = new URL('https://github.com/');
        function parseToolVersion(text) {
            const [, version, sha256] = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:@sha256:([0-9a-f]{64}))?$/.exec(text) ?? [];
            return version === undefined ? undefined : { version, sha256 };
        }
        function pinnedFile(tool, requested, arch, { server = releaseServer, pins = pinned_tools_namespaceObject } = {}) {
            const { version } = requested;
            const known = arches.find((one) => one === arch);
            if (!known)
                throw new failure.HR('tool-unpinned', `${tool} ${version} cannot be downloaded for ${arch}: Belay knows only releases for ${arches.join(' and ')}.`, `install ${tool} in an earlier step.`);
            const url = new URL(toolReleases[tool].path(version, known), server);
            const pin = pins.find((one) => one.tool === tool && one.version === version);
            const sha256 = requested.sha256 ?? pin?.sha256[known];
            if (sha256 !== undefined)
                return { tool, version, arch: known, url, sha256 };
            const others = pins.filter((one) => one.tool === tool).map((one) => one.version);
            throw new failure.HR('tool-unpinned', `${tool} ${version} is not downloaded, because Belay has no checksum for it${others.length > 0 ? `; it has those of ${others.join(', ')}` : ''}.`, `give the SHA-256 of ${url} with the version, as tool-version: ${version}@sha256:…; or install ${tool} in an earlier step.`);
        }
    }),
    9225: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            G: () => (assertHistoryIntact),
            n: () => (planMigrations)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9095);
        var _files_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8831);
        function planMigrations(migrations, history) {
            const applied = new Set(history.applied);
            const pending = history.pending ?? migrations.filter(({ name }) => !applied.has(name));
            const names = new Set(migrations.map(({ name }) => name));
            const last = migrations.filter(({ name }) => applied.has(name)).at(-1);
            const outOfOrder = history.pending || !last ? [] : pending.filter((one) => (0, _files_js__WEBPACK_IMPORTED_MODULE_0__.vh)(one, last) < 0).map(({ name }) => name);
            const unlisted = history.unknowable ? [] : pending.filter(({ name }) => !names.has(name));
            return {
                pending,
                ahead: history.applied.filter((name) => !names.has(name)),
                outOfOrder,
                all: [...migrations, ...unlisted].map(({ name }) => name),
            };
        }
        function assertHistoryIntact(driver, history, plan, next) {
            if (history.dirty !== undefined)
                throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.HR('dirty', `${driver.tool} has marked its state as dirty at version ${history.dirty}: an earlier run failed there.`, `${next}.`);
            if (history.edited.length > 0)
                throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.HR('edited', `Migrations were edited after they were applied: ${history.edited.join(', ')}.`, 'restore the files as they were applied, and put the change into a new migration.');
            if (driver.strict && plan.outOfOrder.length > 0)
                throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_1__.HR('out-of-order', `${plan.outOfOrder.join(', ')} comes before migrations that are applied already, and ${driver.tool} refuses that.`, 'give it a higher number than the last applied migration.');
        }
    }),
    3447: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            i: () => (openControlSession),
            S: () => (openRoute)
        });
        var failure = __nccwpck_require__(9095);
        var fleet = __nccwpck_require__(5652);
        var database = __nccwpck_require__(3171);
        var external_node_net_ = __nccwpck_require__(7030);
        var external_node_path_ = __nccwpck_require__(6760);
        var bounded = __nccwpck_require__(8700);
        var job = __nccwpck_require__(4878);
        ;
        async function forward(connection, to) {
            let said = '';
            for (let attempt = 1; attempt <= 5; attempt++) {
                const port = await freePort();
                const forwarding = `127.0.0.1:${port}:${shown(to)}`;
                const answer = await control(connection, ['-O', 'forward', '-L', forwarding]);
                if (answer.status === 0) {
                    const close = async () => void (await control(connection, ['-O', 'cancel', '-L', forwarding]));
                    return { port, close };
                }
                said = answer.said;
            }
            throw new failure.HR('forward-refused', `${connection.target.name} does not forward connections to ${shown(to)}: ${said.trim().split('\n').at(-1) || 'no reason given'}`, 'allow TCP forwarding for this login in sshd_config (AllowTcpForwarding local, or PermitOpen with this address).');
        }
        function shown(to) {
            if ('socket' in to)
                return to.socket;
            return `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`;
        }
        async function control({ folder }, words) {
            try {
                const { status, errors } = await (0, bounded.B)('ssh', ['-F', (0, external_node_path_.join)(folder, 'config'), ...words, 'belay'], {
                    env: (0, job.Qc)(),
                    timeoutMs: 10_000,
                    killSignal: 'SIGKILL',
                    keptCharacters: 1000,
                });
                return { status, said: errors };
            }
            catch (error) {
                return { status: null, said: (0, failure.bD)(error) };
            }
        }
        function freePort() {
            return new Promise((resolve, reject) => {
                const server = (0, external_node_net_.createServer)();
                server.once('error', reject);
                server.listen(0, '127.0.0.1', () => {
                    const { port } = server.address();
                    server.close(() => resolve(port));
                });
            });
        }
        ;
        async function openRoute({ url, through }, step, signal) {
            if (!through) {
                const endpoint = { host: url.socketFolder ?? url.host, port: url.port };
                return { access: { url, endpoint }, connections: [], close: async () => { } };
            }
            const connections = await (0, fleet.xZ)(step.journal, step.id, through.hosts, through.credentials, signal);
            const to = url.socketFolder
                ? { socket: `${url.socketFolder}/.s.PGSQL.${url.port}` }
                : { host: url.host, port: url.port };
            const tunnel = await forward(connections[0], to);
            return {
                access: { url, endpoint: { host: '127.0.0.1', port: tunnel.port } },
                connections,
                close: () => tunnel.close(),
            };
        }
        async function openControlSession(route, inputs, signal) {
            const session = await (0, database.Or)(route.access, inputs.waitTimeout, signal).catch((error) => {
                const [first] = route.connections;
                if (!first || !(error instanceof failure.HR) || error.code !== 'database-unreachable')
                    throw error;
                throw new failure.HR(error.code, `${error.message.split('\n')[0]} The connection went through ${first.target.name}.`, 'give the address that this host uses for the database (often 127.0.0.1), and allow TCP forwarding for this login there (AllowTcpForwarding).', { cause: error });
            });
            try {
                await (0, database.No)(session, route.access);
                const path = inputs.url.parameters.get('search_path');
                if (path)
                    await session.query('select set_config($1, $2, false)', ['search_path', path]);
                return session;
            }
            catch (error) {
                await session.close();
                throw error;
            }
        }
    }),
    3170: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Kp: () => (findProgram),
            Vd: () => (isProgram),
            oQ: () => (programOf),
            qI: () => (runTool),
            Lu: () => (toolFailure)
        });
        var external_node_fs_ = __nccwpck_require__(3024);
        var external_node_path_ = __nccwpck_require__(6760);
        var failure = __nccwpck_require__(9095);
        var job = __nccwpck_require__(4878);
        var bounded = __nccwpck_require__(8700);
        var driver = __nccwpck_require__(5364);
        var files = __nccwpck_require__(8831);
        var lock = __nccwpck_require__(8937);
        var pinned_tools = __nccwpck_require__(819);
        var external_node_crypto_ = __nccwpck_require__(7598);
        var src_program = __nccwpck_require__(6689);
        ;
        const deadlineSeconds = 300;
        async function fetchTool(pinned, download) {
            const { tool, version } = pinned;
            const folder = (0, external_node_path_.join)(download.folder, `${tool}-${version}`);
            const program = (0, external_node_path_.join)(folder, pinned_tools.br[tool].program);
            if ((0, external_node_fs_.existsSync)(program))
                return program;
            const file = (0, external_node_path_.join)(download.folder, `${tool}-${version}.part`);
            (0, external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
            try {
                await fetchFile(pinned, file, download);
                await unpack(pinned, file, program);
                return program;
            }
            finally {
                (0, external_node_fs_.rmSync)(file, { force: true });
            }
        }
        async function fetchFile(pinned, file, download) {
            const { tool, version, arch, url, sha256 } = pinned;
            const { cacheFile, downloadTool, find } = await import('../../toolkit/dist/index.js');
            const asset = (0, external_node_path_.basename)(url.pathname);
            const hasCache = Boolean(process.env.RUNNER_TOOL_CACHE);
            const cached = hasCache ? find(`belay-${tool}`, version, arch) : '';
            if (cached !== '' && (0, external_node_fs_.existsSync)((0, external_node_path_.join)(cached, asset))) {
                (0, external_node_fs_.copyFileSync)((0, external_node_path_.join)(cached, asset), file);
                if ((await sha256Of(file)) === sha256)
                    return download.info(`${tool} ${version} comes from the tool cache.`);
                download.warn(`${tool} ${version} in the tool cache has another checksum than the release; it is downloaded again.`);
            }
            (0, external_node_fs_.rmSync)(file, { force: true });
            download.info(`Downloading ${tool} ${version} from ${url.host}.`);
            await withinDownloadDeadline(download, pinned, downloadTool(url.href, file));
            const found = await sha256Of(file);
            if (found !== sha256)
                throw new failure.HR('tool-changed', `${url} has the checksum sha256:${found}, but the expected checksum of ${tool} ${version} is sha256:${sha256}. The file was not run.`, 'check the proxies between the runner and that server. If the release itself was changed, do not use it.');
            if (hasCache)
                await cacheFile(file, asset, `belay-${tool}`, version, arch).catch((error) => download.warn(`${tool} ${version} could not be put into the tool cache: ${(0, failure.bD)(error)}`));
        }
        async function withinDownloadDeadline({ signal, seconds = deadlineSeconds }, { url }, download) {
            const late = AbortSignal.timeout(seconds * 1000);
            const stop = AbortSignal.any([signal, late]);
            const stopped = new Promise((_, reject) => {
                if (stop.aborted)
                    reject(stop.reason);
                stop.addEventListener('abort', () => reject(stop.reason));
            });
            try {
                await Promise.race([download, stopped]);
            }
            catch (error) {
                if (signal.aborted)
                    throw new failure.j$();
                const why = late.aborted ? `it took longer than ${seconds} s` : (0, failure.bD)(error);
                throw new failure.HR('download-failed', `${url} could not be downloaded: ${why}.`, 'check that this version was released, and HTTPS_PROXY if the runner needs it.');
            }
        }
        async function unpack({ tool, version }, file, program) {
            const { packed, program: name } = pinned_tools.br[tool];
            const folder = `${program}.new`;
            (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true });
            (0, external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
            if (packed) {
                const { status, errors } = await (0, src_program.m)('tar', ['-xzf', file, '-C', folder, '--no-same-owner', name]);
                if (status !== 0)
                    throw new failure.HR('tool-unreadable', `${tool} ${version} could not be unpacked: ${errors.trim().split('\n').at(-1)}`, 'check that this release has a program for Linux.');
            }
            else
                (0, external_node_fs_.copyFileSync)(file, (0, external_node_path_.join)(folder, name));
            (0, external_node_fs_.chmodSync)((0, external_node_path_.join)(folder, name), 0o700);
            (0, external_node_fs_.renameSync)((0, external_node_path_.join)(folder, name), program);
        }
        async function sha256Of(path) {
            const hash = (0, external_node_crypto_.createHash)('sha256');
            for await (const chunk of (0, external_node_fs_.createReadStream)(path))
                hash.update(chunk);
            return hash.digest('hex');
        }
        ;
        function findProgram(name, install, own = true) {
            const found = searchProgram(name, own);
            if (found)
                return found;
            throw new failure.HR('tool-missing', `The program ${name} is neither in node_modules/.bin nor on PATH.`, install);
        }
        async function programOf({ inputs, signal, print }, tool, { own, install }) {
            const { program } = pinned_tools.br[tool];
            const found = searchProgram(program, own);
            if (found)
                return found;
            const { toolVersion } = inputs;
            if (toolVersion === undefined)
                throw new failure.HR('tool-missing', `The program ${program} is not on PATH${own ? ', nor in node_modules/.bin' : ''}.`, install);
            const folder = (0, external_node_path_.join)((0, job.OW)(), 'tools');
            return fetchTool((0, pinned_tools.Ph)(tool, toolVersion, process.arch), { folder, signal, info: print, warn: print });
        }
        function searchProgram(name, own) {
            const folders = [
                ...(own ? [(0, external_node_path_.join)((0, files.ih)(), 'node_modules/.bin')] : []),
                ...(process.env.PATH ?? '').split(external_node_path_.delimiter),
            ];
            return folders.map((folder) => (0, external_node_path_.join)(folder, name)).find(isProgram);
        }
        function isProgram(path) {
            try {
                (0, external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
                return true;
            }
            catch {
                return false;
            }
        }
        async function runTool(context, words, env) {
            const [program = '', ...args] = words;
            const stopped = AbortSignal.any([context.signal, context.session.lost]);
            const cancelStatements = () => void (0, lock.Y_)(context.session).catch(() => { });
            stopped.addEventListener('abort', cancelStatements);
            const lines = { output: printLines(context.print), errors: printLines(context.print) };
            try {
                const { status, output, errors } = await (0, bounded.B)(program, args, {
                    cwd: (0, files.ih)(),
                    env,
                    signal: stopped,
                    keptCharacters: 4_000_000,
                    onText: (text, stream) => lines[stream].write(text),
                });
                return { status: status ?? 137, output, errors };
            }
            catch (error) {
                if (context.signal.aborted)
                    throw new failure.j$();
                if (error instanceof failure.j$)
                    return { status: 137, output: '', errors: '' };
                throw new failure.HR('tool-missing', `The program ${program} could not be started: ${(0, failure.bD)(error)}`);
            }
            finally {
                lines.output.end();
                lines.errors.end();
                stopped.removeEventListener('abort', cancelStatements);
            }
        }
        function printLines(print) {
            let rest = '';
            return {
                write(text) {
                    const parts = `${rest}${text}`.split('\n');
                    rest = parts.pop() ?? '';
                    for (const part of parts)
                        print(part);
                },
                end() {
                    if (rest !== '')
                        print(rest);
                },
            };
        }
        function toolFailure(name, { status, output, errors }) {
            const printed = `${output.slice(-20_000)}\n${errors}`;
            const lockTimeout = /\b55P03\b|due to lock timeout/.test(printed);
            const refused = lockTimeout || /\(details: pq: |\bpq: |\berror: /.test(printed);
            return new driver.X(`${name} ended with status ${status}`, { sqlstate: '', lockTimeout, refused });
        }
    }),
    7954: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.r(__webpack_exports__);
        __nccwpck_require__.d(__webpack_exports__, {
            close: () => (transaction_close),
            main: () => (main),
            undo: () => (undo)
        });
        var src_failure = __nccwpck_require__(9095);
        var fleet = __nccwpck_require__(5652);
        var src_release = __nccwpck_require__(5776);
        var retry = __nccwpck_require__(5511);
        var identity = __nccwpck_require__(2971);
        var client = __nccwpck_require__(1049);
        var failure = __nccwpck_require__(6975);
        ;
        async function commitOf(github, version) {
            if (isSha(version))
                return version;
            try {
                const ref = `tags/${version}`;
                const { sha } = await github.ask(({ rest }, repository) => rest.repos.getCommit({ ...repository, ref, per_page: 1 }));
                (0, failure.kl)(isSha(sha), `the sha of ${version}`);
                return sha;
            }
            catch (error) {
                if (!(error instanceof failure.y_) || ![404, 422].includes(error.status))
                    throw error;
                throw new src_failure.HR('no-such-version', `${github.repository} has no tag "${version}".`, 'give a tag, the 40 digits of a commit, or `previous`. In a private repository the job needs `contents: read` to see its tags.');
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
            return new src_failure.HR('tag-moved', `The tag ${version} was moved after this run was started: from ${then} to ${now}.`, `start a new run from the tag, which releases ${now.slice(0, 12)}; or give the 40 digits of a commit as version.`);
        }
        async function joinReleaseOfVersion(step, requested, github) {
            const known = requested.runIsOfVersion || (0, src_release.Cs)(step, requested) !== undefined;
            return (0, src_release.wS)(step, requested, known ? undefined : await requestedCommit(requested, github, step.signal));
        }
        var external_node_crypto_ = __nccwpck_require__(7598);
        var external_node_fs_ = __nccwpck_require__(3024);
        ;
        const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
        var external_node_path_ = __nccwpck_require__(6760);
        var src_program = __nccwpck_require__(6689);
        var job = __nccwpck_require__(4878);
        var bounded = __nccwpck_require__(8700);
        var run_command = __nccwpck_require__(2407);
        var quote = __nccwpck_require__(1524);
        var database = __nccwpck_require__(3171);
        var environment = __nccwpck_require__(8217);
        var host_script = __nccwpck_require__(5684);
        var protocol = __nccwpck_require__(2198);
        ;
        const remedies = {
            'pg-dump-missing': 'install that PostgreSQL client on the host, or give `backup: command:…`.',
            'backup-failed': 'check that this login may read all tables; or give `backup: none` or `command:…`.',
        };
        ;
        const part = (0, external_node_fs_.readFileSync)(__nccwpck_require__.ab + "backup.sh", 'utf8');
        const script = (0, host_script.Y)('migrate-db', part, { commands: protocol.al.commands, remedies: remedies });
        var tool = __nccwpck_require__(3170);
        ;
        const reservedKib = 64 * 1024;
        async function backUp(context, release, connection) {
            const { backup } = context.inputs;
            if (backup.kind === 'none')
                return undefined;
            if (backup.kind === 'command')
                return backUpByCommand(context, backup.words);
            const plan = await planBackup(context, release, connection !== undefined);
            return connection ? backUpOnHost(context, connection, plan) : backUpHere(context, plan);
        }
        async function planBackup({ inputs, session }, release, remote) {
            const [row] = await session.query(`select pg_database_size(current_database())::text as bytes, current_setting('server_version_num') as version`);
            const database = inputs.url.database.replace(/[^A-Za-z0-9_.-]/g, '_');
            const prefix = `${release.service}-${release.environment}-${database}-`;
            return {
                folder: inputs.backupPath || (remote ? `${inputs.path}/.belay/backups` : ''),
                prefix,
                file: `${prefix}${release.id}.dump`,
                databaseKib: Math.ceil(Number(row?.bytes ?? 0) / 1024),
                major: Math.floor(Number(row?.version ?? 0) / 10_000),
            };
        }
        function assertRoom(plan, freeKib, where) {
            const needed = plan.databaseKib + reservedKib;
            if (freeKib >= needed)
                return;
            const mib = (kib) => `${Math.ceil(kib / 1024)} MiB`;
            throw new src_failure.HR('disk-full', `${where} has ${mib(freeKib)} free; a dump of this database may need ${mib(plan.databaseKib)}, and ${mib(reservedKib)} must stay free.`, 'free some space, lower keep-backups, or give another backup-path.');
        }
        async function backUpOnHost({ inputs, access, session, signal }, connection, plan) {
            const { url } = access;
            const where = `${connection.target.name}:${plan.folder}`;
            const values = {
                base: inputs.path,
                folder: plan.folder,
                file: plan.file,
                prefix: plan.prefix,
                major: plan.major,
                keepBackups: inputs.keepBackups,
            };
            const room = await (0, run_command.d)(connection, script, 'backupRoom', values, { timeoutMs: 30_000, signal });
            assertRoom(plan, room.facts.freeKib || 0, where);
            const login = {
                host: url.socketFolder ?? url.host,
                port: url.port,
                user: url.user,
                database: url.database,
                sslmode: session.tls,
                application: (0, database.SX)('belay'),
                pgpass: `*:*:*:*:${url.password.replace(/[\\:]/g, '\\$&')}`,
            };
            const answer = await (0, run_command.d)(connection, script, 'backup', { ...values, ...login }, { timeoutMs: inputs.deadline * 1000, signal });
            const path = `${plan.folder}/${plan.file}`;
            return {
                where: `${connection.target.name}:${path}`,
                bytes: answer.last('size') ?? 0,
                sha256: answer.last('sha256') ?? '',
                restore: restoreCommand(url, path, `on ${connection.target.name}: `),
            };
        }
        function restoreCommand(url, path, before = '') {
            const to = ['-h', url.socketFolder ?? url.host, '-p', String(url.port), '-U', url.user, '-d', url.database, path];
            const typed = to.map((word) => (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : (0, quote.hD)(word))).join(' ');
            return `${before}pg_restore --clean --if-exists --single-transaction ${typed}`;
        }
        async function backUpHere(context, plan) {
            const { inputs, access, session } = context;
            const program = await dumpProgram(plan.major);
            await (0, promises_namespaceObject.mkdir)(plan.folder, { recursive: true, mode: 0o700 }).catch(() => {
                throw new src_failure.HR('path-not-writable', `The folder ${plan.folder} cannot be created.`, 'give a backup-path that this user may write to.');
            });
            const { bavail, bsize } = await (0, promises_namespaceObject.statfs)(plan.folder);
            assertRoom(plan, Math.floor((bavail * bsize) / 1024), plan.folder);
            const path = (0, external_node_path_.join)(plan.folder, plan.file);
            const part = `${path}.partial`;
            const env = { ...(0, environment.u)(inputs, access, session.tls), PGOPTIONS: '', PGAPPNAME: (0, database.SX)('belay') };
            try {
                await (await (0, promises_namespaceObject.open)(part, 'w', 0o600)).close();
                const dumped = await (0, tool.qI)(context, [program, '--format=custom', '--no-password', `--file=${part}`], env);
                if (dumped.status !== 0)
                    throw backupFailure(`pg_dump ended with status ${dumped.status}; its output is in the log`);
                const listed = await (0, src_program.m)((0, external_node_path_.join)((0, external_node_path_.dirname)(program), 'pg_restore'), ['--list', part]).catch(() => undefined);
                if (listed?.status !== 0)
                    throw backupFailure('pg_restore cannot read the dump that was just made');
                await (0, promises_namespaceObject.rename)(part, path);
            }
            finally {
                await (0, promises_namespaceObject.rm)(part, { force: true });
            }
            await prune(plan, inputs.keepBackups);
            return {
                where: path,
                file: path,
                bytes: (await (0, promises_namespaceObject.stat)(path)).size,
                sha256: await sha256Of(path),
                restore: restoreCommand(access.url, path),
            };
        }
        function backupFailure(text) {
            return new src_failure.HR('backup-failed', `The backup failed: ${text}. Nothing was applied.`, 'check that this login may read all tables; or give backup: none or command:….');
        }
        async function dumpProgram(major) {
            const base = '/usr/lib/postgresql';
            const installed = (() => {
                try {
                    return (0, external_node_fs_.readdirSync)(base)
                        .filter((name) => Number(name) >= major)
                        .sort((a, b) => Number(a) - Number(b));
                }
                catch {
                    return [];
                }
            })().map((name) => (0, external_node_path_.join)(base, name, 'bin/pg_dump'));
            const onPath = (process.env.PATH ?? '').split(external_node_path_.delimiter).map((folder) => (0, external_node_path_.join)(folder, 'pg_dump'));
            for (const path of installed)
                if ((0, tool.Vd)(path))
                    return path;
            for (const path of onPath)
                if ((0, tool.Vd)(path) && (await majorOf(path)) >= major)
                    return path;
            throw new src_failure.HR('pg-dump-missing', `This server needs pg_dump of version ${major} or newer, and the runner has none.`, `install postgresql-client-${major} in an earlier step, or give backup: command:….`);
        }
        async function majorOf(program) {
            const options = { env: (0, job.Qc)(), timeoutMs: 10_000, keptCharacters: 1000 };
            const ended = await (0, bounded.B)(program, ['--version'], options).catch(() => undefined);
            return Number(/(\d+)/.exec(ended?.output ?? '')?.[1] ?? 0);
        }
        async function sha256Of(path) {
            const hash = (0, external_node_crypto_.createHash)('sha256');
            for await (const chunk of (0, external_node_fs_.createReadStream)(path))
                hash.update(chunk);
            return hash.digest('hex');
        }
        async function prune({ folder, prefix }, keep) {
            const dumps = (await (0, promises_namespaceObject.readdir)(folder))
                .filter((name) => name.startsWith(prefix) && name.endsWith('.dump') && (0, identity.F3)(name.slice(prefix.length, -5)))
                .sort();
            for (const name of dumps.slice(0, -keep))
                await (0, promises_namespaceObject.rm)((0, external_node_path_.join)(folder, name), { force: true });
        }
        async function backUpByCommand(context, words) {
            const env = {
                ...(0, environment.u)(context.inputs, context.access, context.session.tls),
                PGOPTIONS: '',
                PGAPPNAME: (0, database.SX)('belay'),
            };
            const result = await (0, tool.qI)(context, words, env);
            if (result.status !== 0)
                throw backupFailure(`${words[0]} ended with status ${result.status}`);
            return { where: `by ${words[0]}`, bytes: 0, sha256: '', restore: `see the documentation of ${words[0]}` };
        }
        var files = __nccwpck_require__(8831);
        ;
        async function assertCheckout(step, release, folder, certain) {
            const { version, sha } = release;
            const place = (0, external_node_fs_.existsSync)(folder) ? folder : (0, files.ih)();
            const shown = (0, files.Gt)(place) || 'the workspace';
            const origin = await originOf(place, process.env.GITHUB_REPOSITORY ?? '');
            const compared = (why) => step.info(`The commit of the migrations was not compared with the release: ${why}.`);
            if ('none' in origin)
                return compared(`${shown} ${origin.none}`);
            if ((0, identity.W9)(version))
                return compared(`only the hosts know the commit of ${version}`);
            const { commit } = origin;
            if (commit === sha)
                return;
            if (!certain)
                return compared(`no earlier step of this job began a release. ${shown} is at ${commit}, and the run is for ${sha}`);
            const name = version === sha ? `is of ${sha}` : `${version} is of ${sha}`;
            throw new src_failure.HR('wrong-checkout', `The migrations in ${shown} are of the commit ${commit}, and the release ${name}. Nothing was changed.`, `check out the release before this step, by actions/checkout with \`ref: ${refOf(release)}\`; a bare name may be a branch. If the checkout is correct, give its commit as \`version\`.`);
        }
        function refOf({ version, sha }) {
            return version === sha ? sha : `refs/tags/${version}`;
        }
        async function originOf(folder, repository) {
            try {
                const head = await git(folder, 'rev-parse', '--verify', 'HEAD^{commit}');
                if (head === undefined)
                    return { none: 'is in no git checkout' };
                if (!(await git(folder, 'ls-tree', '--name-only', 'HEAD')))
                    return { none: 'is not part of the git checkout' };
                const other = nameIn((await git(folder, 'config', '--get', 'remote.origin.url')) ?? '');
                if (other !== undefined && other.toLowerCase() !== repository.toLowerCase())
                    return { none: `is of another repository, ${other}` };
                return { commit: head };
            }
            catch (error) {
                return { none: `could not be read by git: ${(0, src_failure.bD)(error)}` };
            }
        }
        async function git(folder, ...args) {
            const { status, output } = await (0, src_program.m)('git', ['-c', 'safe.directory=*', '-C', folder, ...args]);
            return status === 0 ? output.trim() : undefined;
        }
        function nameIn(remote) {
            const [, name] = /^(?:(?:https?|ssh|git):\/\/[^/]+\/|[^/@]+@[^/:]+:)([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(remote) ?? [];
            return name;
        }
        var drivers_driver = __nccwpck_require__(5364);
        var drivers = __nccwpck_require__(3210);
        var hosts = __nccwpck_require__(8762);
        var inspect = __nccwpck_require__(475);
        var lock = __nccwpck_require__(8937);
        var plan = __nccwpck_require__(9225);
        var inputs = __nccwpck_require__(4221);
        var clock = __nccwpck_require__(5563);
        var src_credentials = __nccwpck_require__(3530);
        var compatibility_limit = __nccwpck_require__(6574);
        var src_route = __nccwpck_require__(3447);
        var src_url = __nccwpck_require__(4585);
        ;
        function undoStateOf({ inputs }, inspection, backup, invalid) {
            return {
                service: inputs.release.service,
                tool: inspection.driver.tool,
                toolVersion: inputs.toolVersion,
                folder: inspection.context.folder,
                database: databaseName(inputs.url),
                hosts: inputs.through?.hosts ?? [],
                knownHosts: inputs.through?.credentials.knownHosts ?? '',
                path: inputs.path,
                phase: inputs.phase,
                historyTable: inputs.historyTable,
                statusCommand: inputs.statusCommand,
                migrateCommand: inputs.migrateCommand,
                sessionLockTimeout: inputs.sessionLockTimeout,
                statementTimeout: inputs.statementTimeout,
                deadline: inputs.deadline,
                down: inputs.down,
                pending: inspection.plan.pending.map(({ name }) => name),
                stage: 'before',
                invalid,
                backup,
            };
        }
        function databaseName({ database, host, socketFolder, port }) {
            return `${database} at ${host || socketFolder}:${port}`;
        }
        async function undoSchema(saved, step, until) {
            const base = { target: `schema of ${saved.service}`, service: saved.service };
            try {
                return [
                    {
                        ...base,
                        ...(await reopenDatabase(saved, step, until, (opened) => undoMigrations(saved, opened, step, until))),
                    },
                ];
            }
            catch (error) {
                const detail = `${saved.database} could not be inspected: ${(0, src_failure.TM)((0, src_failure.bD)(error))} Any of these migrations may be applied: ${saved.pending.join(', ')}. ${describeRestore(saved)}`;
                return [{ ...base, result: 'mixed', detail }];
            }
        }
        async function reopenDatabase(saved, step, until, task) {
            const url = (0, src_url.mx)((0, inputs.A)('database-url').trim());
            if (typeof url === 'string')
                throw new src_failure.HR('inputs', `database-url ${url}.`);
            if (databaseName(url) !== saved.database)
                throw new src_failure.HR('inputs', `database-url now names ${databaseName(url)}, not ${saved.database}.`);
            const credentials = { ...(0, src_credentials.jp)(), knownHosts: saved.knownHosts };
            const through = saved.hosts.length > 0 ? { hosts: saved.hosts, credentials } : undefined;
            const left = Math.max(2, until - (0, clock.m)());
            const signal = AbortSignal.timeout(Math.ceil(left * 1000));
            const route = await (0, src_route.S)({ url, through }, step, signal);
            try {
                const session = await (0, database.Or)(route.access, Math.min(10, left / 2), signal);
                try {
                    await (0, lock.IZ)(session, left / 2, signal, (holder) => step.info(`Waiting: ${holder} migrates this database.`));
                    const driver = drivers.ak[saved.tool];
                    const print = (line) => step.info(`${saved.tool}| ${line}`);
                    const migrations = driver.list(saved.folder, url.parameters);
                    const inputs = { ...saved, url, through };
                    return await task({
                        route,
                        context: { inputs, folder: saved.folder, migrations, access: route.access, session, print, signal },
                    });
                }
                finally {
                    await session.close();
                }
            }
            finally {
                await route.close();
            }
        }
        async function undoMigrations(saved, { context, route }, step, until) {
            await (0, lock.WK)(context.session, Math.max(1, until - (0, clock.m)() - 2));
            const driver = drivers.ak[saved.tool];
            const history = await driver.readHistory(context);
            const applied = appliedOf(saved, context.migrations, history);
            reportApplied(step, applied);
            const incomplete = incompleteMigration(saved, context.migrations, applied, history);
            if (saved.phase === 'contract' && !history.unknowable) {
                const present = new Set([...applied, incomplete].map((one) => one?.name));
                const open = saved.pending.filter((name) => !present.has(name));
                const left = until - (0, clock.m)();
                const end = until - (saved.down ? left / 2 : Math.min(15, left / 2));
                await (0, hosts.To)(route.connections, saved.path, open, end).catch((error) => step.warn(`The limits recorded for ${open.join(', ')} stay, and releases are refused because of them (schema-ahead): ` +
                    `${(0, src_failure.bD)(error)} Run on each host named here, once its lock is free: ${(0, compatibility_limit.iX)(saved.path, open)}`));
            }
            if (incomplete !== undefined) {
                const next = driver.nextCommand(context, incomplete, history);
                const detail = `${incomplete.name} ${saved.failed === incomplete.name ? 'failed' : 'may have begun'} and is not a transaction: the statements that ran before it stopped stay applied; ${next}. ${describeApplied(applied)}${describeRestore(saved)}`;
                return { result: 'mixed', detail };
            }
            if (history.unknowable && saved.stage !== 'before')
                return {
                    result: 'rolled-back',
                    stays: true,
                    detail: `the changes of ${saved.migrateCommand[0]} stay; Belay cannot know which these are. ${describeRestore(saved)}`,
                };
            if (applied.length === 0)
                return { result: 'unchanged', detail: 'nothing was applied' };
            if (!saved.down)
                return { result: 'rolled-back', stays: true, detail: `${describeApplied(applied)}${describeRestore(saved)}` };
            const why = whyNotDown(saved, context.migrations, applied, history);
            if (why !== undefined)
                return {
                    result: 'rolled-back',
                    stays: true,
                    detail: `${describeApplied(applied)}The down migrations did not run: ${why}. ${describeRestore(saved)}`,
                };
            return runDownMigrations(saved, context, applied, step);
        }
        async function runDownMigrations(saved, context, applied, step) {
            const driver = drivers.ak[saved.tool];
            let failure = '';
            await driver.down(context, applied).catch((error) => {
                failure = (0, src_failure.bD)(error);
            });
            const left = appliedOf(saved, context.migrations, await driver.readHistory(context));
            reportApplied(step, left);
            const names = applied.map(({ name }) => name).join(', ');
            if (failure === '' && left.length === 0)
                return { result: 'rolled-back', detail: `undone by down migrations: ${names}` };
            return {
                result: 'mixed',
                detail: `the down migrations failed: ${failure || 'the history still has the migrations'}. ${describeApplied(left)}${describeRestore(saved)}`,
            };
        }
        function reportApplied(step, applied) {
            if (step.stage === 'main')
                step.output('applied', JSON.stringify(applied.map(({ name }) => name)));
        }
        function appliedOf(saved, migrations, history) {
            if (history.unknowable)
                return [];
            const pending = new Set(history.pending?.map(({ name }) => name));
            const isApplied = (name) => (history.pending ? !pending.has(name) : history.applied.includes(name));
            return saved.pending.filter(isApplied).map((name) => {
                const file = migrations.find((one) => one.name === name);
                return file ?? { name, version: name, path: '', hasDown: false, transactional: false };
            });
        }
        function incompleteMigration(saved, migrations, applied, history) {
            if (saved.stage !== 'applying' || history.unknowable)
                return undefined;
            const next = saved.pending[applied.length];
            if (next === undefined)
                return undefined;
            const file = migrations.find(({ name }) => name === next) ?? {
                name: next,
                version: next,
                path: '',
                hasDown: false,
                transactional: false,
            };
            return file.transactional && history.dirty === undefined ? undefined : file;
        }
        function whyNotDown(saved, migrations, applied, history) {
            if (saved.phase === 'contract')
                return 'a contract has removed what no down migration can restore';
            const without = applied.filter(({ hasDown }) => !hasDown);
            if (without.length > 0)
                return `${without.map(({ name }) => name).join(', ')} has no down migration`;
            const order = migrations.filter(({ name }) => history.applied.includes(name)).map(({ name }) => name);
            const last = order.slice(-applied.length);
            return applied.every(({ name }, index) => last[index] === name) ? undefined : 'later migrations are applied as well';
        }
        function describeApplied(applied) {
            if (applied.length === 0)
                return 'Nothing else was applied. ';
            return `${applied.map(({ name }) => name).join(', ')} ${applied.length === 1 ? 'stays' : 'stay'} applied; the previous version works with ${applied.length === 1 ? 'it' : 'them'}, if it was an expand migration. `;
        }
        function describeRestore({ backup }) {
            if (!backup)
                return 'This run made no backup.';
            if (backup.file !== undefined && !(0, external_node_fs_.existsSync)(backup.file))
                return `The backup of this run, ${backup.where}, does not exist any more.`;
            return `The backup from before this run: ${backup.where}${backup.sha256 ? ` (sha256 ${backup.sha256.slice(0, 12)}…)` : ''}; to restore it, which loses everything written since: ${backup.restore}`;
        }
        ;
        async function apply(inputs, step) {
            const release = await joinRelease(inputs, step);
            if (inputs.phase === 'contract')
                (0, hosts.Hx)(step);
            return (0, inspect.kR)(inputs, step, async (open, phase) => {
                await phase.run('lock', () => apply_lock(open));
                const inspection = await phase.run('inspect', () => (0, inspect.Ko)(open));
                (0, inspect.Bs)(step, inspection);
                await (0, inspect.v8)(open, inspection);
                if (inspection.plan.pending.length === 0) {
                    recordSchema(open, inspection, []);
                    return { result: 'noop' };
                }
                await phase.run('tool', async () => inspection.driver.prepare?.(inspection.context));
                await phase.run('lint', () => (0, inspect.Di)(open, inspection));
                const invalid = await invalidIndexes(open);
                const backup = await phase.run('backup', () => backUp(inspection.context, release, open.route.connections[0]));
                reportBackup(step, backup);
                const saved = undoStateOf(open, inspection, backup, invalid);
                if (inputs.phase === 'contract')
                    await recordLimits(open, inspection, saved);
                step.save({ ...saved, stage: 'applying' });
                await phase.run('apply', () => applyPending(open, inspection, saved));
                await phase.run('verify', () => verify(open, inspection, saved));
                step.save({ ...saved, stage: 'applied' });
                recordSchema(open, inspection, saved.pending);
                await phase.run('unlock', () => (0, lock.x_)(open.session));
                return { result: 'pending' };
            });
        }
        async function joinRelease(inputs, step) {
            const { release: requested, github } = inputs;
            const begun = (0, src_release.Cs)(step, requested) !== undefined;
            const release = await joinReleaseOfVersion(step, requested, github);
            const named = requested.version !== requested.runSha &&
                (requested.runIsOfVersion || isSha(requested.version) || github.token !== '');
            await assertCheckout(step, release, inputs.job ? (0, drivers.$u)(inputs) : (0, drivers.kW)(inputs).folder, begun || named);
            return release;
        }
        async function apply_lock({ inputs, session, signal, step }) {
            await (0, lock.IZ)(session, inputs.lockTimeout, signal, (holder) => step.info(`Waiting up to ${inputs.lockTimeout} s: ${holder} migrates this database.`));
        }
        async function recordLimits({ inputs, route, step }, { plan }, saved) {
            if (route.connections.length === 0)
                return step.warn('No hosts are given, so Belay cannot refuse an older version that does not work with this schema.');
            const names = plan.pending.map(({ name }) => name);
            step.save({ ...saved, stage: 'before' });
            await (0, hosts.K)(route.connections, inputs.path, names, inputs.oldestCompatibleVersion);
            step.info(`Recorded on ${route.connections.length} host(s): ${names.join(', ')} needs ${inputs.oldestCompatibleVersion} or newer.`);
        }
        const attempts = 5;
        async function applyPending(open, inspection, saved) {
            const { step, signal } = open;
            const tried = await (0, retry.L5)(() => applyOnce(open, inspection), {
                repeatable: true,
                attempts,
                backoffMs: (0, retry.Bf)(1000),
                signal,
                onPause: ({ name }, ms) => step.warn(`${name} did not get its lock within session-lock-timeout; it is retried in ${ms / 1000} s.`),
            });
            if (tried && 'value' in tried)
                return;
            if (!tried || (signal.aborted && tried.trouble.retryable))
                throw new src_failure.j$();
            const { error, name, next } = tried.trouble;
            step.save({ ...saved, stage: 'applying', failed: name });
            throw migrationFailure(error, name, next);
        }
        async function applyOnce({ signal, session }, inspection) {
            const { driver, context } = inspection;
            const { plan } = await inspectAgain(inspection);
            if (plan.pending.length === 0)
                return { value: 'applied' };
            try {
                await driver.apply(context, plan.pending);
                return { value: 'applied' };
            }
            catch (error) {
                if (signal.aborted)
                    throw new src_failure.j$();
                if (session.lost.aborted)
                    throw error;
                const { name, clean, next } = await inspectFailure(inspection, error);
                const retryable = error instanceof drivers_driver.X && error.lockTimeout && clean;
                return { trouble: { error, name, next, retryable, maybeDelivered: false, waitMs: undefined } };
            }
        }
        async function inspectFailure(inspection, error) {
            const { driver, context } = inspection;
            await (0, lock.WK)(context.session, 10);
            let { plan, history } = await inspectAgain(inspection);
            const failed = plan.pending[0];
            const clean = failed?.transactional === true;
            if (clean && history.dirty !== undefined && error instanceof drivers_driver.X && error.refused && driver.repairState) {
                await driver.repairState(context, history);
                ({ plan, history } = await inspectAgain(inspection));
            }
            return {
                name: failed?.name ?? 'a migration',
                clean: clean && history.dirty === undefined,
                next: driver.nextCommand(context, failed, history),
            };
        }
        async function inspectAgain({ driver, context }) {
            const history = await driver.readHistory(context);
            return { history, plan: (0, plan.n)(context.migrations, history) };
        }
        function migrationFailure(error, name, next) {
            if (error instanceof src_failure.HR)
                return error;
            const sqlstate = error instanceof drivers_driver.X ? error.sqlstate : '';
            if (error instanceof drivers_driver.X && error.lockTimeout)
                return new src_failure.HR('lock-timeout', `${name} did not get the lock that it needs: another session used the table for longer than session-lock-timeout.`, 'end long transactions first, or raise session-lock-timeout. While the migration waits, all other users of the table wait behind it.', { cause: error });
            return new src_failure.HR('migration-failed', `${name} failed${sqlstate ? ` with SQLSTATE ${sqlstate}` : ''}; the message of the database is in the log.`, `${next}.`, { cause: error });
        }
        async function verify(open, inspection, saved) {
            const { step } = open;
            const { history, plan } = await inspectAgain(inspection);
            const { tool } = inspection.driver;
            if (history.dirty !== undefined || (!history.unknowable && plan.pending.length > 0))
                throw new src_failure.HR('not-applied', `${tool} reported success, but ${plan.pending.map(({ name }) => name).join(', ') || `version ${history.dirty}`} is not in its history.`, 'read its output in the log above.');
            const broken = (await invalidIndexes(open)).filter((index) => !saved.invalid.includes(index));
            if (broken.length > 0)
                throw new src_failure.HR('invalid-index', `Indexes were left invalid: ${broken.join(', ')}.`, `drop each one with DROP INDEX CONCURRENTLY, and build it again.`);
            if (saved.invalid.length > 0)
                step.warn(`Indexes that were invalid before this run: ${saved.invalid.join(', ')}.`);
            step.output('applied', JSON.stringify(saved.pending));
            step.output('pending', '[]');
            step.output('version', saved.pending.at(-1) ?? '');
            step.summary(`Applied by ${tool}:\n\n${saved.pending.map((name) => `- ${name}`).join('\n')}`);
        }
        async function invalidIndexes({ session }) {
            const rows = await session.query('select indexrelid::regclass::text as name from pg_index where not indisvalid');
            return rows.map(({ name }) => name);
        }
        function recordSchema({ step, inputs }, { plan }, applied) {
            const migrations = [...plan.all];
            step.output('schema', JSON.stringify(migrations));
            const { service } = inputs.release;
            step.record({ event: 'schema', service, migrations, applied });
        }
        function reportBackup(step, backup) {
            step.output('backup', backup?.where ?? '');
            if (!backup) {
                step.warn('No backup was made: backup is none.');
                return;
            }
            const size = backup.bytes > 0 ? `, ${backup.bytes} bytes, sha256 ${backup.sha256}` : '';
            step.info(`Backup: ${backup.where}${size}.`);
            step.summary(`Backup: \`${backup.where}\`${size}.`);
        }
        ;
        async function main(inputs, step) {
            const applies = inputs.command === 'apply' && !inputs.dryRun;
            if (!inputs.job)
                return applies ? apply(inputs, step) : (0, inspect.PJ)(inputs, step);
            const { applyByJob, inspectByJob } = await byJob();
            return applies ? applyByJob(inputs, step, await joinRelease(inputs, step)) : inspectByJob(inputs, step);
        }
        async function undo(saved, step, until) {
            return 'via' in saved ? (await byJob()).undoJob(saved, step, until) : undoSchema(saved, step, until);
        }
        async function transaction_close(step) {
            const own = step.journal.read().steps.find(({ id }) => id === step.id);
            const saved = own?.undo;
            if (saved && 'via' in saved) {
                const { closeConnection, releaseLock, sweepProxies } = await byJob();
                sweepProxies();
                await releaseLock(saved)
                    .catch((error) => step.info(`The lock was not given back: ${(0, src_failure.bD)(error)}`))
                    .finally(closeConnection);
            }
            await (0, fleet.zH)(step.journal, step.id);
        }
        const byJob = () => Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 825));
    }),
    4585: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            eo: () => (secretForms),
            mx: () => (parseDatabaseUrl),
            xG: () => (urlText)
        });
        const identity = ['host', 'port', 'user', 'password', 'dbname'];
        function parseDatabaseUrl(text) {
            const match = /^postgres(?:ql)?:\/\/(?:([^@/?#]*)@)?(\[[^\]]+\]|[^:/?@#]*)(?::(\d+))?(?:\/([^?@]*))?(?:\?([^@]*))?$/.exec(text) ??
                /^postgres(?:ql)?:\/\/(?:(.*)@)?(\[[^\]]+\]|[^:/?@#]*)(?::(\d+))?(?:\/([^?@]*))?(?:\?([^@]*))?$/s.exec(text);
            if (!match)
                return 'is not a PostgreSQL URL';
            const [, login = '', hostText = '', portText, path = '', query = ''] = match;
            const colon = login.indexOf(':');
            const parameters = new Map(new URLSearchParams(query.replaceAll('+', '%2B')));
            const given = (name) => parameters.get(name) ?? '';
            const host = decode(hostText.replace(/^\[|\]$/g, '')) || given('host');
            const port = Number(portText ?? (given('port') || 5432));
            const found = {
                host: host.startsWith('/') ? '' : host,
                port,
                socketFolder: host.startsWith('/') ? host.replace(/\/+$/, '') : undefined,
                user: decode(colon < 0 ? login : login.slice(0, colon)) || given('user'),
                password: (colon < 0 ? '' : decode(login.slice(colon + 1))) || given('password'),
                database: decode(path) || given('dbname'),
                parameters: new Map([...parameters].filter(([name]) => !identity.includes(name))),
            };
            if (host === '' || host.startsWith('-'))
                return 'names no host';
            if (found.user === '')
                return 'names no user';
            if (found.database === '')
                return 'names no database';
            if (port < 1 || port > 65535)
                return `has port ${port}`;
            if (/\0|\n|\r/.test(`${host}${found.user}${found.password}${found.database}`))
                return 'contains a line break';
            return found;
        }
        function decode(text) {
            return text.replace(/(%[0-9a-f]{2})+/gi, (run) => {
                try {
                    return decodeURIComponent(run);
                }
                catch {
                    return run;
                }
            });
        }
        function secretForms(url) {
            const { password } = url;
            if (password === '')
                return [];
            const encoded = encodeURIComponent(password);
            const strict = encoded.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
            const browser = new URL(`x://u:${password.replace(/[/?#@]/g, encodeURIComponent)}@h`).password;
            const quoted = JSON.stringify(password).slice(1, -1);
            return [...new Set([password, encoded, strict, browser, quoted, password.replaceAll("'", "''")])];
        }
        function urlText(url, endpoint, more = {}) {
            const parameters = new URLSearchParams([...url.parameters]);
            for (const [name, value] of Object.entries(more))
                parameters.set(name, value);
            const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
            const login = `${encode(url.user)}${url.password ? `:${encode(url.password)}` : ''}`;
            if (endpoint.host.startsWith('/'))
                parameters.set('host', endpoint.host);
            const host = endpoint.host.startsWith('/') ? '' : endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
            const query = parameters.toString().replaceAll('+', '%20');
            return `postgres://${login}@${host}:${endpoint.port}/${encode(url.database)}${query ? `?${query}` : ''}`;
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
    6671: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Rm: () => (log),
            g9: () => (escapeCommands)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(235);
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
    3477: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            d: () => (mask)
        });
        var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(235);
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
    6689: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            m: () => (runProgram)
        });
        var _job_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4878);
        async function runProgram(program, args) {
            const { getExecOutput } = await Promise.resolve().then(__nccwpck_require__.bind(__nccwpck_require__, 1139));
            const ended = await getExecOutput(`"${program.replaceAll('"', '\\"')}"`, [...args], {
                env: (0, _job_js__WEBPACK_IMPORTED_MODULE_0__.Qc)(),
                ignoreReturnCode: true,
                silent: true,
            });
            return { status: ended.exitCode, output: ended.stdout, errors: ended.stderr };
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
    1432: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            e: () => (run)
        });
        var external_node_path_ = __nccwpck_require__(6760);
        var src_failure = __nccwpck_require__(9095);
        var core = __nccwpck_require__(235);
        var clock = __nccwpck_require__(5563);
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
        var src_inputs = __nccwpck_require__(4221);
        ;
        function interruptSignal() {
            const controller = new AbortController();
            const abort = () => controller.abort();
            process.on('SIGINT', abort);
            process.on('SIGTERM', abort);
            return controller.signal;
        }
        const interruptBudgetMs = 6500;
        var job = __nccwpck_require__(4878);
        var external_node_crypto_ = __nccwpck_require__(7598);
        var external_node_fs_ = __nccwpck_require__(3024);
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
        var json_lines = __nccwpck_require__(3545);
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
        var summary = __nccwpck_require__(6813);
        var log = __nccwpck_require__(6671);
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
        var secret_folder = __nccwpck_require__(9650);
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
    6574: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            bs: () => (recordCompatibilityLimit),
            iX: () => (removeLimitsCommand),
            wE: () => (removeCompatibilityLimit)
        });
        var _host_script_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5684);
        var _quote_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1524);
        var _run_command_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2407);
        async function recordCompatibilityLimit(connection, base, limit) {
            const [migration, oldest] = [oneWord(limit.migration), oneWord(limit.oldestCompatible)];
            await (0, _run_command_js__WEBPACK_IMPORTED_MODULE_0__.d)(connection, _host_script_js__WEBPACK_IMPORTED_MODULE_1__.d, 'contract', { base, migration, oldest }, { timeoutMs: 20_000 });
        }
        async function removeCompatibilityLimit(connection, base, migration, seconds = 5) {
            const wait = Math.max(1, Math.floor(seconds));
            const values = { base, migration: oneWord(migration), wait };
            await (0, _run_command_js__WEBPACK_IMPORTED_MODULE_0__.d)(connection, _host_script_js__WEBPACK_IMPORTED_MODULE_1__.d, 'forget', values, { timeoutMs: (wait + 15) * 1000 });
        }
        function removeLimitsCommand(base, migrations) {
            const literal = (name) => oneWord(name).replaceAll(/[.*[\]^$/\\]/g, '\\$&');
            const lines = migrations.map((name) => ` -e ${(0, _quote_js__WEBPACK_IMPORTED_MODULE_2__.hD)(`/^${literal(name)} /d`)}`);
            return `sed -i${lines.join('')} ${(0, _quote_js__WEBPACK_IMPORTED_MODULE_2__.hD)(`${base}/.belay/contracts`)}`;
        }
        function migrationList(migrations) {
            return migrations.map(oneWord).join(' ');
        }
        function oneWord(name) {
            return name.trim().replaceAll(/\s+/g, '_');
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
            bc: () => (noState),
            lF: () => (encode)
        });
        var _quote_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1524);
        var _values_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7656);
        const noState = '';
        function releaseState(values) {
            return encode('r_', deployProtocol.state.sent, values);
        }
        function switchState(values) {
            return encode('r_', switchProtocol.state.sent, values);
        }
        function encode(prefix, fields, values) {
            const given = Object.entries(fields).filter(([name]) => values[name] !== undefined);
            const several = new Set(given.flatMap(([name, { kind }]) => (kind === 'lines' ? [(0, _values_js__WEBPACK_IMPORTED_MODULE_0__.oy)(name)] : [])));
            const texts = given.map(([name, field]) => [(0, _values_js__WEBPACK_IMPORTED_MODULE_0__.oy)(name), textOf(field, values[name])]);
            return (0, _quote_js__WEBPACK_IMPORTED_MODULE_1__.TT)(prefix, Object.fromEntries(texts), several);
        }
        function textOf({ kind }, value) {
            if (kind === 'list')
                return value.join(' ');
            if (kind === 'words')
                return (0, _quote_js__WEBPACK_IMPORTED_MODULE_1__.AD)(value);
            if (kind === 'yes')
                return value ? 'yes' : 'no';
            return String(value);
        }
    }),
    5652: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            ko: () => (onAllHosts),
            xZ: () => (openFleet),
            zH: () => (closeFleet)
        });
        var _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9095);
        var _connection_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(674);
        var _host_script_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5684);
        var _local_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2483);
        var _run_command_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2407);
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
                throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.j$();
            const failures = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
            if (failures.length === 0)
                return results.map((one) => one.value);
            const [first] = failures;
            if (failures.length === 1)
                throw first;
            const code = first instanceof _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.HR ? first.code : 'internal';
            throw new _belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.HR(code, failures.map(_belay_action_kit__WEBPACK_IMPORTED_MODULE_0__.bD).join('\n'), undefined, { cause: first });
        }
        async function openFleet(journal, step, hosts, credentials, signal) {
            const open = journal.read().connections;
            return onAllHosts(hosts, async (host) => {
                if ((0, _local_js__WEBPACK_IMPORTED_MODULE_1__.IX)(host))
                    return (0, _connection_js__WEBPACK_IMPORTED_MODULE_2__.Ck)(host, '');
                const key = (0, _connection_js__WEBPACK_IMPORTED_MODULE_2__.Ou)(host, credentials);
                const earlier = open.findLast((connection) => connection.key === key);
                if (earlier && (await isAlive((0, _connection_js__WEBPACK_IMPORTED_MODULE_2__.Ck)(host, earlier.socket))))
                    return (0, _connection_js__WEBPACK_IMPORTED_MODULE_2__.Ck)(host, earlier.socket);
                const folder = (0, _connection_js__WEBPACK_IMPORTED_MODULE_2__.jJ)();
                journal.append({ step, event: 'connected', key, socket: folder });
                return (0, _connection_js__WEBPACK_IMPORTED_MODULE_2__.ZO)(host, credentials, folder, 3, signal);
            }, signal);
        }
        async function isAlive(connection) {
            return (0, _run_command_js__WEBPACK_IMPORTED_MODULE_3__.d)(connection, _host_script_js__WEBPACK_IMPORTED_MODULE_4__.d, 'hello', { base: '/' }, { timeoutMs: 10_000 }).then(() => true, () => false);
        }
        async function closeFleet(journal, step) {
            const mine = journal.read().connections.filter((connection) => connection.step === step);
            const nowhere = { user: '', address: '', port: 22, name: '' };
            await Promise.all(mine.map(({ socket }) => (0, _connection_js__WEBPACK_IMPORTED_MODULE_2__.Zf)((0, _connection_js__WEBPACK_IMPORTED_MODULE_2__.Ck)(nowhere, socket))));
        }
        async function takeAllOrNone(hosts, take, release, options) {
            const end = monotonicSeconds() + options.timeoutSeconds;
            for (let round = 0;; round++) {
                const tried = await Promise.allSettled(hosts.map(take));
                if (tried.every((one) => one.status === 'fulfilled') && !options.signal.aborted)
                    return tried.map((one) => one.value);
                await Promise.all(tried.map(async (one, index) => {
                    if (one.status === 'fulfilled')
                        await release(hosts[index], one.value).catch(() => { });
                }));
                if (options.signal.aborted)
                    throw new Interrupted();
                const reasons = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
                const other = reasons.find((reason) => !(reason instanceof Failure && reason.code === 'lock-held'));
                if (other !== undefined)
                    throw other;
                const refusal = reasons[0];
                if (monotonicSeconds() >= end)
                    throw refusal;
                if (round === 0)
                    options.onWait(refusal.message);
                await sleep(300 + Math.random() * 900, options.signal);
            }
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
    6224: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            postConfirmer: () => (postConfirmer)
        });
        var retry = __nccwpck_require__(5511);
        var clock = __nccwpck_require__(5563);
        var failure = __nccwpck_require__(9095);
        var src_connection = __nccwpck_require__(674);
        var credentials = __nccwpck_require__(3530);
        var job = __nccwpck_require__(4878);
        var host_script = __nccwpck_require__(5684);
        var run_command = __nccwpck_require__(2407);
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
            const answer = await (0, run_command.d)(connection, host_script.d, 'ask', lease, { timeoutMs: 15_000 });
            return answer.last('state') ?? '';
        }
        async function confirmOnHost(connection, lease, record) {
            const values = { ...commandValues(lease, 'confirmed'), record };
            const answer = await (0, run_command.d)(connection, host_script.d, 'confirm', values, { timeoutMs: 20_000 });
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
            const answer = await (0, run_command.d)(connection, host_script.d, 'undo', values, {
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
        var local = __nccwpck_require__(2483);
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
                return task((0, src_connection.Ck)(target, lease.folder));
            };
            return (0, retry.q9)(once, {
                attempts: 3,
                backoffMs: (failed) => (failed === 1 ? 0 : 1000),
                isRetryable: (error) => (0, src_connection.R0)(error) && !(0, local.IX)(target),
            });
        }
        async function overNewConnection(target, credentials, task) {
            const connection = (0, src_connection.Ck)(target, (0, src_connection.jJ)());
            const sweep = () => (0, src_connection.pq)(connection);
            process.once('exit', sweep);
            try {
                return await task(await (0, src_connection.Ng)(target, credentials(), connection.folder));
            }
            finally {
                await (0, src_connection.Zf)(connection);
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
            return hostConfirmer(credentials.jp, journal);
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
    2198: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            TB: () => (protocol),
            al: () => (migrateProtocol),
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
    2471: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            h_: () => (floatingImages),
            zZ: () => (parseImage),
            qo: () => (replacements),
            _M: () => (repositoryOf),
            nS: () => (withImages)
        });
        ;
        const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
        ;
        const serverFields = (null && (['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink']));
        const serverAnnotations = (null && (['deployment.kubernetes.io/revision', 'deprecated.daemonset.template.generation']));
        const isEqual = (null && (isDeepStrictEqual));
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
        ;
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
            return Object.entries(map).flatMap(([name, inner]) => templatesIn(inner, `${path}/${escapePointer(name)}`));
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
    2971: ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            Bf: () => (releaseId),
            Eo: () => (isName),
            F3: () => (isReleaseId),
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
    4390: ((module) => {
        module.exports = eval("require")("pg-native");
    }),
    6982: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
    }),
    2250: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");
    }),
    4434: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");
    }),
    9896: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
    }),
    9278: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");
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
    857: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
    }),
    6928: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
    }),
    2203: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");
    }),
    3193: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
    }),
    4756: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");
    }),
    9023: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");
    }),
    8253: ((module) => {
        module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util/types");
    }),
    235: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
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
        var external_os_ = __nccwpck_require__(857);
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
            process.stdout.write(cmd.toString() + external_os_.EOL);
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
        var external_crypto_ = __nccwpck_require__(6982);
        var external_fs_ = __nccwpck_require__(9896);
        ;
        function file_command_issueFileCommand(command, message) {
            const filePath = process.env[`GITHUB_${command}`];
            if (!filePath) {
                throw new Error(`Unable to find environment variable for file command ${command}`);
            }
            if (!external_fs_.existsSync(filePath)) {
                throw new Error(`Missing file at path: ${filePath}`);
            }
            external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, {
                encoding: 'utf8'
            });
        }
        function prepareKeyValueMessage(key, value) {
            const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
            const convertedValue = toCommandValue(value);
            if (key.includes(delimiter)) {
                throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
            }
            if (convertedValue.includes(delimiter)) {
                throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
            }
            return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
        }
        var external_path_ = __nccwpck_require__(6928);
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
            process.stdout.write(external_os_.EOL);
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
            process.stdout.write(message + external_os_.EOL);
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
    }),
    1139: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            getExecOutput: () => (getExecOutput)
        });
        var external_string_decoder_ = __nccwpck_require__(3193);
        var external_os_ = __nccwpck_require__(857);
        var external_events_ = __nccwpck_require__(4434);
        ;
        const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
        var external_path_ = __nccwpck_require__(6928);
        ;
        const external_assert_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");
        var external_fs_ = __nccwpck_require__(9896);
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
        const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_.promises;
        const IS_WINDOWS = process.platform === 'win32';
        function readlink(fsPath) {
            return __awaiter(this, void 0, void 0, function* () {
                const result = yield fs.promises.readlink(fsPath);
                if (IS_WINDOWS && !result.endsWith('\\')) {
                    return `${result}\\`;
                }
                return result;
            });
        }
        const UV_FS_O_EXLOCK = 0x10000000;
        const READONLY = external_fs_.constants.O_RDONLY;
        function exists(fsPath) {
            return __awaiter(this, void 0, void 0, function* () {
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
            return __awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
                const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
                return stats.isDirectory();
            });
        }
        function isRooted(p) {
            p = normalizeSeparators(p);
            if (!p) {
                throw new Error('isRooted() parameter "p" cannot be empty');
            }
            if (IS_WINDOWS) {
                return (p.startsWith('\\') || /^[A-Z]:/i.test(p));
            }
            return p.startsWith('/');
        }
        function tryGetExecutablePath(filePath, extensions) {
            return __awaiter(this, void 0, void 0, function* () {
                let stats = undefined;
                try {
                    stats = yield stat(filePath);
                }
                catch (err) {
                    if (err.code !== 'ENOENT') {
                        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                    }
                }
                if (stats && stats.isFile()) {
                    if (IS_WINDOWS) {
                        const upperExt = external_path_.extname(filePath).toUpperCase();
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
                const originalFilePath = filePath;
                for (const extension of extensions) {
                    filePath = originalFilePath + extension;
                    stats = undefined;
                    try {
                        stats = yield stat(filePath);
                    }
                    catch (err) {
                        if (err.code !== 'ENOENT') {
                            console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                        }
                    }
                    if (stats && stats.isFile()) {
                        if (IS_WINDOWS) {
                            try {
                                const directory = external_path_.dirname(filePath);
                                const upperName = external_path_.basename(filePath).toUpperCase();
                                for (const actualName of yield readdir(directory)) {
                                    if (upperName === actualName.toUpperCase()) {
                                        filePath = external_path_.join(directory, actualName);
                                        break;
                                    }
                                }
                            }
                            catch (err) {
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
                p = p.replace(/\//g, '\\');
                return p.replace(/\\\\+/g, '\\');
            }
            return p.replace(/\/\/+/g, '/');
        }
        function isUnixExecutable(stats) {
            return ((stats.mode & 1) > 0 ||
                ((stats.mode & 8) > 0 &&
                    process.getgid !== undefined &&
                    stats.gid === process.getgid()) ||
                ((stats.mode & 64) > 0 &&
                    process.getuid !== undefined &&
                    stats.uid === process.getuid()));
        }
        function getCmdPath() {
            var _a;
            return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
        }
        ;
        var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
        function cp(source_1, dest_1) {
            return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
                const { force, recursive, copySourceDirectory } = readCopyOptions(options);
                const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
                if (destStat && destStat.isFile() && !force) {
                    return;
                }
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
                        throw new Error(`'${newDest}' and '${source}' are the same file`);
                    }
                    yield io_copyFile(source, newDest, force);
                }
            });
        }
        function mv(source_1, dest_1) {
            return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
                if (yield ioUtil.exists(dest)) {
                    let destExists = true;
                    if (yield ioUtil.isDirectory(dest)) {
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
        function rmRF(inputPath) {
            return io_awaiter(this, void 0, void 0, function* () {
                if (ioUtil.IS_WINDOWS) {
                    if (/[*"<>|]/.test(inputPath)) {
                        throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
                    }
                }
                try {
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
        function mkdirP(fsPath) {
            return io_awaiter(this, void 0, void 0, function* () {
                ok(fsPath, 'a path argument must be provided');
                yield ioUtil.mkdir(fsPath, { recursive: true });
            });
        }
        function which(tool, check) {
            return io_awaiter(this, void 0, void 0, function* () {
                if (!tool) {
                    throw new Error("parameter 'tool' is required");
                }
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
        function findInPath(tool) {
            return io_awaiter(this, void 0, void 0, function* () {
                if (!tool) {
                    throw new Error("parameter 'tool' is required");
                }
                const extensions = [];
                if (IS_WINDOWS && process.env['PATHEXT']) {
                    for (const extension of process.env['PATHEXT'].split(external_path_.delimiter)) {
                        if (extension) {
                            extensions.push(extension);
                        }
                    }
                }
                if (isRooted(tool)) {
                    const filePath = yield tryGetExecutablePath(tool, extensions);
                    if (filePath) {
                        return [filePath];
                    }
                    return [];
                }
                if (tool.includes(external_path_.sep)) {
                    return [];
                }
                const directories = [];
                if (process.env.PATH) {
                    for (const p of process.env.PATH.split(external_path_.delimiter)) {
                        if (p) {
                            directories.push(p);
                        }
                    }
                }
                const matches = [];
                for (const directory of directories) {
                    const filePath = yield tryGetExecutablePath(external_path_.join(directory, tool), extensions);
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
                        yield cpDirRecursive(srcFile, destFile, currentDepth, force);
                    }
                    else {
                        yield io_copyFile(srcFile, destFile, force);
                    }
                }
                yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
            });
        }
        function io_copyFile(srcFile, destFile, force) {
            return io_awaiter(this, void 0, void 0, function* () {
                if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
                    try {
                        yield ioUtil.lstat(destFile);
                        yield ioUtil.unlink(destFile);
                    }
                    catch (e) {
                        if (e.code === 'EPERM') {
                            yield ioUtil.chmod(destFile, '0666');
                            yield ioUtil.unlink(destFile);
                        }
                    }
                    const symlinkFull = yield ioUtil.readlink(srcFile);
                    yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
                }
                else if (!(yield ioUtil.exists(destFile)) || force) {
                    yield ioUtil.copyFile(srcFile, destFile);
                }
            });
        }
        ;
        const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
        ;
        var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
        const toolrunner_IS_WINDOWS = process.platform === 'win32';
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
                let cmd = noPrefix ? '' : '[command]';
                if (toolrunner_IS_WINDOWS) {
                    if (this._isCmdFile()) {
                        cmd += toolPath;
                        for (const a of args) {
                            cmd += ` ${a}`;
                        }
                    }
                    else if (options.windowsVerbatimArguments) {
                        cmd += `"${toolPath}"`;
                        for (const a of args) {
                            cmd += ` ${a}`;
                        }
                    }
                    else {
                        cmd += this._windowsQuoteCmdArg(toolPath);
                        for (const a of args) {
                            cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                        }
                    }
                }
                else {
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
                    let n = s.indexOf(external_os_.EOL);
                    while (n > -1) {
                        const line = s.substring(0, n);
                        onLine(line);
                        s = s.substring(n + external_os_.EOL.length);
                        n = s.indexOf(external_os_.EOL);
                    }
                    return s;
                }
                catch (err) {
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
                if (!this._isCmdFile()) {
                    return this._uvQuoteCmdArg(arg);
                }
                if (!arg) {
                    return '""';
                }
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
                if (!needsQuotes) {
                    return arg;
                }
                let reverse = '"';
                let quoteHit = true;
                for (let i = arg.length; i > 0; i--) {
                    reverse += arg[i - 1];
                    if (quoteHit && arg[i - 1] === '\\') {
                        reverse += '\\';
                    }
                    else if (arg[i - 1] === '"') {
                        quoteHit = true;
                        reverse += '"';
                    }
                    else {
                        quoteHit = false;
                    }
                }
                reverse += '"';
                return reverse.split('').reverse().join('');
            }
            _uvQuoteCmdArg(arg) {
                if (!arg) {
                    return '""';
                }
                if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
                    return arg;
                }
                if (!arg.includes('"') && !arg.includes('\\')) {
                    return `"${arg}"`;
                }
                let reverse = '"';
                let quoteHit = true;
                for (let i = arg.length; i > 0; i--) {
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
            exec() {
                return toolrunner_awaiter(this, void 0, void 0, function* () {
                    if (!isRooted(this.toolPath) &&
                        (this.toolPath.includes('/') ||
                            (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                        this.toolPath = external_path_.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
                    }
                    this.toolPath = yield which(this.toolPath, true);
                    return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                        this._debug(`exec tool: ${this.toolPath}`);
                        this._debug('arguments:');
                        for (const arg of this.args) {
                            this._debug(`   ${arg}`);
                        }
                        const optionsNonNull = this._cloneExecOptions(this.options);
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_.EOL);
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
        function argStringToArray(argString) {
            const args = [];
            let inQuotes = false;
            let escaped = false;
            let arg = '';
            function append(c) {
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
                this.processClosed = false;
                this.processError = '';
                this.processExitCode = 0;
                this.processExited = false;
                this.processStderr = false;
                this.delay = 10000;
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
                    this.timeout = (0, external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
                }
            }
            _debug(message) {
                this.emit('debug', message);
            }
            _setResult() {
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
        ;
        var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
        function exec(commandLine, args, options) {
            return exec_awaiter(this, void 0, void 0, function* () {
                const commandArgs = argStringToArray(commandLine);
                if (commandArgs.length === 0) {
                    throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
                }
                const toolPath = commandArgs[0];
                args = commandArgs.slice(1).concat(args || []);
                const runner = new ToolRunner(toolPath, args, options);
                return runner.exec();
            });
        }
        function getExecOutput(commandLine, args, options) {
            return exec_awaiter(this, void 0, void 0, function* () {
                var _a, _b;
                let stdout = '';
                let stderr = '';
                const stdoutDecoder = new external_string_decoder_.StringDecoder('utf8');
                const stderrDecoder = new external_string_decoder_.StringDecoder('utf8');
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
                const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
                stdout += stdoutDecoder.end();
                stderr += stderrDecoder.end();
                return {
                    exitCode,
                    stdout,
                    stderr
                };
            });
        }
    }),
    3849: ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
        __nccwpck_require__.d(__webpack_exports__, {
            "default": () => (__WEBPACK_DEFAULT_EXPORT__)
        });
        var _lib_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3273);
        const Client = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.Client;
        const Pool = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.Pool;
        const Connection = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.Connection;
        const types = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.types;
        const Query = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.Query;
        const DatabaseError = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.DatabaseError;
        const escapeIdentifier = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.escapeIdentifier;
        const escapeLiteral = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.escapeLiteral;
        const Result = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.Result;
        const TypeOverrides = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.TypeOverrides;
        const defaults = _lib_index_js__WEBPACK_IMPORTED_MODULE_0__.defaults;
        const __WEBPACK_DEFAULT_EXPORT__ = (_lib_index_js__WEBPACK_IMPORTED_MODULE_0__);
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
var __webpack_exports__ = __nccwpck_require__(9303);
__webpack_exports__ = await __webpack_exports__;
