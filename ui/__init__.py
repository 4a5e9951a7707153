"""The screen: Qt Quick screens, their view models and translations. It decides nothing."""
