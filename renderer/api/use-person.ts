import { useState } from 'react'
import { useApi, useCall, useCallOnce } from './hooks.ts'
import type { OutputAt } from './paths.ts'

export type PersonSummary = OutputAt<'people.find'>
export type Erasure = OutputAt<'people.erase'>

/** What is kept about the person with this address; null asks nothing. */
export function usePersonSummary(address: string | null) {
  return useApi('people.find', { address: address ?? '' }, { enabled: address !== null })
}

/** Its failure belongs into the dialog. */
export function useErasePerson() {
  return useCall('people.erase', { quiet: true })
}

/** Hands over everything about a person; throws what the host says. */
export function usePersonExport(): {
  readonly isExporting: boolean
  readonly read: (address: string) => Promise<OutputAt<'people.export'>>
} {
  const call = useCallOnce()
  const [isExporting, setExporting] = useState(false)
  return {
    isExporting,
    async read(address) {
      setExporting(true)
      try {
        return await call('people.export', { address })
      } finally {
        setExporting(false)
      }
    },
  }
}
