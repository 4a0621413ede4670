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
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { FolderOpen } from 'lucide-react'
import { useState, type ComponentProps } from 'react'
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
import type { SettingId } from './setting-list.ts'
import { SettingSearch } from './SettingSearch.tsx'
import { MarkContext, Spot } from './Spot.tsx'
import { secretsText } from './secrets-text.ts'
import { ShortcutSheet } from './ShortcutSheet.tsx'
import { SuppressionList } from './SuppressionList.tsx'
import { Updates } from './Updates.tsx'
import { useAnswerRules, useOpenDataFolder, useSaveAnswerRules, useStatus, type AppStatus } from './use-settings.ts'

export function SettingsPage() {
  const { data: status } = useStatus()
  const { setting = null } = useSearch({ from: '/settings' })
  const navigate = useNavigate({ from: '/settings' })
  const show = (id: string | null): void =>
    void navigate({ search: id === null ? {} : { setting: id }, replace: true, resetScroll: false })
  return (
    <Page
      title="Settings"
      description="How Pacemail looks on this screen, where your data is, and who must never be written to."
    >
      <SettingSearch onFound={show} />
      <MarkContext value={{ setting, clear: () => show(null) }}>
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Section of="screen">
            <Spot id="colours">
              <ThemeChoice />
            </Spot>
            <Spot id="single-keys">
              <SingleKeys />
            </Spot>
            <Spot id="login-item">
              <LoginItem />
            </Spot>
          </Section>
          <Section of="data">
            <Spot id="data-folder">{status === undefined ? null : <DataFolder status={status} />}</Spot>
            <Spot id="export">
              <DataExport />
            </Spot>
          </Section>
        </SimpleGrid>
        <Sections version={status?.version ?? ''} host={status?.host} />
      </MarkContext>
    </Page>
  )
}

/** Below the two that stand side by side. */
function Sections({ version, host }: ComponentProps<typeof About>) {
  return (
    <>
      <OneSpot of="person" id="person">
        <PersonData />
      </OneSpot>
      <Section of="notifications">
        <NoticeRules />
      </Section>
      <Section of="digest">
        <DigestRules />
      </Section>
      <OneSpot of="away" id="away">
        <Absences />
      </OneSpot>
      <OneSpot of="answers" id="company-stop">
        <AnswerRules />
      </OneSpot>
      <OneSpot of="suppressions" id="suppressions">
        <SuppressionList />
      </OneSpot>
      <OneSpot of="domains" id="domains">
        <DomainAliases />
      </OneSpot>
      <OneSpot of="moving" id="moving-in">
        <Group>
          <Button component={Link} to="/leads/moving-in" variant="default">
            Move in from another tool
          </Button>
        </Group>
      </OneSpot>
      <OneSpot of="clients" id="client-ids">
        <ClientIds />
      </OneSpot>
      <OneSpot of="shortcuts" id="shortcuts">
        <ShortcutSheet />
      </OneSpot>
      <OneSpot of="reports" id="reports">
        <ErrorReports />
      </OneSpot>
      <Section of="about">
        <Updates />
        <Spot id="about">
          <About version={version} host={host} />
        </Spot>
      </Section>
    </>
  )
}

/** A section of a single setting. */
function OneSpot({ of, id, children }: ComponentProps<typeof Section> & { readonly id: SettingId }) {
  return (
    <Section of={of}>
      <Spot id={id}>{children}</Spot>
    </Section>
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
