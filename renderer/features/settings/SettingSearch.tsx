import { Select } from '@mantine/core'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { foundSettings, SECTIONS, type SectionId, shownSettings } from './setting-list.ts'
import { useStatus } from './use-settings.ts'

/** Finds a setting by its words and goes there. */
export function SettingSearch({ onFound }: { readonly onFound: (id: string) => void }) {
  const { data: status } = useStatus()
  const [text, setText] = useState('')
  const found = Map.groupBy(foundSettings(shownSettings(status?.capabilities), text), ({ section }) => section)
  return (
    <Select
      maw={480}
      aria-label="Search settings"
      placeholder="Search settings, such as vacation or theme"
      leftSection={<Search size={16} aria-hidden />}
      rightSection={<span />}
      searchable
      selectFirstOptionOnChange
      selectFirstOptionOnDropdownOpen
      maxDropdownHeight={360}
      nothingFoundMessage="No setting has all of these words. Try fewer, or the beginning of one."
      data={[...found].map(([section, settings]) => ({
        group: SECTIONS[section satisfies SectionId].title,
        items: settings.map(({ id, label }) => ({ value: id, label })),
      }))}
      // They come filtered.
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      value={null}
      onChange={(id) => {
        if (id !== null) onFound(id)
      }}
    />
  )
}
