import { createServer } from 'node:http'
import { createApi } from './app.mjs'

const { PORT = '10000' } = process.env
const server = createServer(createApi(process.env)).listen(Number(PORT), () => console.log(`API on port ${PORT}`))

// Render starts the new instance beside this one and then asks this one to end: what is being answered is answered.
process.once('SIGTERM', () => server.close(() => process.exit(0)))
