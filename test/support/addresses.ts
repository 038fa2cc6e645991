/** Addresses with a login or a key in them, in every spelling that a URL parser takes; the secret is `s3cret`. */
export const addressesWithSecret = [
  'https://ada:s3cret@api.example.com',
  'http://ada:s3cret@x',
  'http:/ada:s3cret@x',
  'http:\\\\ada:s3cret@x',
  'ada:s3cret@x',
  'x?key=s3cret',
] as const
