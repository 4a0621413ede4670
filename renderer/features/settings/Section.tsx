import { Card, Stack, Text, Title } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode } from 'react'
import { SECTIONS, type SectionId } from './setting-list.ts'

interface Props {
  /** So the address calls it where something leads straight to it. */
  readonly of: SectionId
  readonly children: ReactNode
}

/** A part of the settings. The one that the address names comes into view and has the focus. */
export function Section({ of, children }: Props) {
  const { title, description }: { readonly title: string; readonly description?: string } = SECTIONS[of]
  const heading = useRef<HTMLHeadingElement>(null)
  const { section }: { readonly section?: string } = useSearch({ strict: false })
  const isWanted = section === of
  useEffect(() => {
    if (!isWanted) return
    heading.current?.scrollIntoView({ block: 'center' })
    heading.current?.focus({ preventScroll: true })
  }, [isWanted])
  return (
    <Card withBorder padding="lg" radius="lg" component="section" aria-label={title}>
      <Stack gap="sm">
        <Stack gap={0}>
          <Title ref={heading} order={2} size="h4" tabIndex={-1}>
            {title}
          </Title>
          {description === undefined ? null : (
            <Text size="sm" c="dimmed">
              {description}
            </Text>
          )}
        </Stack>
        {children}
      </Stack>
    </Card>
  )
}
