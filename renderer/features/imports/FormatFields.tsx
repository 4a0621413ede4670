import { Checkbox, NativeSelect } from '@mantine/core'
import type { FileFormat, ImportState } from '#shared/contract/imports'
import { DELIMITER_WORDS, ENCODING_WORDS } from './import-words.ts'
import styles from './imports.module.css'

interface Props {
  readonly format: FileFormat
  readonly sheets: ImportState['sheets']
  readonly isDisabled: boolean
  readonly onFormat: (format: Partial<FileFormat>) => void
}

/** How the file is read; a correction reads it again. */
export function FormatFields({ format, sheets, isDisabled, onFormat }: Props) {
  return (
    <div className={styles.format}>
      {format.kind === 'csv' ? (
        <>
          <NativeSelect
            size="xs"
            label="Characters"
            disabled={isDisabled}
            data={Object.entries(ENCODING_WORDS).map(([value, label]) => ({ value, label }))}
            value={format.encoding}
            onChange={(event) => onFormat({ encoding: event.currentTarget.value as FileFormat['encoding'] })}
          />
          <NativeSelect
            size="xs"
            label="Between columns"
            disabled={isDisabled}
            data={Object.entries(DELIMITER_WORDS).map(([value, label]) => ({ value, label }))}
            value={format.delimiter}
            onChange={(event) => onFormat({ delimiter: event.currentTarget.value as FileFormat['delimiter'] })}
          />
        </>
      ) : (
        <NativeSelect
          size="xs"
          label="Sheet"
          disabled={isDisabled}
          data={[...sheets]}
          value={format.sheet}
          onChange={(event) => onFormat({ sheet: event.currentTarget.value })}
        />
      )}
      <Checkbox
        size="sm"
        label="The first row holds the column names"
        disabled={isDisabled}
        checked={format.hasHeader}
        onChange={(event) => onFormat({ hasHeader: event.currentTarget.checked })}
      />
    </div>
  )
}
