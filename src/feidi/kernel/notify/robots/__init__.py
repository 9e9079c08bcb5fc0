"""Robots of chat groups (企业微信, 钉钉, 飞书): where a message may go, how it is signed, what the answer means."""
