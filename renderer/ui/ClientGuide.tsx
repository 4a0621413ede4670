import { Anchor, List, Stack, Text, Title } from '@mantine/core'
import { CopyField } from './CopyField.tsx'
import { PROVIDERS, type Provider } from './client-words.ts'
import { GUIDES } from './client-guides.ts'

interface Props {
  readonly provider: Provider
  /** False in the desktop app: it opens no pages of others, so addresses are to be copied. */
  readonly canOpenPages: boolean
}

/** How to make a client id at one provider, click by click. */
export function ClientGuide({ provider, canOpenPages }: Props) {
  const guide = GUIDES[provider]
  return (
    <Stack gap="md">
      <FirstPage url={guide.url} company={PROVIDERS[provider].company} canOpenPages={canOpenPages} />
      <List type="ordered" spacing="sm" withPadding={false}>
        {guide.steps.map((step) => (
          <List.Item key={step.title}>
            <Title order={3} size="h5" component="h3">
              {step.title}
            </Title>
            <List size="sm" spacing={2} mt={4}>
              {step.clicks.map((click) => (
                <List.Item key={click}>{click}</List.Item>
              ))}
            </List>
          </List.Item>
        ))}
      </List>
      {guide.hints.map((hint) => (
        <Text key={hint} size="sm" className="pretty">
          {hint}
        </Text>
      ))}
    </Stack>
  )
}

function FirstPage({ url, company, canOpenPages }: { url: string; company: string; canOpenPages: boolean }) {
  if (!canOpenPages) return <CopyField label={`The page of ${company} to begin on`} text={url} />
  return (
    <Text size="sm">
      Begin on the page of {company}:{' '}
      <Anchor href={url} target="_blank" rel="noreferrer" underline="always">
        {new URL(url).host}
      </Anchor>
    </Text>
  )
}
