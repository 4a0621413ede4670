import { Title } from '@mantine/core'
import { useEffect, useRef } from 'react'

/** Takes the focus when the button that had it went with the step before, so that keyboard and screen reader go along. */
export function StepHeading({ title }: { readonly title: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const { activeElement } = document
    if (activeElement !== document.body && activeElement?.id !== 'main') return
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <Title order={2} size="h3" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
      {title}
    </Title>
  )
}
