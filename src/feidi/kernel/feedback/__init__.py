"""满意度与投诉: what people say after a service, an event, a case, a landing; by a token link, in one minute."""
