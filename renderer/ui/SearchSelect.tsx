import { Select, type SelectProps } from '@mantine/core'

/**
 * A choice from a long list, by typing. What is chosen is marked when the field is entered, so that typing replaces it
 * instead of searching for both; Enter takes the first match.
 */
export function SearchSelect(props: SelectProps) {
  return (
    <Select
      searchable
      allowDeselect={false}
      selectFirstOptionOnChange
      {...props}
      onFocus={(event) => {
        event.currentTarget.select()
        props.onFocus?.(event)
      }}
      onClick={(event) => {
        event.currentTarget.select()
        props.onClick?.(event)
      }}
    />
  )
}
