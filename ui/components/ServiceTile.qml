pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// A service to choose: its name, and how long the wait is likely to be.
Rectangle {
    id: root

    required property string name
    required property bool loadAsked
    required property bool loadKnown
    required property bool available
    required property int waitLow
    required property int waitHigh
    readonly property bool isTouchTarget: true
    readonly property string wait: {
        if (!available)
            return qsTr("Not available now");
        if (loadKnown)
            return qsTr("%1–%2 min").arg(waitLow).arg(waitHigh);
        return loadAsked ? "…" : "";
    }
    signal tapped

    implicitHeight: Math.max(Theme.portrait ? 108 : 148, grid.implicitHeight + 24)
    radius: Theme.radius
    color: !available ? Theme.background : handler.pressed ? Theme.primarySoft : Theme.surface
    border.width: activeFocus ? 6 : 3
    border.color: activeFocus ? Theme.warning : available ? Theme.primary : Theme.line
    enabled: available
    activeFocusOnTab: true

    Accessible.role: Accessible.Button
    Accessible.name: wait === "" ? name : name + ", " + wait
    Accessible.onPressAction: tapped()
    Keys.onReturnPressed: tapped()
    Keys.onSpacePressed: tapped()

    GridLayout {
        id: grid

        x: 32
        width: root.width - 64
        anchors.verticalCenter: parent.verticalCenter
        columns: Theme.portrait ? 2 : 1
        columnSpacing: 24
        rowSpacing: 8

        Label {
            Layout.fillWidth: true
            text: root.name
            font.pixelSize: Theme.portrait ? 36 : 34
            font.bold: true
            lineHeight: 0.95
            color: root.available ? Theme.ink : Theme.inkSoft
        }
        Row {
            visible: root.wait !== ""
            spacing: 14

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                path: root.available ? Icons.clock : Icons.cross
                size: 38
                color: Theme.inkSoft
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: root.wait
                color: Theme.inkSoft
                font.pixelSize: 34
                lineHeight: 1
            }
        }
    }

    TapHandler {
        id: handler
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
