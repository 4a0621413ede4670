import { useEffect, useRef, type RefObject } from 'react'

/** Brings the field in question into view when a form was refused: the button is at the foot, the field may be out of sight. */
export function useShowMistake(error: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error !== null)
      form.current?.querySelector('[role="alert"], [aria-invalid="true"]')?.scrollIntoView({ block: 'center' })
  }, [error])
  return form
}
