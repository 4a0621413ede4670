import { List, Stack, Text } from '@mantine/core'
import { LICENCES } from './licences.ts'

interface Props {
  readonly version: string
  readonly host: 'desktop' | 'web' | undefined
}

export function About({ version, host }: Props) {
  return (
    <Stack gap="xs">
      <Text size="sm">
        Pacemail {version}
        {host === undefined ? '' : host === 'web' ? ', in your browser' : ', desktop app'}. MIT licence. It has no
        server of its own and sends no data about you to anybody: no tracking, no telemetry.
      </Text>
      <Text size="sm">
        Public holidays: the data of <b>date-holidays</b> by commenthol and its contributors, drawn from articles of
        Wikipedia and licensed under <b>Creative Commons Attribution-ShareAlike 3.0 (CC BY-SA 3.0)</b>. The sources are
        listed in the licence file of that library. Pacemail uses the data unchanged.
      </Text>
      <Text size="sm">Built with, and with thanks to:</Text>
      <List size="sm" spacing={2}>
        {LICENCES.map(({ licence, names }) => (
          <List.Item key={licence}>
            <b>{licence}</b>: {names.join(', ')}
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}
