import {
  Button,
  Code,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  useMantineColorScheme,
} from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { Page } from '../../ui/Page.tsx'
import { hasSingleKeys, setSingleKeys } from '../../ui/preferences.ts'
import { About } from './About.tsx'
import { Absences } from './Absences.tsx'
import { DomainAliases } from './DomainAliases.tsx'
import { ClientIds } from './ClientIds.tsx'
import { DataExport } from './DataExport.tsx'
import { DigestRules } from './DigestRules.tsx'
import { ErrorReports } from './ErrorReports.tsx'
import { LoginItem } from './LoginItem.tsx'
import { NoticeRules } from './NoticeRules.tsx'
import { PersonData } from './PersonData.tsx'
import { Section } from './Section.tsx'
import { secretsText } from './secrets-text.ts'
import { ShortcutSheet } from './ShortcutSheet.tsx'
import { SuppressionList } from './SuppressionList.tsx'
import { Updates } from './Updates.tsx'
import { useAnswerRules, useOpenDataFolder, useSaveAnswerRules, useStatus, type AppStatus } from './use-settings.ts'

export function SettingsPage() {
  const { data: status } = useStatus()
  return (
    <Page
      title="Settings"
      description="How Pacemail looks on this screen, where your data is, and who must never be written to."
    >
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Section title="This screen">
          <ThemeChoice />
          <SingleKeys />
          <LoginItem />
        </Section>
        <Section title="Your data">
          {status === undefined ? null : <DataFolder status={status} />}
          <DataExport />
        </Section>
      </SimpleGrid>
      <Section title="One person’s data">
        <PersonData />
      </Section>
      <Section
        name="notifications"
        title="Notifications"
        description="What Pacemail tells you while you are doing something else. Several of one kind come as one."
      >
        <NoticeRules />
      </Section>
      <Section title="Daily digest">
        <DigestRules />
      </Section>
      <Section
        title="When you are away"
        description="Nothing is sent, and no days between two mails are counted. First mails stop some days before, so that answers do not wait for you to come back. Afterwards everything goes on at its usual pace."
      >
        <Absences />
      </Section>
      <Section title="Answers">
        <AnswerRules />
      </Section>
      <Section
        title="Do not contact"
        description="Nobody on this list is ever written to, whatever list they come in with."
      >
        <SuppressionList />
      </Section>
      <Section
        title="One company, several domains"
        description="Ann at acme.com and Ann at acme.io are one person: written to once, left alone at both."
      >
        <DomainAliases />
      </Section>
      <Section
        title="Moving in"
        description="Bring along from another tool what was sent before, what still waits, and who must not be written to."
      >
        <Group>
          <Button component={Link} to="/leads/moving-in" variant="default">
            Move in from another tool
          </Button>
        </Group>
      </Section>
      <Section
        title="Client ids"
        description="How Google and Microsoft know this Pacemail when you sign in. You need your own only where Pacemail came without one."
      >
        <ClientIds />
      </Section>
      <Section name="shortcuts" title="Keyboard shortcuts">
        <ShortcutSheet />
      </Section>
      <Section
        name="reports"
        title="Error reports"
        description="What went wrong inside Pacemail. They stay on this computer, 20 at most, and are sent to nobody."
      >
        <ErrorReports />
      </Section>
      <Section name="about" title="About Pacemail">
        <Updates />
        <About version={status?.version ?? ''} host={status?.host} />
      </Section>
    </Page>
  )
}

function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Group>
      <SegmentedControl
        aria-label="Colours"
        value={colorScheme}
        onChange={setColorScheme}
        data={[
          { value: 'auto', label: 'Like the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
    </Group>
  )
}

function SingleKeys() {
  const [isOn, setOn] = useState(hasSingleKeys)
  return (
    <Switch
      label="Shortcuts of a single key"
      description="Switch them off if a voice or keyboard aid presses keys by accident. Those with Ctrl keep working."
      checked={isOn}
      onChange={(event) => {
        setSingleKeys(event.currentTarget.checked)
        setOn(event.currentTarget.checked)
      }}
    />
  )
}

function AnswerRules() {
  const { data: rules } = useAnswerRules()
  const save = useSaveAnswerRules()
  return (
    <Switch
      label="An answer stops the mail to the whole company"
      description="When somebody replies or opts out, nobody else at their domain is written to either. Providers of free mail, such as gmail.com, do not count as a company."
      checked={save.isPending ? save.variables.stopsCompany : (rules?.stopsCompany ?? false)}
      disabled={rules === undefined}
      onChange={(event) => save.mutate({ stopsCompany: event.currentTarget.checked })}
    />
  )
}

function DataFolder({ status }: { readonly status: AppStatus }) {
  const openFolder = useOpenDataFolder()
  return (
    <Stack gap="xs">
      <Text size="sm">Everything is in one folder on this computer, with a backup for each of the last days:</Text>
      <Code block className="break">
        {status.dataFolder}
      </Code>
      <Text size="sm">{secretsText(status.secrets)}</Text>
      {status.capabilities.openFolder ? (
        <Group>
          <Button size="xs" variant="default" leftSection={<FolderOpen size={15} aria-hidden />} onClick={openFolder}>
            Open the folder
          </Button>
        </Group>
      ) : null}
    </Stack>
  )
}
