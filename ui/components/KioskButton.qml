import QtQuick

// A big button: `primary` for the one thing to do, `secondary` for the other ways, `quiet` in bars.
Rectangle {
    id: root

    enum Kind { Primary, Secondary, Quiet }

    property int kind: KioskButton.Primary
    property string text
    property string icon
    property bool iconAfter: false
    property int fontSize: Theme.button
    readonly property bool isTouchTarget: true
    readonly property color ink: kind === KioskButton.Primary ? Theme.onDark : Theme.primary
    signal tapped

    implicitHeight: Theme.touch
    implicitWidth: content.implicitWidth + 80
    radius: Theme.radius
    color: {
        if (kind === KioskButton.Primary)
            return handler.pressed ? Theme.primaryPressed : Theme.primary;
        return handler.pressed ? Theme.primarySoft : Theme.surface;
    }
    border.width: activeFocus ? 6 : kind === KioskButton.Primary ? 0 : 3
    border.color: activeFocus ? Theme.warning : Theme.primary
    activeFocusOnTab: enabled

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: tapped()
    Keys.onReturnPressed: tapped()
    Keys.onSpacePressed: tapped()

    Row {
        id: content

        anchors.centerIn: parent
        spacing: 20
        layoutDirection: root.iconAfter ? Qt.RightToLeft : Qt.LeftToRight

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.icon !== ""
            path: root.icon
            size: root.fontSize * 1.25
            stroke: 2.4
            color: root.ink
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.width - 64 - (root.icon === "" ? 0 : root.fontSize * 1.25 + 20))
            horizontalAlignment: Text.AlignHCenter
            text: root.text
            color: root.ink
            lineHeight: 1
            font.pixelSize: root.fontSize
            font.bold: true
        }
    }

    TapHandler {
        id: handler
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
