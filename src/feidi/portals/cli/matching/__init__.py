"""The verbs of ``feidi match``: an index of offers, needs asked one by one or in a batch, portfolios and agendas."""
