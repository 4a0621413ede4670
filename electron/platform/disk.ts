/** Free space, asked before anything is claimed or imported. */
export interface Disk {
  /** Bytes free for this user where the data folder lives. */
  freeBytes(): number
}
