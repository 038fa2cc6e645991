import { type Right, rights } from '@belay/kubernetes'

/** What a migration by a Job needs in its namespace, its undo included. Pure. */
export function neededRights(lease: string): Right[] {
  return [
    ...rights('coordination.k8s.io', 'leases', 'create'),
    ...rights('coordination.k8s.io', 'leases', 'get patch', lease),
    // Their names are new in each release.
    ...rights('batch', 'jobs', 'get list watch create delete'),
    ...rights('', 'pods', 'list watch'),
    ...rights('', 'pods/log', 'get'),
    ...rights('', 'events', 'list watch'),
  ]
}

export const roleName = 'belay-migrate'
