import { useEffect, useState } from 'react'

/** The wall clock, epoch ms, renewed every `everyMs` while mounted. The only clock of the page. */
export function useNow(everyMs = 15_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const id = window.setInterval(() => setNow(Date.now()), everyMs)
    return () => window.clearInterval(id)
  }, [everyMs])
  return now
}
