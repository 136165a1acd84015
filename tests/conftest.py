pytest_plugins = ['tests.virtual_card.fixtures', 'tests.support.box']
