pragma ComponentBehavior: Bound

import QtQuick

// A large round pictogram that says at a glance how things stand.
Rectangle {
    id: root

    required property string icon
    property color tone: Theme.primary
    property color ground: Theme.primarySoft
    property real size: 300

    implicitWidth: size
    implicitHeight: size
    width: size
    height: size
    radius: size / 2
    color: ground

    Icon {
        anchors.centerIn: parent
        path: root.icon
        color: root.tone
        size: root.size * 0.54
        stroke: 1.9
    }
}
