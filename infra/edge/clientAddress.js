// CloudFront function, viewer request of the API: the address CloudFront saw, over whatever the client claims.
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- CloudFront calls it by this name
function handler(event) {
  event.request.headers['x-client-ip'] = { value: event.viewer.ip };
  return event.request;
}
