pragma ComponentBehavior: Bound

import QtQuick

// A large round pictogram that says at a glance how things stand.
Rectangle {
    id: root

    required property string icon
    property color tone: Theme.primary
    property color ground: Theme.primarySoft
    // What it must fit into, where that may be small.
    property Item within: null
    property real size: within === null ? 300 : Math.max(0, Math.min(300, within.height - 40))

    implicitWidth: size
    implicitHeight: size
    width: size
    height: size
    radius: size / 2
    color: ground
    opacity: size < 80 ? 0 : 1

    Icon {
        anchors.centerIn: parent
        path: root.icon
        color: root.tone
        size: root.size * 0.54
        stroke: 1.9
    }
}
