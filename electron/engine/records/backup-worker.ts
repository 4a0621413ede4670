/** The thread that copies the database and checks the copy: that takes seconds, in which the app goes on. */
import { workerData } from 'node:worker_threads'
import { backupFile } from '#db/backup'
import type { BackupTask } from './backup-thread.ts'

const { from, to } = workerData as BackupTask
backupFile(from, to)
