/** Why a container cannot run, in the words that the kubelet writes into the status of its pod. */

export const pulling = ['ErrImagePull', 'ImagePullBackOff', 'ImageInspectError', 'RegistryUnavailable']
export const starting = ['CreateContainerError', 'RunContainerError', 'StartError', 'ContainerCannotRun']

/** Those that, as a rule, do not pass by themselves. */
export const lastingReasons = [
  ...pulling,
  ...starting,
  'InvalidImageName',
  'ErrImageNeverPull',
  'SignatureValidationFailed',
  'CreateContainerConfigError',
]
