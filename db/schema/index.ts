export * from './leads.ts'
export * from './mailboxes.ts'
export * from './sends.ts'
export * from './templates.ts'
