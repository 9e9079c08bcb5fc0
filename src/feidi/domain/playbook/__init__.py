"""服务手册: the standardized services as dated playbooks with clocks, and their runs on a project, organization or talent."""
