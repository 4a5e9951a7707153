import QtQuick
import QtQuick.Layouts

// A service to choose: its name, and how long the wait is likely to be.
Rectangle {
    id: root

    required property string name
    required property bool loadKnown
    required property bool available
    required property int waitLow
    required property int waitHigh
    readonly property bool isTouchTarget: true
    signal tapped

    implicitHeight: Math.max(Theme.portrait ? 196 : 168, column.implicitHeight + 48)
    radius: Theme.radius
    color: !available ? Theme.background : handler.pressed ? Theme.primarySoft : Theme.surface
    border.width: activeFocus ? 6 : 3
    border.color: activeFocus ? Theme.warning : available ? Theme.primary : Theme.line
    enabled: available
    activeFocusOnTab: true

    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.onPressAction: tapped()
    Keys.onReturnPressed: tapped()
    Keys.onSpacePressed: tapped()

    ColumnLayout {
        id: column

        x: 32
        y: 24
        width: root.width - 64
        height: root.height - 48
        spacing: 12

        Label {
            Layout.fillWidth: true
            text: root.name
            font.pixelSize: 38
            font.bold: true
            lineHeight: 1.05
            color: root.available ? Theme.ink : Theme.inkSoft
        }
        Item {
            Layout.fillHeight: true
        }
        Row {
            spacing: 14

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                path: root.available ? Icons.clock : Icons.cross
                size: 38
                color: Theme.inkSoft
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: !root.available ? qsTr("Not available now") : root.loadKnown ? qsTr("%1–%2 min").arg(root.waitLow).arg(root.waitHigh) : "…"
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
