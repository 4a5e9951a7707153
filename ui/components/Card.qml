pragma ComponentBehavior: Bound

import QtQuick

// A white plate that holds what belongs together.
Rectangle {
    radius: Theme.radius
    color: Theme.surface
    border.width: 2
    border.color: Theme.line
}
