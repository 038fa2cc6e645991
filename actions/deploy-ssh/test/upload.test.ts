import type { Connection } from '@belay/host'
import { expect, test } from 'vitest'
import { rsyncArguments, uploadFailure } from '../src/upload.ts'

test('what is linked to is named by its whole path: rsync on hosts fails with a relative one', () => {
  const releases = '/srv/acme-api/qa/releases'
  const args = rsyncArguments({ folder: '/tmp/k' } as Connection, '/b', `${releases}/new`, 'old')
  expect(args).toContain(`--link-dest=${releases}/old`)
  expect(rsyncArguments({ folder: '/tmp/k' } as Connection, '/b', `${releases}/new`, '').join()).not.toContain(
    'link-dest',
  )
})

test.each([
  [
    23,
    'ERROR: api failed verification -- update discarded.\nrsync error: some files (see previous errors) (code 23)',
    'upload-failed',
    'exit status 23: ERROR: api failed verification',
    'each file of source can be read',
  ],
  [
    23,
    'rsync: [sender] send_files failed to open "/b/x": Permission denied (13)\nrsync error: some files (code 23)',
    'upload-failed',
    'could not send some files',
    'each file of source can be read',
  ],
  [
    24,
    'file has vanished: "/b/x"\nrsync warning: some files vanished (code 24)',
    'upload-failed',
    'disappeared from source',
    'nothing write to source',
  ],
  [
    12,
    'rsync error: error in rsync protocol data stream (code 12)',
    'upload-failed',
    'lost the rsync process of the host',
    'memory',
  ],
  [
    12,
    'rsync: connection unexpectedly closed (0 bytes received)\nrsync error: (code 12)',
    'unreachable',
    'the connection broke',
    'host is up',
  ],
  [11, 'rsync: write failed: No space left on device (28)', 'disk-full', 'the disk filled up', 'free some room'],
  [2, 'protocol version mismatch -- is your shell clean?', 'upload-failed', 'does not understand', 'start-up file'],
  // What a start-up file of the host prints is no word of rsync.
  [
    12,
    'Sessions are closed after a timeout of 15 min\nrsync error: error in rsync protocol data stream (code 12)',
    'upload-failed',
    'exit status 12: rsync error: error in rsync protocol',
    'memory',
  ],
  [
    255,
    'Welcome to web1\nConnection to web1 closed by remote host.',
    'unreachable',
    'rsync 255: Connection to web1 closed',
    'host is up',
  ],
  [255, 'Hi\nssh: connect to host web1 port 22: No route to host', 'unreachable', 'No route to host', 'host is up'],
  [
    11,
    'mail: No space left on device\nrsync: [receiver] mkdir "/srv/x" failed: Read-only file system (30)',
    'upload-failed',
    'Read-only file system',
    'full or read-only',
  ],
  [99, 'Welcome to web1', 'upload-failed', 'exit status 99: no message', 'EXIT VALUES'],
  [127, 'bash: line 1: rsync: command not found', 'rsync-missing', 'not installed there', 'install rsync'],
  [99, 'rsync: odd', 'upload-failed', 'exit status 99: rsync: odd', 'EXIT VALUES'],
] as const)('rsync that ends with %i has words and a remedy', (status, errors, code, words, remedy) => {
  const failure = uploadFailure('deploy@web1', status, errors)
  expect(failure.code).toBe(code)
  expect(failure.message).toContain('deploy@web1: ')
  expect(failure.message).toContain(words)
  expect(failure.remedy).toContain(remedy)
})
