/** What the cluster says about one container, pod or workload. */
export interface Sign {
  /** The word by which `reasons` has it. */
  readonly word: string
  /** What the cluster says, as it says it; may be empty. */
  readonly message: string
  readonly container?: string
  /** How often it happened, where the cluster counts. */
  readonly times?: number
}
