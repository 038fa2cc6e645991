// What Docker asks: status 0 where the process answers. Docker stops no container for it, but `up --wait` and Belay use
// it, so it asks for /health, which needs nothing else; whether the service can work is /health/ready.
const { PORT = '3000' } = process.env
const response = await fetch(`http://127.0.0.1:${PORT}/health`, { signal: AbortSignal.timeout(2000) })
process.exit(response.ok ? 0 : 1)
