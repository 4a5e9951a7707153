pragma ComponentBehavior: Bound

import QtQuick

// Three dots that light up one after another: the kiosk is at work.
Row {
    id: root

    property int lit: 1
    property color bright: Theme.primary
    property color dim: Theme.line
    spacing: 28

    Repeater {
        model: 3
        Rectangle {
            required property int index
            width: 36
            height: 36
            radius: 18
            color: index === root.lit ? root.bright : root.dim
        }
    }
    Timer {
        interval: 350
        repeat: true
        running: Theme.animated && root.visible
        onTriggered: root.lit = (root.lit + 1) % 3
    }
}
