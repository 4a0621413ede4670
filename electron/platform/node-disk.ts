import { statfsSync } from 'node:fs'
import type { Disk } from './disk.ts'

/** Free space where `folder` lives; the folder must exist. */
export function createNodeDisk(folder: string): Disk {
  return {
    freeBytes() {
      const { bavail, bsize } = statfsSync(folder)
      return bavail * bsize
    },
  }
}
